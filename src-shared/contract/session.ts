import { z } from 'zod';
import { organization, role } from '../domain/organization.ts';
import { appErrorSchema } from './app-error.ts';
import { call } from './define.ts';
import { driverInfo, tokenInfo } from './signing.ts';

/** Accounts that one certificate opens; the person chooses. */
export const accountOffer = z.object({ user: z.string(), person: z.string(), unit: organization, role });

/**
 * What stands between the person and the desk. `change-password`: the password is the administrator's, and another one is set first. `choose`: the certificate opens several accounts.
 * `in-use`: another window or another copy of the program has this desk open.
 */
export const sessionPending = z.discriminatedUnion('step', [
  z.object({ step: z.literal('change-password'), user: z.string(), person: z.string(), server: z.string() }),
  z.object({ step: z.literal('choose'), accounts: z.array(accountOffer).min(2) }),
  z.object({ step: z.literal('in-use') }),
]);
export type SessionPending = z.infer<typeof sessionPending>;

/**
 * `signed-out`: nobody works here yet (first start), or they left; only these calls answer. `signed-in`: the desk is open.
 * `expired`: the desk is open and keeps what is done, but the server wants the person again before anything is sent.
 */
export const sessionState = z.object({
  status: z.enum(['signed-out', 'signed-in', 'expired']),
  /** The last office on this machine, to spare typing; null at the first start. */
  office: z.object({
    serverUrl: z.string(), user: z.string(), unit: z.string(), person: z.string(),
    /** Actions that the server has not taken yet; they wait here, signed in or not. */
    waiting: z.int(),
    /** Thumbprint of the certificate that signed in last; left out where none did. */
    certificate: z.string().optional(),
  }).nullable(),
  practice: z.boolean(),
  /**
   * The screen is locked: nothing of the desk is answered until its person has proved themselves. `idle`: nobody touched it; `asked`: somebody said so; `token`: the token was pulled out; `kept`: it was locked when the program
   * was last closed. Left out: it is open.
   */
  lock: z.object({ reason: z.enum(['idle', 'asked', 'token', 'kept']) }).optional(),
  /** Left out: nothing does. */
  pending: sessionPending.optional(),
  /** Why the desk that this machine keeps did not open. Left out: it is open, or there is none, or its person left it. */
  shut: appErrorSchema.optional(),
});
export type SessionState = z.infer<typeof sessionState>;

/** Once, from the form to the token and to nothing else. Null: the token asks on a pad of its own. */
const pin = z.string().min(1).max(64).nullable();
const serverUrl = z.string().min(1).max(500);
const password = z.string().min(1).max(200);

export const sessionCalls = {
  'session.state': call(z.object({}), sessionState),
  /**
   * `serverUrl`: `https://…`, or `http://` on loopback only. `role`: which of the person's roles, null for the first. Answers with `pending` when a first password is to be changed.
   * Errors: `session.wrong-password`, `session.locked`, `session.disabled`, `session.unreachable`, `session.not-a-server`, `session.insecure-address`, `session.other-person` (this profile belongs to somebody else),
   * `session.in-use`, `session.no-desk`.
   */
  'session.signIn': call(z.object({ serverUrl, user: z.string().min(1).max(64), password, role: role.nullable() }), sessionState),
  /** The tokens of this machine, before anyone has signed in. */
  'session.certificates': call(z.object({}), z.object({ tokens: z.array(tokenInfo), drivers: z.array(driverInfo) })),
  /**
   * Signs the server's challenge with the certificate of this thumbprint. `user`: which of its accounts, null where it opens one; answers with `pending` when it opens several.
   * Errors: those of `session.signIn` and of the token, `session.unknown-certificate`, `session.certificate-expired`, `session.certificate-untrusted`, `session.other-host`, `session.challenge-spent`, `session.bad-signature`.
   */
  'session.signInWithToken': call(z.object({ serverUrl, thumbprint: z.string().min(1).max(128), pin, user: z.string().min(1).max(64).nullable() }), sessionState),
  /** One of the accounts that `pending` offers, within two minutes of the signature; the PIN is not asked for again. Errors: as above. */
  'session.choose': call(z.object({ user: z.string().min(1).max(64) }), sessionState),
  /**
   * Another password: the first one of an account (then the desk opens), or one's own at any time; the name's other sessions end.
   * Errors: `session.wrong-password`, `session.locked`, `session.weak-password`, `session.unreachable`, `session.required` (nobody is known here, or the sign-in is over).
   */
  'session.changePassword': call(z.object({ present: password, next: password }), sessionState),
  /** Away from what is pending, back to the form. Nothing was changed. */
  'session.cancel': call(z.object({}), sessionState),
  /** Tries again to open the desk that another window had open, or that did not open. Errors: `session.in-use`, `store.*`. */
  'session.reopen': call(z.object({}), sessionState),
  /** Work that waits stays here and is sent after the next sign-in. */
  'session.signOut': call(z.object({}), sessionState),
  /** Locks the screen at once; the desk stays open behind it and sends what waits. Errors: `session.required`, `not-allowed` (the practice office has nobody to prove themselves). */
  'session.lock': call(z.object({}), sessionState),
  /** Somebody touched a key or the pointer: the time until the screen locks begins anew. A locked screen stays locked. */
  'session.active': call(z.object({}), z.object({})),
  /**
   * The account's password: checked by what the last sign-in left here, and by the server where that does not know it.
   * Errors: `session.unlock-wrong`, `session.unlock-line`, `session.locked` (too many wrong ones), `session.required`, and those of `session.signIn`.
   */
  'session.unlock': call(z.object({ password }), sessionState),
  /** The token that signed in last signs words of this machine's own; another one the server's. Errors: those of the token, `session.unlock-other`, and those of `session.signInWithToken`. */
  'session.unlockWithToken': call(z.object({ thumbprint: z.string().min(1).max(128), pin }), sessionState),
  /** From the sign-in screen to the practice office and back. */
  'session.practice': call(z.object({ practice: z.boolean() }), sessionState),
} as const;

export const sessionEvents = { 'session.changed': sessionState } as const;
