import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { ServerLimits } from '../limits.ts';
import type { ContentStore, Session, Storage } from '../storage/port.ts';
import type { Brotli } from '../http/brotli.ts';
import type { PasswordHasher } from './passwords.ts';

/** Structured, one line per request. Ids and figures only: never a title, a body, a password or a token. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;

export type SignedIn = Session & { readonly mustChange: boolean };

/** What every feature is made of. None of them has a clock, a chance, a socket or a driver of its own. */
export type Deps = {
  readonly storage: Storage;
  readonly content: ContentStore;
  readonly limits: ServerLimits;
  /** ms since 1970. */
  readonly now: () => number;
  /** A clock that only goes forward, ms. */
  readonly elapsed: () => number;
  /** Runs `work` after `ms`; the returned function takes it back. Does not keep the program alive. */
  readonly after: (ms: number, work: () => void) => () => void;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly passwords: PasswordHasher;
  readonly brotli: Brotli;
  readonly log: Log;
  /** Whether the office is on this server; what goes to another leaves over the national axis. */
  readonly isOurs: (code: OrganizationCode) => boolean;
  /** This node's own name among those that share the storage. */
  readonly node: string;
};
