import { z } from 'zod';
import { appError } from '../protocol/wire.ts';
import { call } from './define.ts';

export const backupState = z.object({
  /** False: nothing is backed up from here (practice). */
  available: z.boolean(),
  /** Where backups go, as a person chose it; null: nowhere yet. */
  folder: z.string().nullable(),
  /** A stick that is not plugged in is not there. */
  folderThere: z.boolean(),
  /** The recovery sheet that later backups open with; null: none was ever made, and nothing is backed up. */
  sheet: z.object({ number: z.string(), madeAt: z.string() }).nullable(),
  /** The last whole one that was made at this desk. */
  last: z.object({ at: z.string(), place: z.string(), sizeBytes: z.int() }).nullable(),
  /** The last look at every page and every file, weekly by itself; `faults`: places that are not as they were written. */
  check: z.object({ at: z.string(), faults: z.int(), contents: z.int() }).nullable(),
  checking: z.boolean(),
  /** Of days, and there is something to lose: the person is told. */
  overdue: z.boolean(),
  /** Why the last try failed; null: it did not. */
  problem: appError.nullable(),
  /** One that is under way. */
  running: z.object({ doneBytes: z.int(), totalBytes: z.int() }).nullable(),
});
export type BackupState = z.infer<typeof backupState>;

/** `removable`: a stick or another drive than the program's own; a copy beside the original is lost with it. */
export const backupPlace = z.object({ path: z.string(), freeBytes: z.int(), removable: z.boolean() });
export type BackupPlace = z.infer<typeof backupPlace>;

export const backupCalls = {
  'backup.read': call(z.object({}), backupState),
  /** Drives that are there now, for whoever does not type a path. */
  'backup.places': call(z.object({}), z.object({ places: z.array(backupPlace) })),
  /** From then on one a day, by itself; null: no more. Errors: `backup.unavailable`, `backup.no-target`. */
  'backup.setFolder': call(z.object({ folder: z.string().trim().min(1).max(1000).nullable() }), backupState),
  /** Begins one; its end is told by `backup.changed`. Errors: `backup.unavailable`, `backup.no-target`, `backup.no-sheet`, `backup.busy`. */
  'backup.start': call(z.object({}), backupState),
  'backup.stop': call(z.object({}), backupState),
  /** Begins a look at everything; its end is told by `backup.changed`. Errors: `backup.unavailable`, `backup.busy`. */
  'backup.check': call(z.object({}), backupState),
  /** The words are in this one answer and nowhere else. Errors: `backup.unavailable`, `backup.stopped`. */
  'backup.newSheet': call(z.object({}), z.object({ number: z.string(), madeAt: z.string(), phrase: z.string() })),
} as const;

export const backupEvents = {
  'backup.changed': backupState,
} as const;
