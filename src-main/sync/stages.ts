import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { AppFailure } from '../../src-shared/result.ts';
import type { BlobStage, BlobStore } from '../ports/store.ts';

/** A tail is put together in memory where the store has no stages. */
const maxTailBytes = 8 * 1024 * 1024;

/** The store's own stage, which outlives the program; else one that lives as long as it. */
export function openStage(blobs: BlobStore, sha256: Sha256, base: Sha256 | null, sizeBytes: number): BlobStage {
  if (blobs.stage !== undefined) return blobs.stage(sha256, base);
  const baseBytes = base === null ? null : blobs.findSize(base);
  return base !== null && baseBytes !== null && sizeBytes - baseBytes <= maxTailBytes ? tailInMemory(blobs, sha256, base, baseBytes) : streamed(blobs, sha256);
}

function tailInMemory(blobs: BlobStore, sha256: Sha256, base: Sha256, baseBytes: number): BlobStage {
  let parts: Uint8Array[] = [];
  return {
    offset: () => parts.reduce((sum, part) => sum + part.length, baseBytes),
    append: (bytes) => {
      parts.push(bytes);
      return Promise.resolve();
    },
    finish: () => blobs.putWithBase(base, Buffer.concat(parts), sha256),
    drop: () => {
      parts = [];
    },
  };
}

function streamed(blobs: BlobStore, sha256: Sha256): BlobStage {
  const queue: Uint8Array[] = [];
  let state: 'open' | 'ended' | 'dropped' = 'open';
  let offset = 0;
  let more = Promise.withResolvers<void>();
  let taken = Promise.withResolvers<void>();
  async function* source(): AsyncGenerator<Uint8Array> {
    for (;;) {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) yield next;
      taken.resolve();
      if (state === 'ended') return;
      if (state === 'dropped') throw new AppFailure('sync.offline');
      await more.promise;
      more = Promise.withResolvers();
    }
  }
  const stored = blobs.put(source(), sha256);
  stored.catch(() => undefined);
  return {
    offset: () => offset,
    append: async (bytes) => {
      queue.push(bytes);
      offset += bytes.length;
      taken = Promise.withResolvers();
      more.resolve();
      await Promise.race([taken.promise, stored]);
    },
    finish: () => {
      state = 'ended';
      more.resolve();
      return stored;
    },
    drop: () => {
      state = 'dropped';
      more.resolve();
    },
  };
}
