import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { auditHash, auditRoot, type AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import { AppFailure, fail, ok, type Result } from '../../src-shared/result.ts';
import { checkNode, connect, type ReadableDb, type WritableDb } from './driver.ts';
import { countApplied, type Migration } from './migrate.ts';
import { migrationsOf } from './migrations/index.ts';
import { hasOurHeader } from './quick-check.ts';
import { refusalOf } from './refusal.ts';

type StoreFile = Migration['file'];

/** What is not as it was written. Names contents by their hash and lines by their number, never by a title. */
export type IntegrityFault =
  /** A page does not decrypt or the disk does not give it; what follows in this file was not looked at. */
  | { readonly kind: 'unreadable'; readonly file: StoreFile }
  | { readonly kind: 'structure'; readonly file: StoreFile; readonly count: number }
  | { readonly kind: 'link'; readonly file: StoreFile; readonly count: number }
  | { readonly kind: 'content'; readonly sha256: string }
  /** A piece that no content holds. */
  | { readonly kind: 'piece'; readonly row: number }
  | { readonly kind: 'audit'; readonly seq: number };

export type IntegrityReport = { readonly faults: readonly IntegrityFault[]; readonly contents: number; readonly pieces: number; readonly auditLines: number };

/**
 * Reads all of one profile and writes nothing: structure and links of both files, every piece of content under its hash, the audit's chain. Blocks for as long as the disk
 * takes, so it belongs in a process of its own. Errors: `store.node-too-old`, `store.cannot-open`, `store.damaged`, `store.newer`; the files are as they were.
 */
export function checkProfile({ dir, key }: { readonly dir: string; readonly key: Uint8Array }): Result<IntegrityReport> {
  const node = checkNode(process.versions.napi);
  if (!node.ok) return node;
  const desk = openToRead(dir, 'desk', key);
  if (!desk.ok) return desk;
  try {
    const blobs = openToRead(dir, 'blobs', key);
    if (!blobs.ok) return blobs;
    try {
      const faults: IntegrityFault[] = [];
      const auditLines = reading('desk', faults, () => {
        checkFile(desk.value, 'desk', faults);
        return checkAudit(desk.value, faults);
      });
      const held = reading('blobs', faults, () => {
        checkFile(blobs.value, 'blobs', faults);
        return checkContents(blobs.value, faults);
      });
      return ok({ faults, contents: held?.contents ?? 0, pieces: held?.pieces ?? 0, auditLines: auditLines ?? 0 });
    } finally {
      blobs.value.close();
    }
  } finally {
    desk.value.close();
  }
}

function openToRead(dir: string, file: StoreFile, key: Uint8Array): Result<WritableDb> {
  const path = join(dir, `${file}.db`);
  // the driver throws an error without a code where the folder is missing
  if (!existsSync(path)) return fail('store.cannot-open', { file: path });
  const pageSizeBytes = file === 'desk' ? 4096 : 65_536;
  let db: WritableDb | null = null;
  try {
    if (!hasOurHeader(path)) return fail('store.damaged', { file: path });
    db = connect(path, { key, readonly: true, pageSizeBytes, cacheKiB: 16_384 });
    const count = countApplied(db, migrationsOf(file), path);
    // an older schema is read as it is; a file without any was never a profile's
    if (count.ok && count.value > 0) return ok(db);
    db.close();
    return count.ok ? fail('store.cannot-open', { file: path }) : count;
  } catch (error) {
    db?.close();
    return refusalOf(error, { dir, key, file });
  }
}

/** Null where the file could not be read to its end. */
function reading<T>(file: StoreFile, faults: IntegrityFault[], work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!isDriverError(error)) throw error;
    faults.push({ kind: 'unreadable', file });
    return null;
  }
}

/** The driver's errors carry a `code`, or were told already; anything else is a bug. */
function isDriverError(error: unknown): boolean {
  return error instanceof AppFailure || error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function checkFile(db: ReadableDb, file: StoreFile, faults: IntegrityFault[]): void {
  // https://www.sqlite.org/pragma.html#pragma_integrity_check: one row "ok", or one for each fault; links are not part of it
  const found = db.readColumn<[], string>('PRAGMA integrity_check').all();
  if (found[0] !== 'ok') faults.push({ kind: 'structure', file, count: found.length });
  const links = db.read<[], object>('PRAGMA foreign_key_check').all().length;
  if (links > 0) faults.push({ kind: 'link', file, count: links });
}

function checkContents(db: ReadableDb, faults: IntegrityFault[]): { readonly contents: number; readonly pieces: number } {
  const damaged = new Set<string>();
  const next = db.read<[number], { row: number; hash: Uint8Array; bytes: Uint8Array }>('SELECT row, hash, bytes FROM chunk WHERE row > ? ORDER BY row LIMIT 1');
  const holders = db.readColumn<[number], string>('SELECT DISTINCT b.sha256 FROM blob_chunk bc JOIN blob b ON b.row = bc.blob WHERE bc.chunk = ?');
  let pieces = 0;
  for (let piece = next.get(-1); piece !== undefined; piece = next.get(piece.row)) {
    pieces += 1;
    if (createHash('sha256').update(piece.bytes).digest().equals(piece.hash)) continue;
    const held = holders.all(piece.row);
    for (const sha256 of held) damaged.add(sha256);
    if (held.length === 0) faults.push({ kind: 'piece', row: piece.row });
  }
  // pieces 0…n−1 without a hole, and as long together as the content was said to be
  const torn = db.readColumn<[], string>(`
    SELECT b.sha256 FROM blob b LEFT JOIN blob_chunk bc ON bc.blob = b.row LEFT JOIN chunk c ON c.row = bc.chunk GROUP BY b.row
    HAVING count(c.row) <> coalesce(max(bc.seq), -1) + 1 OR coalesce(sum(length(c.bytes)), 0) <> b.size_bytes`);
  for (const sha256 of torn.all()) damaged.add(sha256);
  for (const sha256 of damaged) faults.push({ kind: 'content', sha256 });
  return { contents: db.readColumn<[], number>('SELECT count(*) FROM blob').get() ?? 0, pieces };
}

function checkAudit(db: ReadableDb, faults: IntegrityFault[]): number {
  // before step 190 a desk kept none
  if (db.readColumn<[], number>("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'audit'").get() === 0) return 0;
  const next = db.read<[number], Omit<AuditLine, 'detail'> & { readonly detail: string }>(
    'SELECT seq, at_ms AS atMs, unit, user, action, subject, detail, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT 1',
  );
  let lines = 0;
  let before: string = auditRoot;
  for (let row = next.get(0); row !== undefined; row = next.get(row.seq)) {
    lines += 1;
    const { hash, ...line } = { ...row, detail: readDetail(row.detail) };
    if (row.seq !== lines || line.detail === null || auditHash(sha256, before, { ...line, detail: line.detail }) !== hash) {
      // all after it hang on it: the first one says where
      faults.push({ kind: 'audit', seq: row.seq });
      break;
    }
    before = hash;
  }
  return lines;
}

function readDetail(json: string): AuditLine['detail'] | null {
  try {
    return JSON.parse(json) as AuditLine['detail'];
  } catch {
    return null;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
