import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DocumentState } from '../../src-shared/domain/document.ts';
import { safeName } from '../../src-shared/domain/safe-name.ts';
import { AppFailure, fail, ok, type Result } from '../../src-shared/result.ts';
import { writeWhole } from '../features/settings/write-whole.ts';
import { openReadOut, type ReadOut } from '../store/read-out.ts';
import { hashFile, isDiskError, told } from './disk.ts';

export type Exported = { readonly documents: number; readonly written: number; readonly kept: number; /** Not on this machine, only at the province. */ readonly missing: number };

const columns = ['id', 'huong', 'so', 'ky_hieu', 'ngay', 'so_den', 'ngay_den', 'so_dang_ky', 'trich_yeu', 'noi_ban_hanh', 'trang_thai', 'vai_tro_tep', 'tep', 'kich_thuoc', 'sha256', 'co_tren_may'] as const;

/**
 * Every document's files, plain, by year, book and number, and a table of them with their hashes. Whoever runs it again goes on: what lies there whole is not written anew, and a file
 * with another content in its place is kept. Errors: `store.cannot-open`, `export.stopped`, `content.damaged`, `file.exists`.
 */
export async function exportAll({ profileDir, key, out, onDocument }: { readonly profileDir: string; readonly key: Uint8Array; readonly out: string; readonly onDocument?: (done: number, of: number) => void }): Promise<Result<Exported>> {
  const opened = openReadOut({ dir: join(profileDir, 'desk'), key });
  if (!opened.ok) return opened;
  const { documents, count, close } = opened.value;
  const tally = { documents: 0, written: 0, kept: 0, missing: 0 };
  const rows: string[] = [columns.join(',')];
  try {
    mkdirSync(out, { recursive: true });
    for (const state of documents()) {
      const folder = folderOf(state);
      for (const [i, ref] of [state.content, ...state.attachments].entries()) {
        const { file, done } = await place(opened.value, ref.sha256, out, folder, `${i === 0 ? '' : `phu-luc-${i}-`}${safeName(ref.fileName)}`);
        tally[done] += 1;
        rows.push(rowOf(state, [i === 0 ? 'van_ban' : 'dinh_kem', file, ref.sizeBytes, ref.sha256, done === 'missing' ? 'khong' : 'co']));
      }
      tally.documents += 1;
      onDocument?.(tally.documents, count);
    }
    // the mark in front tells Excel that it is UTF-8
    writeWhole(join(out, 'index.csv'), `\uFEFF${rows.join('\r\n')}\r\n`);
    return ok(tally);
  } catch (error) {
    return isDiskError(error) ? fail('export.stopped', { reason: error.code }) : told(error);
  } finally {
    close();
  }
}

/** Ends in a piece of the id, so that two without a number, or of one number, never meet. */
function folderOf({ id, direction, arrival, number, issuedDate, createdAt, notation }: DocumentState): string {
  const book = arrival?.book.split('/')[2] ?? (direction === 'incoming' ? 'van-ban-den-chua-vao-so' : number === null ? 'du-thao' : 'van-ban-di');
  const year = (arrival?.arrivalDate ?? issuedDate ?? createdAt).slice(0, 4);
  const own = arrival?.number ?? number;
  return [year, safeName(book), safeName(`${own === null ? 'khong-so' : String(own).padStart(5, '0')} ${notation} ${id.slice(-8)}`)].join('/');
}

/** What lies there under this name with another content, of an earlier export or a stranger's, stays; ours then carries a piece of its hash. */
async function place(from: ReadOut, sha256: string, out: string, folder: string, name: string): Promise<{ readonly file: string; readonly done: 'written' | 'kept' | 'missing' }> {
  const plain = `${folder}/${name}`;
  const taken = existsSync(join(out, plain)) && await hashFile(join(out, plain)) !== sha256;
  const file = taken ? `${folder}/${sha256.slice(0, 12)}-${name}` : plain;
  return { file, done: await writeContent(from, sha256, join(out, file)) };
}

async function writeContent({ content }: ReadOut, sha256: string, path: string): Promise<'written' | 'kept' | 'missing'> {
  if (existsSync(path) && statSync(path).isFile()) {
    if (await hashFile(path) === sha256) return 'kept';
    throw new AppFailure('file.exists', { path });
  }
  const pieces = content(sha256);
  if (pieces === null) return 'missing';
  mkdirSync(dirname(path), { recursive: true });
  const half = `${path}.part`;
  const hash = createHash('sha256');
  const handle = openSync(half, 'w', 0o600);
  try {
    for (const bytes of pieces) {
      hash.update(bytes);
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    }
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  if (hash.digest('hex') !== sha256) throw new AppFailure('content.damaged');
  renameSync(half, path);
  return 'written';
}

function rowOf({ id, direction, number, numberText, notation, issuedDate, arrival, title, from, stage }: DocumentState, file: readonly (string | number)[]): string {
  return [id, direction === 'incoming' ? 'den' : 'di', numberText ?? number ?? '', notation, issuedDate ?? '', arrival?.number ?? '', arrival?.arrivalDate ?? '', arrival?.book ?? '', title, from.name, stage, ...file].map(cell).join(',');
}

/** RFC 4180; a sign that a spreadsheet would take for a formula is put behind an apostrophe. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
