import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { AppFailure } from '../../src-shared/result.ts';
import type { BlobStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Failure, Wire } from './wire.ts';

/** A tail is put together in memory; a longer one is fetched as part of the whole. */
const maxTailBytes = 8 * 1024 * 1024;
const maxDamaged = 3;

type Outcome = 'here' | 'damaged' | 'gone' | Failure;
/** A fetch that can be interrupted: `run` goes on until it is over or the line is. What has come stays staged in the store. */
type Job = { readonly run: () => Promise<Outcome>; readonly ended: Promise<unknown> };

export type Downloads = {
  readonly want: (content: ContentRef) => void;
  /** Fetches what is wanted, smallest first, until nothing is left or the line fails. */
  readonly run: () => Promise<Failure | null>;
  /** After the wire was stopped: resolves when nothing writes to the store any more. */
  readonly end: () => Promise<void>;
};

export type DownloadOptions = {
  readonly wire: Wire; readonly session: Session; readonly blobs: BlobStore; readonly timing: SyncTiming; readonly time: Time; readonly stopping: AbortSignal;
  /** Bulk waits while commands or the feed are under way. */
  readonly whenQuiet: () => Promise<unknown>;
  readonly onContent: (sha256: Sha256) => void;
};

export function createDownloads({ wire, session, blobs, timing, time, stopping, whenQuiet, onContent }: DownloadOptions): Downloads {
  const wanted = new Map<Sha256, ContentRef>();
  const damaged = new Map<Sha256, number>();
  const jobs = new Map<Sha256, Job>();

  /** Bytes `[from, sizeBytes)`, over as many requests as it takes. `pause` resolves when it is worth trying again, and throws when stopped. */
  async function* bytesFrom(content: ContentRef, from: number, pause: (failure: Failure) => Promise<void>): AsyncGenerator<Uint8Array> {
    const etag = `"${content.sha256}"`;
    let offset = from;
    let idle = false;
    while (offset < content.sizeBytes) {
      if (idle) await pause({ kind: 'line', sent: false });
      const start = offset;
      const answer = await session.withToken((token) => wire.open('GET', `/v1/blobs/${content.sha256}`, {
        token, timeoutMs: timing.requestMs, headers: { range: `bytes=${start}-`, 'if-range': etag },
      }));
      if (!answer.ok) {
        if (answer.failure.kind === 'refused') throw new AppFailure('not-found');
        await pause(answer.failure);
        continue;
      }
      const { response, cancel } = answer.value;
      const first = response.status === 206 ? Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1]) : 0;
      if (response.headers.get('etag') !== etag || first !== offset || response.body === null) {
        cancel();
        await pause({ kind: 'line', sent: false });
        continue;
      }
      const reader = response.body.getReader();
      try {
        for (;;) {
          await whenQuiet();
          const disarm = time.after(timing.noBytesMs, cancel);
          const { done, value } = await reader.read().finally(disarm);
          if (done) break;
          offset += value.length;
          yield value;
        }
      } catch (error) {
        // only the reading may fail here; a failure to write it down ends the generator by `return`
        if (stopping.aborted) throw error;
      } finally {
        cancel();
      }
      // broken off: on from the byte that came, at once if any did
      idle = offset === start;
    }
  }

  function begin(content: ContentRef): Job {
    let goOn: (() => void) | null = null;
    let report: (outcome: Outcome) => void = () => undefined;
    const pause = (failure: Failure): Promise<void> => new Promise((resolve, reject) => {
      const stop = () => reject(new AppFailure('sync.offline'));
      if (stopping.aborted) return stop();
      stopping.addEventListener('abort', stop, { once: true });
      goOn = () => {
        stopping.removeEventListener('abort', stop);
        resolve();
      };
      report(failure);
    });
    const ended = store(content, pause).then(
      (outcome) => outcome,
      (error: unknown): Outcome => {
        if (stopping.aborted) return { kind: 'stopped' };
        if (error instanceof AppFailure && error.error.code === 'not-found') return 'gone';
        throw error;
      },
    );
    ended.catch(() => undefined);
    return {
      ended,
      run: () => {
        const stuck = new Promise<Outcome>((resolve) => (report = resolve));
        const wake = goOn;
        goOn = null;
        wake?.();
        return Promise.race([ended, stuck]);
      },
    };
  }

  async function store(content: ContentRef, pause: (failure: Failure) => Promise<void>): Promise<Outcome> {
    const { parent, sha256, sizeBytes } = content;
    const parentSize = parent === null ? null : blobs.findSize(parent);
    if (parent !== null && parentSize !== null && parentSize < sizeBytes && sizeBytes - parentSize <= maxTailBytes && !damaged.has(sha256)) {
      const parts: Uint8Array[] = [];
      for await (const part of bytesFrom(content, parentSize, pause)) parts.push(part);
      return (await blobs.putWithBase(parent, Buffer.concat(parts), sha256)).ok ? 'here' : 'damaged';
    }
    return (await blobs.put(bytesFrom(content, 0, pause), sha256)).ok ? 'here' : 'damaged';
  }

  function next(): ContentRef | null {
    let best: ContentRef | null = null;
    for (const content of wanted.values()) if (best === null || content.sizeBytes < best.sizeBytes) best = content;
    return best;
  }

  return {
    want: (content) => {
      if (!blobs.has(content.sha256) && !damagedForGood(content.sha256)) wanted.set(content.sha256, content);
    },
    run: async () => {
      for (let content = next(); content !== null; content = next()) {
        const { sha256 } = content;
        // it may have been made or brought here by another way
        if (blobs.has(sha256) && !jobs.has(sha256)) {
          wanted.delete(sha256);
          continue;
        }
        const job = jobs.get(sha256) ?? begin(content);
        jobs.set(sha256, job);
        const outcome = await job.run();
        if (typeof outcome === 'object') {
          if (outcome.kind === 'stopped') jobs.delete(sha256);
          return outcome;
        }
        jobs.delete(sha256);
        if (outcome === 'damaged') damaged.set(sha256, (damaged.get(sha256) ?? 0) + 1);
        // what the server does not give, or gives wrong again and again, is asked for anew when the document changes or at the next start
        if (outcome !== 'damaged' || damagedForGood(sha256)) wanted.delete(sha256);
        if (outcome === 'here') {
          damaged.delete(sha256);
          onContent(sha256);
        }
      }
      return null;
    },
    end: async () => {
      await Promise.allSettled([...jobs.values()].map((job) => job.ended));
    },
  };

  function damagedForGood(sha256: Sha256): boolean {
    return (damaged.get(sha256) ?? 0) >= maxDamaged;
  }
}
