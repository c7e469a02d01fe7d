import { createHash } from 'node:crypto';
import type { Command } from '../../../src-shared/domain/document.ts';
import { auditHash, auditRoot, type AuditEntry, type AuditLine } from '../../../src-shared/protocol/audit-chain.ts';
import type { DeskStore } from '../../ports/store.ts';
import type { WritableDb } from '../driver.ts';

export type Audit = {
  /** At the end of the chain, in the caller's transaction. */
  readonly append: (entry: AuditEntry) => void;
  readonly read: DeskStore['readAudit'];
  readonly count: () => number;
};

type Row = Omit<AuditLine, 'detail'> & { readonly detail: string };

export function createAudit(db: WritableDb): Audit {
  const add = db.write<[number, number, string | null, string | null, string, string, string, string]>('INSERT INTO audit (seq, at_ms, unit, user, action, subject, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const last = db.read<[], { seq: number; hash: string }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const after = db.read<[number, number], Row>('SELECT seq, at_ms AS atMs, unit, user, action, subject, detail, hash FROM audit WHERE seq > ? ORDER BY seq LIMIT ?');
  return {
    append: (entry) => {
      const head = last.get();
      const line = { ...entry, seq: (head?.seq ?? 0) + 1 };
      add.run(line.seq, line.atMs, line.unit, line.user, line.action, line.subject, JSON.stringify(line.detail), auditHash(sha256, head?.hash ?? auditRoot, line));
    },
    read: (afterSeq, limit) => after.all(afterSeq, limit).map((row) => ({ ...row, detail: JSON.parse(row.detail) as AuditLine['detail'] })),
    count: () => last.get()?.seq ?? 0,
  };
}

/** What a person's command is in the audit: which document, which number it used, which content it left, by whose leave. */
export function auditOfCommand(command: Command, atMs: number, action: string = command.type): AuditEntry {
  const args = command.args as { readonly content?: { readonly sha256: string }; readonly entry?: { readonly book: string; readonly number: number } };
  return {
    atMs, unit: command.unit, user: command.actor.person, action, subject: command.document,
    detail: {
      command: command.id,
      ...(args.content === undefined ? {} : { content: args.content.sha256 }),
      ...(args.entry === undefined ? {} : { book: args.entry.book, number: args.entry.number }),
      ...(command.byGrant === undefined ? {} : { grant: command.byGrant }),
    },
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
