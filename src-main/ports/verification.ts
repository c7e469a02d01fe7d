import type { ErrorCode } from '../../src-shared/errors.ts';
import type { LookReport, PagePlace, VerificationReport } from '../../src-shared/contract/verification.ts';
import type { ByteSource } from './bytes.ts';

/** DER. `ocsp`: an OCSPResponse; `crl`: a CertificateList. */
export type EvidenceKind = 'certificate' | 'ocsp' | 'crl';

export type EvidenceAnswer = {
  readonly found: readonly { readonly kind: EvidenceKind; readonly der: Uint8Array; readonly source: 'cache' | 'asked' }[];
  /** Why nothing (more) could be asked; null when somebody was asked, or nothing needed to be. */
  readonly unasked: ErrorCode | null;
};

/** What lies on this machine, and who can be asked. What it hands over proves nothing by itself: the verifier checks every signature in it. */
export type EvidencePort = {
  /** About one certificate whose standing at `at` nothing in the file proves. Never throws, never waits without end. */
  readonly find: (question: { readonly certificate: Uint8Array; readonly issuer: Uint8Array; readonly at: Date }) => Promise<EvidenceAnswer>;
  /** Who issued a certificate whose issuer nobody has at hand, as a certificate. Left out: nobody is asked. Never throws, never waits without end. */
  readonly findIssuer?: (question: { readonly certificate: Uint8Array }) => Promise<EvidenceAnswer>;
};

/** Which pages differ between two states of one file, and where they may. */
export type LookQuestion = {
  /** The version that was signed: the file's first so many bytes. */
  readonly earlierBytes: number;
  /** What may lawfully look different: the places of signatures and fields that came or were filled afterwards. */
  readonly lawful: readonly PagePlace[];
  /** Pages that something is known to have come to: where time or pages are short, these are compared first. */
  readonly pages?: readonly number[];
};

export type LookPort = {
  /**
   * Draws the pages of each earlier state and of the file as it stands, and compares. One answer for each question, in their order; all of them share one
   * limit of time (5 s) and of pages (50), and one process that is ended when it does not come back. Never throws.
   */
  readonly compare: (file: ByteSource, questions: readonly LookQuestion[]) => Promise<readonly LookReport[]>;
};

export type VerifyOptions = {
  /** Trust anchors and known intermediates, DER. */
  readonly anchors: readonly Uint8Array[];
  readonly intermediates: readonly Uint8Array[];
  /** The moment that the file is judged at. */
  readonly now: Date;
  /** Left out: what the file holds is all there is, and nobody is asked. */
  readonly evidence?: EvidencePort;
  /** Left out: pages are not compared. */
  readonly look?: LookPort;
  /** What the report says of itself. */
  readonly extent?: VerificationReport['extent'];
  readonly trustList?: VerificationReport['trustList'];
  readonly sha256?: string;
};

/** A proof that the verdict leans on, to be kept beside the report. */
export type UsedEvidence = { readonly kind: EvidenceKind; readonly der: Uint8Array; /** Hex, of the DER. */ readonly sha256: string };

export type Examination = {
  readonly report: VerificationReport;
  /** Signers' and time-stampers' certificates with their paths, and the revocation data that was used. */
  readonly evidence: readonly UsedEvidence[];
};

/** Never throws on a hostile file: what cannot be judged is `indeterminate` with the reason. */
export type VerificationPort = {
  readonly examine: (input: ByteSource, options: VerifyOptions) => Promise<Examination>;
  /** The report alone. */
  readonly verify: (input: ByteSource, options: VerifyOptions) => Promise<VerificationReport>;
};
