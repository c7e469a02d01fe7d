import { createHash } from 'node:crypto';
import * as chain from '../../src-shared/protocol/audit-chain.ts';
import type { AuditEntry } from '../../src-shared/protocol/audit-chain.ts';

/** What is written down. `subject` is the name, book, package or person that it was done to. */
export const auditActions = [
  'session.opened', 'session.refused', 'session.locked', 'session.ended', 'session.ended-by-administrator', 'password.changed', 'password.change-refused',
  'account.added', 'account.changed', 'account.disabled', 'account.enabled', 'password.set', 'certificate.bound', 'certificate.unbound', 'certificate.refused', 'certificate.allowed',
  'command.rejected', 'book.leased', 'book.returned', 'book.released', 'book.started', 'document.withdrawn', 'document.recalled', 'document.change-answered', 'grant.given', 'grant.ended', 'book.closed', 'number.voided', 'package.brought-in', 'package.refused', 'audit.read', 'settings.changed', 'figures.imported', 'figures.forgotten',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** An entry with a known action; both storages keep what they are given. */
export function auditEntry(entry: Omit<AuditEntry, 'action' | 'detail'> & { readonly action: AuditAction; readonly detail?: AuditEntry['detail'] }): AuditEntry {
  return { ...entry, detail: entry.detail ?? {} };
}

/** Both storages make their lines with it (src-shared/protocol/audit-chain.ts). */
export function auditHash(previous: string, entry: AuditEntry & { readonly seq: number }): string {
  return chain.auditHash(sha256, previous, entry);
}

export function verifyAudit(lines: Iterable<string>, anchors: readonly chain.AuditAnchor[] = []): chain.AuditVerdict {
  return chain.verifyAudit(sha256, lines, anchors);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
