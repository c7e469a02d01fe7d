import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { AppFailure } from '../../src-shared/result.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { BlobStore } from '../ports/store.ts';
import { chunkSizeBytes } from './chunks.ts';

/** 2 MiB: a reader of a PDF goes to and fro between its end and a few places. */
const cachedChunks = 8;

/**
 * Random access to one content. Throws `AppFailure(content.not-here)`. What `read` returns may share memory with what it
 * returned before; it is not to be written to.
 */
export function blobSource(blobs: BlobStore, sha256: Sha256): ByteSource {
  const found = blobs.findSize(sha256);
  if (found === null) throw new AppFailure('content.not-here');
  const sizeBytes = found;
  // A Map keeps the order of insertion: the first key is the one not used for the longest time.
  const cache = new Map<number, Uint8Array>();

  return { sizeBytes, read };

  function read(offset: number, length: number): Uint8Array {
    const end = Math.min(offset + length, sizeBytes);
    if (offset < 0 || end <= offset) return new Uint8Array(0);
    const first = Math.floor(offset / chunkSizeBytes);
    const last = Math.floor((end - 1) / chunkSizeBytes);
    if (first === last) return chunk(first).subarray(offset - first * chunkSizeBytes, end - first * chunkSizeBytes);
    // A long read would only push everything else out of the cache.
    if (last - first >= cachedChunks) return blobs.read(sha256, offset, end - offset);
    const out = new Uint8Array(end - offset);
    for (let seq = first; seq <= last; seq++) {
      const start = seq * chunkSizeBytes;
      out.set(chunk(seq).subarray(Math.max(0, offset - start), end - start), Math.max(0, start - offset));
    }
    return out;
  }

  function chunk(seq: number): Uint8Array {
    const bytes = cache.get(seq) ?? blobs.read(sha256, seq * chunkSizeBytes, chunkSizeBytes);
    cache.delete(seq);
    cache.set(seq, bytes);
    const oldest = cache.keys().next();
    if (cache.size > cachedChunks && !oldest.done) cache.delete(oldest.value);
    return bytes;
  }
}
