import { z } from 'zod';
import { programVersion } from '../domain/program-version.ts';
import { updateChannel } from '../protocol/update.ts';
import { appError } from '../protocol/wire.ts';
import { binary, call } from './define.ts';

/** A new version that was offered or brought, and how much of it is here. */
export const offeredRelease = z.object({
  version: programVersion,
  /** ISO 8601. */
  released: z.string(),
  notes: z.object({ vi: z.string(), en: z.string() }),
  sizeBytes: z.int(),
  receivedBytes: z.int(),
  /** It is here whole, and is what its publisher signed. */
  ready: z.boolean(),
  /** Signed as the way back to an older version. */
  rollback: z.boolean(),
});

export const updateState = z.object({
  /** False: nothing is updated from here (practice, a program that was not installed). */
  available: z.boolean(),
  installed: programVersion,
  channel: updateChannel,
  release: offeredRelease.nullable(),
  /** The oldest version that may still be used, where the installed one is older. */
  minimum: programVersion.nullable(),
  /** Why a fetch that is not done does not go on by itself now: the hours or megabytes that the office allows, a line that is paid by the byte, a full disk. */
  waitsFor: z.enum(['hours', 'day', 'metered', 'room']).nullable(),
  /** What was refused last. */
  problem: appError.nullable(),
  /** When the server was last asked, ISO 8601; null: never. */
  checkedAt: z.string().nullable(),
  /** It is installed when the program is closed. */
  atClose: z.boolean(),
  /** The version before this one, whose installer is kept; null: none is. */
  previous: programVersion.nullable(),
});
export type UpdateState = z.infer<typeof updateState>;

/** One piece of a file from a USB stick. */
export const maxLoadBytes = 1024 * 1024;

export const updateCalls = {
  'updates.read': call(z.object({}), updateState),
  /** Asks the server now. Errors: `sync.offline`, `sync.signed-out`, `update.*`. */
  'updates.check': call(z.object({}), updateState),
  /** Goes on fetching now, whatever the office's hours and megabytes say; still after everything else. Errors: `update.unavailable`. */
  'updates.fetch': call(z.object({}), updateState),
  /** Agrees that it is installed when the program is closed, or takes that back. Errors: `update.not-ready`. */
  'updates.atClose': call(z.object({ wanted: z.boolean() }), updateState),
  /**
   * The next piece of a release package that a person chose (`.vtupdate`), the first at 0. With the last one it is checked as what comes by line is: `ready` then, or an error
   * that leaves what was here. Errors: `update.*`.
   */
  'updates.load': call(z.object({ at: z.int().min(0), totalBytes: z.int().min(1).max(3 * 2 ** 30), bytes: binary }), updateState),
} as const;

export const updateEvents = {
  'updates.changed': updateState,
} as const;
