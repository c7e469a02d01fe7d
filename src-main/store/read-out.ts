import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentState } from '../../src-shared/domain/document.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { connect, type WritableDb } from './driver.ts';

export type ReadOut = {
  readonly count: number;
  readonly documents: () => Generator<DocumentState>;
  /** Piece after piece; null where the content is not on this machine. */
  readonly content: (sha256: string) => Generator<Uint8Array> | null;
  readonly close: () => void;
};

/** Reads a profile as it is at this instant, beside whoever works in it, and writes nothing. Error: `store.cannot-open`. */
export function openReadOut({ dir, key }: { readonly dir: string; readonly key: Uint8Array }): Result<ReadOut> {
  const open: WritableDb[] = [];
  const close = (): void => open.forEach((db) => db.close());
  try {
    for (const [file, pageSizeBytes] of [['desk.db', 4096], ['blobs.db', 65_536]] as const) {
      if (!existsSync(join(dir, file))) return fail('store.cannot-open', { file: join(dir, file) });
      open.push(connect(join(dir, file), { key, readonly: true, pageSizeBytes, cacheKiB: 16_384 }));
    }
    const [desk, blobs] = open as [WritableDb, WritableDb];
    for (const db of open) db.script('BEGIN');
    const next = desk.read<[number], { row: number; state: string }>('SELECT row, state FROM document WHERE row > ? ORDER BY row LIMIT 1');
    const find = blobs.readColumn<[string], number>('SELECT row FROM blob WHERE sha256 = ?');
    const piece = blobs.readColumn<[number, number], Uint8Array>('SELECT c.bytes FROM blob_chunk bc JOIN chunk c ON c.row = bc.chunk WHERE bc.blob = ? AND bc.seq = ?');
    return ok({
      count: desk.readColumn<[], number>('SELECT count(*) FROM document').get() ?? 0,
      documents: function* () {
        for (let row = next.get(-1); row !== undefined; row = next.get(row.row)) yield JSON.parse(row.state) as DocumentState;
      },
      content: (sha256) => {
        const blob = find.get(sha256);
        return blob === undefined ? null : (function* () {
          for (let seq = 0, bytes = piece.get(blob, 0); bytes !== undefined; bytes = piece.get(blob, seq)) {
            yield bytes;
            seq += 1;
          }
        })();
      },
      close,
    });
  } catch (error) {
    close();
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return fail('store.cannot-open', { file: dir });
    throw error;
  }
}
