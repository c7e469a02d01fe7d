import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import { auditRoot, type AuditLine } from '../../../../src-shared/protocol/audit-chain.ts';
import { auditHash } from '../../../features/audit.ts';
import type { AuditTable } from '../../port.ts';
import { statement, type Row, type Session } from '../session.ts';

// the lock of the one chain; to lock the last row would not do: whoever waited for it would go on from a row that is the last one no more
const lock = statement('audit-lock', 'SELECT pg_advisory_xact_lock(1986096756, 2)');
const last = statement('audit-last', 'SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
const put = statement('audit-put', 'INSERT INTO audit (seq, at, unit, user_name, action, subject, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)');
const after = statement('audit-read', 'SELECT seq, at, unit, user_name AS "user", action, subject, detail, hash FROM audit WHERE seq > $1 ORDER BY seq LIMIT $2');

type LineRow = Row & { readonly seq: number; readonly at: number; readonly unit: string; readonly user: string; readonly action: string; readonly subject: string; readonly detail: string; readonly hash: string };

export function createAudit(session: Session): AuditTable {
  return {
    append: async (entry) => {
      const [, rows] = await Promise.all([session.query(lock, []), session.query<{ seq: number; hash: string }>(last, [])]);
      const before = rows[0] ?? { seq: 0, hash: auditRoot };
      const { atMs, unit, user, action, subject, detail } = entry;
      const seq = before.seq + 1;
      await session.run(put, [seq, atMs, unit ?? '', user ?? '', action, subject, JSON.stringify(detail), auditHash(before.hash, { ...entry, seq })]);
    },
    read: async (afterSeq, limit) => (await session.query<LineRow>(after, [afterSeq, limit])).map(toLine),
  };
}

function toLine(row: LineRow): AuditLine {
  return {
    seq: row.seq, atMs: row.at, unit: row.unit === '' ? null : (row.unit as OrganizationCode), user: row.user === '' ? null : row.user,
    action: row.action, subject: row.subject, detail: JSON.parse(row.detail) as AuditLine['detail'], hash: row.hash,
  };
}
