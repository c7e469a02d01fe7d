import { z } from 'zod';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { uploadResponse } from '../../src-shared/protocol/wire.ts';
import type { BlobStore } from '../ports/store.ts';
import type { Outbox } from './outbox.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Failure, Wire } from './wire.ts';

// sync.md, Transfer: a chunk is about 20 s of recent goodput
const minChunkBytes = 64 * 1024;
const maxChunkBytes = 4 * 1024 * 1024;
const chunkTargetMs = 20_000;
const maxDamaged = 3;

type Job = { readonly upload: string; readonly lengthBytes: number; offset: number; unsure: boolean };

export type Uploads = {
  /** Sends what the outbox owes, one chunk at a time, the smallest content first; `onPresent` after each one that is whole. */
  readonly run: (onPresent: () => Promise<unknown>) => Promise<Failure | null>;
  readonly progress: (sha256: Sha256) => { readonly total: number; readonly sent: number } | null;
};

export type UploadOptions = {
  readonly wire: Wire; readonly session: Session; readonly blobs: BlobStore; readonly outbox: Outbox; readonly timing: SyncTiming; readonly now: () => number;
};

export function createUploads({ wire, session, blobs, outbox, timing, now }: UploadOptions): Uploads {
  const jobs = new Map<Sha256, Job>();
  const damaged = new Map<Sha256, number>();
  let chunkBytes = minChunkBytes;

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

  function next(told: ReadonlySet<Sha256>): ContentRef | null {
    let best: ContentRef | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const content of outbox.contentOwed()) {
      if (told.has(content.sha256)) continue;
      const job = jobs.get(content.sha256);
      const known = content.parent === null ? 0 : (blobs.findSize(content.parent) ?? 0);
      const left = job === undefined ? content.sizeBytes - known : job.lengthBytes - job.offset;
      if (left < least) [best, least] = [content, left];
    }
    return best;
  }

  async function open(content: ContentRef): Promise<Failure | 'present' | 'going'> {
    const base = damaged.has(content.sha256) ? null : content.parent;
    const answer = await session.withToken((token) => wire.call('POST', '/v1/uploads', uploadResponse, {
      token, json: { sha256: content.sha256, sizeBytes: content.sizeBytes, base }, timeoutMs: timing.chunkMs,
    }));
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer.failure;
      outbox.refuseContent(content.sha256, answer.failure.error);
      return 'going';
    }
    if (answer.value.state === 'present') return done(content.sha256);
    if (!blobs.has(content.sha256)) {
      outbox.refuseContent(content.sha256, { code: 'content.not-here' });
      return 'going';
    }
    const { upload, offset, lengthBytes } = answer.value;
    jobs.set(content.sha256, { upload, offset, lengthBytes, unsure: false });
    return 'going';
  }

  /** After a cut only the server knows what arrived. */
  async function askOffset(content: ContentRef, job: Job): Promise<Failure | 'going'> {
    const answer = await session.withToken((token) => wire.open('HEAD', `/v1/uploads/${job.upload}`, { token, timeoutMs: timing.requestMs }));
    if (!answer.ok) {
      if (answer.failure.kind !== 'refused') return answer.failure;
      jobs.delete(content.sha256);
      return 'going';
    }
    answer.value.cancel();
    return goOnFrom(job, answer.value.response.headers) ? 'going' : { kind: 'line', sent: false };
  }

  async function sendChunk(content: ContentRef, job: Job): Promise<Failure | 'present' | 'going'> {
    const start = content.sizeBytes - job.lengthBytes + job.offset;
    const bytes = blobs.read(content.sha256, start, Math.min(chunkBytes, job.lengthBytes - job.offset));
    const began = now();
    const answer = await session.withToken((token) => wire.open('PATCH', `/v1/uploads/${job.upload}`, {
      token, bytes, timeoutMs: timing.chunkMs, headers: { 'upload-offset': String(job.offset), 'content-type': 'application/offset+octet-stream' },
    }));
    if (answer.ok) {
      answer.value.cancel();
      const rate = bytes.length / Math.max(1, now() - began);
      chunkBytes = Math.min(maxChunkBytes, Math.max(minChunkBytes, Math.round(rate * chunkTargetMs)));
      if (!goOnFrom(job, answer.value.response.headers)) return { kind: 'line', sent: true };
      return job.offset === job.lengthBytes ? done(content.sha256) : 'going';
    }
    const { failure } = answer;
    if (failure.kind !== 'refused') {
      job.unsure = true;
      chunkBytes = Math.max(minChunkBytes, chunkBytes >> 1);
      return failure;
    }
    if (failure.status === 409 && goOnFrom(job, failure.headers)) return 'going';
    if (failure.error.code === 'content.damaged') return wrong(content);
    // the upload is not known any more (finished, or too old): ask anew
    jobs.delete(content.sha256);
    if (failure.status !== 404) return wrong(content);
    return 'going';
  }

  return {
    run: async (onPresent) => {
      // picked anew before every chunk: a small tail does not wait behind a large scan
      // one that the server has, and whose command still waits for something else, is not asked about again in this run
      const told = new Set<Sha256>();
      for (let content = next(told); content !== null; content = next(told)) {
        const job = jobs.get(content.sha256);
        const step = job === undefined ? await open(content) : job.unsure ? await askOffset(content, job) : await sendChunk(content, job);
        if (step === 'present') {
          told.add(content.sha256);
          await onPresent();
        } else if (step !== 'going') return step;
      }
      return null;
    },
    progress: (sha256) => {
      const job = jobs.get(sha256);
      return job === undefined ? null : { total: job.lengthBytes, sent: job.offset };
    },
  };
}

function goOnFrom(job: Job, headers: Headers): boolean {
  const offset = z.coerce.number().int().min(0).max(job.lengthBytes).safeParse(headers.get('upload-offset') ?? undefined);
  if (!offset.success) return false;
  job.offset = offset.data;
  job.unsure = false;
  return true;
}
