import { z } from 'zod';
import { documentId } from '../domain/ids.ts';
import { binary, call } from './define.ts';
import { verdict } from '../domain/verdict.ts';

/** One finding. `code` is stable and English; `message` is its Vietnamese sentence. */
export const problem = z.object({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problem>;

export const signatureVerdict = z.enum(['valid', 'valid-extended', 'changed', 'invalid', 'indeterminate']);

/** A rectangle on a page, in mm from the top left of the page as displayed. */
export const pagePlace = z.object({ page: z.int(), xMm: z.number(), yMm: z.number(), widthMm: z.number(), heightMm: z.number() });
export type PagePlace = z.infer<typeof pagePlace>;

export const certificateSummary = z.object({
  commonName: z.string(),
  organization: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  /** SHA-256 of the certificate, hex. */
  thumbprint: z.string(),
});
export type CertificateSummary = z.infer<typeof certificateSummary>;

/** One thing that a later revision did. */
export const changeReport = z.object({
  kind: z.enum(['resaved', 'signature', 'timestamp', 'dss', 'metadata', 'field-filled', 'empty-signature-field', 'content-added', 'forbidden', 'not-examined']),
  /** 1-based revision that brought it; null where the report was kept by a version that did not note it. */
  revision: z.int().nullable(),
  /** Its Vietnamese sentence. */
  message: z.string(),
  /** Where it is seen; null: on no page, or it cannot be told. */
  page: z.int().nullable(),
  /** The part of that page, where it has one. */
  place: pagePlace.nullable(),
});
export type ChangeReport = z.infer<typeof changeReport>;

/** The pages as drawn then and now. `nothing-later`: the signature is of the last revision, there is nothing to compare. */
export const lookReport = z.object({
  status: z.enum(['same', 'changed', 'not-compared', 'nothing-later']),
  /** Why nothing, or not all, was compared: `off` (not asked for), `pages` (more than the limit), `time`, `size` (a page too large), `unreadable` (pdf.js draws it not), `fault`. */
  reason: z.enum(['off', 'pages', 'time', 'size', 'unreadable', 'fault']).nullable(),
  /** How many pages were compared. */
  compared: z.int(),
  /** Pages that look different outside of what may lawfully differ, and where. */
  pages: z.array(z.object({ page: z.int(), places: z.array(pagePlace) })),
});
export type LookReport = z.infer<typeof lookReport>;

/** What is known of one certificate of the path, at the time of the signature. */
export const revocationReport = z.object({
  commonName: z.string(),
  thumbprint: z.string(),
  status: z.enum(['good', 'revoked', 'unproven']),
  revokedAt: z.string().nullable(),
  kind: z.enum(['ocsp', 'crl']).nullable(),
  /** Where the proof lay: in the file's DSS, in the signature itself, on this machine from an earlier question, or asked for just now. */
  source: z.enum(['dss', 'cms', 'cache', 'asked']).nullable(),
  /** When it was said, and until when it counts. */
  thisUpdate: z.string().nullable(),
  nextUpdate: z.string().nullable(),
  /** SHA-256 of the proof's DER, hex. */
  proof: z.string().nullable(),
  /** Error code: why nobody could be asked. */
  unasked: z.string().nullable(),
});
export type RevocationReport = z.infer<typeof revocationReport>;

/** One signature, in the order they were made. Nothing missing is ever read as good: what was not examined is `not-examined` / `unknown`. */
export const signatureReport = z.object({
  field: z.string(),
  /** 1-based revision that this signature closes, of how many in the file. */
  revision: z.object({ index: z.int(), of: z.int() }),
  /** The version that was signed is the file's first so many bytes; null when it cannot be told. */
  signedBytes: z.int().nullable(),
  subFilter: z.string(),
  /** What the signer wrote beside it (/Reason): why, and in which capacity. Left out: nothing, or kept before it was noted. */
  reason: z.string().optional(),
  signer: certificateSummary.nullable(),
  /** From the signer's issuer to the anchor, as far as it was found. */
  chain: z.array(certificateSummary),
  /**
   * Claimed (/M) unless a time-stamp proves it. ISO 8601 or null. `claimed`: what the signer's own clock said, where a later time-stamp of the document
   * proves only that the signature was there by `at`, or where the two are told apart by more than clocks differ.
   */
  time: z.object({ at: z.string(), proven: z.boolean(), claimed: z.string().optional() }).nullable(),
  integrity: z.enum(['intact', 'broken', 'not-examined']),
  coverage: z.enum(['whole-file', 'whole-revision', 'partial', 'unknown']),
  level: z.enum(['B-B', 'B-T', 'B-LT', 'B-LTA', 'unknown']),
  trust: z.object({
    status: z.enum(['trusted', 'untrusted', 'expired', 'unknown']),
    revocation: z.enum(['good', 'revoked', 'not-checked']),
    detail: z.string(),
  }),
  /** Each certificate below the anchor. */
  revocations: z.array(revocationReport),
  /** What later revisions did. `allowed` only where every change was examined and is lawful. */
  changesAfter: z.object({ status: z.enum(['none', 'allowed', 'content-added', 'forbidden', 'not-examined']), changes: z.array(changeReport) }),
  look: lookReport,
  /** Where it shows; null when invisible. */
  place: pagePlace.nullable(),
  verdict: signatureVerdict,
  problems: z.array(problem),
});
export type SignatureReport = z.infer<typeof signatureReport>;

/**
 * The newest form. What is kept is kept in the form of its day and raised when it is read (`read-report.ts`): nothing is ever rewritten, and a form
 * that was once written stays readable.
 */
export const verificationReport = z.object({
  schema: z.literal(2),
  /** When it was examined, and by which version of the program. Null and '': kept in schema 1, which noted neither. */
  checkedAt: z.string().nullable(),
  program: z.string(),
  /** What was examined; `sha256` null where the examiner was not told, `sizeBytes` where the report was kept in schema 1. */
  file: z.object({ sha256: z.string().nullable(), sizeBytes: z.int().nullable() }),
  /** The list of anchors that it was judged by: its number and date. Null: certificates given by hand, or kept in schema 1. */
  trustList: z.object({ version: z.int(), dated: z.string() }).nullable(),
  /**
   * `quick`: by what lies here, nobody asked and no page drawn, because somebody waits. `full`: services were asked where that was needed, and pages
   * compared. `offline`: as full as it goes without a line, or where the office asks nobody.
   */
  extent: z.enum(['quick', 'full', 'offline']),
  verdict: verdict.exclude(['unchecked']),
  signatures: z.array(signatureReport),
  problems: z.array(problem),
});
export type VerificationReport = z.infer<typeof verificationReport>;

/**
 * One kept examination of a content: the first, the newest, the first of each extent, and every one between that judged otherwise than the one before it.
 * `checkedAt` null: kept in schema 1, which did not note it; there is one such at most.
 */
export const keptReport = z.object({ checkedAt: z.string().nullable(), verdict: verdict.exclude(['unchecked']), extent: z.enum(['quick', 'full', 'offline']) });
export type KeptReport = z.infer<typeof keptReport>;

export const verificationCalls = {
  /** The newest report. Null while the content is not here yet. `more`: a fuller one is on its way, `documents.changed` tells when it is there. */
  'verification.report': call(z.object({ id: documentId }), z.object({ report: verificationReport.nullable(), more: z.boolean(), kept: z.array(keptReport) })),
  /** Examined anew and in full, at once: services are asked again, pages compared. */
  'verification.check': call(z.object({ id: documentId }), z.object({ report: verificationReport })),
  /**
   * The report as a PDF to print or to keep, in Vietnamese, with the report itself (JSON), the signers' certificates and the revocation data attached.
   * `checkedAt`: which of the kept ones, null for the one without a time; the newest, unless told. Errors: `not-found`, `report.newer`.
   */
  'verification.printable': call(z.object({ id: documentId, checkedAt: z.string().max(40).nullable().optional() }), z.object({ fileName: z.string(), bytes: binary })),
} as const;
