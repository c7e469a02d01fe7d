import { createHash } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backupsToRemove } from '../../src-shared/domain/backup-rotation.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { writeWhole } from '../features/settings/write-whole.ts';
import { takeProfileLock } from '../office/profile-lock.ts';
import { findProfile, profileFile } from '../office/profile.ts';
import { factsOf } from '../store/facts.ts';
import { holdStill } from '../store/hold-still.ts';
import { copyOnto, findText, syncFolder, told } from './disk.ts';
import { backupName, isBackupName, listBackups, manifestName, namesIn, partEnding, storeFiles, type Manifest } from './manifest.ts';
import { readRecovery, recoveryName } from './recovery.ts';

export type MakeOptions = {
  /** The office's folder: `office.json`, `recovery.json`, `desk/`. The program may be at work in it. */
  readonly profileDir: string;
  readonly key: Uint8Array;
  readonly target: string;
  readonly program: string;
  readonly now: () => Date;
  readonly onProgress?: (progress: { readonly doneBytes: number; readonly totalBytes: number }) => void;
  readonly signal?: AbortSignal;
};

export type BackupMade = { readonly folder: string; readonly manifest: Manifest; readonly sizeBytes: number; readonly removed: readonly string[] };

/** Room for folders, the manifest, and what the stick's own tables grow by. */
const marginBytes = 4 * 1024 * 1024;

/**
 * A whole backup in a folder of its own: written beside, onto the disk, renamed last. What was there before is touched only afterwards, by the rotation. Never a plain byte: the
 * files go over as they lie, encrypted. Only from a process of its own (see `holdStill`). Errors: `backup.*`, `store.*`.
 */
export async function makeBackup(options: MakeOptions): Promise<Result<BackupMade>> {
  const { profileDir, target } = options;
  if (namesIn(target) === null) return fail('backup.no-target', { path: target });
  const profile = findProfile(profileDir);
  if (!profile.ok) return profile;
  const office = findText(profileFile(profileDir));
  if (profile.value === null || office === null) return fail('store.cannot-open', { file: profileFile(profileDir) });
  const recovery = readRecovery(profileDir);
  if (!recovery.ok) return findText(join(profileDir, recoveryName)) === null ? fail('backup.no-sheet') : recovery;
  const lock = takeProfileLock(join(profileDir, 'backup.lock'));
  if (lock === null) return fail('backup.busy');
  try {
    const { unit, user, person } = profile.value;
    sweepHalves(target, { unit: unit.code, user });
    const written = await write(options, { program: options.program, unit, user, person: person.fullName, sheet: recovery.value.sheet, office });
    return written.ok ? ok({ ...written.value, removed: rotate(target, { unit: unit.code, user }) }) : written;
  } catch (error) {
    return told(error);
  } finally {
    lock.release();
  }
}

type Head = Pick<Manifest, 'program' | 'unit' | 'user' | 'person' | 'sheet' | 'office'>;

async function write({ profileDir, key, target, now, onProgress, signal }: MakeOptions, head: Head): Promise<Result<Omit<BackupMade, 'removed'>>> {
  const dir = join(profileDir, 'desk');
  const held = await holdStill({ dir, key });
  if (!held.ok) return held;
  const at = now();
  const name = backupName(head.unit.code, at);
  const folder = join(target, name);
  const part = partOf(folder, { unit: head.unit.code, user: head.user });
  let finished = false;
  try {
    const totalBytes = storeFiles.reduce((sum, file) => sum + statSync(join(dir, file)).size, 0);
    const { bavail, bsize } = statfsSync(target);
    const needed = totalBytes + marginBytes;
    if (bavail * bsize < needed) return fail('backup.no-room', { needed: megabytes(needed), free: Math.floor((bavail * bsize) / 1_000_000) });
    mkdirSync(part);
    let doneBytes = 0;
    const copy = (from: string, file: string): ReturnType<typeof copyOnto> => copyOnto(join(from, file), join(part, file), {
      ...(signal === undefined ? {} : { signal }),
      onBytes: (bytes) => onProgress?.({ doneBytes: doneBytes += bytes, totalBytes }),
    });
    const facts = factsOf(held.value.desk);
    const files = { 'desk.db': await copy(dir, 'desk.db'), 'blobs.db': await copy(dir, 'blobs.db'), [recoveryName]: await copy(profileDir, recoveryName) } as Manifest['files'];
    const manifest: Manifest = { schema: 1, ...head, step: facts.schema, madeAt: at.toISOString(), files, audit: facts.auditHead };
    writeWhole(join(part, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    renameSync(part, folder);
    finished = true;
    syncFolder(target);
    return ok({ folder, manifest, sizeBytes: doneBytes });
  } finally {
    held.value.release();
    if (!finished) removeQuietly(part);
  }
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

type Owner = { readonly unit: string; readonly user: string };

/** Beside what it becomes, with a mark of whose it is: another desk may be writing into the same folder. */
function partOf(folder: string, { unit, user }: Owner): string {
  return `${folder}.${createHash('sha256').update(`${unit}/${user}`).digest('hex').slice(0, 8)}${partEnding}`;
}

/** What an earlier run of this desk left half, and what a rotation began to remove. */
function sweepHalves(target: string, owner: Owner): void {
  const ours = partOf('', owner);
  for (const name of namesIn(target) ?? []) {
    if (name.endsWith(ours) && isBackupName(name.slice(0, -ours.length))) removeQuietly(join(target, name));
  }
}

/** Goes by the good ones of this desk alone: they are counted, and they may go; everything else in the folder stays. */
function rotate(target: string, owner: Owner): readonly string[] {
  const listed = listBackups(target);
  const ours = (listed.ok ? listed.value : []).filter(({ complete, manifest }) => complete && manifest.unit.code === owner.unit && manifest.user === owner.user);
  const removed = backupsToRemove(ours.map(({ name, manifest }) => ({ name, atMs: Date.parse(manifest.madeAt) })));
  for (const name of removed) {
    // out of the list first: one that is half removed must not look like one that is whole
    const part = partOf(join(target, name), owner);
    renameSync(join(target, name), part);
    removeQuietly(part);
  }
  return removed;
}

/** A stick that was pulled out cannot be tidied; the next run does. */
function removeQuietly(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    told(error);
  }
}

