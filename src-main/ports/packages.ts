import type { CommandId } from '../../src-shared/domain/ids.ts';
import type { PackageHeader } from '../../src-shared/protocol/package.ts';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { Result } from '../../src-shared/result.ts';

/** What a package made now would hold. */
export type WaitingWork = { readonly commands: number; readonly documents: number; readonly contents: number; readonly contentBytes: number };

/** A package on its way into a file. */
export type MadePackage = {
  readonly header: PackageHeader;
  readonly fileName: string;
  /** Bytes of the whole file, known beforehand. */
  readonly sizeBytes: number;
  /** The next bytes, at most about 256 KiB at a time; null at the end. Nothing is held whole. */
  readonly next: () => Uint8Array | null;
};

/** What was last put into a file here. `open`: how many of its actions no answer is known of yet. */
export type LastPackage = { readonly id: string; readonly fileName: string; readonly madeAt: string; readonly commands: number; readonly open: number };

/** Somebody's package on its way to the server. */
export type Carriage = {
  readonly header: PackageHeader;
  /** How much the server has of it: a carriage that broke off goes on there. */
  readonly offset: () => number;
  /** Bytes from `offset` on. Errors: `sync.offline`, `sync.signed-out`, `package.*`. What arrived stays. */
  readonly send: (bytes: Uint8Array) => Promise<Result<{ readonly offset: number }>>;
  /** All of it is there: what became of each action. Repeating it does no harm. */
  readonly finish: () => Promise<Result<readonly CommandAnswer[]>>;
};

/** Outgoing work in a file, for an outage of days; and other desks' files, carried in over this desk's line. */
export type PackagesPort = {
  readonly waiting: () => WaitingWork;
  /** Without the server's key nothing can be sealed; it is fetched by itself when there is a line. */
  readonly isReady: () => boolean;
  /**
   * Ends what is held for taking back, marks what goes as sent and not yet confirmed, and hands out the file.
   * `whole`: contents that the server is known to have, too, and none as a tail of what it has. Errors: `package.no-key`, `package.nothing`.
   */
  readonly make: (options: { readonly whole: boolean }) => Result<MadePackage>;
  readonly last: () => LastPackage | null;
  /** `head`: the first bytes of the file, at most 8 KiB are looked at. Errors: `package.damaged`, `package.newer`, `sync.offline`, `sync.signed-out`. */
  readonly carry: (head: Uint8Array) => Promise<Result<Carriage>>;
  /** Gets the server's key and tells it this station's, when there is a line. Errors: `sync.offline`, `sync.signed-out`, those of the server. */
  readonly prepare: () => Promise<Result<null>>;
};

export type PackageNote = { readonly id: string; readonly fileName: string; readonly madeAt: string; readonly commands: readonly CommandId[] };
