import type { LogEvent } from '../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import type { DirectoryEntry, Organization, Person, Role } from '../../src-shared/domain/organization.ts';
import type { FigureTable } from './figure-table.ts';
import type { AuditEntry, AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import type { BookLease, Change, CommandAnswer, GoneReason } from '../../src-shared/protocol/wire.ts';

/**
 * What the server keeps, behind two backends that behave alike: SQLite (one machine) and PostgreSQL (a province, several nodes).
 * `test/storage` runs one set of sentences over both. Times are ms since 1970, UTC.
 */
export type Storage = {
  /** The feed's epoch: made once with the database; cursors of another database are never mistaken for ours. */
  readonly epoch: string;
  /**
   * All of `work` or, when it throws, none of it. It may be run again when another node was in the way, so it changes nothing but through `tx`.
   * Two transactions never see each other half-done; what was committed is on the disk.
   */
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** One consistent view; `work` writes nothing. */
  readonly read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** After a commit: tells every node, this one included, that these units' feeds moved. Losing one loses nothing. */
  readonly announce: (units: readonly OrganizationCode[]) => Promise<void>;
  readonly onAnnounced: (listener: (unit: OrganizationCode) => void) => () => void;
  /** Answers a trivial question, or throws: for `/healthz`. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Every method takes the unit first: no row of one unit can be met, blocked or guessed from another. */
export type Tx = {
  readonly documents: DocumentTable;
  readonly answers: AnswerTable;
  readonly books: BookTable;
  readonly uploads: UploadTable;
  readonly accounts: AccountTable;
  readonly sessions: SessionTable;
  readonly directory: DirectoryTable;
  readonly audit: AuditTable;
  readonly settings: SettingTable;
  readonly axis: AxisTable;
  readonly figures: FigureTable;
};

export type FeedPage = { readonly had: number; readonly after: number; readonly limit: number; readonly maxBytes: number };
export type DocumentTable = {
  /**
   * Taken first by whoever is about to decide: until the transaction ends nobody else decides about this document of this unit, on any node, whether it exists or not.
   * Several are taken in the order of (unit, id), so that no two wait for each other.
   */
  readonly lock: (unit: OrganizationCode, id: DocumentId) => Promise<void>;
  readonly readEvents: (unit: OrganizationCode, id: DocumentId) => Promise<readonly LogEvent[]>;
  /** Appends; contents named by the events are held by the unit from now on. The feed moves only with `touch`. */
  readonly append: (unit: OrganizationCode, id: DocumentId, events: readonly LogEvent[]) => Promise<void>;
  /**
   * Gives these documents the unit's next places in the feed and moves its digest. Called once, last, with everything that the transaction changed: the counter row of
   * each unit is locked here and no earlier, in the order of units, so that no commit comes behind one that was already read (sync.md rule 3).
   */
  readonly touch: (changed: readonly { readonly unit: OrganizationCode; readonly id: DocumentId }[]) => Promise<void>;
  /** Takes the document out of the unit's sight: a tombstone with its reason stands in the feed at `touch`, its contents are held no more (unless another document has them). */
  readonly withdraw: (unit: OrganizationCode, id: DocumentId, reason: GoneReason) => Promise<void>;
  /** Why it is not the unit's to see any more; null: it is, or it never was. Its log stays; a document that is gone takes no more events, callers ask first. */
  readonly findGone: (unit: OrganizationCode, id: DocumentId) => Promise<GoneReason | null>;
  /** Where the unit's feed stands, and the digest of its documents there (`protocol/digest.ts`). Counter 0, digest of nothing, for a unit without any. */
  readonly head: (unit: OrganizationCode) => Promise<{ readonly counter: number; readonly digest: string }>;
  /**
   * Documents whose last change came after place `after`, oldest change first: of each the events that came after place `had`, and from which position. `had` ≤ `after`: where the caller
   * stood when it began to read pages; a document that it has not met in them yet it has only up to there. At most `limit`, and stops at `maxBytes` of JSON, but never before one.
   * A document that changed twice is there once, at its last change. Tombstones are left out when `had` is 0.
   */
  readonly changesSince: (unit: OrganizationCode, page: FeedPage) => Promise<{ readonly changes: readonly Change[]; readonly next: number; readonly hasMore: boolean }>;
  /** Whole documents as they are now, the newest change first, in pages: for snapshots. `before`: places below this; null to begin. */
  readonly newestBefore: (unit: OrganizationCode, before: number | null, limit: number) => Promise<readonly { readonly seq: number; readonly change: Change }[]>;
};

/** `command` again with another print is somebody's mistake, or an attack. Kept ≥ 400 days. */
export type StoredAnswer = { readonly fingerprint: string; readonly answer: CommandAnswer };
export type AnswerTable = {
  readonly find: (unit: OrganizationCode, id: CommandId) => Promise<StoredAnswer | null>;
  readonly put: (unit: OrganizationCode, answer: CommandAnswer, fingerprint: string, atMs: number) => Promise<void>;
  readonly prune: (beforeMs: number) => Promise<number>;
};

export type BookEntry = { readonly book: BookId; readonly epoch: number; readonly number: number };
export type BookNumber = { readonly number: number; readonly epoch: number; readonly document: DocumentId | null };
/** `last`: the highest number that the server has seen, void ones and those before the book's start included; 0: none. `station` null: it is lent to nobody, and no unseen number is out. */
export type BookStanding = { readonly epoch: number; readonly station: string | null; readonly last: number };
export type BookRefusal = 'number.no-book' | 'not-allowed' | 'number.taken' | 'number.old-epoch' | 'number.reserve-used-up';
export type BookTable = {
  /** Where a book that nobody has held yet begins. False: it is in use. */
  readonly setStart: (book: BookId, unit: OrganizationCode, next: number) => Promise<boolean>;
  /** Lends the book or renews it, with at least `reserve` numbers ahead of the last one seen. Null: another station holds it. */
  readonly lease: (book: BookId, unit: OrganizationCode, station: string, reserve: number) => Promise<BookLease | null>;
  /** The holder gives it back: its unused numbers go back with it, since it has promised to give out none. False: it is not the holder under this epoch. */
  readonly giveBack: (book: BookId, station: string, epoch: number) => Promise<boolean>;
  /** Takes the book from a holder who may be lost: the next epoch starts after the reserve, unseen numbers of the reserve are recorded as void (I3). */
  readonly release: (book: BookId) => Promise<void>;
  /** Locks the book's row: what it answers stands until the transaction ends. */
  readonly check: (entry: BookEntry, unit: OrganizationCode) => Promise<BookRefusal | null>;
  /** Records the number for the document. */
  readonly record: (entry: BookEntry, document: DocumentId) => Promise<void>;
  /** In order; `document` null: void. */
  readonly numbers: (book: BookId) => Promise<readonly BookNumber[]>;
  /** A page of them: at most `limit` above `after`. */
  readonly numbersAfter: (book: BookId, after: number, limit: number) => Promise<readonly BookNumber[]>;
  /** Null: nobody has held it yet, and no start was set. */
  readonly holder: (book: BookId) => Promise<BookStanding | null>;
  /** The same under the book's lock: nobody lends it, gives it back or writes into it until the transaction ends. */
  readonly own: (book: BookId) => Promise<BookStanding | null>;
};

/** `lengthBytes`: what the client owes in all: the tail's length with a base, else the whole. */
export type Upload = {
  readonly id: string; readonly unit: OrganizationCode; readonly sha256: Sha256; readonly sizeBytes: number; readonly base: Sha256 | null; readonly lengthBytes: number;
};
/** Uploads under way, and which unit may see which content: it holds a document with it, or it sent the bytes itself. */
export type UploadTable = {
  readonly find: (id: string, unit: OrganizationCode) => Promise<Upload | null>;
  readonly findByContent: (unit: OrganizationCode, sha256: Sha256) => Promise<Upload | null>;
  /** Nothing where the unit has one under way for the same content. */
  readonly create: (value: Upload, atMs: number) => Promise<void>;
  readonly drop: (id: string) => Promise<void>;
  /** The content is whole: the upload is over and the unit may name it. */
  readonly complete: (upload: Upload) => Promise<void>;
  /** One node writes to an upload at a time: true when it is `node`'s until `untilMs`, which it is unless another node's claim has not run out. */
  readonly claim: (id: string, node: string, nowMs: number, untilMs: number) => Promise<boolean>;
  readonly unclaim: (id: string, node: string) => Promise<void>;
  /** Drops old ones; answers the ids of those that stay. */
  readonly dropOlderThan: (atMs: number) => Promise<ReadonlySet<string>>;
  readonly count: (unit: OrganizationCode) => Promise<number>;
  /** The unit sent it or holds a document with it: it may name it and continue it. */
  readonly mayName: (unit: OrganizationCode, sha256: Sha256) => Promise<boolean>;
  /** The unit holds a document with it: it may fetch it. */
  readonly mayRead: (unit: OrganizationCode, sha256: Sha256) => Promise<boolean>;
};

/** Who a request speaks for: one person, in one unit, with one role. */
export type Session = { readonly user: string; readonly person: Person; readonly unit: Organization; readonly role: Role };
export type Account = Session & {
  /** As the hasher wrote it; null: this account signs in with its token alone. */
  readonly password: string | null;
  /** The password was given by an administrator and is changed before anything else. */
  readonly mustChange: boolean;
  /** SHA-256 (hex) of the DER of certificates that open this account. */
  readonly certificates: readonly string[];
  readonly disabled: boolean;
};
export type AccountTable = {
  readonly putPerson: (person: Person) => Promise<void>;
  readonly findPerson: (id: string) => Promise<Person | null>;
  readonly people: (unit: OrganizationCode) => Promise<readonly Person[]>;
  /** New or changed. Another password, unit or role, or being disabled, ends the sessions of this name. */
  readonly put: (account: { readonly user: string; readonly person: string; readonly unit: OrganizationCode; readonly role: Role; readonly password: string | null; readonly mustChange: boolean; readonly disabled: boolean }) => Promise<void>;
  /** The same password, hashed anew, where `before` still stands: no session ends. */
  readonly rehash: (user: string, before: string, after: string) => Promise<void>;
  readonly find: (user: string) => Promise<Account | null>;
  readonly list: (unit: OrganizationCode | null) => Promise<readonly Account[]>;
  readonly addCertificate: (user: string, thumbprint: string) => Promise<void>;
  readonly removeCertificate: (user: string, thumbprint: string) => Promise<void>;
  readonly findByCertificate: (thumbprint: string) => Promise<readonly Account[]>;
};

/** One open session as an administrator sees it. `id`: the first 16 hex digits of its token's hash. */
export type OpenSession = { readonly id: string; readonly user: string; readonly openedAtMs: number; readonly expiresAtMs: number };
export type SessionTable = {
  readonly put: (tokenHash: Uint8Array, user: string, expiresAtMs: number, nowMs: number) => Promise<void>;
  /** Null for a token that ended, for one of a disabled account too. */
  readonly find: (tokenHash: Uint8Array, nowMs: number) => Promise<(Session & { readonly mustChange: boolean }) | null>;
  readonly end: (tokenHash: Uint8Array) => Promise<void>;
  readonly endAll: (user: string) => Promise<void>;
  /** Those that have not run out, of all accounts or of one name, the newest first. */
  readonly list: (user: string | null, nowMs: number) => Promise<readonly OpenSession[]>;
  /** False: there is none of that id. */
  readonly endById: (id: string) => Promise<boolean>;
  readonly prune: (nowMs: number) => Promise<void>;
  /** Counts the try before the password is looked at, so that many at once cannot slip through. 0: go on; else ms for which the name stays locked. */
  readonly beginTry: (user: string, nowMs: number, tries: number, lockMs: number) => Promise<number>;
  readonly forgetTries: (user: string) => Promise<void>;
  /** A challenge is good for one answer. */
  readonly putChallenge: (hash: Uint8Array, expiresAtMs: number, nowMs: number) => Promise<void>;
  readonly takeChallenge: (hash: Uint8Array, nowMs: number) => Promise<boolean>;
};

export type DirectoryTable = {
  readonly put: (entries: readonly DirectoryEntry[]) => Promise<void>;
  /** By its present code or the other form of it. */
  readonly find: (code: OrganizationCode) => Promise<DirectoryEntry | null>;
  /** Grows with every `put` that changed something; 0: empty. */
  readonly version: () => Promise<number>;
  /** Entries whose last change came after `version`, by code, at most `limit` after `afterCode`. */
  readonly changedSince: (version: number, afterCode: string, limit: number) => Promise<readonly DirectoryEntry[]>;
  readonly count: () => Promise<number>;
};

/** Who did what; `detail` holds codes, ids and figures, never a title, a text or a secret. */
export type AuditTable = {
  /** At the end of the one chain, whose last row is locked. Called after everything else but `touch`. */
  readonly append: (entry: AuditEntry) => Promise<void>;
  readonly read: (afterSeq: number, limit: number) => Promise<readonly AuditLine[]>;
};

/** The administrator's own settings, e.g. the quota of one attachment. */
export type SettingTable = {
  readonly get: (key: string) => Promise<string | null>;
  readonly put: (key: string, value: string) => Promise<void>;
  /** Puts it where there is none, and answers what stands: of several nodes that try at once, one wins. */
  readonly putNew: (key: string, value: string) => Promise<string>;
};

/** A message to an office beyond this server. `key`: the same for the same message. `stream`: those of one stream leave in the order in which they came. */
export type NewAxisMessage = {
  readonly key: string; readonly stream: string; readonly kind: 'edoc' | 'status'; readonly unit: OrganizationCode; readonly document: DocumentId; readonly sender: string; readonly receiver: string;
  /** JSON, frozen when the message came to be: every try sends the same bytes. */
  readonly body: string;
};
export type AxisMessage = NewAxisMessage & { readonly tries: number };
/** Where a document that came over the axis came from: what its receipt and progress are told to. `message`: the sender's own name of it; `print`: of what came. */
export type AxisArrival = {
  readonly unit: OrganizationCode; readonly document: DocumentId; readonly sender: string; readonly senderName: string; readonly message: string; readonly code: string; readonly issuedOn: string; readonly print: string;
};
export type AxisFailure = Pick<AxisMessage, 'key' | 'kind' | 'unit' | 'document' | 'receiver'> & { readonly reason: string };
/** What goes over the national axis and has come over it. One node at a time exchanges. */
export type AxisTable = {
  /** Nothing where the key is known. */
  readonly put: (message: NewAxisMessage, atMs: number) => Promise<void>;
  /** Those that may go now, oldest first; none before an earlier one of its stream has gone or failed. */
  readonly due: (nowMs: number, limit: number) => Promise<readonly AxisMessage[]>;
  readonly sent: (key: string, atMs: number) => Promise<void>;
  readonly later: (key: string, notBeforeMs: number, reason: string) => Promise<void>;
  /** Tried no more. False: it was no longer waiting. */
  readonly failed: (key: string, reason: string, atMs: number) => Promise<boolean>;
  /** Tries messages on states that failed again: one, or all of them (null). How many. A document that failed has been given back to its office. */
  readonly again: (key: string | null) => Promise<number>;
  readonly failures: (limit: number) => Promise<readonly AxisFailure[]>;
  /** `oldestMs`: when the oldest of them came to be. */
  readonly waiting: () => Promise<{ readonly count: number; readonly oldestMs: number | null }>;
  readonly putArrival: (arrival: AxisArrival) => Promise<void>;
  readonly findArrival: (unit: OrganizationCode, document: DocumentId) => Promise<AxisArrival | null>;
  /** Offices that have what this sender calls so. */
  readonly holders: (sender: string, message: string) => Promise<readonly OrganizationCode[]>;
  /** True while `node` has the exchange to itself until `untilMs`: it had it, or nobody did, or another's time had run out. */
  readonly hold: (node: string, nowMs: number, untilMs: number) => Promise<boolean>;
  readonly release: (node: string) => Promise<void>;
};

/**
 * Content by its SHA-256, immutable, whole or not there; shared by all nodes. Bytes under way lie beside it until they are whole.
 * Nothing is ever held in memory whole.
 */
export type ContentStore = {
  readonly findSize: (sha256: Sha256) => Promise<number | null>;
  /** Bytes `[start, end]`, both inclusive. */
  readonly read: (sha256: Sha256, start: number, end: number) => AsyncIterable<Uint8Array>;
  readonly receivedBytes: (upload: string) => Promise<number>;
  /** Writes behind what is there, from `offset` (which must be what is there); tells how far after every piece. What was written stays when the source breaks off. Answers where it stands. */
  readonly receive: (upload: string, offset: number, limitBytes: number, source: AsyncIterable<Uint8Array>, moved: () => void) => Promise<{ readonly offset: number; readonly tooLong: boolean }>;
  /**
   * Puts base and received bytes together, hashes the whole, makes it durable and gives it its name. What was received stays until `drop`: whoever ends before the database knows
   * of it says so again, and no byte crosses the line twice (I8). False, and the received bytes are dropped, when it has another hash.
   */
  readonly finish: (upload: string, sha256: Sha256, base: Sha256 | null) => Promise<boolean>;
  /** What has arrived of an upload, bytes `[start, end]`, both inclusive: a hand-carried package is read before anything of it is taken. */
  readonly readReceived: (upload: string, start: number, end: number) => AsyncIterable<Uint8Array>;
  readonly drop: (upload: string) => Promise<void>;
  /** Removes what belongs to no upload of these. */
  readonly sweep: (known: ReadonlySet<string>) => Promise<void>;
  /** What the server made itself and can make again (snapshots), apart from what people sent. */
  readonly made: MadeStore;
  /** The disk cannot be written: throws. For `/healthz`. */
  readonly ping: () => Promise<void>;
};

/** Whole or not there, named by the SHA-256 of the bytes, shared by all nodes. */
export type MadeStore = {
  /** Hashes while it writes; answers the name. Nothing stays of a source that breaks off. */
  readonly put: (source: AsyncIterable<Uint8Array>) => Promise<{ readonly sha256: Sha256; readonly sizeBytes: number }>;
  readonly findSize: (sha256: Sha256) => Promise<number | null>;
  /** Bytes `[start, end]`, both inclusive. */
  readonly read: (sha256: Sha256, start: number, end: number) => AsyncIterable<Uint8Array>;
  readonly remove: (sha256: Sha256) => Promise<void>;
};
