import { directoryEntry, type DirectoryEntry } from '../../../../src-shared/domain/organization.ts';
import type { DirectoryTable } from '../../port.ts';
import type { Db } from '../open.ts';

export function createDirectory(db: Db): DirectoryTable {
  const find = db.prepare('SELECT body FROM office WHERE code = ?').pluck();
  const findOther = db.prepare("SELECT body FROM office WHERE other_code = ? AND other_code <> '' ORDER BY code LIMIT 1").pluck();
  const put = db.prepare(
    `INSERT INTO office (code, name, other_code, body, version) VALUES (@code, @name, @other, @body, @version)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, other_code = excluded.other_code, body = excluded.body, version = excluded.version`,
  );
  const version = db.prepare('SELECT coalesce(max(version), 0) FROM office').pluck();
  const all = db.prepare('SELECT body FROM office WHERE code > ? ORDER BY code LIMIT ?').pluck();
  // few have changed: found by their version, sorted then
  const changed = db.prepare('SELECT body FROM office INDEXED BY office_by_version WHERE version > ? AND code > ? ORDER BY code LIMIT ?').pluck();
  const count = db.prepare('SELECT count(*) FROM office').pluck();
  const read = (body: unknown): DirectoryEntry => directoryEntry.parse(JSON.parse(body as string));

  return {
    put: async (entries) => {
      const next = (version.get() as number) + 1;
      for (const { code, name, otherCode, parent, ceasedOn, successors } of entries) {
        const body = JSON.stringify({ code, name, otherCode, parent, ceasedOn, successors });
        if (find.get(code) !== body) put.run({ code, name, other: otherCode ?? '', body, version: next });
      }
    },
    find: async (code) => {
      const body = find.get(code) ?? findOther.get(code);
      return body === undefined ? null : read(body);
    },
    version: async () => version.get() as number,
    changedSince: async (since, afterCode, limit) => (since === 0 ? all.all(afterCode, limit) : changed.all(since, afterCode, limit)).map(read),
    count: async () => count.get() as number,
  };
}
