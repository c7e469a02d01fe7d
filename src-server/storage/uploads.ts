import { randomUUID } from 'node:crypto';
import type { OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import type { Db } from './sqlite.ts';

/** `lengthBytes`: what the client still owes in all: the tail's length with a base, else the whole. */
export type Upload = {
  readonly id: string; readonly unit: OrganizationCode; readonly sha256: Sha256; readonly size: number; readonly base: Sha256 | null; readonly lengthBytes: number;
};

export type Uploads = ReturnType<typeof createUploads>;

/** Uploads under way, and which unit may see which content: it holds a document with it, or it sent the bytes itself. */
export function createUploads(db: Db) {
  const columns = 'SELECT id, unit, sha256, size, base, length AS lengthBytes FROM upload';
  const byId = db.prepare(`${columns} WHERE id = ? AND unit = ?`);
  const byContent = db.prepare(`${columns} WHERE unit = ? AND sha256 = ?`);
  const put = db.prepare('INSERT INTO upload (id, unit, sha256, size, base, length, created_at) VALUES (@id, @unit, @sha256, @size, @base, @lengthBytes, @at)');
  const drop = db.prepare('DELETE FROM upload WHERE id = ?');
  const dropOld = db.prepare('DELETE FROM upload WHERE created_at < ?');
  const allIds = db.prepare('SELECT id FROM upload');
  const countOf = db.prepare('SELECT count(*) AS n FROM upload WHERE unit = ?');
  const seen = db.prepare('SELECT held FROM unit_content WHERE unit = ? AND sha256 = ?');
  const putSeen = db.prepare('INSERT OR IGNORE INTO unit_content (unit, sha256, held) VALUES (?, ?, 0)');

  return {
    find: (id: string, unit: OrganizationCode): Upload | null => (byId.get(id, unit) as Upload | undefined) ?? null,
    findByContent: (unit: OrganizationCode, sha256: Sha256): Upload | null => (byContent.get(unit, sha256) as Upload | undefined) ?? null,
    create: (value: Omit<Upload, 'id'>, at: number): Upload => {
      const upload = { ...value, id: randomUUID() };
      put.run({ ...upload, at });
      return upload;
    },
    drop: (id: string) => void drop.run(id),
    /** The content is whole: the upload is over and the unit may name it. */
    complete: (upload: Upload) => {
      db.transaction(() => {
        putSeen.run(upload.unit, upload.sha256);
        drop.run(upload.id);
      }).immediate();
    },
    dropOlderThan: (at: number): ReadonlySet<string> => {
      dropOld.run(at);
      return new Set((allIds.all() as { id: string }[]).map((row) => row.id));
    },
    count: (unit: OrganizationCode): number => (countOf.get(unit) as { n: number }).n,
    /** The unit sent it or holds a document with it: it may name it and continue it. */
    mayName: (unit: OrganizationCode, sha256: Sha256): boolean => seen.get(unit, sha256) !== undefined,
    /** The unit holds a document with it: it may fetch it. */
    mayRead: (unit: OrganizationCode, sha256: Sha256): boolean => (seen.get(unit, sha256) as { held: number } | undefined)?.held === 1,
  };
}
