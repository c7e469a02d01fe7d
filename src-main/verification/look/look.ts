import type { LookReport } from '../../../src-shared/contract/verification.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { LookPort, LookQuestion } from '../../ports/verification.ts';
import { deadlineMs as defaultDeadlineMs, maxPages as defaultMaxPages } from './limits.ts';
import type { FromPainter } from './messages.ts';
import { defaultHostPath, startPainter, type Painter } from './painter.ts';
import { createTally, type End, type Tally } from './tally.ts';

export type Look = LookPort & {
  /** The running process, for tests; null when none is kept. */
  readonly pid: () => number | null;
  /** Questions in hand end as `fault`. */
  readonly close: () => Promise<void>;
};

export type LookOptions = {
  /** From the question to the answer, the start of the process aside. */
  readonly deadlineMs?: number;
  readonly maxPages?: number;
  readonly startMs?: number;
  /** How long a process without work is kept warm. */
  readonly idleMs?: number;
  readonly hostPath?: string;
};

/** As much is sent along with the question; a larger file is asked for where it is needed. */
const wholeUpToBytes = 1024 * 1024;

const notCompared = (reason: LookReport['reason']): LookReport => ({ status: 'not-compared', reason, compared: 0, pages: [] });
const nothingLater: LookReport = { status: 'nothing-later', reason: null, compared: 0, pages: [] };

/**
 * Compares how pages looked when they were signed with how they look now (signing.md §6.5). The drawing is done by a process of its own, one file at a time;
 * it starts with the first question and is ended when it does not come back: a thread would not do, because a native call of the canvas cannot be stopped.
 */
export function createLook({ deadlineMs = defaultDeadlineMs, maxPages = defaultMaxPages, startMs = 30_000, idleMs = 30_000, hostPath = defaultHostPath }: LookOptions = {}): Look {
  let kept: Painter | null = null;
  let idle: NodeJS.Timeout | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;
  let lastId = 0;

  const end = async (): Promise<void> => {
    const old = kept;
    kept = null;
    if (idle !== null) clearTimeout(idle);
    old?.kill();
    await old?.ended;
  };

  async function perform(file: ByteSource, questions: readonly LookQuestion[]): Promise<readonly LookReport[]> {
    if (closed) return questions.map(() => notCompared('fault'));
    if (idle !== null) clearTimeout(idle);
    if (kept === null || kept.hasEnded()) kept = startPainter(hostPath, startMs);
    const painter = kept;
    painter.hold(true);
    const tallies = questions.map(createTally);
    try {
      const outcome: End = (await painter.ready) ? await ask(painter, ++lastId, file, questions, tallies, { deadlineMs, maxPages }) : 'fault';
      // Late, or in a state that nobody knows: the next file gets another
      if (outcome !== null && outcome !== 'pages') await end();
      return tallies.map((tally) => tally.report(outcome));
    } catch {
      // The file's own bytes could not be read: whoever reads them next says so better
      await end();
      return questions.map(() => notCompared('fault'));
    } finally {
      painter.hold(false);
      if (kept !== null) idle = setTimeout(() => void end(), idleMs).unref();
    }
  }

  return {
    compare: async (file, questions) => {
      const isLater = (question: LookQuestion): boolean => question.earlierBytes < file.sizeBytes;
      const asked = questions.filter(isLater);
      if (asked.length === 0) return questions.map(() => nothingLater);
      const performing = turn.then(() => perform(file, asked));
      turn = performing;
      const answers = (await performing).values();
      return questions.map((question) => (isLater(question) ? answers.next().value ?? notCompared('fault') : nothingLater));
    },
    pid: () => (kept === null || kept.hasEnded() ? null : kept.pid),
    close: async () => {
      closed = true;
      await end();
      await turn;
      await end();
    },
  };
}

type Limits = { readonly deadlineMs: number; readonly maxPages: number };

/** Puts into `tallies` what is told, and answers how it ended. Rejects when the file cannot be read. */
function ask(painter: Painter, id: number, file: ByteSource, questions: readonly LookQuestion[], tallies: readonly Tally[], { deadlineMs, maxPages }: Limits): Promise<End> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (tell: () => void): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      stopListening();
      tell();
    };
    const attempt = (read: () => void): void => {
      try {
        read();
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new Error('the file could not be read')));
      }
    };
    const timer = setTimeout(() => settle(() => resolve('time')), deadlineMs);
    const stopListening = painter.listen((message) => {
      if (message === null) return settle(() => resolve('fault'));
      attempt(() => hear(message));
    });
    void painter.ended.then((how) => settle(() => resolve(how === 'grown' ? 'size' : 'fault')));

    const hear = (message: FromPainter): void => {
      if (message.kind === 'ready') return;
      if (message.kind === 'read') return void painter.tell({ kind: 'bytes', id: message.id, bytes: file.read(message.offset, message.length) });
      // Said of a question before this one
      if (message.id !== id) return;
      if (message.kind === 'failed') return settle(() => resolve('fault'));
      if (message.kind === 'done') return settle(() => resolve(message.cut));
      const tally = tallies[message.state];
      if (message.kind === 'page') tally?.page(message.page, message.places);
      else tally?.fault(message.page, message.fault);
    };
    attempt(() => {
      const whole = file.sizeBytes <= wholeUpToBytes ? file.read(0, file.sizeBytes) : null;
      const states = questions.map(({ earlierBytes, lawful }) => ({ earlierBytes, lawful }));
      painter.tell({ kind: 'question', id, sizeBytes: file.sizeBytes, password: file.password ?? null, whole, states, first: firstPages(questions), maxPages, deadlineMs: deadlineMs * drawingShare });
    });
  });
}

function firstPages(questions: readonly LookQuestion[]): readonly number[] {
  return [...new Set([...questions.flatMap(({ pages = [] }) => pages), ...questions.flatMap(({ lawful }) => lawful.map(({ page }) => page))])];
}

/** The process stops by itself between two pages a little before it would be ended: then it stays warm, and what it knows is told. */
const drawingShare = 0.95;
