import { directoryEntry, type DirectoryEntry } from '../../../../src-shared/domain/organization.ts';
import type { DirectoryTable } from '../../port.ts';
import { statement, type Session } from '../session.ts';

// one at a time writes the directory: versions come in the order of commits
const lock = statement('office-lock', 'SELECT pg_advisory_xact_lock(1986096756, 1)');
const put = statement(
  'office-put',
  `INSERT INTO office (code, name, other_code, body, version)
   SELECT o.code, o.name, o.other, o.body, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS o (code, name, other, body)
   ON CONFLICT (code) DO UPDATE SET name = excluded.name, other_code = excluded.other_code, body = excluded.body, version = excluded.version WHERE office.body <> excluded.body`,
);
const find = statement('office-find', `SELECT body FROM office WHERE code = $1 OR (other_code = $1 AND other_code <> '') ORDER BY code <> $1, code LIMIT 1`);
const version = statement('office-version', 'SELECT coalesce(max(version), 0) AS n FROM office');
const changed = statement('office-changed', 'SELECT body FROM office WHERE version > $1 AND code > $2 ORDER BY code LIMIT $3');
const count = statement('office-count', 'SELECT count(*) AS n FROM office');

const atOnce = 5000;

export function createDirectory(session: Session): DirectoryTable {
  const read = (rows: readonly { readonly body: string }[]) => rows.map((row): DirectoryEntry => directoryEntry.parse(JSON.parse(row.body)));
  const number = async (rows: Promise<readonly { readonly n: number }[]>) => (await rows)[0]?.n ?? 0;
  return {
    put: async (entries) => {
      // of an office that is named twice the last word counts, as if they came one after another
      const rows = [...new Map(entries.map((entry) => [entry.code, entry])).values()].map(({ code, name, otherCode, parent, ceasedOn, successors }) => ({
        code, name, other: otherCode ?? '', body: JSON.stringify({ code, name, otherCode, parent, ceasedOn, successors }),
      }));
      await session.query(lock, []);
      const first = await number(session.query(version, []));
      for (let at = 0; at < rows.length; at += atOnce) {
        const part = rows.slice(at, at + atOnce);
        await session.run(put, [part.map((row) => row.code), part.map((row) => row.name), part.map((row) => row.other), part.map((row) => row.body), first + 1]);
      }
    },
    find: async (code) => read(await session.query(find, [code]))[0] ?? null,
    version: () => number(session.query(version, [])),
    changedSince: async (since, afterCode, limit) => read(await session.query(changed, [since, afterCode, limit])),
    count: () => number(session.query(count, [])),
  };
}
