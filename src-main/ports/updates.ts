import type { UpdateState } from '../../src-shared/contract/updates.ts';
import type { SignedRelease, UpdateQuestion } from '../../src-shared/protocol/update.ts';
import type { Result } from '../../src-shared/result.ts';

/** Bytes that are wanted next, `end` not among them. */
export type WantedBytes = { readonly path: string; /** Strong, quoted. */ readonly etag: string; readonly start: number; readonly end: number };

/** What the line's least level carries, and what it is told. Whether bytes are what was signed is decided behind this port. */
export type ServerUpdates = {
  /** How the server is asked for this machine. */
  readonly question: () => Omit<UpdateQuestion, 'station'>;
  /** Names the release that is here, so that it is not sent again; null: none. `unchanged`: the server has nothing else. */
  readonly tag: () => string | null;
  readonly unchanged: () => void;
  /** The server's answer. Errors: `update.*`; what was here stays. */
  readonly take: (release: SignedRelease | null) => Promise<Result<null>>;
  /** Null: nothing is wanted, or there is no room for it. */
  readonly next: () => Promise<WantedBytes | null>;
  /** On the disk when it resolves. What cannot be kept (a full disk, a wrong piece) is a state, and `next` tells what is wanted then. */
  readonly put: (start: number, bytes: Uint8Array) => Promise<void>;
  /** The server does not give it any more. */
  readonly gone: () => Promise<void>;
  /** A person asked for it: the office's hours and megabytes do not hold it. */
  readonly isAskedFor: () => boolean;
  /** Why it does not go on by itself. */
  readonly held: (why: 'hours' | 'day' | 'metered' | null) => void;
};

/** The program's new version, to whoever shows it and agrees to it. */
export type UpdatesPort = {
  readonly state: () => UpdateState;
  readonly onChanged: (listener: (state: UpdateState) => void) => () => void;
  readonly askFor: () => void;
  /** Errors: `update.not-ready`. */
  readonly agree: (wanted: boolean) => Result<null>;
  /** The next piece of a package from a stick. Errors: `update.*`, `input.invalid` for a piece that does not follow the one before. */
  readonly load: (at: number, totalBytes: number, bytes: Uint8Array) => Promise<Result<null>>;
};
