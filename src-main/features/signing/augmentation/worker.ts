import { AppFailure, type AppError } from '../../../../src-shared/result.ts';
import type { AugmentationJob } from '../../../ports/store.ts';
import { storeContinuation } from '../../content/continuation.ts';
import type { DeskContext } from '../../context.ts';
import { act } from '../../documents/act.ts';
import { openDocument } from '../../documents/open-document.ts';
import type { Reports } from '../../verification/reports.ts';
import { readPolicy } from '../policy.ts';
import { reportBug } from '../report-bug.ts';
import { isRenewal, jobAfter, jobAfterFailure, toAugmentations } from './jobs.ts';

export type AugmentationWorker = {
  readonly start: () => void;
  /** A job was kept: try it when its time has come. */
  readonly look: () => void;
  /** Tries all of them now, those that were given up too. */
  readonly retry: () => void;
  /** The document in hand is left as it was. */
  readonly stop: () => Promise<void>;
};

/** Node's timers count in 32 bits. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Adds long-term data to what was issued, one document at a time, for days if need be: what is to be done is kept in the store, so that a
 * restart goes on. What it adds is a step of the document like any other, made against the version that it read.
 */
export function createAugmentationWorker(context: DeskContext, reports: Reports): AugmentationWorker {
  const { store } = context;
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let working: Promise<void> | null = null;
  let notBeforeMs = 0;
  let wasOnline = context.sync.status().online;
  const stopListening = context.sync.onStatus(({ online, problems }) => {
    if (problems > 0) takeBackRefused();
    if (online && !wasOnline) hurry((job) => job.nextAtMs !== null && !isRenewal(job));
    wasOnline = online;
  });

  const isStopped = (): boolean => stopping.signal.aborted;
  const tell = (): void => context.emit('augmentation.changed', { items: toAugmentations(context) });

  /** The server had another version: what was added to the older one is no use, and is added to the newer. Nobody did it, so nobody is asked. */
  function takeBackRefused(): void {
    for (const { command, sync, problem } of store.outbox()) {
      if (sync !== 'problem' || command.type !== 'augment') continue;
      store.dismissProblem(command.id);
      const wanted = store.augmentations().find(({ document }) => document === command.document)?.wanted ?? readPolicy(context).level;
      const again = problem?.code === 'sync.conflict';
      store.putAugmentation({
        document: command.document, level: 'B-B', wanted: wanted === 'B-B' ? command.args.level : wanted, attempts: 0,
        nextAtMs: again ? context.now().getTime() + context.augmentationPauses.firstMs : null, problem: again ? null : problem,
      });
      context.emit('documents.changed', { ids: [command.document], at: context.now().toISOString() });
      context.emit('sync.status', context.sync.status());
      tell();
      look();
    }
  }

  function hurry(which: (job: AugmentationJob) => boolean): void {
    const now = context.now().getTime();
    for (const job of store.augmentations()) if (which(job)) store.putAugmentation({ ...job, nextAtMs: Math.min(job.nextAtMs ?? now, now) });
    look();
  }

  function look(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (working !== null || isStopped()) return;
    const nextAtMs = store.augmentations()[0]?.nextAtMs ?? null;
    if (nextAtMs === null) return;
    timer = setTimeout(() => {
      timer = null;
      working = work().catch((error: unknown) => {
        // a disk that takes nothing takes no later time for the job either
        reportBug(context, 'augmentation', error);
        notBeforeMs = context.now().getTime() + context.augmentationPauses.firstMs;
      }).finally(() => {
        working = null;
        look();
      });
    }, Math.min(longestTimerMs, Math.max(0, nextAtMs - context.now().getTime(), notBeforeMs - context.now().getTime())));
    timer.unref();
  }

  async function work(): Promise<void> {
    while (!isStopped()) {
      const job = store.augmentations()[0];
      if (job === undefined || job.nextAtMs === null || job.nextAtMs > context.now().getTime()) return;
      await tryOne(job).catch((error: unknown) => putOff(job, errorOf(error)));
      if (!isStopped()) tell();
    }
  }

  /** Leaves the job gone, or with a later time. */
  async function tryOne(job: AugmentationJob): Promise<void> {
    const opened = openDocument(context, job.document);
    if (!opened.ok && opened.error.code === 'not-found') return store.dropAugmentation(job.document);
    if (!opened.ok) return putOff(job, opened.error);
    const { state, source } = opened.value;
    // what was issued is no longer: the server did not take it
    if (state.stage !== 'issued' && state.stage !== 'sent') return store.dropAugmentation(job.document);
    const { timestamp, revocation } = context.authorities(readPolicy(context));
    // nobody may be asked: it waits until the policy names somebody
    if (timestamp === null || job.wanted === 'B-B') return store.putAugmentation({ ...job, nextAtMs: null, problem: null });

    const done = await context.augmentation.augment(source, { level: job.wanted, timestamp, revocation, ...context.trust, now: context.now(), signal: stopping.signal });
    if (isStopped()) return;
    if (!done.ok) return putOff(job, done.error, isFinal(done.error));
    const next = jobAfter(job, done.value, context.now().getTime(), context.augmentationPauses, Math.random());
    if (done.value.tail.length === 0) return next === null ? store.dropAugmentation(job.document) : store.putAugmentation(next);

    const content = await storeContinuation(context, state.content, done.value.tail);
    if (isStopped()) return;
    if (!content.ok) return putOff(job, content.error);
    const acted = act(context, job.document, { type: 'augment', args: { content: content.value, level: done.value.level } }, { seen: state.versions, augmentation: next });
    // the document went on meanwhile: its newest content is taken at the next turn
    if (!acted.ok && acted.error.code === 'workflow.changed-meanwhile') return store.putAugmentation({ ...job, nextAtMs: context.now().getTime() });
    if (!acted.ok) return putOff(job, acted.error, acted.error.code === 'not-allowed');
    reports.later(content.value.sha256);
  }

  function errorOf(error: unknown): AppError {
    if (error instanceof AppFailure) return error.error;
    const ref = reportBug(context, 'augmentation', error);
    return { code: 'bug', params: { ref } };
  }

  function putOff(job: AugmentationJob, problem: AppError, final = false): void {
    store.putAugmentation(jobAfterFailure(job, problem, final, context.now().getTime(), context.augmentationPauses, Math.random()));
  }

  return {
    start: () => {
      takeBackRefused();
      look();
    },
    look: () => {
      tell();
      look();
    },
    retry: () => {
      hurry((job) => !isRenewal(job) || job.problem !== null);
      tell();
    },
    stop: async () => {
      stopListening();
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
      await working;
    },
  };
}

/** What the file itself does not let us add is so tomorrow too; a password may yet be typed. */
function isFinal({ code }: AppError): boolean {
  return code.startsWith('augment.') || (code.startsWith('pdf.') && code !== 'pdf.password-needed');
}
