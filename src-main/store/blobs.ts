import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { AppFailure, fail, ok } from '../../src-shared/result.ts';
import type { BlobStore } from '../ports/store.ts';
import { chunkSizeBytes, chunksOf, createBatch } from './chunks.ts';
import type { WritableDb } from './driver.ts';
import { createBlobReader, createBlobWriter } from './tables/blobs.ts';

type Put = Awaited<ReturnType<BlobStore['put']>>;

/** Chunks written in one transaction: one flush of the disk for 4 MiB. */
const batchChunks = 16;

/** `blobs.db` as the port has it. The connection belongs to the store from here on. */
export function createBlobStore(db: WritableDb): BlobStore {
  const blobs = createBlobReader(db);
  const tables = createBlobWriter(db);

  // Whoever was writing when the program ended is not writing now.
  db.transaction(() => tables.dropAllStaging());

  return {
    has: (sha256) => blobs.find(sha256) !== null,
    findSize: (sha256) => blobs.find(sha256)?.sizeBytes ?? null,
    read,
    stream: (sha256, offset = 0) => Readable.from(slices(sha256, readSize(sha256), offset), { objectMode: false }),
    put,
    putWithBase,
    putContinuation,
    remove: (sha256) => db.transaction(() => {
      const found = blobs.find(sha256);
      if (found !== null) tables.removeBlob(found.row);
    }),
    storedBytes: blobs.storedBytes,
    close: db.close,
  };

  function read(sha256: Sha256, offset: number, length: number): Uint8Array {
    const blob = blobs.find(sha256);
    if (blob === null) throw new AppFailure('content.not-here');
    const end = Math.min(offset + length, blob.sizeBytes);
    if (offset < 0 || end <= offset) return new Uint8Array(0);
    const out = new Uint8Array(end - offset);
    for (let seq = Math.floor(offset / chunkSizeBytes); seq * chunkSizeBytes < end; seq++) {
      const start = seq * chunkSizeBytes;
      const chunk = blobs.chunk(blob.row, seq);
      out.set(chunk.subarray(Math.max(0, offset - start), end - start), Math.max(0, start - offset));
    }
    return out;
  }

  function readSize(sha256: Sha256): number {
    const blob = blobs.find(sha256);
    if (blob === null) throw new AppFailure('content.not-here');
    return blob.sizeBytes;
  }

  function* slices(sha256: Sha256, sizeBytes: number, offset: number): Generator<Uint8Array> {
    let at = offset;
    while (at < sizeBytes) {
      // To the chunk's end, so that no chunk is read twice.
      const slice = read(sha256, at, chunkSizeBytes - (at % chunkSizeBytes));
      yield slice;
      at += slice.length;
    }
  }

  async function put(source: AsyncIterable<Uint8Array>, expected?: Sha256): Promise<Put> {
    const staging = tables.beginStaging();
    const whole = createHash('sha256');
    let sizeBytes = 0;
    let seq = 0;
    const batch = createBatch(batchChunks, (bytes) => db.transaction(() => {
      for (const chunk of chunksOf(bytes)) tables.stage(staging, seq++, tables.putChunk(chunk));
    }));
    try {
      for await (const piece of source) {
        whole.update(piece);
        sizeBytes += piece.length;
        batch.push(piece);
      }
      batch.end();
      const sha256 = whole.digest('hex') as Sha256;
      if (expected !== undefined && expected !== sha256) {
        db.transaction(() => tables.dropStaging(staging));
        return fail('content.damaged');
      }
      db.transaction(() => {
        if (blobs.find(sha256) === null) tables.publishStaging(staging, tables.addBlob(sha256, sizeBytes), seq);
        tables.dropStaging(staging);
      });
      return ok({ sha256, sizeBytes });
    } catch (error) {
      try {
        db.transaction(() => tables.dropStaging(staging));
      } catch {
        // A full disk refuses this as well. What stays is not seen by anyone and is dropped at the next opening.
      }
      throw error;
    }
  }

  async function putWithBase(base: Sha256, tail: Uint8Array, expected?: Sha256): Promise<Put> {
    const found = blobs.find(base);
    if (found === null) return fail('content.not-here');
    const whole = createHash('sha256');
    const rest = await hashBase(base, whole);
    if (rest === null) return fail('content.not-here');
    whole.update(tail);
    const sha256 = whole.digest('hex') as Sha256;
    if (expected !== undefined && expected !== sha256) return fail('content.damaged');
    return continueBlob(base, Buffer.concat([rest, tail]), sha256, found.sizeBytes + tail.length);
  }

  function putContinuation(base: Sha256, tail: Uint8Array, whole: Sha256): ReturnType<BlobStore['putContinuation']> {
    const found = blobs.find(base);
    if (found === null) return fail('content.not-here');
    const sharedBytes = found.sizeBytes - (found.sizeBytes % chunkSizeBytes);
    return continueBlob(base, Buffer.concat([read(base, sharedBytes, chunkSizeBytes), tail]), whole, found.sizeBytes + tail.length);
  }

  /** `rest`: what follows the base's last full chunk. The base may have been removed while it was read: it is looked for anew. */
  function continueBlob(base: Sha256, rest: Uint8Array, sha256: Sha256, sizeBytes: number): ReturnType<BlobStore['putContinuation']> {
    return db.transaction(() => {
      const found = blobs.find(base);
      if (found === null) return fail('content.not-here');
      if (blobs.find(sha256) !== null) return ok({ sha256, sizeBytes });
      const shared = Math.floor(found.sizeBytes / chunkSizeBytes);
      const blob = tables.addBlob(sha256, sizeBytes);
      tables.shareChunks(blob, found.row, shared);
      let seq = shared;
      for (const chunk of chunksOf(rest)) tables.addToBlob(blob, seq++, tables.putChunk(chunk));
      return ok({ sha256, sizeBytes });
    });
  }

  /** Feeds the whole base to `whole`, one chunk in memory at a time; returns the last chunk when it is not a full one, null when the base was removed meanwhile. */
  async function hashBase(base: Sha256, whole: Hash): Promise<Uint8Array | null> {
    let rest: Uint8Array = new Uint8Array(0);
    for (let seq = 0; ; seq++) {
      // by its name every time: rows of removed contents are given to others
      const found = blobs.find(base);
      if (found === null) return null;
      if (seq * chunkSizeBytes >= found.sizeBytes) return rest;
      const chunk = blobs.chunk(found.row, seq);
      whole.update(chunk);
      if (chunk.length < chunkSizeBytes) rest = chunk;
      // A base of 500 MB takes half a second: others get their turn between.
      if (seq % batchChunks === batchChunks - 1) await nextTurn();
    }
  }
}
