import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../features/settings/write-whole.ts';
import { findText } from './disk.ts';

/** Beside the profile and not in it: where its copies go is no part of what is copied. */
const backupsFile = z.object({
  schema: z.literal(1),
  folder: z.string().nullable(),
  /** When this machine first had something to lose. */
  since: z.iso.datetime(),
  last: z.object({ at: z.iso.datetime(), place: z.string(), sizeBytes: z.int() }).nullable(),
  /** The last look at everything. */
  check: z.object({ at: z.iso.datetime(), faults: z.int(), contents: z.int() }).nullable().default(null),
});
export type BackupsFile = z.infer<typeof backupsFile>;

export const backupsName = 'backups.json';

/** One that is not there, or cannot be read, is a beginning: nothing hangs on it but a reminder. */
export function readBackupsFile(profileDir: string, now: Date): BackupsFile {
  const text = findText(join(profileDir, backupsName));
  const fresh: BackupsFile = { schema: 1, folder: null, since: now.toISOString(), last: null, check: null };
  if (text === null) return fresh;
  try {
    return backupsFile.parse(JSON.parse(text));
  } catch (error) {
    if (error instanceof Error) return fresh;
    throw error;
  }
}

/** Throws the disk's errors. */
export function writeBackupsFile(profileDir: string, file: BackupsFile): void {
  writeWhole(join(profileDir, backupsName), `${JSON.stringify(file, null, 2)}\n`);
}
