import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import type { Chart } from '../../src-shared/domain/chart.ts';
import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import type { OfficialTable } from '../../src-shared/domain/official-table.ts';
import type { Verdict } from '../../src-shared/domain/verdict.ts';
import type { Result } from '../../src-shared/result.ts';
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

/** `columnNumbers`: (1), (2), … under the head, as registers have them; they do unless told. `at`: the moment that it is of, never that of printing; null: none. */
export type OfficialPdfOptions = { readonly orientation?: 'landscape' | 'portrait'; readonly columnNumbers?: boolean; readonly at?: Date | null; /** Pictures of what the table tells, between the table and those who sign. */ readonly charts?: readonly CaptionedChart[] };
/** `caption` stands beneath it, and is what is read aloud in its place: the numbers are in the table. */
export type CaptionedChart = { readonly chart: Chart; readonly caption: string };

/** The hand-over of dossiers to the archive (NĐ 30/2020 Art 30.3): both parties, and the index of dossiers with its seven columns. */
export type HandOver = {
  readonly parentBody: string | null;
  readonly body: string;
  /** `Sơn Tịnh, ngày 22 tháng 11 năm 2026`. */
  readonly placeAndDate: string;
  /** E.g. the year's archive plan or a letter that the hand-over leans on; one sentence each, without `Căn cứ`. */
  readonly grounds: readonly string[];
  readonly giver: HandOverParty;
  readonly receiver: HandOverParty;
  /** From which work and time the dossiers are, e.g. `Hồ sơ công việc năm 2025`. */
  readonly subject: string;
  readonly dossiers: readonly HandedDossier[];
  /** What both sides found, one sentence each. */
  readonly remarks: readonly string[];
  /** How many copies are made of the minutes. */
  readonly copies: number;
};
export type HandOverParty = { readonly unit: string; readonly people: readonly { readonly name: string; readonly position: string }[] };
/** A line of the index of dossiers (NĐ 30/2020 App V): `time` as `01/01/2025 – 31/12/2025`, `sheets`: sheets or pages. */
export type HandedDossier = { readonly code: string; readonly title: string; readonly time: string; readonly retention: string; readonly sheets: string; readonly note: string };

/** Fields of a dossier and of a document in it, named as NĐ 30/2020 App VI names them. Dates `yyyy-mm-dd`; empty texts are not known. */
export type ArchivedDossier = {
  readonly fileCode: { readonly organId: string; readonly fileCatalog: number; readonly fileNotation: string };
  readonly title: string;
  readonly maintenance: string;
  readonly rights: string;
  readonly creator: string;
  readonly language: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly docTotal: number;
  readonly pageTotal: number;
  readonly description: string;
  /** In the order of their time (App VI III.4). */
  readonly documents: readonly ArchivedDocument[];
};
export type ArchivedDocument = {
  readonly docOrdinal: number;
  readonly typeName: string;
  readonly codeNumber: string;
  readonly codeNotation: string;
  readonly issuedDate: string;
  readonly organName: string;
  readonly subject: string;
  readonly language: string;
  readonly pageAmount: number;
  readonly description: string;
  readonly signers: readonly { readonly position: string; readonly fullName: string }[];
  /** The document itself first, then what is attached. */
  readonly files: readonly ArchivedFile[];
};
/** `content` is read once, piece by piece, while the package is written; it must be `sizeBytes` long and have this hash. */
export type ArchivedFile = { readonly name: string; readonly mediaType: string; readonly sizeBytes: number; readonly sha256: string; readonly signed: ArchivedSignatures | null; readonly content: () => AsyncIterable<Uint8Array> };
/**
 * What was found in a file when it was last examined; null: nobody has. `level`: the least of its signatures, which is how long the whole can be proven by itself; null: it holds none.
 * Only at B-LTA does the file carry all that a verifier needs after its certificates have expired and their issuers answer no more.
 */
export type ArchivedSignatures = { readonly count: number; readonly level: SignatureLevel | 'unknown' | null; readonly verdict: Exclude<Verdict, 'unchecked'>; readonly checkedAt: string | null };

/** Above and below the list in the dossier's index of documents. `at`: when the package is made, the date of the files in it. */
export type DossierPackageOptions = { readonly parentBody: string | null; readonly body: string; readonly placeAndDate: string; readonly at: Date };

/** A sheet whose rows come a few at a time, so that whoever asks for a long one holds up nobody. */
export type SheetWriter = {
  readonly add: (rows: readonly (readonly string[])[]) => void;
  /** The file; null where it was stopped meanwhile. */
  readonly finish: () => Promise<Uint8Array | null>;
  readonly stop: () => void;
};

/** Registers, indexes and minutes of the office, on paper and in sheets: the same content gives the same bytes. */
export type OfficialPrinter = {
  /** PDF/A-3b on A4, bound at its left; a page at a time, also of 20,000 rows. */
  readonly pdf: (table: OfficialTable, options?: OfficialPdfOptions) => Promise<Uint8Array>;
  readonly xlsx: (table: OfficialTable) => Promise<Uint8Array>;
  /** UTF-8 with a byte order mark, RFC 4180. */
  readonly csv: (table: OfficialTable) => Uint8Array;
  /** Either of the two above, for long lists. */
  readonly beginSheet: (table: Omit<OfficialTable, 'rows'>, format: 'xlsx' | 'csv') => SheetWriter;
  readonly minutes: (handOver: HandOver) => Promise<Uint8Array>;
  /**
   * A ZIP, never whole in memory: `index.xml` (resources/dossier/dossier.xsd), `muc-luc-van-ban.pdf` and `.xlsx`, `van-ban/NN-name.pdf` as they are, `sha256sum.txt`.
   * Errors: `dossier.too-large` (4 GiB or 65,000 files: the format ends there). Throws on the way where a content is not what its hash says: the package then has no end and no program opens it.
   */
  readonly dossierPackage: (dossier: ArchivedDossier, options: DossierPackageOptions) => Promise<Result<AsyncIterable<Uint8Array>>>;
};
