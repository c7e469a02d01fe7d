import type { Output, ParsedInput } from '../../src-shared/contract/index.ts';
import type { SessionPending, SessionState } from '../../src-shared/contract/session.ts';
import type { AppError, Result } from '../../src-shared/result.ts';
import type { DeskEvents } from '../backend/desk.ts';
import type { Entered, ServerSession, TokenProof } from './ask-server.ts';

export type Office = {
  readonly status: () => SessionState['status'];
  /** The office that this profile belongs to; null before the first sign-in. */
  readonly known: () => SessionState['office'];
  readonly pending: () => SessionPending | undefined;
  /** Why the desk that is kept here did not open. */
  readonly shut: () => AppError | undefined;
  /** Why the screen is locked; undefined: it is open. */
  readonly locked: () => SessionState['lock'];
  readonly lock: () => Promise<Result<null>>;
  readonly unlock: (input: ParsedInput<'session.unlock'>) => Promise<Result<null>>;
  readonly unlockWithToken: (input: ParsedInput<'session.unlockWithToken'>) => Promise<Result<null>>;
  /** A key or the pointer. */
  readonly touched: () => void;
  readonly certificates: () => Promise<Output<'session.certificates'>>;
  readonly signIn: (input: ParsedInput<'session.signIn'>) => Promise<Result<null>>;
  readonly signInWithToken: (input: ParsedInput<'session.signInWithToken'>) => Promise<Result<null>>;
  readonly choose: (input: ParsedInput<'session.choose'>) => Promise<Result<null>>;
  readonly changePassword: (input: ParsedInput<'session.changePassword'>) => Promise<Result<null>>;
  readonly cancel: () => Promise<void>;
  readonly reopen: () => Promise<Result<null>>;
  readonly signOut: () => Promise<void>;
  /** What is not for the door: answered by the desk, or `session.required`, or `session.screen-locked`. */
  readonly call: (channel: string, input: unknown) => Promise<Result<unknown>>;
  /** The desk's events, whichever desk is open. */
  readonly on: (listener: DeskEvents) => () => void;
  /** The status changed. `moved`: there is another desk, or none, so everything on the screen is to be read anew. */
  readonly onChanged: (listener: (change: { readonly moved: boolean }) => void) => () => void;
  readonly close: () => Promise<void>;
};

/** A sign-in that the person has still to say a word to. It holds no password and no PIN. */
export type Waiting =
  | { readonly step: 'change-password'; readonly serverUrl: string; readonly session: ServerSession; /** Which one was used; null: none. */ readonly certificate: string | null }
  | { readonly step: 'choose'; readonly serverUrl: string; readonly proof: TokenProof; readonly accounts: Extract<Entered, { readonly step: 'choose' }>['accounts']; readonly certificate: string };

export function tellWaiting(waiting: Waiting): SessionPending {
  if (waiting.step === 'choose') return { step: 'choose', accounts: [...waiting.accounts] };
  const { user, person } = waiting.session;
  return { step: 'change-password', user, person: person.fullName, server: new URL(waiting.serverUrl).host };
}
