import type { BusinessType, Priority, StatusCode } from '../../src-shared/edxml/codes.ts';
import type { SignatureResult } from '../../src-shared/edxml/signature.ts';

/* Plain forms between the province's documents and the axis' packages. Days are `yyyy-MM-dd`, instants ISO 8601 in UTC. */

export type Office = { readonly code: string; readonly name: string };
/** What the directory says of a code. `ceasedOn`: its last day. */
export type KnownOffice = { readonly name: string; readonly ceasedOn: string | null };
export type Directory = (code: string) => KnownOffice | undefined;

/** `unknown` and `ceased` are marks for the clerk, not reasons to refuse: districts that ended on 1 July 2025 stay the senders of what they sent. */
export type Standing = 'known' | 'unknown' | 'ceased';
export type Correspondent = Office & { readonly standing: Standing };

export type ExchangeFile = { readonly sha256: string; readonly name: string; readonly sizeBytes: number };
export type Signer = { readonly capacity: string | null; readonly position: string | null; readonly fullName: string };
export type Reply = { readonly officeCode: string; readonly numberAndNotation: string; readonly issuedOn: string | null; readonly documentId: string };
export type Staff = { readonly department: string | null; readonly name: string | null; readonly email: string | null; readonly phone: string | null };

type DocumentFields = {
  readonly documentId: string;
  readonly title: string;
  readonly kindName: string;
  /** As written, leading zeros included. */
  readonly number: string;
  readonly notation: string;
  readonly issuedOn: string;
  readonly place: string | null;
  readonly signer: Signer | null;
  readonly urgency: Priority;
  readonly dueOn: string | null;
  readonly pages: number | null;
  readonly toPlaces: readonly string[];
  readonly replies: readonly Reply[];
  readonly business: BusinessType;
  readonly reason: string | null;
  /** Of an update: the document that is brought up to date. */
  readonly updates: string | null;
  /** Of a replacement: what falls away, and for whom; nobody named: for all. */
  readonly replaces: readonly { readonly documentId: string; readonly officeCodes: readonly string[] }[];
  readonly staff: Staff | null;
};

export type OutgoingDocument = DocumentFields & { readonly from: Office; readonly to: readonly Office[]; readonly sentAt: string; readonly files: readonly ExchangeFile[] };

export type IncomingFile = ExchangeFile & { readonly description: string | null };
export type IncomingDocument = DocumentFields & {
  readonly from: Correspondent;
  readonly to: readonly Correspondent[];
  /** False: it was sent to the wrong place, and goes back (NĐ 30/2020/NĐ-CP Art 21.2). */
  readonly addressedToUs: boolean;
  readonly sentAt: string | null;
  readonly files: readonly IncomingFile[];
  readonly signature: SignatureResult;
};

/** One step of a document at one receiver, told to its sender; 13 goes the other way. */
export type StatusNotice = {
  readonly code: StatusCode;
  readonly from: Office;
  readonly about: Reply;
  readonly staff: Staff | null;
  readonly description: string | null;
  readonly at: string;
};
export type ReceivedNotice = Omit<StatusNotice, 'from'> & { readonly from: Correspondent };
