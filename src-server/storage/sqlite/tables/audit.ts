import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import { auditRoot, type AuditLine } from '../../../../src-shared/protocol/audit-chain.ts';
import { auditHash } from '../../../features/audit.ts';
import type { AuditTable } from '../../port.ts';
import type { Db } from '../open.ts';

type Row = { readonly seq: number; readonly at: number; readonly unit: string; readonly user: string; readonly action: string; readonly subject: string; readonly detail: string; readonly hash: string };

export function createAudit(db: Db): AuditTable {
  const last = db.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const put = db.prepare('INSERT INTO audit (seq, at, unit, user_name, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const after = db.prepare('SELECT seq, at, unit, user_name AS user, action, subject, detail, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?');
  return {
    append: async (entry) => {
      const before = last.get() as { seq: number; hash: string } | undefined;
      const seq = (before?.seq ?? 0) + 1;
      const { atMs, unit, user, action, subject, detail } = entry;
      put.run(seq, atMs, unit ?? '', user ?? '', action, subject, JSON.stringify(detail), auditHash(before?.hash ?? auditRoot, { ...entry, seq }));
    },
    read: async (afterSeq, limit) => (after.all(afterSeq, limit) as Row[]).map(toLine),
  };
}

function toLine(row: Row): AuditLine {
  return {
    seq: row.seq, atMs: row.at, unit: row.unit === '' ? null : (row.unit as OrganizationCode), user: row.user === '' ? null : row.user,
    action: row.action, subject: row.subject, detail: JSON.parse(row.detail) as AuditLine['detail'], hash: row.hash,
  };
}
