import { z } from 'zod';
import { role } from '../domain/organization.ts';
import { call } from './define.ts';

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
  }).nullable(),
  practice: z.boolean(),
});
export type SessionState = z.infer<typeof sessionState>;

export const sessionCalls = {
  'session.state': call(z.object({}), sessionState),
  /**
   * `serverUrl`: `https://…`, or `http://` on loopback only. `role`: which of the person's roles, null for the first.
   * Errors: `session.wrong-password`, `session.locked`, `session.unreachable`, `session.not-a-server`, `session.insecure-address`, `session.other-person` (this profile belongs to somebody else).
   */
  'session.signIn': call(z.object({ serverUrl: z.string().min(1).max(500), user: z.string().min(1).max(64), password: z.string().min(1).max(200), role: role.nullable() }), sessionState),
  /** Work that waits stays here and is sent after the next sign-in. */
  'session.signOut': call(z.object({}), sessionState),
  /** From the sign-in screen to the practice office and back. */
  'session.practice': call(z.object({ practice: z.boolean() }), sessionState),
} as const;

export const sessionEvents = { 'session.changed': sessionState } as const;
