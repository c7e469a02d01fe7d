import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import type { UsedEvidence } from './verification.ts';

/** What was examined, as the register knows it. Null: not known. */
export type AboutDocument = {
  readonly fileName: string;
  readonly sizeBytes: number | null;
  /** Its kind (Công văn, Quyết định …), its number and notation as printed (`15/QĐ-UBND`), who issued it and on which day (`yyyy-mm-dd`). */
  readonly kind: string | null;
  readonly code: string | null;
  readonly issuer: string | null;
  readonly issuedDate: string | null;
  readonly title: string | null;
  /** At whose desk it is printed, and the place-name before the date; null where nobody is told, as on the command line. */
  readonly office: { readonly name: string; readonly place: string } | null;
  /** The report to the letter as it was kept, which is attached so. Null: it is attached as it is given. */
  readonly kept: string | null;
};

/** The report on paper: the same report gives the same bytes, whenever it is printed. */
export type ReportPrinter = (report: VerificationReport, about: AboutDocument, evidence: readonly UsedEvidence[]) => Promise<Uint8Array>;
