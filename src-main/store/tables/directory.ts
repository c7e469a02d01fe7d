import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import type { DirectoryEntry } from '../../../src-shared/domain/organization.ts';
import type { WritableDb } from '../driver.ts';

export type DirectoryTable = {
  /** Takes entries in, each in the place of the one with its code. With the last page of a version that version is known here. */
  readonly put: (entries: readonly DirectoryEntry[], version: number | null) => void;
  readonly version: () => number;
  readonly search: (query: string, limit: number) => readonly DirectoryEntry[];
  readonly find: (code: OrganizationCode) => DirectoryEntry | null;
};

type Row = { readonly row: number; readonly code: OrganizationCode; readonly otherCode: OrganizationCode | null; readonly name: string; readonly parent: OrganizationCode | null; readonly ceasedOn: string | null; readonly successors: string };
const columns = 'o.row AS row, o.code AS code, o.other_code AS otherCode, o.name AS name, o.parent AS parent, o.ceased_on AS ceasedOn, o.successors AS successors';

/** Offices that have ceased have rows from here on, so that the order of rows is the order of every answer, and a search ends where its page is full. */
const ceasedFrom = 2 ** 40;

export function createDirectory(db: WritableDb): DirectoryTable {
  const byCode = db.read<[string], Row>(`SELECT ${columns} FROM organization o WHERE o.code = ?`);
  const byOtherCode = db.read<[string], Row>(`SELECT ${columns} FROM organization o INDEXED BY organization_other_code WHERE o.other_code = ? LIMIT 1`);
  const first = db.read<[number], Row>(`SELECT ${columns} FROM organization o ORDER BY o.row LIMIT ?`);
  const matching = db.read<[string, number], Row>(`
    SELECT ${columns} FROM (SELECT rowid AS row FROM organization_search WHERE organization_search MATCH ? ORDER BY rowid LIMIT ?) m CROSS JOIN organization o ON o.row = m.row ORDER BY o.row`);
  const codes = ([['code', 'organization_by_code'], ['other_code', 'organization_by_other_code']] as const).flatMap(([column, index]) => [0, 1].map((ceased) => ({
    ceased,
    read: db.read<[string, string, number], Row>(`
      SELECT ${columns} FROM organization o INDEXED BY ${index} WHERE (o.ceased_on IS NOT NULL) = ${ceased} AND o.${column} IS NOT NULL AND o.${column} >= ? AND o.${column} < ? ORDER BY o.${column} LIMIT ?`),
  })));
  const lastRow = db.read<[number], { row: number | null }>('SELECT max(row) AS row FROM organization WHERE row < ?');
  const insert = db.write<[number, string, string | null, string, string | null, string | null, string]>('INSERT INTO organization (row, code, other_code, name, parent, ceased_on, successors) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const remove = db.write<[number]>('DELETE FROM organization WHERE row = ?');
  const insertWords = db.write<[number, string, string]>('INSERT INTO organization_search (rowid, name, codes) VALUES (?, ?, ?)');
  const removeWords = db.write<[number]>('DELETE FROM organization_search WHERE rowid = ?');
  const version = db.read<[], { version: number }>('SELECT version FROM directory WHERE one = 1');
  const setVersion = db.write<[number]>('UPDATE directory SET version = ? WHERE one = 1');

  return {
    put: (entries, known) => {
      const next = { open: nextRow(ceasedFrom), ceased: nextRow(Number.MAX_SAFE_INTEGER) };
      for (const entry of entries) {
        const before = byCode.get(entry.code);
        const ceased = entry.ceasedOn !== null;
        const stays = before !== undefined && before.row >= ceasedFrom === ceased;
        const row = stays ? before.row : ceased ? next.ceased++ : next.open++;
        const sameWords = stays && before.name === entry.name && before.otherCode === entry.otherCode;
        if (before !== undefined) {
          remove.run(before.row);
          if (!sameWords) removeWords.run(before.row);
        }
        insert.run(row, entry.code, entry.otherCode, entry.name, entry.parent, entry.ceasedOn, JSON.stringify(entry.successors));
        if (!sameWords) insertWords.run(row, foldedWords(entry.name).join(' '), foldedWords(`${entry.code} ${entry.otherCode ?? ''}`).join(' '));
      }
      if (known !== null) setVersion.run(known);
    },
    version: () => version.get()?.version ?? 0,
    search: (query, limit) => {
      const words = foldedWords(query);
      if (words.length === 0) return first.all(limit).map(toEntry);
      const code = query.trim().toUpperCase();
      const found = looksLikeCode(code) ? beginningWith(code, limit) : [];
      // figures alone may be meant as part of a name: Trường THPT số 2
      const more = found.length === 0 || (found.length < limit && /^\d+$/.test(code)) ? matching.all(matchOf(words), limit) : [];
      return [...new Map([...found, ...more].map((row) => [row.row, row])).values()].toSorted((a, b) => Number(a.ceasedOn !== null) - Number(b.ceasedOn !== null)).slice(0, limit).map(toEntry);
    },
    find: (code) => {
      const row = byCode.get(code) ?? byOtherCode.get(code);
      return row === undefined ? null : toEntry(row);
    },
  };

  function nextRow(below: number): number {
    const last = lastRow.get(below)?.row ?? 0;
    return below > ceasedFrom ? Math.max(last, ceasedFrom - 1) + 1 : last + 1;
  }

  function beginningWith(code: string, limit: number): readonly Row[] {
    // the one after every code that begins so: codes are of letters, figures and stops
    const end = `${code}\u{10ffff}`;
    const found: Row[] = [];
    for (const { ceased, read } of codes.toSorted((a, b) => a.ceased - b.ceased)) {
      if (found.length < limit || ceased === 0) found.push(...read.all(code, end, limit));
    }
    return found;
  }
}

function looksLikeCode(query: string): boolean {
  return /^(?:[A-Z]\d|\d)[\dA-Z.]*$/.test(query);
}

/** Words without a figure are of the name: every code of a country begins with a letter that half the names have too. */
function matchOf(words: readonly string[]): string {
  return words.map((word) => `${/\d/.test(word) ? '' : 'name : '}"${word}" *`).join(' AND ');
}

function toEntry({ code, otherCode, name, parent, ceasedOn, successors }: Row): DirectoryEntry {
  return { code, name, otherCode, parent, ceasedOn, successors: JSON.parse(successors) as OrganizationCode[] };
}
