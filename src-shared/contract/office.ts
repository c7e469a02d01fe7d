import { z } from 'zod';
import { commandId, documentId, instant } from '../domain/ids.ts';
import { directoryEntry, organization, person, role } from '../domain/organization.ts';
import { call } from './define.ts';
import { syncState } from './documents.ts';
import { practiceClock } from './practice.ts';

export const syncStatus = z.object({
  online: z.boolean(),
  /** Since when, ISO 8601; null before the first answer. */
  since: instant.nullable(),
  signedIn: z.boolean(),
  /** Actions stored here and not yet answered by the server. */
  pending: z.int(),
  problems: z.int(),
  lastSyncAt: instant.nullable(),
  /**
   * `up`; `slow`: answers come, less than 2 kB/s or later than 5 s; `down`: nothing answers; `portal`: something answers that is not the province's server (a wireless that wants a sign-in);
   * `busy`: the server asks to be left alone until `busyUntil`; `signed-out`.
   */
  line: z.enum(['up', 'slow', 'down', 'portal', 'busy', 'signed-out']),
  busyUntil: instant.nullable(),
  /** Filling the desk anew: documents here of how many. Null: not under way. */
  filling: z.object({ done: z.int(), total: z.int() }).nullable(),
  /** Files under way or waiting to come; `held` of them wait for the budget, the hours or an opening. */
  files: z.object({ waiting: z.int(), waitingBytes: z.int(), held: z.int() }),
  /** Clashes that wait for a person. */
  conflicts: z.int(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

export const practiceDesk = z.object({ id: z.string(), title: z.string(), person: z.string(), unit: z.string(), role, pin: z.string() });

export const outboxRow = z.object({
  id: commandId,
  document: documentId,
  title: z.string(),
  /** The command's type, shown by its own word. */
  type: z.string(),
  at: instant,
  sync: syncState,
  /** Content still to be sent for it, bytes; sent so far. */
  bytes: z.object({ total: z.int(), sent: z.int() }).nullable(),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type OutboxRow = z.infer<typeof outboxRow>;

export const officeCalls = {
  'app.state': call(
    z.object({}),
    z.object({
      version: z.string(),
      me: person,
      /** The role this desk acts in. */
      role,
      unit: organization,
      /** Null in a real office. */
      practice: z.object({ current: z.string(), desks: z.array(practiceDesk), lineUp: z.boolean(), clock: practiceClock }).nullable(),
    }),
  ),
  /** Practice only: sit down at another desk. The page reloads its data after `desk.switched`. */
  'practice.switchDesk': call(z.object({ desk: z.string() }), z.object({})),
  /** Practice only: cut or mend this desk's line, to see how the program works without one. */
  'practice.setLine': call(z.object({ up: z.boolean() }), z.object({})),
  'sync.status': call(z.object({}), syncStatus),
  'sync.now': call(z.object({}), z.object({})),
  'outbox.list': call(z.object({}), z.object({ rows: z.array(outboxRow) })),
  /** Takes a refused or conflicting action off the list; the document is as the server has it. */
  'outbox.dismiss': call(z.object({ id: commandId }), z.object({})),
  /** Matched without marks; empty query = the first ones. */
  'directory.organizations': call(z.object({ query: z.string().max(200), limit: z.int().positive().max(100) }), z.object({ organizations: z.array(directoryEntry) })),
  /** The people of this unit; `load`: documents assigned to them as lead or support and not finished, and how many of those are past their deadline. */
  'directory.people': call(z.object({}), z.object({ people: z.array(person.extend({ load: z.object({ open: z.int(), overdue: z.int() }) })) })),
  /** Directives that this desk has given before, the most used of late first, at most 20. */
  'directory.phrases': call(z.object({}), z.object({ phrases: z.array(z.string()) })),
} as const;

export const officeEvents = {
  'sync.status': syncStatus,
  'desk.switched': z.object({ desk: z.string() }),
} as const;
