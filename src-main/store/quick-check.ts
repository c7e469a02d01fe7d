import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import type { ReadableDb } from './driver.ts';

/**
 * What can be told before a file is written to, within `budgetMs`: small tables are examined whole, of large ones the first row, the last and as many others as the time
 * allows. Every page carries a tag of its own (AEGIS), so a page that could be read is as it was written. True: no fault was met, which is less than that there is none;
 * `checkProfile` reads all. Throws what the driver throws at a damaged page.
 */
export function looksWhole(db: ReadableDb, budgetMs: number, passOver: readonly string[] = []): boolean {
  const until = performance.now() + budgetMs;
  const large: string[] = [];
  for (const { name, wr } of tablesOf(db)) {
    if (passOver.includes(name)) continue;
    if (wr === 0 && (db.readColumn<[], number | null>(`SELECT max(rowid) FROM "${name}"`).get() ?? 0) > smallRows) large.push(name);
    else if (db.readColumn<[], number>(`SELECT count(*) FROM (SELECT 1 FROM "${name}" LIMIT ${smallRows + 1})`).get() === smallRows + 1) db.read<[], object>(`SELECT * FROM "${name}" LIMIT 1`).get();
    // https://www.sqlite.org/pragma.html#pragma_quick_check: with a table's name, that table and its indexes
    else if (db.readColumn<[], string>(`PRAGMA quick_check("${name}")`).get() !== 'ok') return false;
    if (performance.now() > until) break;
  }
  const samples = large.map((name) => sampleOf(db, name));
  for (let round = 0; samples.length > 0 && round < maxRounds && performance.now() < until; round++) {
    for (const take of samples) take();
  }
  return lastAuditLineReads(db);
}

/** Rows up to which a table is examined whole: about a millisecond each. */
const smallRows = 500;
const maxRounds = 200;

function tablesOf(db: ReadableDb): readonly { readonly name: string; readonly wr: number }[] {
  // shadow tables of the search index are ordinary tables here, and pages like all others
  return db.read<[], { name: string; wr: number }>("SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') ORDER BY name").all();
}

function sampleOf(db: ReadableDb, name: string): () => void {
  const first = db.readColumn<[], number>(`SELECT min(rowid) FROM "${name}"`).get() ?? 0;
  const last = db.readColumn<[], number>(`SELECT max(rowid) FROM "${name}"`).get() ?? 0;
  const near = db.read<[number], object>(`SELECT * FROM "${name}" WHERE rowid >= ? ORDER BY rowid LIMIT 1`);
  near.get(last);
  return () => void near.get(first + Math.floor(Math.random() * (last - first + 1)));
}

/** The line that the next one hangs on. A desk before step 190 kept none. */
function lastAuditLineReads(db: ReadableDb): boolean {
  if (db.readColumn<[], number>("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'audit'").get() === 0) return true;
  const last = db.read<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get();
  return last === undefined || (last.seq > 0 && /^[0-9a-f]{64}$/.test(last.hash));
}

/**
 * Whether the bytes that lie open in every encrypted file (16–23 of the first page: page size, versions, what is kept free of a page, SQLite's file format 1.3) are those of one
 * of ours. They are no part of what the cipher vouches for. A file that is empty or not there has none and is no fault.
 */
export function hasOurHeader(path: string): boolean {
  if (!existsSync(path)) return true;
  const head = Buffer.alloc(24);
  const fd = openSync(path, 'r');
  try {
    const got = readSync(fd, head, 0, head.length, 0);
    if (got === 0) return true;
    // a file not yet in WAL says 1 for both versions
    const [version = 0] = head.subarray(18);
    return got === head.length && pageSizes.includes(head.readUInt16BE(16)) && (version === 1 || version === 2) && head[19] === version && head.subarray(20).equals(Buffer.from([reservedBytes, 64, 32, 32]));
  } finally {
    closeSync(fd);
  }
}

/** As the header writes 4 KiB and 64 KiB. No one byte makes one of the other. */
const pageSizes: readonly number[] = [4096, 1];
/** A nonce and a tag of AEGIS-256 in each page. */
const reservedBytes = 64;
