import type { Readable } from 'node:stream';
import type { Command, CommandType, ContentRef, DocumentEvent, DocumentState, LogEvent } from '../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, PersonId, Sha256 } from '../../src-shared/domain/ids.ts';
import type { FigureId } from '../../src-shared/domain/figures/definitions.ts';
import type { DrillQuestion } from '../../src-shared/domain/figures/outcomes.ts';
import type { ReportQuestion } from '../../src-shared/domain/figures/report.ts';
import type { Tally } from '../../src-shared/domain/figures/tally.ts';
import type { LogState } from '../../src-shared/domain/log.ts';
import type { SignatureLevel } from '../../src-shared/domain/level.ts';
import type { Correspondent, DirectoryEntry, Person } from '../../src-shared/domain/organization.ts';
import type { CatalogueState } from '../../src-shared/domain/records/catalogue.ts';
import type { DossierState } from '../../src-shared/domain/records/dossier.ts';
import type { OfficeState } from '../../src-shared/domain/records/office.ts';
import type { RecordState } from '../../src-shared/domain/records/record.ts';
import type { Task } from '../../src-shared/domain/task.ts';
import type { Batch, Placement } from '../../src-shared/contract/signing.ts';
import type { Folder, QuickFilter, SyncState } from '../../src-shared/contract/documents.ts';
import type { SavedSearch } from '../../src-shared/contract/searches.ts';
import type { KeptReport, VerificationReport } from '../../src-shared/contract/verification.ts';
import type { Verdict } from '../../src-shared/domain/verdict.ts';
import type { AuditEntry, AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import type { BookLease, Change, CommandAnswer, SnapshotInfo } from '../../src-shared/protocol/wire.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import type { Snippet } from '../../src-shared/domain/snippet.ts';
import type { ContentText } from './text.ts';
import type { EvidenceKind, Examination, UsedEvidence } from './verification.ts';

/** A line of a list. `verdict` is the newest report's; `unchecked` where there is none. */
export type ListedDocument = { readonly state: DocumentState; readonly sync: SyncState; readonly verdict: Verdict; readonly read: boolean };

/** `report`: the newest of the present content; null where there is none, or where this version cannot read it. */
export type StoredDocument = ListedDocument & { readonly report: VerificationReport | null };

/** Which documents a list is of. `today` is `yyyy-mm-dd` in Vietnam, for deadlines; the clock's, unless told. */
export type ListQuery = { readonly folder: Folder; readonly me: string; readonly text: string; readonly quick?: readonly QuickFilter[]; readonly today?: string };

/** What was done here and may still be taken back. */
export type UndoableCommand = { readonly command: CommandId; readonly type: CommandType; readonly until: number };

export type OutboxItem = {
  readonly command: Command;
  readonly title: string;
  /** `waiting` until sent; `confirming` when sent and unanswered; `problem` when refused or in conflict. */
  readonly sync: SyncState;
  readonly problem: AppError | null;
  /** Contents that must be on the server before the command. */
  readonly contents: readonly ContentRef[];
  /** Not sent before this instant (ms since 1970), so that it can be taken back; null for what is never held. */
  readonly heldUntilMs: number | null;
};

/** One document of a run of signatures. `content`: what was put before the signer; another one is signed by nobody unseen. */
export type StoredBatchItem = {
  readonly document: DocumentId;
  readonly title: string;
  readonly content: Sha256;
  readonly placement: Placement | null;
  readonly status: Batch['items'][number]['status'];
  readonly error: AppError | null;
};

export type StoredBatch = {
  readonly id: string;
  readonly mode: Batch['mode'];
  readonly state: Batch['state'];
  readonly thumbprint: string;
  readonly error: AppError | null;
  readonly startedAt: string;
  readonly items: readonly StoredBatchItem[];
};

/** Long-term data to be added to one document. `nextAtMs` null: not tried by itself any more. */
export type AugmentationJob = {
  readonly document: DocumentId;
  readonly level: SignatureLevel;
  readonly wanted: SignatureLevel;
  readonly attempts: number;
  readonly nextAtMs: number | null;
  readonly problem: AppError | null;
};

/** What a certification service said, or the certificate that it published. Times are ms since 1970. */
export type KeptAnswer = {
  readonly kind: EvidenceKind;
  readonly der: Uint8Array;
  /** Null for a certificate. */
  readonly thisUpdateMs: number | null;
  readonly nextUpdateMs: number | null;
  readonly obtainedAtMs: number;
};

/** What a page or a snapshot did. `dropped`: contents that no document here names any more; a profile's store has removed them from `blobs.db` already. */
export type Applied = { readonly changed: readonly DocumentId[]; readonly gone: readonly DocumentId[]; readonly dropped: readonly Sha256[] };

/** What a person did and what it lost to. */
export type StoredConflict = { readonly command: Command; readonly title: string; readonly theirs: DocumentState | null; readonly lostAtMs: number };

/** What is written in the same transaction as an action, so that no crash comes between. `batch`: its item of this document is signed. */
export type Beside = {
  readonly batch?: string;
  readonly augmentation?: AugmentationJob | null;
  /** The clash that this action settles: its losing version goes. Throws, and nothing is kept, where there is none. */
  readonly settles?: CommandId;
};

/** Where a page of the feed belongs: which cursor was asked with, and whose documents it is of. */
export type PageOrigin = { readonly after: string | null; readonly scope: OrganizationCode };

/**
 * `desk.db`: the append-only event log, its projections, the outbox and the cursor.
 * Synchronous: SQLite is. Every method that changes something is one transaction at `synchronous=FULL`.
 */
export type DeskStore = {
  /** What a person did: events and command together, then the projection. Throws on a full disk; nothing is half-written. */
  readonly recordAction: (command: Command, events: readonly LogEvent[], book?: { readonly id: BookId; readonly used: number }, heldUntilMs?: number | null, beside?: Beside) => void;
  /** The command that stands last on what the server has said of the document; null where none does. What is done next depends on it: it falls with it (sync.md I7). */
  readonly standsLast: (id: DocumentId) => CommandId | null;
  /** What of the document was held when it was done, waits still, and has nothing on it that does not: in the order of the clicks. */
  readonly undoable: (id: DocumentId) => readonly UndoableCommand[];
  /** Takes these back, numbers included, as if they had never been done. False, and nothing is changed, when they are not the newest of `undoable`. */
  readonly undo: (id: DocumentId, commands: readonly CommandId[]) => boolean;
  /** Ends every hold now; what was held can be taken back for as long as it has not left. */
  readonly releaseHolds: (nowMs: number) => void;
  readonly findDocument: (id: DocumentId) => StoredDocument | null;
  /** The same as a line of a list: without reading its report. */
  readonly findListed: (id: DocumentId) => ListedDocument | null;
  /** One of the office's records (records/record.ts). */
  readonly findRecord: (id: DocumentId) => { readonly state: RecordState; readonly sync: SyncState } | null;
  /** What this unit has settled for itself; null: nothing yet. Cheap: kept from one change to the next. */
  readonly office: () => OfficeState | null;
  readonly catalogues: () => readonly CatalogueState[];
  readonly dossiers: (query: { readonly text: string; readonly stage: DossierState['stage'] | null; readonly year: number | null; readonly offset: number; readonly limit: number }) => { readonly total: number; readonly rows: readonly { readonly state: DossierState; readonly sync: SyncState }[] };
  /** In which dossiers the document lies. */
  readonly dossiersOf: (document: DocumentId) => readonly DossierState[];
  /** A register in the order of its numbers, voided and recalled ones included. */
  readonly registerRows: (query: { readonly register: 'incoming' | 'outgoing'; readonly book: BookId; readonly from: number | null; readonly to: number | null; readonly offset: number; readonly limit: number }) => { readonly total: number; readonly rows: readonly DocumentState[] };
  /** Every number of the book that a document bears here, in order. `date`: as lists date it, `yyyy-mm-dd`. */
  readonly registerIndex: (query: { readonly register: 'incoming' | 'outgoing'; readonly book: BookId }) => readonly { readonly id: DocumentId; readonly number: number; readonly date: string; readonly voided: boolean }[];
  /** Documents of ours that answer it, in the order in which they came to be. */
  readonly answersTo: (id: DocumentId) => readonly DocumentState[];
  readonly booksKnown: () => readonly { readonly book: BookId; readonly count: number; readonly first: number; readonly last: number }[];
  /** Documents of the same origin, or of the same number, notation and issuer, folded. */
  readonly findDuplicates: (query: { readonly origin: DocumentId | null; readonly number: number | null; readonly numberText: string | null; readonly notation: string; readonly from: Correspondent; readonly except: DocumentId | null }) => readonly DocumentState[];
  readonly taskBoard: (query: { readonly person: PersonId | null; readonly state: 'open' | 'late' | 'done' | 'all'; readonly today: string; readonly offset: number; readonly limit: number }) => { readonly total: number; readonly rows: readonly { readonly document: DocumentState; readonly task: Task }[] };
  /** What law or leader ask to be done by that day (`yyyy-mm-dd`): arrived, registered, approved, issued, asked back, and tasks open with a deadline until then. */
  readonly dueDocuments: (until: string, limit: number) => readonly DocumentState[];
  /** Of a document; a record has none. */
  readonly readHistory: (id: DocumentId) => readonly DocumentEvent[];
  /** Of a document or a record. */
  readonly readLog: (id: DocumentId) => readonly LogEvent[];
  readonly listDocuments: (query: ListQuery & { readonly offset: number; readonly limit: number }) => { readonly total: number; readonly rows: readonly ListedDocument[] };
  /** The list's first ids, in its order. */
  readonly listIds: (query: ListQuery, limit: number) => { readonly total: number; readonly ids: readonly DocumentId[] };
  /** From 0; null when it is not in the list. */
  readonly findPosition: (query: ListQuery, id: DocumentId) => number | null;
  /** Marks the present content of these documents for this person; ids that are not here are left out. Stays on this machine. */
  readonly markRead: (person: PersonId, ids: readonly DocumentId[], read: boolean) => void;
  /** Whose desk this is: `read` in lists is theirs. */
  readonly setReader: (person: PersonId) => void;
  readonly countFolders: (me: string) => Readonly<Record<Folder, number>>;
  /** Ids of documents whose content, or what is attached to them, has this hash. */
  readonly documentsWithContent: (sha256: Sha256) => readonly DocumentId[];
  /** Documents and records that name this content now: as their own, or attached. */
  readonly holdersOf: (sha256: Sha256) => readonly LogState[];

  /** Whether anything here names this content: a document's log, the outbox, a run of signatures, a form. */
  readonly isNamed: (sha256: Sha256) => boolean;
  /** Of the `limit` contents that follow `after` (a hash; '' to begin), those that `blobs.db` has not got. `next` is null at the end. */
  readonly missingContents: (after: string, limit: number) => { readonly missing: readonly ContentRef[]; readonly next: string | null };

  /** What was read of a content, whatever came of it; its documents are found by its words from now on. Goes when the content goes. */
  readonly keepContentText: (sha256: Sha256, read: ContentText) => void;
  readonly isTextKept: (sha256: Sha256) => boolean;
  /** Of the documents' contents that follow `after` (a hash; '' to begin), at most `limit` of which nothing was kept, here or not. */
  readonly contentsWithoutText: (after: string, limit: number) => readonly Sha256[];
  /** Where words of the query stand in the document's content; null where the document is found without it, or nothing of it was read. */
  readonly findSnippet: (id: DocumentId, query: string) => Snippet | null;

  /** Keeps the report, and once each what it leans on. Of older ones stay those of `KeptReport`; what no report leans on any more goes. Nothing is rewritten. */
  readonly keepExamination: (sha256: Sha256, examination: Examination) => void;
  /** Oldest first. */
  readonly keptReports: (sha256: Sha256) => readonly KeptReport[];
  /** The newest for null; '' is the one without a time (schema 1). Null too where the form is one that this version does not know. */
  readonly findReport: (sha256: Sha256, checkedAt: string | null) => VerificationReport | null;
  /** The same to the letter as it was kept, also where this version cannot read it. */
  readonly findReportText: (sha256: Sha256, checkedAt: string | null) => string | null;
  /** What that report leans on. */
  readonly readEvidence: (sha256: Sha256, checkedAt: string | null) => readonly UsedEvidence[];
  /** By the SHA-256 of its DER, hex. */
  readonly findEvidence: (sha256OfDer: string) => UsedEvidence | null;
  /** Of the `limit` contents that follow `after` (a hash; '' to begin), how each was last examined; null where it never was. `next` is null at the end. */
  readonly lastExamined: (after: string, limit: number) => { readonly contents: readonly { readonly sha256: Sha256; readonly extent: VerificationReport['extent'] | null }[]; readonly next: string | null };

  /** By the SHA-256 of certificate and issuer, hex; issuer '': who issued the certificate. The newest answer, however old. */
  readonly findAnswer: (certificate: string, issuer: string) => KeptAnswer | null;
  /** Takes the place of the one before; the oldest of all go when there are too many. */
  readonly keepAnswer: (certificate: string, issuer: string, answer: KeptAnswer) => void;

  readonly outbox: () => readonly OutboxItem[];
  /** Settles one command: applied → its row goes when the feed has brought its events (or now, if it has); conflict or rejection → kept as a problem, its events leave the projection. */
  readonly markSending: (ids: readonly CommandId[]) => void;
  readonly settle: (answer: CommandAnswer) => DocumentId | null;
  readonly dismissProblem: (id: CommandId) => DocumentId | null;

  /**
   * Applies a page of the feed and moves the cursor in one transaction. Idempotent: what is here already is put there again.
   * Where a change goes on from a position that the document's log here does not reach, nothing of the page is applied and `fits` is false: a snapshot is fetched (I11).
   * A page that was asked for with another cursor than the desk has by now was overtaken: nothing is applied, and it fits (I10, I13).
   */
  readonly applyChanges: (changes: readonly Change[], next: string, origin?: PageOrigin) => Applied & { readonly fits: boolean };
  /** What the server has said yes to and has not told of in its feed yet. */
  readonly answered: () => readonly CommandId[];
  /** The feed has been read to its end since these were answered, and tells of none of them: they are sent once more. */
  readonly askAgain: (ids: readonly CommandId[]) => readonly DocumentId[];
  /** And that again, after the server has said yes once more: their documents were taken away, by a way on which this desk met no tombstone. */
  readonly forgetAnswered: (ids: readonly CommandId[]) => Applied;
  readonly cursor: () => string | null;
  /** Of what the server has said of all documents here (`protocol/digest.ts`); kept up as they change. */
  readonly digest: () => string;
  /** The unit that the cursor is of; null before the first answer. */
  readonly scope: () => OrganizationCode | null;

  /** The snapshot that is being brought in: where to go on in its bytes (0 for another one than before, whose frames are forgotten). */
  readonly beginSnapshot: (info: SnapshotInfo) => { readonly offset: number };
  /** A frame and where the next one begins, in one transaction. A desk that has no cursor yet shows the documents at once; else they wait beside for the end. */
  readonly addSnapshotFrame: (changes: readonly Change[], nextOffset: number) => readonly DocumentId[];
  /** The last frame is in: everything of the server becomes what the snapshot says, with its cursor, in one transaction. Outbox, drafts and their content stay. */
  readonly finishSnapshot: () => Applied;
  readonly snapshotUnderWay: () => { readonly info: SnapshotInfo; readonly offset: number; readonly documents: number } | null;

  /** Clashes that no person has settled, the oldest first: they stand in the outbox as problems too, and hold back what was done after them. `theirs`: as the document stands now; null where it is gone. */
  readonly conflicts: () => readonly StoredConflict[];
  /** It is settled: the losing version goes. False: there is none of this id. */
  readonly settleConflict: (id: CommandId) => boolean;

  /** Counts what has changed since it was counted, and everything where definitions or the calendar are others, for about so long; true: there is more. One transaction. */
  readonly figureWork: (budgetMs: number) => boolean;
  /** How many documents and dossiers are still to be counted, of how many; 0 of 0: the figures are those of the logs here. */
  readonly figureStanding: () => { readonly left: number; readonly total: number };
  /** As much of the tally as the question asks, each span of days in one (`rangesOf`); `only`: of these figures. */
  readonly figureTally: (period: Omit<ReportQuestion, 'units'>, only?: readonly FigureId[]) => Tally;
  /** From a figure to what is behind it: documents or dossiers, by the day in which they count, the newest first unless told. */
  readonly figureRows: (question: DrillQuestion & Omit<ReportQuestion, 'units'> & { readonly units: readonly string[]; readonly offset: number; readonly limit: number; readonly oldest: boolean }) => { readonly total: number; readonly rows: readonly { readonly id: string; readonly day: string }[] };
  /** Codes of every unit of which anything was ever counted here. */
  readonly figureUnits: () => readonly string[];

  readonly findBook: (id: BookId) => BookLease | null;
  readonly putBook: (lease: BookLease) => void;

  /** A page of the directory; with the last one of a version (`version` not null) that version is known here. */
  readonly putDirectory: (entries: readonly DirectoryEntry[], version: number | null) => void;
  readonly directoryVersion: () => number;
  readonly putPeople: (people: readonly Person[]) => void;
  /** Without marks, by name and by both codes; offices that have ceased come last. An empty query: the first ones. */
  readonly searchOrganizations: (query: string, limit: number) => readonly DirectoryEntry[];
  /** By either code. */
  readonly findOrganization: (code: OrganizationCode) => DirectoryEntry | null;
  readonly people: () => readonly Person[];
  /** Of each person with open work as lead or support: how much, and how much of it is past its deadline at `today`. */
  readonly workLoad: (today: string) => ReadonlyMap<string, { readonly open: number; readonly overdue: number }>;
  /** Directives given at this desk, the most used of late first. */
  readonly phrases: (nowMs: number, limit: number) => readonly string[];

  readonly readForm: (person: PersonId, key: string) => { readonly value: string; readonly at: string } | null;
  readonly keepForm: (person: PersonId, key: string, form: { readonly value: string; readonly at: string }) => void;
  readonly dropForm: (person: PersonId, key: string) => void;

  /** Ways to search that this person has kept, in their order; they never leave this desk. */
  readonly savedSearches: (person: PersonId) => readonly SavedSearch[];
  /** In the place of those that were kept. */
  readonly keepSavedSearches: (person: PersonId, searches: readonly SavedSearch[]) => void;

  /** The last run of signatures; null when there was none. */
  readonly findBatch: () => StoredBatch | null;
  /** Takes the place of the one before. */
  readonly putBatch: (batch: StoredBatch) => void;
  readonly setBatchState: (id: string, state: StoredBatch['state'], error: AppError | null) => void;
  readonly setBatchItem: (id: string, item: Pick<StoredBatchItem, 'document' | 'status' | 'error' | 'content'>) => void;

  /** The next to be tried first; those that are not tried by themselves last. */
  readonly augmentations: () => readonly AugmentationJob[];
  readonly putAugmentation: (job: AugmentationJob) => void;
  readonly dropAugmentation: (document: DocumentId) => void;

  /** A line at the end of this desk's own audit. What a command did and undid is written by the store itself, with the deed. */
  readonly addAudit: (entry: AuditEntry) => void;
  /** Of the lines after that number, at most `limit`, the oldest first. */
  readonly readAudit: (afterSeq: number, limit: number) => readonly AuditLine[];
  readonly countAudit: () => number;

  readonly getSetting: (key: string) => string | null;
  readonly setSetting: (key: string, value: string) => void;
  readonly close: () => void;
};

/** What has come of one content on its way down: the bytes from its first one on, seen by nobody until `finish`. */
export type BlobStage = {
  /** How many are here, those of the base included. */
  readonly offset: () => number;
  /** Behind what is here. Resolves when it may be asked for more; how often it is made durable is the store's affair. Throws on a full disk. */
  readonly append: (bytes: Uint8Array) => Promise<void>;
  /** Hashes the whole and gives it its name. Another hash is `content.damaged`; either way the stage is over. */
  readonly finish: () => Promise<Result<{ readonly sha256: Sha256; readonly sizeBytes: number }>>;
  readonly drop: () => void;
};

/** `blobs.db`: content by SHA-256 in 256 KiB chunks; equal chunks are stored once, so a signed file adds its tail. */
export type BlobStore = {
  readonly has: (sha256: Sha256) => boolean;
  readonly findSize: (sha256: Sha256) => number | null;
  /** `[offset, offset+length)`, clipped to the size. Throws `AppFailure(content.not-here)`. */
  readonly read: (sha256: Sha256, offset: number, length: number) => Uint8Array;
  readonly stream: (sha256: Sha256, offset?: number) => Readable;
  /** Streams in, hashing; nothing is visible until the end. With `expected`, another hash is `content.damaged` and nothing is kept. */
  readonly put: (source: AsyncIterable<Uint8Array>, expected?: Sha256) => Promise<Result<{ readonly sha256: Sha256; readonly sizeBytes: number }>>;
  /** The base's bytes followed by `tail`; full chunks of the base are shared, not copied. */
  readonly putWithBase: (base: Sha256, tail: Uint8Array, expected?: Sha256) => Promise<Result<{ readonly sha256: Sha256; readonly sizeBytes: number }>>;
  /** The same where whoever made the tail has just read the base through this store and hashed the whole with it: the base is not read a second time. */
  readonly putContinuation: (base: Sha256, tail: Uint8Array, whole: Sha256) => Result<{ readonly sha256: Sha256; readonly sizeBytes: number }>;
  /**
   * The stage of this content, begun on `base` (null: on nothing) or gone on with where the program ended, less what was not durable yet. One begun on another base is dropped.
   * Left out where what has come does not outlive the program.
   */
  readonly stage?: (sha256: Sha256, base: Sha256 | null) => BlobStage;
  /** With the chunks that nothing else holds; nothing to do where it is not here. */
  readonly remove: (sha256: Sha256) => void;
  /** Bytes that the chunk table holds, for tests and the budget. */
  readonly storedBytes: () => number;
  readonly close: () => void;
};

export type ProfileStore = { readonly desk: DeskStore; readonly blobs: BlobStore; readonly close: () => void };
