import { z } from 'zod';
import { organizationCode, type OrganizationCode } from '../domain/ids.ts';
import { canonicalJson } from './digest.ts';

/** One deed as it is written down, by the server or by a desk. Never a PIN, a password, a key or a title. */
export type AuditEntry = { readonly atMs: number; readonly unit: OrganizationCode | null; readonly user: string | null; readonly action: string; readonly subject: string; readonly detail: Readonly<Record<string, string | number | boolean>> };
/** `hash` = SHA-256 of the previous line's hash and this line's canonical JSON: a line that was changed, taken out or put in breaks the chain from there on. */
export type AuditLine = AuditEntry & { readonly seq: number; readonly hash: string };

/** SHA-256 of a text's UTF-8, hex: this room has no cryptography of its own. */
export type Sha256Hex = (text: string) => string;

/** The first line hangs on this. */
export const auditRoot = '0'.repeat(64);

/** SHA-256 (hex) over the hash of the line before and this line's canonical JSON, its number included. */
export function auditHash(sha256: Sha256Hex, previous: string, { seq, atMs, unit, user, action, subject, detail }: AuditEntry & { readonly seq: number }): string {
  return sha256(`${previous}\n${canonicalJson({ seq, atMs, unit, user, action, subject, detail })}`);
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

/** `NUMBER:HASH`, as the end of an earlier check said it; null when it is none. */
export function readAnchor(text: string): AuditAnchor | null {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  return match === null ? null : { seq: Number(match[1]), hash: match[2] ?? '' };
}

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
export function verifyAudit(sha256: Sha256Hex, lines: Iterable<string>, anchors: readonly AuditAnchor[] = []): AuditVerdict {
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
      else if (auditHash(sha256, hangsOn, line) !== line.hash) faults.push({ kind: 'changed', line: at, seq: line.seq });
      judged.push(line);
      continue;
    }
    if (line.seq <= before.seq) {
      const earlier = judged.at(-2);
      // two lines of one number: the one that hangs on what stands before is the true one
      const isTrue = line.seq === before.seq && auditHash(sha256, earlier?.hash ?? auditRoot, line) === line.hash && auditHash(sha256, earlier?.hash ?? auditRoot, before) !== before.hash;
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
    } else if (!hangs(sha256, before.hash, line, shift)) {
      const earlier = judged.at(-2)?.hash ?? auditRoot;
      const counted = [-1, 1].find((more) => hangs(sha256, before.hash, line, shift + more));
      if (hangs(sha256, earlier, line, shift + 1)) {
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

function hangs(sha256: Sha256Hex, previous: string, line: AuditLine, shift: number): boolean {
  return auditHash(sha256, previous, { ...line, seq: line.seq - shift }) === line.hash;
}
