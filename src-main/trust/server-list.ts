import { createHash } from 'node:crypto';
import { trustAnswer, trustList, type TrustList } from '../../src-shared/protocol/trust.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { findFault } from './faults.ts';
import type { KeptCertificate, KeptList } from './kept.ts';
import { checkListSignature } from './list-signature.ts';

type Grounds = {
  /** The list that was taken last; null: none. */
  readonly last: KeptList | null;
  /** Who may sign; empty: the program knows nobody, and no signature can be asked for. */
  readonly signers: readonly Certificate[];
  readonly now: Date;
  /** ISO 8601 day on which a certificate that is new here came. */
  readonly today: string;
};

/** Checks an answer of the server whole: one certificate that is not what it should be, and nothing of it is taken. */
export function readServerList(answer: unknown, tag: string | null, { last, signers, now, today }: Grounds): Result<KeptList> {
  const parsed = trustAnswer.safeParse(answer);
  if (!parsed.success) return invalid('garbage');
  const { list: text, signature } = parsed.data;
  const list = readList(text);
  if (list === null) return invalid('garbage');

  const signed = checkListSignature(text, signature, signers, now);
  if (!signed.ok) return invalid(signed.reason);
  if (last !== null && list.version < last.version) return fail('trust.list-older', { theirs: list.version, ours: last.version });
  const sha256 = createHash('sha256').update(text).digest('hex');
  if (last?.version === list.version && last.sha256 !== sha256) return invalid('same-number');

  const sinceOf = new Map(last?.certificates.map(({ certificate, since }) => [certificate.thumbprint, since]));
  const certificates: KeptCertificate[] = [];
  for (const entry of list.certificates) {
    const read = readEntry(entry);
    if (typeof read === 'string') return invalid(read);
    if (certificates.some(({ certificate }) => certificate.thumbprint === read.thumbprint)) return invalid('twice');
    certificates.push({ role: entry.role, certificate: read, since: sinceOf.get(read.thumbprint) ?? today });
  }
  return ok({ version: list.version, dated: list.dated, sha256, signedBy: signed.by, tag, certificates });
}

function readList(text: string): TrustList | null {
  try {
    const parsed = trustList.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // no JSON: no list
    return null;
  }
}

/** The certificate, or why the list is refused for it. */
function readEntry({ role, der, sha256 }: TrustList['certificates'][number]): Certificate | string {
  const bytes = new Uint8Array(Buffer.from(der, 'base64'));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) return 'hash';
  const certificate = readCertificate(bytes);
  return certificate === null ? 'unreadable' : (findFault(certificate, role) ?? certificate);
}

function invalid(reason: string): ReturnType<typeof fail> {
  return fail('trust.list-invalid', { reason });
}
