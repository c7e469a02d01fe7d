import { defaultLinePolicy } from '../../src-shared/contract/line.ts';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { ok } from '../../src-shared/result.ts';
import type { Log } from '../ports/log.ts';
import type { ProfileStore } from '../ports/store.ts';
import type { SyncPort } from '../ports/sync.ts';
import { systemRandom, systemTime, type Time } from '../ports/time.ts';
import type { ServerTrust } from '../ports/trust.ts';
import { createCoalesced } from './coalesce.ts';
import { wantEverythingMissing } from './missing.ts';
import { createDownloads } from './downloads.ts';
import { createFeed } from './feed.ts';
import { createOfficeUpkeep } from './office.ts';
import { createOutbox } from './outbox.ts';
import { createSession, type Credentials } from './session.ts';
import { backoffDelay, defaultTiming, type SyncTiming } from './timing.ts';
import { createTrustAsking } from './trust.ts';
import { createUploads } from './uploads.ts';
import { createWire, type Failure } from './wire.ts';

export type SyncOptions = {
  readonly serverUrl: string;
  /** Null: only a token kept from an earlier session is used. */
  readonly credentials: Credentials | null;
  /** This installation's name towards the server's books, 8–64 characters, the same for as long as the profile lives. */
  readonly station: string;
  readonly store: ProfileStore;
  readonly time?: Time;
  /** [0, 1), for the jitter. */
  readonly random?: () => number;
  /** Whose list of certificates is asked for; left out: none is. */
  readonly trust?: ServerTrust;
  readonly fetch?: typeof fetch;
  readonly log?: Log;
  readonly timing?: Partial<SyncTiming>;
};

/** The desk's side of the line: outbox up, feed and content down, by itself. */
export function createSync(options: SyncOptions): SyncPort {
  const { desk, blobs } = options.store;
  const time = options.time ?? systemTime;
  const { now } = time;
  const random = options.random ?? systemRandom;
  const timing = { ...defaultTiming, ...options.timing };
  const log: Log = options.log ?? (() => undefined);
  const stopping = new AbortController();
  const listeners = { status: new Set<(status: SyncStatus) => void>(), changed: new Set<(ids: readonly DocumentId[]) => void>(), arrived: new Set<(ids: readonly DocumentId[]) => void>(), content: new Set<(sha256: Sha256) => void>() };

  let online = false;
  let since: string | null = null;
  let lastSyncAt: string | null = null;
  let lastShown = '';
  let attempt = 0;
  let notBefore = 0;
  let timer: (() => void) | null = null;
  let holdTimer: (() => void) | null = null;
  let started = false;
  let healthy: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;
  let listening: Promise<void> = Promise.resolve();

  const wire = createWire({ serverUrl: options.serverUrl, fetch: options.fetch ?? fetch, time, stopping: stopping.signal, onAnswer: setOnline });
  const session = createSession({ wire, desk, credentials: options.credentials, timing });
  const outbox = createOutbox({ wire, session, desk, timing, now, onChanged: changed });
  const feed = createFeed({ wire, session, desk, timing, onChanged: changed, onArrived: (ids) => listeners.arrived.forEach((tell) => tell(ids)) });
  const upkeep = createOfficeUpkeep({ wire, session, desk, station: options.station, timing, now });
  const uploads = createUploads({ wire, session, blobs, outbox, timing, now });
  const trustList = options.trust === undefined ? null : createTrustAsking({ wire, session, trust: options.trust, timing, time, log });
  const round = createCoalesced(runRound);
  const downloads = createDownloads({ wire, session, blobs, timing, time, stopping: stopping.signal, whenQuiet: round.idle, onContent: (sha256) => listeners.content.forEach((tell) => tell(sha256)) });
  // apart, so that a tail on its way up never waits for a scan on its way down
  const up = createCoalesced(() => uploads.run(round.run));
  let looked: Promise<void> | null = null;
  const down = createCoalesced(async () => {
    looked ??= wantEverythingMissing(desk, downloads.want, time, stopping.signal);
    await looked.catch((error: unknown) => {
      looked = null;
      throw error;
    });
    return downloads.run();
  });

  /** Small things, in the order of their worth: what the person did, what others did, numbers, names. */
  async function runRound(): Promise<Failure | null> {
    if (stopping.signal.aborted) return { kind: 'stopped' };
    if (now() < notBefore) return { kind: 'later', afterMs: notBefore - now(), leaveAlone: true };
    // without a line the first thing sent is a question, so that a command does not leave in doubt ("đang xác nhận") for nothing
    const probe = online ? null : await feed.pull();
    if (probe !== null) return probe;
    const pushed = await outbox.pushReady();
    if (pushed !== null && pushed.kind !== 'later') return pushed;
    const failure = (await feed.pull()) ?? (await upkeep.run());
    if (failure !== null) return failure;
    lastSyncAt = new Date(now()).toISOString();
    return pushed;
  }

  async function carry(): Promise<void> {
    clearTimer();
    planHold();
    let failure: Failure | null;
    try {
      failure = await round.run();
      if (failure === null) {
        healthy?.resolve();
        healthy = null;
      }
      if (failure === null || (failure.kind === 'later' && failure.leaveAlone === undefined)) {
        const [sent, fetched] = await Promise.all([up.run(), down.run()]);
        failure = sent ?? fetched ?? failure;
      }
    } catch (error) {
      // a bug or a full disk: nothing half-written, told, and tried again
      log('error', 'sync failed', { error: error instanceof Error ? error.message : 'unknown' });
      failure = { kind: 'later', afterMs: 0 };
    }
    // last of all, and nothing waits for it
    if (failure === null) trustList?.whenDue();
    if (failure === null) attempt = 0;
    else planRetry(failure);
    showStatus();
  }

  /** What a person may still take back is sent when it no longer may: one round at the end of the first hold. */
  function planHold(): void {
    holdTimer?.();
    holdTimer = null;
    const end = outbox.firstHoldEnd();
    if (end === null || stopping.signal.aborted) return;
    holdTimer = time.after(Math.max(0, end - now()), () => void carry());
  }

  function planRetry(failure: Failure): void {
    if (failure.kind === 'stopped' || stopping.signal.aborted) return;
    log('info', 'sync put off', { kind: failure.kind, attempt });
    if (failure.kind === 'later' && failure.leaveAlone === true) notBefore = Math.max(notBefore, now() + failure.afterMs);
    if (!started || failure.kind === 'signed-out') return;
    clearTimer();
    timer = time.after(backoffDelay(attempt++, random, timing, failure.kind === 'later' ? failure.afterMs : 0), () => void carry());
  }

  /** While all is well a call is left open at the server, which answers when something changed. */
  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      if (healthy !== null) {
        await healthy.promise;
        continue;
      }
      const hint = await feed.hint();
      if (hint.ok ? hint.value.changed || upkeep.isDue() : true) {
        healthy = Promise.withResolvers<void>();
        if (hint.ok) void carry();
        else if (hint.failure.kind === 'refused') void carry();
        else planRetry(hint.failure);
      }
    }
  }

  function changed(ids: readonly DocumentId[]): void {
    for (const id of ids) {
      const content = desk.findDocument(id)?.state.content;
      if (content !== undefined) downloads.want(content);
    }
    listeners.changed.forEach((tell) => tell(ids));
    showStatus();
  }

  function setOnline(reached: boolean): void {
    if (reached === online) return;
    // "since" speaks of a line that was there once
    if (reached || since !== null) since = new Date(now()).toISOString();
    online = reached;
    showStatus();
  }

  function status(): SyncStatus {
    const items = desk.outbox();
    const problems = items.filter((item) => item.sync === 'problem').length;
    return { online, since, signedIn: session.isSignedIn(), pending: items.length - problems, problems, lastSyncAt, line: !session.isSignedIn() ? 'signed-out' : online ? 'up' : 'down', busyUntil: null, filling: null, files: { waiting: 0, waitingBytes: 0, held: 0 }, conflicts: 0 };
  }

  function showStatus(): void {
    if (stopping.signal.aborted) return;
    const present = status();
    const shown = JSON.stringify(present);
    if (shown === lastShown) return;
    lastShown = shown;
    listeners.status.forEach((tell) => tell(present));
  }

  function clearTimer(): void {
    timer?.();
    timer = null;
  }

  return {
    start: () => {
      if (started || stopping.signal.aborted) return;
      started = true;
      healthy = Promise.withResolvers<void>();
      listening = listen();
      void carry();
    },
    stop: async () => {
      stopping.abort();
      clearTimer();
      holdTimer?.();
      healthy?.resolve();
      healthy = null;
      await Promise.allSettled([round.idle(), up.idle(), down.idle(), listening, trustList?.idle()]);
      await downloads.end();
    },
    kick: () => (stopping.signal.aborted ? Promise.resolve() : carry()),
    askTrust: () => trustList?.ask() ?? Promise.resolve(ok(null)),
    uploadProgress: uploads.progress,
    status,
    fetchNow: (content) => {
      downloads.want(content);
      if (started) void carry();
    },
    policy: () => defaultLinePolicy,
    setPolicy: () => undefined,
    usage: () => [],
    returnBook: () => Promise.resolve(ok(null)),
    renew: (kept) => {
      session.renew(kept);
      attempt = 0;
      showStatus();
      if (started) void carry();
    },
    wantBooks: (books) => {
      upkeep.wantBooks(books);
      if (started) void carry();
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
