import type { LineDay, LinePolicy } from '../../src-shared/contract/line.ts';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { BookId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import type { Result } from '../../src-shared/result.ts';

/** Carries the outbox up and the feed and content down, by itself, for as long as it runs. */
export type SyncPort = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Something was put in the outbox, or the person asked: try now. Resolves when this round has ended, well or not. */
  readonly kick: () => Promise<void>;
  /** Asks the server for its list of trusted certificates now. Errors: `sync.offline`, `sync.signed-out`, those of the list. */
  readonly askTrust: () => Promise<Result<null>>;
  /** Asks the server for a new version of the program now. Errors: `sync.offline`, `sync.signed-out`, `update.*`. */
  readonly askUpdates: () => Promise<Result<null>>;
  /** Something is wanted of it: begun now where there is a line, after everything else. */
  readonly fetchUpdate: () => void;
  /** Bytes of a running upload, for the outbox screen. */
  readonly uploadProgress: (sha256: Sha256) => { readonly total: number; readonly sent: number } | null;
  /** Bytes that have come of a content that is being fetched; null for all others. */
  readonly downloadProgress: (sha256: Sha256) => number | null;
  readonly status: () => SyncStatus;
  /** A person opens this content: it is fetched before everything that nobody waits for, whatever the policy says. */
  readonly fetchNow: (content: ContentRef) => void;
  readonly policy: () => LinePolicy;
  readonly setPolicy: (policy: LinePolicy) => void;
  readonly usage: () => readonly LineDay[];
  /** A book is given back to the server, for another station to hold. Errors: `sync.offline`, `sync.signed-out`, `number.no-book`. */
  readonly returnBook: (book: BookId) => Promise<Result<null>>;
  /** What the server knows of a book's numbers, now. Errors: `sync.offline`, `sync.signed-out`, or the server's. */
  readonly askNumbers: (book: BookId) => Promise<Result<NumbersAtServer>>;
  /** Goes on with a token that the person has just been given. */
  readonly renew: (kept: { readonly user: string; readonly token: string }) => void;
  /** Books that this station wants to hold; asked for when there is a line. */
  readonly wantBooks: (books: readonly BookId[]) => void;
  readonly onStatus: (listener: (status: SyncStatus) => void) => () => void;
  readonly onChanged: (listener: (ids: readonly DocumentId[]) => void) => () => void;
  /** Incoming documents that were not here before; not those of a desk's first filling. */
  readonly onArrived: (listener: (ids: readonly DocumentId[]) => void) => () => void;
  readonly onContent: (listener: (sha256: Sha256) => void) => () => void;
};

/** `last`: the highest number that the server has seen, 0: none. `lent`: a station holds the book and may have given more. `voids`: given to no document, and never to be given. */
export type NumbersAtServer = { readonly last: number; readonly lent: boolean; readonly closed: boolean; readonly voids: readonly number[] };
