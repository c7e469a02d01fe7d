import { createHash } from 'node:crypto';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { ReadableDb, WritableDb } from '../driver.ts';

/** The key of a chunk in its table. */
type ChunkRow = number;
type BlobRow = { readonly row: number; readonly sizeBytes: number };

export type BlobReader = {
  readonly find: (sha256: Sha256) => BlobRow | null;
  /** Throws when the table has a hole: a bug, or a damaged file. */
  readonly chunk: (blob: number, seq: number) => Uint8Array;
  readonly storedBytes: () => number;
};

export type BlobWriter = {
  /** Stores the bytes unless they are there; returns their row. */
  readonly putChunk: (bytes: Uint8Array) => ChunkRow;
  readonly addBlob: (sha256: Sha256, sizeBytes: number) => number;
  readonly addToBlob: (blob: number, seq: number, chunk: ChunkRow) => void;
  /** The first `count` chunks of `base` become those of `blob`. */
  readonly shareChunks: (blob: number, base: number, count: number) => void;
  /** With the chunks that nothing else holds. */
  readonly removeBlob: (blob: number) => void;
  readonly beginStaging: () => number;
  readonly stage: (staging: number, seq: number, chunk: ChunkRow) => void;
  /** Throws when the staging does not hold exactly `count` chunks. */
  readonly publishStaging: (staging: number, blob: number, count: number) => void;
  /** With the chunks that nothing else holds. */
  readonly dropStaging: (staging: number) => void;
  readonly dropAllStaging: () => void;
};

export function createBlobReader(db: ReadableDb): BlobReader {
  const find = db.read<[string], BlobRow>('SELECT row, size_bytes AS sizeBytes FROM blob WHERE sha256 = ?');
  const chunk = db.read<[number, number], { bytes: Uint8Array }>(
    'SELECT c.bytes AS bytes FROM blob_chunk bc JOIN chunk c ON c.row = bc.chunk WHERE bc.blob = ? AND bc.seq = ?',
  );
  const stored = db.read<[], { n: number | null }>('SELECT sum(length(bytes)) AS n FROM chunk');
  return {
    find: (sha256) => find.get(sha256) ?? null,
    chunk: (blob, seq) => {
      const row = chunk.get(blob, seq);
      if (row === undefined) throw new Error(`chunk ${seq} of a content is missing`);
      return row.bytes;
    },
    storedBytes: () => stored.get()?.n ?? 0,
  };
}

export function createBlobWriter(db: WritableDb): BlobWriter {
  const findChunk = db.read<[Uint8Array], { row: number }>('SELECT row FROM chunk WHERE hash = ?');
  const addChunk = db.write<[Uint8Array, Uint8Array]>('INSERT INTO chunk (hash, bytes) VALUES (?, ?)');
  const addBlob = db.write<[string, number]>('INSERT INTO blob (sha256, size_bytes) VALUES (?, ?)');
  const addToBlob = db.write<[number, number, number]>('INSERT INTO blob_chunk (blob, seq, chunk) VALUES (?, ?, ?)');
  const share = db.write<[number, number, number]>('INSERT INTO blob_chunk (blob, seq, chunk) SELECT ?, seq, chunk FROM blob_chunk WHERE blob = ? AND seq < ?');
  const beginStaging = db.write<[string]>('INSERT INTO staging (started_at) VALUES (?)');
  const stage = db.write<[number, number, number]>('INSERT INTO staging_chunk (staging, seq, chunk) VALUES (?, ?, ?)');
  const publish = db.write<[number, number]>('INSERT INTO blob_chunk (blob, seq, chunk) SELECT ?, seq, chunk FROM staging_chunk WHERE staging = ?');
  const chunksOf = db.read<[number], { chunk: number }>('SELECT DISTINCT chunk FROM staging_chunk WHERE staging = ?');
  const deleteStaging = db.write<[number]>('DELETE FROM staging WHERE row = ?');
  const deleteOrphan = db.write<[{ chunk: number }]>(`
    DELETE FROM chunk WHERE row = @chunk
      AND NOT EXISTS (SELECT 1 FROM blob_chunk WHERE chunk = @chunk)
      AND NOT EXISTS (SELECT 1 FROM staging_chunk WHERE chunk = @chunk)`);
  const chunksOfBlob = db.read<[number], { chunk: number }>('SELECT DISTINCT chunk FROM blob_chunk WHERE blob = ?');
  const deleteLinks = db.write<[number]>('DELETE FROM blob_chunk WHERE blob = ?');
  const deleteBlob = db.write<[number]>('DELETE FROM blob WHERE row = ?');
  const allStaging = db.read<[], { row: number }>('SELECT row FROM staging');

  function dropStaging(staging: number): void {
    const chunks = chunksOf.all(staging);
    deleteStaging.run(staging);
    for (const { chunk } of chunks) deleteOrphan.run({ chunk });
  }

  return {
    putChunk: (bytes) => {
      const hash = createHash('sha256').update(bytes).digest();
      return findChunk.get(hash)?.row ?? Number(addChunk.run(hash, bytes).lastInsertRowid);
    },
    addBlob: (sha256, sizeBytes) => Number(addBlob.run(sha256, sizeBytes).lastInsertRowid),
    addToBlob: (blob, seq, chunk) => void addToBlob.run(blob, seq, chunk),
    shareChunks: (blob, base, count) => {
      if (share.run(blob, base, count).changes !== count) throw new Error('the base of a content has a hole');
    },
    removeBlob: (blob) => {
      const chunks = chunksOfBlob.all(blob);
      deleteLinks.run(blob);
      deleteBlob.run(blob);
      for (const { chunk } of chunks) deleteOrphan.run({ chunk });
    },
    beginStaging: () => Number(beginStaging.run(new Date().toISOString()).lastInsertRowid),
    stage: (staging, seq, chunk) => void stage.run(staging, seq, chunk),
    publishStaging: (staging, blob, count) => {
      if (publish.run(blob, staging).changes !== count) throw new Error('a staged content lost chunks');
    },
    dropStaging,
    dropAllStaging: () => allStaging.all().forEach(({ row }) => dropStaging(row)),
  };
}
