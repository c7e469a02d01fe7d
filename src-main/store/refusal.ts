import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AppFailure, fail, type Result } from '../../src-shared/result.ts';
import { connect, isDamage } from './driver.ts';
import type { Migration } from './migrate.ts';

type Place = { readonly dir: string; readonly key: Uint8Array; readonly file: Migration['file'] };

/**
 * Why a file does not open. A first page that does not decrypt looks the same when the key is another one and when the page is damaged; that the key opens the file beside
 * it, which was made with the same one, tells them apart: `store.damaged`. Where neither opens nobody can tell, and it is `store.cannot-open`.
 * What carries no code of the driver's or the system's is a bug and is thrown on.
 */
export function refusalOf(error: unknown, { dir, key, file }: Place): Result<never> {
  if (error instanceof AppFailure) return { ok: false, error: error.error };
  const path = join(dir, `${file}.db`);
  const code = codeOf(error);
  if (code === '') throw error;
  const damaged = code === 'SQLITE_NOTADB' ? keyFits({ dir, key, file: file === 'desk' ? 'blobs' : 'desk' }) : isDamage(code);
  return fail(damaged ? 'store.damaged' : 'store.cannot-open', { file: path });
}

function keyFits({ dir, key, file }: Place): boolean {
  const path = join(dir, `${file}.db`);
  try {
    if (!existsSync(path) || statSync(path).size === 0) return false;
    connect(path, { key, readonly: true, pageSizeBytes: file === 'desk' ? 4096 : 65_536, cacheKiB: 1024 }).close();
    return true;
  } catch (error) {
    if (codeOf(error) === '') throw error;
    return false;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
