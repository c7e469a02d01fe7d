import { z } from 'zod';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { uploadResponse } from '../../src-shared/protocol/wire.ts';
import type { BlobStore } from '../ports/store.ts';
import type { Time } from '../ports/time.ts';
import { again, readRetryAfter, type Failure } from './failure.ts';
import type { Gate } from './gate.ts';
import type { Meter } from './meter.ts';
import type { Outbox } from './outbox.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Wire } from './wire.ts';

// sync.md, Transfer: a chunk is about 20 s of recent goodput
const minChunkBytes = 64 * 1024;
const maxChunkBytes = 4 * 1024 * 1024;
const chunkTargetMs = 20_000;
/**
 * Where the smallest of these would hold the line for longer than this, a chunk is what goes in so long instead: bytes that a closed connection has given to the system are sent
 * all the same, so nothing but their number keeps the way free for what is urgent (I16).
 */
const slowTargetMs = 2000;
/** As long as nothing is known of the line. */
const firstChunkBytes = 16 * 1024;
/** Where chunks break off one after the other: a proxy that passes on nothing but whole requests loses what a cut one had brought. */
const leastChunkBytes = 8 * 1024;
/** A tail of a signature goes with the commands (P0). */
const smallBytes = 64 * 1024;
const maxDamaged = 3;
const maxClashes = 4;

type Job = { readonly upload: string; readonly lengthBytes: number; offset: number; unsure: boolean; clashes: number };
type Step = Failure | 'present' | 'going';

export type Uploads = {
  readonly hasSmall: () => boolean;
  /** Sends what the outbox owes and is small, the smallest first; `onPresent` after each one that is whole. Part of what is urgent. */
  readonly runSmall: (onPresent: () => Promise<unknown>) => Promise<Failure | null>;
  /** Sends the rest, one chunk at a time, each when nothing urgent is at work. */
  readonly runBulk: (onPresent: () => Promise<unknown>) => Promise<Failure | null>;
  readonly progress: (sha256: Sha256) => { readonly total: number; readonly sent: number } | null;
};

export type UploadOptions = {
  readonly wire: Wire; readonly session: Session; readonly blobs: BlobStore; readonly outbox: Outbox; readonly gate: Gate; readonly meter: Meter; readonly time: Time; readonly timing: SyncTiming;
};

export function createUploads({ wire, session, blobs, outbox, gate, meter, time, timing }: UploadOptions): Uploads {
  const jobs = new Map<Sha256, Job>();
  const damaged = new Map<Sha256, number>();
  /** Under way in one of the two runs: the other leaves them alone. */
  const atWork = new Set<Sha256>();
  /** Smaller after a chunk that did not arrive, however good the line was before. */
  let chunkBytes = firstChunkBytes;

  function done(sha256: Sha256): 'present' {
    jobs.delete(sha256);
    damaged.delete(sha256);
    outbox.markPresent(sha256);
    return 'present';
  }

  /** Bytes that came out wrong are sent anew and whole, a few times; then a person is told. */
  function wrong(content: ContentRef): 'going' {
    jobs.delete(content.sha256);
    const times = (damaged.get(content.sha256) ?? 0) + 1;
    damaged.set(content.sha256, times);
    if (times >= maxDamaged) outbox.refuseContent(content.sha256, { code: 'content.damaged' });
    return 'going';
  }

  function left(content: ContentRef): number {
    const job = jobs.get(content.sha256);
    if (job !== undefined) return job.lengthBytes - job.offset;
    const known = content.parent === null || damaged.has(content.sha256) ? 0 : (blobs.findSize(content.parent) ?? 0);
    return Math.max(0, content.sizeBytes - known);
  }

  function next(told: ReadonlySet<Sha256>, most: number): ContentRef | null {
    let best: ContentRef | null = null;
    let least = most;
    for (const content of outbox.contentOwed()) {
      const bytes = left(content);
      if (told.has(content.sha256) || atWork.has(content.sha256) || bytes > most || (best !== null && bytes >= least)) continue;
      [best, least] = [content, bytes];
    }
    return best;
  }

  async function open(content: ContentRef): Promise<Step> {
    const base = damaged.has(content.sha256) ? null : content.parent;
    const answer = await session.withToken((token) => wire.call('POST', '/v1/uploads', uploadResponse, {
      token, json: { sha256: content.sha256, sizeBytes: content.sizeBytes, base }, timeoutMs: timing.chunkMs,
    }));
    if (!answer.ok) return answer.failure.kind === 'refused' ? openRefused(content, answer.failure) : answer.failure;
    if (answer.value.state === 'present') return done(content.sha256);
    if (!blobs.has(content.sha256)) {
      outbox.refuseContent(content.sha256, { code: 'content.not-here' });
      return 'going';
    }
    const { upload, offset, lengthBytes } = answer.value;
    jobs.set(content.sha256, { upload, offset: Math.min(offset, lengthBytes), lengthBytes, unsure: false, clashes: 0 });
    return 'going';
  }

  function openRefused(content: ContentRef, failure: Failure & { readonly kind: 'refused' }): Step {
    if (failure.status === 403) return session.pause();
    // what no try will change is a person's affair; anything else is asked again later
    if (![400, 413, 422].includes(failure.status)) return again;
    outbox.refuseContent(content.sha256, failure.error);
    return 'going';
  }

  /** After a cut only the server knows what arrived. */
  async function askOffset(content: ContentRef, job: Job): Promise<Step> {
    const answer = await session.withToken((token) => wire.open('HEAD', `/v1/uploads/${job.upload}`, { token, headers: tus }));
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer.failure;
      jobs.delete(content.sha256);
      return 'going';
    }
    answer.value.cancel();
    return goOnFrom(job, answer.value.response.headers) ? 'going' : { kind: 'line', sent: false };
  }

  async function sendChunk(content: ContentRef, job: Job): Promise<Step> {
    const start = content.sizeBytes - job.lengthBytes + job.offset;
    const bytes = blobs.read(content.sha256, start, Math.min(chunkBytes, job.lengthBytes - job.offset));
    const began = time.elapsed();
    const answer = await session.withToken((token) => wire.open('PATCH', `/v1/uploads/${job.upload}`, {
      token, bytes, timeoutMs: timing.chunkMs, headers: { ...tus, 'upload-offset': String(job.offset), 'content-type': 'application/offset+octet-stream' },
    }));
    if (answer.ok) {
      answer.value.cancel();
      meter.moved(bytes.length, time.elapsed() - began);
      chunkBytes = Math.min(chunkBytes * 2, chunkFor(meter.rate() ?? bytes.length / Math.max(1, time.elapsed() - began)));
      if (!goOnFrom(job, answer.value.response.headers)) return { kind: 'line', sent: true };
      return job.offset === job.lengthBytes ? done(content.sha256) : 'going';
    }
    const { failure } = answer;
    if (failure.kind === 'refused') return chunkRefused(content, job, failure);
    job.unsure = true;
    chunkBytes = Math.max(leastChunkBytes, chunkBytes >> 1);
    return failure;
  }

  function chunkRefused(content: ContentRef, job: Job, failure: Failure & { readonly kind: 'refused' }): Step {
    if (failure.status === 403) return session.pause();
    // another node writes to it, or did when it was ended: this file waits, and nothing else
    if (failure.status === 423) {
      job.unsure = true;
      return { kind: 'later', afterMs: readRetryAfter(failure.headers, time.now()) ?? 0 };
    }
    if (failure.status === 409) {
      // its own word, or asked for; where the two do not come together it is left for later
      if (!goOnFrom(job, failure.headers)) job.unsure = true;
      job.clashes += 1;
      return job.clashes % maxClashes === 0 ? again : 'going';
    }
    jobs.delete(content.sha256);
    // 404: not known any more (finished, or too old): asked for anew
    return failure.status === 404 ? 'going' : wrong(content);
  }

  function advance(content: ContentRef): Promise<Step> {
    const job = jobs.get(content.sha256);
    if (job === undefined) return open(content);
    return job.unsure ? askOffset(content, job) : sendChunk(content, job);
  }

  async function run(onPresent: () => Promise<unknown>, most: number, bulk: boolean): Promise<Failure | null> {
    // picked anew before every chunk: a small tail does not wait behind a large scan.
    // one that the server has, and whose command still waits for something else, is not asked about again in this run
    const told = new Set<Sha256>();
    for (;;) {
      if (bulk) await gate.clear(2);
      const content = next(told, most);
      if (content === null) return null;
      atWork.add(content.sha256);
      const step = await advance(content).finally(() => atWork.delete(content.sha256));
      if (step === 'present') {
        told.add(content.sha256);
        await onPresent();
      } else if (step !== 'going') return step;
    }
  }

  return {
    hasSmall: () => next(new Set(), smallBytes) !== null,
    runSmall: (onPresent) => run(onPresent, smallBytes, false),
    runBulk: (onPresent) => run(onPresent, Number.POSITIVE_INFINITY, true),
    progress: (sha256) => {
      const job = jobs.get(sha256);
      return job === undefined ? null : { total: job.lengthBytes, sent: job.offset };
    },
  };
}

/** `rate` in bytes a ms. */
function chunkFor(rate: number): number {
  const slow = Math.round(rate * slowTargetMs);
  if (slow < minChunkBytes) return Math.max(leastChunkBytes, slow);
  return Math.min(maxChunkBytes, Math.round(rate * chunkTargetMs));
}

const tus = { 'tus-resumable': '1.0.0' };

function goOnFrom(job: Job, headers: Headers): boolean {
  const offset = z.coerce.number().int().min(0).max(job.lengthBytes).safeParse(headers.get('upload-offset') ?? undefined);
  if (!offset.success) return false;
  job.offset = offset.data;
  job.unsure = false;
  return true;
}
