import { createHash } from 'node:crypto';
import { z } from 'zod';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import { canonicalJson } from '../../src-shared/protocol/digest.ts';
import type { AuditEntry, AuditLine } from '../storage/port.ts';

/** What is written down. `subject` is the name, book, package or person that it was done to. */
export const auditActions = [
  'session.opened', 'session.refused', 'session.locked', 'session.ended', 'session.ended-by-administrator', 'password.changed', 'password.change-refused',
  'account.added', 'account.changed', 'account.disabled', 'account.enabled', 'password.set', 'certificate.bound', 'certificate.unbound', 'certificate.refused', 'certificate.allowed',
  'command.rejected', 'book.leased', 'book.returned', 'book.released', 'book.started', 'document.withdrawn', 'document.recalled', 'document.change-answered', 'grant.given', 'grant.ended', 'book.closed', 'number.voided', 'package.brought-in', 'package.refused', 'audit.read', 'settings.changed',
] as const;
export type AuditAction = (typeof auditActions)[number];

/** An entry with a known action; both storages keep what they are given. */
export function auditEntry(entry: Omit<AuditEntry, 'action' | 'detail'> & { readonly action: AuditAction; readonly detail?: AuditEntry['detail'] }): AuditEntry {
  return { ...entry, detail: entry.detail ?? {} };
}

/** The first line hangs on this. */
export const auditRoot = '0'.repeat(64);

/** SHA-256 (hex) over the hash of the line before and this line's canonical JSON, its number included. Both storages make their lines with it. */
export function auditHash(previous: string, { seq, atMs, unit, user, action, subject, detail }: AuditEntry & { readonly seq: number }): string {
  return createHash('sha256').update(`${previous}\n${canonicalJson({ seq, atMs, unit, user, action, subject, detail })}`).digest('hex');
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const auditLine = z.strictObject({
  seq: z.int().positive(), atMs: z.int().nonnegative(), unit: organizationCode.nullable(), user: z.string().nullable(), action: z.string(), subject: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), hash,
});

/** One line of an export; null when it is none. */
export function readAuditLine(text: string): AuditLine | null {
  try {
    const parsed = auditLine.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

export function writeAuditLine({ seq, atMs, unit, user, action, subject, detail, hash: link }: AuditLine): string {
  return `${JSON.stringify({ seq, atMs, unit, user, action, subject, detail, hash: link })}\n`;
}

/** A line that was written down elsewhere, on paper perhaps: whoever writes the whole chain anew cannot meet it. */
export type AuditAnchor = { readonly seq: number; readonly hash: string };

/**
 * What is wrong with an export. `line` counts the file's lines from 1. `unreadable`: no line of an audit. `missing`: the lines numbered `from` to `to` are not there.
 * `inserted`: this line does not belong here. `changed`: it, or what it hangs on, is not what was written. `anchor`: the line that was written down elsewhere is another one here.
 */
export type AuditFault =
  | { readonly kind: 'unreadable'; readonly line: number }
  | { readonly kind: 'missing'; readonly line: number; readonly from: number; readonly to: number }
  | { readonly kind: 'inserted' | 'changed' | 'anchor'; readonly line: number; readonly seq: number };

export type AuditVerdict = { readonly faults: readonly AuditFault[]; readonly lines: number; readonly first: number | null; readonly head: AuditAnchor | null; /** The first line hangs on what is not in the file. */ readonly opensInside: boolean };

/** Judges an export line by line and goes on after a fault, so that all of them are named. `anchors`: also the line before an export that begins later. */
export function verifyAudit(lines: Iterable<string>, anchors: readonly AuditAnchor[] = []): AuditVerdict {
  const known = new Map(anchors.map((anchor) => [anchor.seq, anchor.hash]));
  const faults: AuditFault[] = [];
  const judged: AuditLine[] = [];
  let opensInside = false;
  let at = 0;
  // by how much the numbers were counted on, or back, by whoever put a line in or took one out
  let shift = 0;
  for (const text of lines) {
    if (text.trim() === '') continue;
    at += 1;
    const line = readAuditLine(text);
    if (line === null) {
      faults.push({ kind: 'unreadable', line: at });
      continue;
    }
    const anchor = known.get(line.seq);
    if (anchor !== undefined && anchor !== line.hash) faults.push({ kind: 'anchor', line: at, seq: line.seq });
    const before = judged.at(-1);
    if (before === undefined) {
      const hangsOn = line.seq === 1 ? auditRoot : known.get(line.seq - 1);
      if (hangsOn === undefined) opensInside = true;
      else if (auditHash(hangsOn, line) !== line.hash) faults.push({ kind: 'changed', line: at, seq: line.seq });
      judged.push(line);
      continue;
    }
    if (line.seq <= before.seq) {
      const earlier = judged.at(-2);
      // two lines of one number: the one that hangs on what stands before is the true one
      const isTrue = line.seq === before.seq && auditHash(earlier?.hash ?? auditRoot, line) === line.hash && auditHash(earlier?.hash ?? auditRoot, before) !== before.hash;
      if (isTrue) {
        const wrong = faults.findLastIndex((fault) => fault.kind === 'changed' && fault.line === at - 1);
        if (wrong >= 0) faults.splice(wrong, 1);
        faults.push({ kind: 'inserted', line: at - 1, seq: before.seq });
        judged[judged.length - 1] = line;
      } else faults.push({ kind: 'inserted', line: at, seq: line.seq });
      continue;
    }
    if (line.seq > before.seq + 1) {
      faults.push({ kind: 'missing', line: at, from: before.seq + 1, to: line.seq - 1 });
    } else if (!hangs(before.hash, line, shift)) {
      const earlier = judged.at(-2)?.hash ?? auditRoot;
      const counted = [-1, 1].find((more) => hangs(before.hash, line, shift + more));
      if (hangs(earlier, line, shift + 1)) {
        // numbers were counted on behind a line that was put in: without it, and with its own number, this one is right
        shift += 1;
        faults.push({ kind: 'inserted', line: at - 1, seq: before.seq });
      } else if (counted !== undefined && faults.at(-1)?.line === at - 1) shift += counted;
      else faults.push({ kind: 'changed', line: at, seq: line.seq });
    }
    judged.push(line);
  }
  for (const [seq] of known) {
    const last = judged.at(-1);
    // a chain that was cut off at its end is whole in itself
    if (last !== undefined && seq > last.seq) faults.push({ kind: 'missing', line: at + 1, from: last.seq + 1, to: seq });
  }
  const last = judged.at(-1);
  return { faults, lines: at, first: judged[0]?.seq ?? null, head: last === undefined ? null : { seq: last.seq, hash: last.hash }, opensInside };
}

function hangs(previous: string, line: AuditLine, shift: number): boolean {
  return auditHash(previous, { ...line, seq: line.seq - shift }) === line.hash;
}
