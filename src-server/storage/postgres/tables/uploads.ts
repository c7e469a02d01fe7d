import type { Sha256 } from '../../../../src-shared/domain/ids.ts';
import type { Upload, UploadTable } from '../../port.ts';
import { statement, type Row, type Session } from '../session.ts';
import type { Logs } from './logs.ts';

type UploadRow = Row & Omit<Upload, 'base'> & { readonly base: string };
const columns = 'SELECT id, unit, sha256, size_bytes AS "sizeBytes", base, length_bytes AS "lengthBytes" FROM upload';
const byId = statement('upload-find', `${columns} WHERE id = $1 AND unit = $2`);
const byContent = statement('upload-by-content', `${columns} WHERE unit = $1 AND sha256 = $2`);
const put = statement('upload-put', `INSERT INTO upload (id, unit, sha256, size_bytes, base, length_bytes, created_at, node, claimed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, '', 0)`);
const drop = statement('upload-drop', 'DELETE FROM upload WHERE id = $1');
const putSent = statement('content-sent', 'INSERT INTO sent_content (unit, sha256) VALUES ($1, $2) ON CONFLICT DO NOTHING');
const claim = statement('upload-claim', `UPDATE upload SET node = $2, claimed_until = $4 WHERE id = $1 AND (node IN ('', $2) OR claimed_until <= $3)`);
const unclaim = statement('upload-unclaim', `UPDATE upload SET node = '', claimed_until = 0 WHERE id = $1 AND node = $2`);
const dropOld = statement('upload-drop-old', 'DELETE FROM upload WHERE created_at < $1');
const ids = statement('upload-ids', 'SELECT id FROM upload');
const countOf = statement('upload-count', 'SELECT count(*) AS n FROM upload WHERE unit = $1');
const held = 'EXISTS (SELECT 1 FROM held_content WHERE unit = $1 AND sha256 = $2)';
const mayRead = statement('content-may-read', `SELECT ${held} AS yes`);
const mayName = statement('content-may-name', `SELECT ${held} OR EXISTS (SELECT 1 FROM sent_content WHERE unit = $1 AND sha256 = $2) AS yes`);

export function createUploads(session: Session, logs: Logs): UploadTable {
  const one = async (rows: Promise<readonly UploadRow[]>): Promise<Upload | null> => {
    const [row] = await rows;
    return row === undefined ? null : { ...row, base: row.base === '' ? null : (row.base as Sha256) };
  };
  const yes = async (rows: Promise<readonly { readonly yes: boolean }[]>) => (await rows)[0]?.yes === true;
  return {
    find: (id, unit) => one(session.query(byId, [id, unit])),
    findByContent: (unit, sha256) => one(session.query(byContent, [unit, sha256])),
    create: async ({ id, unit, sha256, sizeBytes, base, lengthBytes }, atMs) => void (await session.run(put, [id, unit, sha256, sizeBytes, base ?? '', lengthBytes, atMs])),
    drop: async (id) => void (await session.run(drop, [id])),
    complete: async (upload) => void (await Promise.all([session.run(putSent, [upload.unit, upload.sha256]), session.run(drop, [upload.id])])),
    claim: async (id, node, nowMs, untilMs) => (await session.run(claim, [id, node, nowMs, untilMs])) === 1,
    unclaim: async (id, node) => void (await session.run(unclaim, [id, node])),
    dropOlderThan: async (atMs) => {
      const [, rows] = await Promise.all([session.run(dropOld, [atMs]), session.query<{ id: string }>(ids, [])]);
      return new Set(rows.map((row) => row.id));
    },
    count: async (unit) => (await session.query<{ n: number }>(countOf, [unit]))[0]?.n ?? 0,
    mayName: async (unit, sha256) => logs.holds(unit, sha256) || yes(session.query(mayName, [unit, sha256])),
    mayRead: async (unit, sha256) => logs.holds(unit, sha256) || yes(session.query(mayRead, [unit, sha256])),
  };
}
