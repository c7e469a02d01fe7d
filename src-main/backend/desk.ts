import { setTimeout as sleep } from 'node:timers/promises';
import type { EventName } from '../../src-shared/contract/index.ts';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import { auditHandlers } from '../features/audit/handlers.ts';
import { createWitness, witnessed, witnessedSigning, witnessedTokens } from '../features/audit/witness.ts';
import { conflictHandlers } from '../features/conflicts/handlers.ts';
import { watchConflicts } from '../features/conflicts/watch.ts';
import { contentHandlers } from '../features/content/handlers.ts';
import type { DeskContext } from '../features/context.ts';
import { documentHandlers } from '../features/documents/handlers.ts';
import { watchWantedBooks } from '../features/documents/want-books.ts';
import { diagnosticsHandlers } from '../features/diagnostics/handlers.ts';
import { dossierHandlers } from '../features/dossiers/handlers.ts';
import { createCounting } from '../features/figures/counting.ts';
import { figureHandlers } from '../features/figures/handlers.ts';
import { formHandlers } from '../features/forms/handlers.ts';
import { grantHandlers } from '../features/grants/handlers.ts';
import type { DeskHandlers } from '../features/handlers.ts';
import { indexingHandlers } from '../features/indexing/handlers.ts';
import { createIndexing } from '../features/indexing/indexing.ts';
import { lineHandlers } from '../features/line/handlers.ts';
import { officeHandlers } from '../features/office/handlers.ts';
import { createAugmentationWorker } from '../features/signing/augmentation/worker.ts';
import { createBatches } from '../features/signing/batch/batches.ts';
import { batchHandlers } from '../features/signing/batch/handlers.ts';
import { packageHandlers } from '../features/packages/handlers.ts';
import { prepareForOutages } from '../features/packages/prepare.ts';
import { registerHandlers } from '../features/registers/handlers.ts';
import { resultHandlers } from '../features/results/handlers.ts';
import { searchHandlers } from '../features/searches/handlers.ts';
import { signingHandlers } from '../features/signing/handlers.ts';
import { createSigningMeans } from '../features/signing/means.ts';
import { createPlaceFinder } from '../features/signing/places.ts';
import { watchAlarms } from '../features/tasks/alarms.ts';
import { taskHandlers } from '../features/tasks/handlers.ts';
import { trustHandlers } from '../features/trust/handlers.ts';
import { backupHandlers } from '../features/backup/handlers.ts';
import type { TokenPort } from '../ports/token.ts';
import { updateHandlers } from '../features/updates/handlers.ts';
import { verificationHandlers } from '../features/verification/handlers.ts';
import { createReports } from '../features/verification/reports.ts';

type KeptToken = { readonly user: string; readonly token: string };
export type DeskEvents = (name: EventName, payload: unknown) => void;

/** One person's desk: its use-cases, and the sync that runs beneath them. */
export type Desk = {
  readonly handlers: DeskHandlers;
  readonly on: (listener: DeskEvents) => () => void;
  readonly session: {
    readonly status: () => SyncStatus;
    readonly renew: (kept: KeptToken) => void;
    /** Tries once to send what waits, held for undoing or not; without a line it stays. */
    readonly sendLast: () => Promise<void>;
    /** The person leaves: the next start asks for them. What waits stays. Answers the token that was dropped, for the server to end. */
    readonly drop: () => string | null;
    /** What the password is known by again while there is no line; null: none was kept. */
    readonly verifier: () => string | null;
    readonly keepVerifier: (verifier: string) => void;
  };
  /** The screen is locked: a token that waits for a word is logged out, now and from now on. A run that the person has ordered goes on to its end. */
  readonly lockTokens: (locked: boolean) => void;
  /** Whether a token is plugged in, and when that changes. */
  readonly tokens: Pick<TokenPort, 'list' | 'watch'>;
  /** The person gets up: what was held for them to take back goes now. */
  readonly releaseHolds: () => void;
  /** Practice only: the clock was moved on. What waits on a day looks again at once, and the line is used. */
  readonly dayChanged: () => Promise<void>;
  /** Practice only: nothing is examined or indexed meanwhile; what came is when the returned function is called. */
  readonly putOff: () => () => void;
  readonly close: () => Promise<void>;
};

/** Wires ports to use-cases. `build` is given the way to emit, and returns the ports that the context is made of. */
export function createDesk(build: (emit: DeskContext['emit']) => DeskContext & { readonly dropToken: () => string | null; readonly release: () => Promise<void> }): Desk {
  const listeners = new Set<DeskEvents>();
  const built = build((name, payload) => {
    for (const listener of listeners) listener(name, payload);
  });
  const write = createWitness(built);
  const context = { ...built, tokens: witnessedTokens(built.tokens, write), signing: witnessedSigning(built.signing, write) };
  write('desk.opened', { subject: context.version });
  const reports = createReports(context);

  const findPlaces = createPlaceFinder(context);
  const means = createSigningMeans(context);
  const indexing = context.texts === undefined ? null : createIndexing({ ...context, texts: context.texts });
  const counting = createCounting(context);
  // whatever changes a log says so
  listeners.add((name) => {
    if (name === 'documents.changed' || name === 'documents.arrived') counting.later();
  });
  // while a person waits for signatures, nothing else takes the processor
  const hold = (): (() => void) => {
    const ends = [reports.hold(), indexing?.hold(), counting.hold()];
    return () => ends.forEach((end) => end?.());
  };
  const batches = createBatches(context, means, { ...reports, hold }, findPlaces);
  const augmentations = createAugmentationWorker(context, reports);
  const wantedBooks = watchWantedBooks(context);
  const alarms = watchAlarms(context);
  const stops = [
    prepareForOutages(context),
    context.sync.onStatus((status) => context.emit('sync.status', status)),
    context.sync.onChanged((ids) => context.emit('documents.changed', { ids: [...ids], at: context.now().toISOString() })),
    context.sync.onArrived((ids) => context.emit('documents.arrived', { ids: [...ids] })),
    context.trust.onChanged((by) => context.emit('trust.changed', { version: context.trust.version, by })),
    watchConflicts(context),
    context.updates?.onChanged((state) => context.emit('updates.changed', state)) ?? ((): void => undefined),
    context.backups?.onChanged((state) => context.emit('backup.changed', state)) ?? ((): void => undefined),
    wantedBooks.stop,
    alarms.stop,
    context.sync.onContent((sha256) => {
      context.emit('documents.changed', { ids: [...context.store.documentsWithContent(sha256)], at: context.now().toISOString() });
      reports.later(sha256);
      indexing?.later(sha256);
    }),
  ];

  augmentations.start();
  reports.start();
  indexing?.start();
  counting.later();
  context.backups?.begin();

  return {
    handlers: witnessed({
      ...officeHandlers(context),
      ...documentHandlers(context, reports),
      ...taskHandlers(context),
      ...registerHandlers(context),
      ...dossierHandlers(context),
      ...grantHandlers(context),
      ...indexingHandlers(context),
      ...figureHandlers(context),
      ...formHandlers(context),
      ...searchHandlers(context),
      ...resultHandlers(context),
      ...contentHandlers(context, reports),
      ...verificationHandlers(context, reports),
      ...trustHandlers(context),
      ...signingHandlers(context, { means, reports, findPlaces, batches, augmentations }),
      ...batchHandlers(batches),
      ...packageHandlers(context),
      ...conflictHandlers(context),
      ...lineHandlers(context),
      ...updateHandlers(context),
      ...backupHandlers(context),
      ...auditHandlers(context),
      ...diagnosticsHandlers(context),
    }, write),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    session: {
      status: context.sync.status, renew: context.sync.renew, sendLast: () => sendLast(context),
      drop: () => {
        // nothing is unlocked at a desk that nobody is signed in to
        context.store.setSetting(verifierKey, '');
        return context.dropToken();
      },
      verifier: () => context.store.getSetting(verifierKey) || null,
      keepVerifier: (verifier) => context.store.setSetting(verifierKey, verifier),
    },
    lockTokens: batches.lock,
    tokens: built.tokens,
    releaseHolds: () => {
      context.store.releaseHolds(context.now().getTime());
      void context.sync.kick();
    },
    dayChanged: async () => {
      context.store.releaseHolds(context.now().getTime());
      wantedBooks.look();
      await context.sync.kick();
      alarms.look();
    },
    putOff: hold,
    close: async () => {
      for (const stop of stops) stop();
      await batches.close();
      await augmentations.stop();
      await sendHeld(context);
      await context.sync.stop();
      await reports.stop();
      await indexing?.stop();
      await counting.stop();
      write('desk.closed', { subject: context.version });
      await context.release();
    },
  };
}

const verifierKey = 'session.verifier';

/** As long as whoever closes the program may be made to wait. */
const lastRoundMs = 2500;

/** What was done in the last seconds would else lie here until the program is started again, perhaps tomorrow. */
async function sendHeld(context: DeskContext): Promise<void> {
  const nowMs = context.now().getTime();
  if (context.store.outbox().some(({ sync: state, heldUntilMs }) => state === 'waiting' && heldUntilMs !== null && heldUntilMs > nowMs)) await sendLast(context);
}

/** Tried once; without a line it stays. */
async function sendLast({ store, sync, now }: DeskContext): Promise<void> {
  if (store.outbox().every(({ sync: state }) => state === 'problem')) return;
  store.releaseHolds(now().getTime());
  const tooLong = new AbortController();
  await Promise.race([sync.kick(), sleep(lastRoundMs, undefined, { signal: tooLong.signal }).catch(() => undefined)]);
  tooLong.abort();
}
