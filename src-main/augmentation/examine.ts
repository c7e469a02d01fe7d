import { setImmediate } from 'node:timers/promises';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { openPdf, type PdfFile } from '../pdf/index.ts';
import type { AugmentRequest } from '../ports/augmentation.ts';
import type { ByteSource } from '../ports/bytes.ts';
import { readCertificate, type Certificate } from '../verification/certificate.ts';
import { checkCryptography, documentTimestampFilter, type Cryptography } from '../verification/cryptography.ts';
import { readHistory } from '../verification/history.ts';
import { createGrounds, type Grounds } from '../verification/long-term.ts';
import { describeProblem, weightOf } from '../verification/messages.ts';
import { readSecurityStore } from '../verification/security-store.ts';
import { readFieldTrees, readSignatureObjects, type SignatureObject } from '../verification/signature-object.ts';

export type ExaminedSignature = { readonly signature: SignatureObject; readonly crypto: Cryptography };

/** A file as it stands, seen with the verifier's own eyes. */
export type Examined = {
  readonly source: ByteSource;
  readonly file: PdfFile;
  /** Of people and offices, in the order of their ends; document time-stamps are among the `grounds`. */
  readonly signatures: readonly ExaminedSignature[];
  readonly documentStamps: readonly ExaminedSignature[];
  readonly grounds: Grounds;
};

/** Bytes that were looked at once stay what they were: every update only appends. By the range of a signature. */
export type Memory = Map<string, Cryptography>;

/** Errors: what `openPdf` refuses, and `pdf.broken` for a file that has two readings. */
export async function examine(source: ByteSource, request: AugmentRequest, now: Date, memory: Memory): Promise<Result<Examined>> {
  const opened = openPdf(source);
  if (!opened.ok) return opened;
  const read = readHistory(source);
  const worst = read.ok ? read.history.problems.find((code) => weightOf(code) !== 'note') : read.code;
  if (!read.ok || worst !== undefined) return fail('pdf.broken', { reason: worst === undefined ? '' : describeProblem(worst).message });
  const { history } = read;
  const examined: ExaminedSignature[] = [];
  for (const signature of readSignatureObjects(history, readFieldTrees(history))) {
    const key = signature.signed === null ? null : `${String(signature.signed.range.gapStart)}-${String(signature.signed.range.end)}`;
    const known = key === null ? undefined : memory.get(key);
    // Each one hashes the file: others of this process get their turn in between.
    if (known === undefined) await setImmediate();
    const crypto = known ?? checkCryptography(history, signature);
    if (key !== null) memory.set(key, crypto);
    examined.push({ signature, crypto });
  }
  const known = { anchors: request.anchors.flatMap(readable), intermediates: request.intermediates.flatMap(readable), now, store: readSecurityStore(history) };
  const isStamp = ({ signature }: ExaminedSignature): boolean => signature.subFilter === documentTimestampFilter;
  return ok({
    source, file: opened.value,
    signatures: examined.filter((each) => !isStamp(each)), documentStamps: examined.filter(isStamp),
    grounds: createGrounds(known, examined),
  });
}

/** A signature whose bytes are whole: only such a one is worth keeping for long. */
export function isSound({ signature, crypto }: ExaminedSignature): boolean {
  return crypto.integrity === 'intact' && signature.revision !== null && signature.problems.every((code) => weightOf(code) === 'note');
}

export function readable(der: Uint8Array): readonly Certificate[] {
  const certificate = readCertificate(der);
  return certificate === null ? [] : [certificate];
}
