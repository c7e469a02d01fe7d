import type { Sha256 } from '../../../../src-shared/domain/ids.ts';
import type { Upload, UploadTable } from '../../port.ts';
import type { Db } from '../open.ts';

type Row = Omit<Upload, 'base'> & { readonly base: string };

export function createUploads(db: Db): UploadTable {
  const columns = 'SELECT id, unit, sha256, size_bytes AS sizeBytes, base, length_bytes AS lengthBytes FROM upload';
  const byId = db.prepare(`${columns} WHERE id = ? AND unit = ?`);
  const byContent = db.prepare(`${columns} WHERE unit = ? AND sha256 = ?`);
  const put = db.prepare(
    `INSERT OR IGNORE INTO upload (id, unit, sha256, size_bytes, base, length_bytes, created_at, node, claimed_until) VALUES (@id, @unit, @sha256, @sizeBytes, @base, @lengthBytes, @atMs, '', 0)`,
  );
  const drop = db.prepare('DELETE FROM upload WHERE id = ?');
  const putSent = db.prepare('INSERT OR IGNORE INTO sent_content (unit, sha256) VALUES (?, ?)');
  const claim = db.prepare("UPDATE upload SET node = @node, claimed_until = @untilMs WHERE id = @id AND (node IN ('', @node) OR claimed_until <= @nowMs)");
  const unclaim = db.prepare("UPDATE upload SET node = '', claimed_until = 0 WHERE id = ? AND node = ?");
  const dropOld = db.prepare('DELETE FROM upload WHERE created_at < ?');
  const allIds = db.prepare('SELECT id FROM upload').pluck();
  const countOf = db.prepare('SELECT count(*) FROM upload WHERE unit = ?').pluck();
  const sent = db.prepare('SELECT 1 FROM sent_content WHERE unit = ? AND sha256 = ?');
  const held = db.prepare('SELECT 1 FROM held_content WHERE unit = ? AND sha256 = ? LIMIT 1');

  function toUpload(row: unknown): Upload | null {
    if (row === undefined) return null;
    const { base, ...rest } = row as Row;
    return { ...rest, base: base === '' ? null : (base as Sha256) };
  }

  return {
    find: async (id, unit) => toUpload(byId.get(id, unit)),
    findByContent: async (unit, sha256) => toUpload(byContent.get(unit, sha256)),
    create: async (value, atMs) => void put.run({ ...value, base: value.base ?? '', atMs }),
    drop: async (id) => void drop.run(id),
    complete: async (upload) => {
      putSent.run(upload.unit, upload.sha256);
      drop.run(upload.id);
    },
    claim: async (id, node, nowMs, untilMs) => claim.run({ id, node, nowMs, untilMs }).changes === 1,
    unclaim: async (id, node) => void unclaim.run(id, node),
    dropOlderThan: async (atMs) => {
      dropOld.run(atMs);
      return new Set(allIds.all() as string[]);
    },
    count: async (unit) => countOf.get(unit) as number,
    mayName: async (unit, sha256) => held.get(unit, sha256) !== undefined || sent.get(unit, sha256) !== undefined,
    mayRead: async (unit, sha256) => held.get(unit, sha256) !== undefined,
  };
}
