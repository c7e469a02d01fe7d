import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { organization } from '../../src-shared/domain/organization.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { findText, isDiskError } from './disk.ts';
import { recoveryName } from './recovery.ts';

const file = z.object({ sizeBytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** What is open to whoever holds the stick: whose backup and when, never what is in it. */
const manifest = z.object({
  schema: z.literal(1),
  program: z.string().max(64),
  /** The last step of the desk's schema. */
  step: z.int().positive(),
  unit: organization,
  user: z.string().min(1).max(64),
  person: z.string().max(200),
  madeAt: z.iso.datetime(),
  sheet: z.string().max(12),
  files: z.object({ 'desk.db': file, 'blobs.db': file, [recoveryName]: file }),
  audit: z.object({ seq: z.int().positive(), hash: z.string() }).nullable(),
  /** `office.json` as it was: whose desk it is and where its server is. */
  office: z.string().max(20_000),
});
export type Manifest = z.infer<typeof manifest>;

export const manifestName = 'manifest.json';
export const partEnding = '.part';
export const storeFiles = ['desk.db', 'blobs.db'] as const;

/** `complete`: every file is there in its size; what is in them is for `checkBackup` to say. */
export type BackupEntry = { readonly folder: string; readonly name: string; readonly manifest: Manifest; readonly sizeBytes: number; readonly complete: boolean };

/** `VanThu-H48.60.12-20261123-064500`, in the time of Vietnam. */
export function backupName(unit: string, at: Date): string {
  const [date = '', time = ''] = new Date(at.getTime() + 7 * 3_600_000).toISOString().split('T');
  return `VanThu-${unit}-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}`;
}

export function isBackupName(name: string): boolean {
  return /^VanThu-[0-9A-Z.]{1,35}-\d{8}-\d{6}$/.test(name);
}

/** Error: `backup.not-a-backup`. */
export function readManifest(folder: string): Result<Manifest> {
  const text = findText(join(folder, manifestName));
  if (text === null) return fail('backup.not-a-backup', { path: folder });
  try {
    return ok(manifest.parse(JSON.parse(text)));
  } catch (error) {
    if (error instanceof Error) return fail('backup.not-a-backup', { path: folder });
    throw error;
  }
}

/** Every backup in the folder, of whatever unit, the newest first. Halves are none. Error: `backup.no-target`. */
export function listBackups(target: string): Result<readonly BackupEntry[]> {
  const names = namesIn(target);
  if (names === null) return fail('backup.no-target', { path: target });
  const found = names.filter(isBackupName).flatMap((name): BackupEntry[] => {
    const folder = join(target, name);
    const read = readManifest(folder);
    if (!read.ok) return [];
    const files = Object.entries(read.value.files);
    return [{
      folder, name, manifest: read.value, sizeBytes: files.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0),
      complete: files.every(([each, { sizeBytes }]) => sizeOf(join(folder, each)) === sizeBytes),
    }];
  });
  return ok(found.toSorted((one, other) => Date.parse(other.manifest.madeAt) - Date.parse(one.manifest.madeAt)));
}

/** Null: it is not there, or no folder. */
export function namesIn(folder: string): readonly string[] | null {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isDiskError(error)) return null;
    throw error;
  }
}

function sizeOf(path: string): number | null {
  try {
    return statSync(path).size;
  } catch (error) {
    if (isDiskError(error)) return null;
    throw error;
  }
}
