import { existsSync, mkdirSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import { writeWhole } from '../features/settings/write-whole.ts';
import { takeProfileLock } from '../office/profile-lock.ts';
import { findProfile, profileFile } from '../office/profile.ts';
import { adoptProfile } from '../store/adopt.ts';
import { readFacts, sweepLogs } from '../store/facts.ts';
import { checkProfile } from '../store/integrity.ts';
import { backupsName } from './backups-file.ts';
import { copyOnto, findText, syncFolder, told, type CopyWatch } from './disk.ts';
import { namesIn, readManifest, storeFiles, type Manifest } from './manifest.ts';
import { readRecovery, recoveryName, seal, unseal, writeRecovery } from './recovery.ts';

export type RestoreOptions = CopyWatch & {
  /** The office's folder; it may not be there yet. */
  readonly profileDir: string;
  /** The key of this machine: what is restored lives under it from then on. */
  readonly key: Uint8Array;
  readonly folder: string;
  readonly phrase: string;
  readonly now: () => Date;
};

export type Prepared = { readonly manifest: Manifest; readonly documents: number };

const besideEnding = '.restoring';
/** Written last: without it what lies beside is a half one. */
const readyName = 'ready.json';

/**
 * Makes the backup ready beside the profile, checked whole; what is there now stays and may be in use. `finishRestore` then puts it into place. Errors: `backup.*`, `recovery.*`,
 * `store.*`; each leaves everything as it was.
 */
export async function prepareRestore(options: RestoreOptions): Promise<Result<Prepared>> {
  const { profileDir } = options;
  const lock = takeProfileLock(`${profileDir}.restore.lock`);
  if (lock === null) return fail('backup.busy');
  const beside = `${profileDir}${besideEnding}`;
  try {
    const prepared = await prepare(options, beside);
    if (!prepared.ok) rmSync(beside, { recursive: true, force: true });
    return prepared;
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    return told(error);
  } finally {
    lock.release();
  }
}

async function prepare({ profileDir, key, folder, phrase, now, ...watch }: RestoreOptions, beside: string): Promise<Result<Prepared>> {
  const read = readManifest(folder);
  if (!read.ok) return read;
  const manifest = read.value;
  const present = findProfile(profileDir);
  if (present.ok && present.value !== null && present.value.unit.code !== manifest.unit.code) return fail('backup.other-unit', { unit: manifest.unit.name });
  // a desk belongs to one person; another's backup would become theirs
  if (present.ok && present.value !== null && present.value.user !== manifest.user) return fail('session.other-person', { person: `${present.value.person.fullName}, ${present.value.unit.name}` });
  const recovery = readRecovery(folder);
  if (!recovery.ok) return recovery;
  const opened = unseal(recovery.value, phrase);
  if (!opened.ok) return opened;

  rmSync(beside, { recursive: true, force: true });
  const dir = join(beside, 'desk');
  mkdirSync(dir, { recursive: true });
  const needed = storeFiles.reduce((sum, file) => sum + manifest.files[file].sizeBytes, 0);
  const { bavail, bsize } = statfsSync(beside);
  if (bavail * bsize < needed) return fail('store.full');
  for (const file of storeFiles) {
    const copied = await copyOnto(join(folder, file), join(dir, file), watch);
    if (copied.sha256 !== manifest.files[file].sha256) return fail('backup.damaged', { what: file });
  }
  const checked = checkProfile({ dir, key: opened.value.key });
  if (!checked.ok) return checked;
  if (checked.value.faults[0] !== undefined) return fail('backup.damaged', { what: checked.value.faults[0].kind });

  const before = readFacts({ dir: join(profileDir, 'desk'), key });
  const adopted = adoptProfile({ dir, key: opened.value.key, nextKey: key, ahead: before.ok ? before.value.books : [] });
  if (!adopted.ok) return adopted;
  const facts = readFacts({ dir, key });
  if (!facts.ok) return facts;
  sweepLogs(dir);
  // the same sheet opens it, whichever key it lies under
  writeWhole(join(beside, recoveryName), writeRecovery(seal(key, opened.value.phrase, recovery.value.sheet, now())));
  writeWhole(profileFile(beside), manifest.office);
  // where backups go is this machine's and not the backup's
  const places = findText(join(profileDir, backupsName));
  if (places !== null) writeWhole(join(beside, backupsName), places);
  const ready = findProfile(beside);
  if (!ready.ok || ready.value === null) return fail('backup.damaged', { what: 'manifest.json' });
  writeWhole(join(beside, readyName), JSON.stringify({ schema: 1, madeAt: manifest.madeAt, at: now().toISOString() }));
  return ok({ manifest, documents: facts.value.documents });
}

/**
 * Puts what lies ready into place, by renames alone; what was there is kept as `…before-restore-<time>`. Called before a profile is opened: also after a restore that was cut
 * between its two renames. Answers whether anything was put into place. Error: `backup.stopped` (a file of it is held by another program); everything is as it was.
 */
export function finishRestore(profileDir: string, now: Date): Result<{ readonly restored: boolean }> {
  const beside = `${profileDir}${besideEnding}`;
  if (!existsSync(join(beside, readyName))) return ok({ restored: false });
  try {
    if (existsSync(profileDir)) {
      const lock = takeProfileLock(join(profileDir, 'profile.lock'));
      if (lock === null) return fail('session.in-use');
      // Windows renames no folder with an open file in it; who takes it in this instant finds the profile as it was, or the new one
      lock.release();
      renameSync(profileDir, asideName(profileDir, now));
    }
    renameSync(beside, profileDir);
    rmSync(join(profileDir, readyName), { force: true });
    syncFolder(dirname(profileDir));
    return ok({ restored: true });
  } catch (error) {
    return told(error);
  }
}

export function isPrepared(profileDir: string): boolean {
  return existsSync(join(`${profileDir}${besideEnding}`, readyName));
}

/** Trades the profile for the one that the last restore put aside. Errors: `backup.nothing-to-put-back`, `session.in-use`, `backup.stopped`. */
export function putBack(profileDir: string, now: Date): Result<{ readonly from: string }> {
  const name = asideOf(profileDir).at(-1);
  if (name === undefined) return fail('backup.nothing-to-put-back');
  try {
    const aside = join(dirname(profileDir), name);
    if (existsSync(profileDir)) {
      const lock = takeProfileLock(join(profileDir, 'profile.lock'));
      if (lock === null) return fail('session.in-use');
      lock.release();
      renameSync(profileDir, `${profileDir}.put-aside-${stamp(now)}`);
    }
    renameSync(aside, profileDir);
    syncFolder(dirname(profileDir));
    return ok({ from: name });
  } catch (error) {
    return told(error);
  }
}

/** What restores have put aside, the oldest first. */
export function asideOf(profileDir: string): readonly string[] {
  const start = `${basename(profileDir)}.before-restore-`;
  return (namesIn(dirname(profileDir)) ?? []).filter((name) => name.startsWith(start)).toSorted();
}

function asideName(profileDir: string, now: Date): string {
  return `${profileDir}.before-restore-${stamp(now)}`;
}

function stamp(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
