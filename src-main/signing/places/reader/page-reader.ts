import { Worker } from 'node:worker_threads';
import type { Result } from '../../../../src-shared/result.ts';
import type { ByteSource } from '../../../ports/bytes.ts';
import { fromReader, parseAnswer, type Answer, type Bytes, type Op, type Question } from './messages.ts';

/** `unread`: the reader did not come back in time, ended, or said nothing of use. Nothing is wrong with the file as far as anybody knows. */
export type Reading<O extends Op> = Result<Answer<O>> | 'unread';

/** Reads the text of pages in a thread of its own, which a file that never ends is killed with. One file at a time. */
export type PageReader = {
  readonly read: <O extends Op>(op: O, input: ByteSource) => Promise<Reading<O>>;
  /** The running thread, for tests; null when none is kept. */
  readonly threadId: () => number | null;
  readonly close: () => Promise<void>;
};

export type PageReaderOptions = {
  /** From the question to the answer, the thread's start aside. */
  readonly deadlineMs?: number;
  readonly startMs?: number;
  /** How long a thread without work is kept warm. */
  readonly idleMs?: number;
  readonly hostUrl?: URL;
};

/** From source the host is TypeScript beside this file; in a bundled program the bundler puts `page-reader.js` beside the bundle. */
const defaultHostUrl = new URL(import.meta.url.endsWith('.ts') ? './host.ts' : './page-reader.js', import.meta.url);
/** As much is sent along with the question; a larger file is asked for where it is needed. */
const wholeUpToBytes = 1024 * 1024;
/** A page is read within a tenth of it; pdf.js holds what it decodes outside of this. */
const heapMb = 512;

export function createPageReader({ deadlineMs = 8_000, startMs = 30_000, idleMs = 30_000, hostUrl = defaultHostUrl }: PageReaderOptions = {}): PageReader {
  let kept: { readonly worker: Worker; readonly ready: Promise<boolean> } | null = null;
  let idle: NodeJS.Timeout | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    const old = kept;
    kept = null;
    if (idle !== null) clearTimeout(idle);
    await old?.worker.terminate();
  };

  const begin = (): { readonly worker: Worker; readonly ready: Promise<boolean> } => {
    const begun = start(hostUrl, startMs);
    begun.worker.once('exit', () => { if (kept?.worker === begun.worker) kept = null; });
    return begun;
  };

  async function perform<O extends Op>(op: O, input: ByteSource): Promise<Reading<O>> {
    if (idle !== null) clearTimeout(idle);
    const { worker, ready } = (kept ??= begin());
    // What is being read keeps the program alive; a thread that waits does not
    worker.ref();
    try {
      const answer = (await ready) ? await ask(worker, op, input, deadlineMs) : 'unread';
      if (answer === 'unread') await end();
      return answer;
    } catch (error) {
      await end();
      throw error;
    } finally {
      worker.unref();
      idle = setTimeout(() => void end(), idleMs).unref();
    }
  }

  return {
    read: (op, input) => {
      const reading = turn.then(() => perform(op, input));
      turn = reading.catch(() => undefined);
      return reading;
    },
    threadId: () => kept?.worker.threadId ?? null,
    close: () => turn.then(end),
  };
}

let shared: PageReader | null = null;

/** One thread serves every engine of the program. */
export function sharedPageReader(): PageReader {
  return (shared ??= createPageReader());
}

function start(url: URL, startMs: number): { readonly worker: Worker; readonly ready: Promise<boolean> } {
  // Its streams are not the program's: pdf.js complains there of every odd file. They are not read either: a stream that is read keeps the program alive
  const worker = new Worker(url, { execArgv: [], stdout: true, stderr: true, resourceLimits: { maxOldGenerationSizeMb: heapMb } });
  // Told to who waits by a listener of his own; this one keeps the event from being a thrown error
  worker.on('error', () => undefined);
  const ready = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), startMs);
    const settle = (isReady: boolean): void => {
      clearTimeout(timer);
      resolve(isReady);
    };
    worker.once('message', () => settle(true)).once('exit', () => settle(false));
  });
  return { worker, ready };
}

function ask<O extends Op>(worker: Worker, op: O, input: ByteSource, deadlineMs: number): Promise<Reading<O>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => settle(() => resolve('unread')), deadlineMs);
    const onEnd = (): void => settle(() => resolve('unread'));
    const onMessage = (raw: unknown): void => {
      const message = fromReader.safeParse(raw);
      if (!message.success || message.data.kind === 'failed') return settle(() => resolve('unread'));
      if (message.data.kind === 'ready') return;
      if (message.data.kind === 'answer') {
        const { result } = message.data;
        const value = result.ok ? parseAnswer(op, result.value) : null;
        return settle(() => resolve(!result.ok ? result : value === null ? 'unread' : { ok: true, value }));
      }
      const { id, offset, length } = message.data;
      try {
        send(worker, { kind: 'bytes', id, bytes: copyOf(input, offset, length) });
      } catch (error) {
        settle(() => reject(error instanceof Error ? error : new Error('the file could not be read')));
      }
    };
    function settle(tell: () => void): void {
      clearTimeout(timer);
      worker.off('message', onMessage).off('exit', onEnd);
      tell();
    }
    worker.on('message', onMessage).on('exit', onEnd);
    try {
      const whole = input.sizeBytes <= wholeUpToBytes ? copyOf(input, 0, input.sizeBytes) : null;
      send(worker, { kind: 'question', op, sizeBytes: input.sizeBytes, password: input.password ?? null, whole });
    } catch (error) {
      settle(() => reject(error instanceof Error ? error : new Error('the file could not be read')));
    }
  });
}

/** A source may hand out a view of bytes that it keeps: what is given away is a copy. */
function copyOf(input: ByteSource, offset: number, length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(input.read(offset, length));
}

function send(worker: Worker, message: Question | Bytes): void {
  const bytes = message.kind === 'bytes' ? message.bytes : message.whole;
  worker.postMessage(message, bytes === null ? [] : [bytes.buffer as ArrayBuffer]);
}
