import type { LinePolicy } from '../../src-shared/contract/line.ts';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { fail, ok } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { ProfileStore } from '../ports/store.ts';
import type { SyncPort } from '../ports/sync.ts';
import { systemRandom, systemTime, type Time } from '../ports/time.ts';
import type { ServerTrust } from '../ports/trust.ts';
import type { ServerUpdates } from '../ports/updates.ts';
import { createArrivals } from './arrivals.ts';
import { createBooks } from './books.ts';
import { createCoalesced } from './coalesce.ts';
import { createCoding } from './coding.ts';
import { createDirectory } from './directory.ts';
import { createDownloads } from './downloads.ts';
import { again, type Failure } from './failure.ts';
import { createFeed } from './feed.ts';
import { createGate } from './gate.ts';
import { createHealth } from './health.ts';
import { createMeter } from './meter.ts';
import { wantEverythingMissing } from './missing.ts';
import { createOutbox } from './outbox.ts';
import { keepPolicy, readPolicy } from './policy.ts';
import { createRounds } from './rounds.ts';
import { createSession, type Credentials, type Said } from './session.ts';
import { createSnapshot } from './snapshot.ts';
import { defaultTiming, type SyncTiming } from './timing.ts';
import { createTrustAsking } from './trust.ts';
import { createUpdateCarrying } from './updates.ts';
import { createUploads } from './uploads.ts';
import { createWants } from './wants.ts';
import { createWire } from './wire.ts';

export type SyncOptions = {
  readonly serverUrl: string;
  /** Null: only a token kept from an earlier session is used. */
  readonly credentials: Credentials | null;
  /** Whose desk it is, where a kept token does not say it. */
  readonly said?: Said;
  /** This installation's name towards the server's books, 8–64 characters, the same for as long as the profile lives. */
  readonly station: string;
  readonly store: ProfileStore;
  readonly time?: Time;
  /** [0, 1), for the jitter. */
  readonly random?: () => number;
  /** Whose list of certificates is asked for; left out: none is. */
  readonly trust?: ServerTrust;
  /** New versions of the program; left out: none are asked for. */
  readonly updates?: ServerUpdates;
  /** As the platform's: answers in brotli are given unpacked. */
  readonly fetch?: typeof fetch;
  readonly log?: Log;
  readonly timing?: Partial<SyncTiming>;
};

/** The desk's side of the line: outbox up, feed and content down, by itself. */
export function createSync(options: SyncOptions): SyncPort {
  const { desk, blobs } = options.store;
  const time = options.time ?? systemTime;
  const { now } = time;
  const timing = { ...defaultTiming, ...options.timing };
  const log: Log = options.log ?? (() => undefined);
  const stopping = new AbortController();
  const listeners = { status: new Set<(status: SyncStatus) => void>(), changed: new Set<(ids: readonly DocumentId[]) => void>(), arrived: new Set<(ids: readonly DocumentId[]) => void>(), content: new Set<(sha256: Sha256) => void>() };
  let policy: LinePolicy = readPolicy(desk);
  let lastSyncAt: string | null = null;
  let lastShown = '';

  const gate = createGate();
  const meter = createMeter(desk, time);
  const health = createHealth({ time, meter, onChanged: showStatus });
  const wire = createWire({ serverUrl: options.serverUrl, fetch: options.fetch ?? fetch, time, timing, coding: createCoding(), meter, stopping: stopping.signal, onHeard: health.heard, onBusy: health.busyFor });
  const session = createSession({ wire, desk, credentials: options.credentials, said: options.said ?? null, onChanged: showStatus });
  const wants = createWants({ desk, blobs, meter, time, me: () => session.said()?.actor.person ?? null, policy: () => policy });
  const arrivals = createArrivals({ desk, blobs, onChanged: changed, onArrived: (ids) => listeners.arrived.forEach((tell) => tell(ids)), onDropped: (hashes) => downloads.forget(hashes) });
  const snapshot = createSnapshot({ wire, session, desk, arrivals, gate, meter, time, timing, log, onChanged: changed });
  const feed = createFeed({ wire, session, desk, snapshot, arrivals, gate, time, log });
  const outbox = createOutbox({ wire, session, desk, now, onChanged: changed, onBookRefused: (book, epoch) => books.refused(book, epoch), onResync: feed.resync });
  const books = createBooks({ wire, session, desk, station: options.station, timing, now, owesNumbers: outbox.owesNumbersOf });
  const directory = createDirectory({ wire, session, desk, gate, timing, now });
  const uploads = createUploads({ wire, session, blobs, outbox, gate, meter, time, timing });
  const trustList = options.trust === undefined ? null : createTrustAsking({ wire, session, trust: options.trust, timing, time, log });
  const updates = options.updates === undefined ? null : createUpdateCarrying({ wire, session, updates: options.updates, station: options.station, gate, meter, time, timing, log, policy: () => policy });
  const downloads = createDownloads({ wire, session, blobs, wants, gate, meter, time, timing, isNamed: desk.isNamed, onContent: (sha256) => {
    listeners.content.forEach((tell) => tell(sha256));
    showStatus();
  } });

  /** What cannot wait: what the person did, tails of signatures, numbers. Bulk stands aside, so it is begun only where there is something. */
  const push = createCoalesced(async () => (outbox.hasReady() || uploads.hasSmall() || books.isDue() ? gate.run(0, pushAll) : null));
  const up = createCoalesced(() => gate.run(2, () => uploads.runBulk(push.run)));
  const names = createCoalesced(directory.run);
  let looked: Promise<void> | null = null;
  const down = createCoalesced(async () => {
    looked ??= wantEverythingMissing(desk, wants.find, time, stopping.signal);
    await looked.catch((error: unknown) => {
      looked = null;
      throw error;
    });
    return gate.run(2, downloads.run);
  });
  const versions = updates === null ? null : createCoalesced(updates.run);
  const rounds = createRounds({
    time, timing, random: options.random ?? systemRandom, log, stopping: stopping.signal, health,
    probe: () => gate.run(1, feed.probe),
    push: push.run,
    pull: async () => {
      let failure = await gate.run(1, feed.pull);
      if (failure === null && feed.doubts()) failure = (await push.run()) ?? (await gate.run(1, feed.pull));
      if (failure === null) lastSyncAt = new Date(now()).toISOString();
      return failure;
    },
    bulk: async () => {
      const outcomes = await Promise.all([up.run(), down.run(), names.run()]);
      return outcomes.find((outcome) => outcome !== null) ?? null;
    },
    hints: { wire, session, desk },
    holdEnd: outbox.firstHoldEnd,
    ended: (failure) => {
      // last of all, and nothing waits for it
      if (failure === null) {
        trustList?.whenDue();
        carryUpdates();
      }
      meter.keep();
      showStatus();
    },
  });

  async function pushAll(): Promise<Failure | null> {
    const pushed = await outbox.pushReady();
    if (pushed !== null && (pushed.kind !== 'later' || pushed.leaveAlone === true)) return pushed;
    return (await uploads.runSmall(outbox.pushReady)) ?? (await books.run()) ?? pushed;
  }

  function changed(ids: readonly DocumentId[]): void {
    for (const id of ids) {
      const state = desk.findDocument(id)?.state ?? desk.findRecord(id)?.state;
      if (state !== undefined) wants.add(state);
    }
    listeners.changed.forEach((tell) => tell(ids));
    showStatus();
  }

  function status(): SyncStatus {
    const items = desk.outbox();
    const problems = items.filter((item) => item.sync === 'problem').length;
    const under = desk.snapshotUnderWay();
    const signedIn = session.isSignedIn();
    return {
      ...health.describe(signedIn), signedIn, pending: items.length - problems, problems, lastSyncAt,
      filling: under === null ? null : { done: under.documents, total: under.info.documents }, files: wants.tally(), conflicts: desk.conflicts().length,
    };
  }

  function showStatus(): void {
    if (stopping.signal.aborted) return;
    const present = status();
    const shown = JSON.stringify(present);
    if (shown === lastShown) return;
    lastShown = shown;
    listeners.status.forEach((tell) => tell(present));
  }

  /** One at a time, for as long as it takes; no round waits for it. */
  function carryUpdates(): void {
    if (versions !== null && !versions.isRunning()) beside(versions.run);
  }

  /** Something that decides over it has changed: one that is just ending has not seen it. */
  function carryUpdatesAnew(): void {
    if (versions !== null) beside(versions.run);
  }

  /** Beside the rounds: begun at once where there is a line. What it fails for is tried again with the next round. */
  function beside(work: () => Promise<Failure | null>): void {
    if (!rounds.isStarted() || stopping.signal.aborted) return;
    if (!health.isOnline()) return void rounds.carry();
    void work().then(
      (failure) => (failure === null ? undefined : rounds.planRetry(failure)),
      (error: unknown) => {
        log('error', 'sync failed', { error: error instanceof Error ? error.message : 'unknown' });
        rounds.planRetry(again);
      },
    );
  }

  return {
    start: rounds.start,
    stop: async () => {
      stopping.abort();
      rounds.stop();
      await Promise.allSettled([rounds.idle(), push.idle(), up.idle(), down.idle(), names.idle(), trustList?.idle(), versions?.idle()]);
      meter.keep(true);
      downloads.end();
    },
    kick: () => (stopping.signal.aborted ? Promise.resolve() : rounds.carry()),
    askUpdates: () => updates?.ask() ?? Promise.resolve(fail('update.unavailable')),
    fetchUpdate: carryUpdatesAnew,
    askTrust: () => trustList?.ask() ?? Promise.resolve(ok(null)),
    uploadProgress: uploads.progress,
    downloadProgress: downloads.progress,
    status,
    fetchNow: (content) => {
      wants.open(content);
      beside(down.run);
      showStatus();
    },
    policy: () => policy,
    setPolicy: (next) => {
      policy = next;
      keepPolicy(desk, next);
      beside(down.run);
      carryUpdatesAnew();
      showStatus();
    },
    usage: meter.days,
    returnBook: async (book) => {
      // numbers that the server has not seen go before the book does
      const failure = await push.run().catch(() => again);
      if (failure?.kind === 'signed-out') return fail('sync.signed-out');
      return books.giveBack(book);
    },
    askNumbers: books.askNumbers,
    renew: (kept) => {
      session.renew(kept);
      rounds.renewed();
    },
    wantBooks: (wanted) => {
      books.want(wanted);
      if (rounds.isStarted()) void rounds.carry();
    },
    onStatus: (listener) => subscribe(listeners.status, listener),
    onChanged: (listener) => subscribe(listeners.changed, listener),
    onArrived: (listener) => subscribe(listeners.arrived, listener),
    onContent: (listener) => subscribe(listeners.content, listener),
  };
}

function subscribe<T>(set: Set<T>, listener: T): () => void {
  set.add(listener);
  return () => void set.delete(listener);
}
