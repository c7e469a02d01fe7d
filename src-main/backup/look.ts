import { join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { readFacts, sweepLogs, type ProfileFacts } from '../store/facts.ts';
import { checkProfile, type IntegrityReport } from '../store/integrity.ts';
import { hashFile, told, type CopyWatch } from './disk.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { readRecovery, unseal } from './recovery.ts';

/** The way into a backup: the words of its sheet, or the key of the profile it was made from. */
export type BackupKey = { readonly phrase: string } | { readonly key: Uint8Array };

/** `report` null: without a key only the bytes are held to the manifest. */
export type BackupChecked = { readonly manifest: Manifest; readonly damaged: readonly string[]; readonly report: IntegrityReport | null };

/** Reads all of it and changes nothing. Errors: `backup.not-a-backup`, `recovery.*`, `store.*`, `backup.stopped` (it cannot be read any more). */
export async function checkBackup(folder: string, way: BackupKey | null, watch: CopyWatch = {}): Promise<Result<BackupChecked>> {
  const manifest = readManifest(folder);
  if (!manifest.ok) return manifest;
  try {
    const damaged: string[] = [];
    for (const [file, { sha256 }] of Object.entries(manifest.value.files)) {
      const found = await hashFile(join(folder, file), watch).catch((error: unknown) => { if (told(error).ok) throw error; return null; });
      if (found !== sha256) damaged.push(file);
    }
    if (damaged.length > 0 || way === null) return ok({ manifest: manifest.value, damaged, report: null });
    const key = keyOf(folder, way);
    if (!key.ok) return key;
    const report = checkProfile({ dir: folder, key: key.value });
    sweepLogs(folder);
    return report.ok ? ok({ manifest: manifest.value, damaged, report: report.value }) : report;
  } catch (error) {
    return told(error);
  }
}

/** Errors: `recovery.*`. */
export function keyOf(folder: string, way: BackupKey): Result<Uint8Array> {
  if ('key' in way) return ok(way.key);
  const recovery = readRecovery(folder);
  if (!recovery.ok) return recovery;
  const opened = unseal(recovery.value, way.phrase);
  return opened.ok ? ok(opened.value.key) : opened;
}

/** `present`: what stands in the profile now; null where there is none, or none that this key opens. */
export type RestorePreview = { readonly manifest: Manifest; readonly backup: ProfileFacts; readonly present: ProfileFacts | null };

/** What the backup holds beside what would be put aside for it. Quick: the bytes are held to the manifest when it is restored. Errors: `backup.*`, `recovery.*`, `store.cannot-open`. */
export function previewRestore(folder: string, way: BackupKey, present: { readonly profileDir: string; readonly key: Uint8Array }): Result<RestorePreview> {
  const manifest = readManifest(folder);
  if (!manifest.ok) return manifest;
  const key = keyOf(folder, way);
  if (!key.ok) return key;
  const backup = readFacts({ dir: folder, key: key.value });
  sweepLogs(folder);
  if (!backup.ok) return fail('backup.damaged', { what: 'desk.db' });
  const now = readFacts({ dir: join(present.profileDir, 'desk'), key: present.key });
  return ok({ manifest: manifest.value, backup: backup.value, present: now.ok ? now.value : null });
}

