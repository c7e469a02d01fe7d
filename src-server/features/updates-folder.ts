import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openRelease, releaseFileName, signedRelease, type ReleaseManifest, type SignedRelease } from '../../src-shared/protocol/update.ts';
import type { Log } from './deps.ts';
import { readUpdateKeys, verifyEd25519 } from './updates-keys.ts';

const listName = 'releases.json';
/** Beside each installer: what its publisher signed. */
export const signedNameOf = (file: string): string => `${file}.release.json`;

const entry = z.object({
  file: releaseFileName,
  /** Of the stations, in a hundred. */
  percent: z.number().min(0).max(100),
  /** Codes of offices, each with all below it; null: everybody. */
  units: z.array(z.string().min(1).max(35)).max(1000).nullable(),
  withdrawn: z.boolean(),
  addedAt: z.iso.datetime(),
});
export type ReleaseEntry = z.infer<typeof entry>;
const releaseList = z.object({ schema: z.literal(1), releases: z.array(entry).max(500) });

export type Release = ReleaseEntry & { readonly manifest: ReleaseManifest; readonly signed: SignedRelease };
export type ReleaseFolder = {
  /** As the folder says now; several nodes may share it. */
  readonly releases: () => readonly Release[];
  readonly pathOf: (name: string) => string;
};

export type UpdateSettings = { readonly dir: string; /** `update-keys.json`. */ readonly keysFile: string };

/** The folder of releases. A release with a fault (its file gone or of another size, its signature wrong) is told in the log and given to nobody. */
export function openReleaseFolder({ dir, keysFile, log }: UpdateSettings & { readonly log: Log }): ReleaseFolder {
  let stamp: string | null = null;
  let releases: readonly Release[] = [];

  function refresh(): void {
    const present = stampOf(path.join(dir, listName), keysFile);
    if (present === stamp) return;
    const entries = readEntries(dir);
    // a list that is half there or wrong: what was served is served on, and it is read again when it changes
    stamp = present;
    if (typeof entries === 'string') return log('error', 'the list of releases cannot be read; the one before it is served on', { reason: entries });
    const keys = readUpdateKeys(keysFile);
    if (typeof keys === 'string') return log('error', 'the keys of releases cannot be read', { reason: keys });
    const read: Release[] = [];
    for (const one of entries) {
      const opened = readRelease(dir, one, (signed) => openRelease(signed, keys, verifyEd25519));
      if (typeof opened === 'string') log('error', 'a release is not in order and is given to nobody', { file: one.file, reason: opened });
      else read.push(opened);
    }
    releases = read;
  }

  return {
    releases: () => {
      refresh();
      return releases;
    },
    pathOf: (name) => path.join(dir, name),
  };
}

/** Every entry, or why the list cannot be read. A folder without a list has none. */
export function readEntries(dir: string): readonly ReleaseEntry[] | string {
  const file = path.join(dir, listName);
  if (!existsSync(file)) return [];
  try {
    const parsed = releaseList.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.releases : `${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whole or not at all: nodes that read meanwhile find the list of before. */
export function writeEntries(dir: string, releases: readonly ReleaseEntry[]): void {
  const file = path.join(dir, listName);
  writeFileSync(`${file}.new`, `${JSON.stringify({ schema: 1, releases }, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

function readRelease(dir: string, one: ReleaseEntry, open: (signed: SignedRelease) => ReturnType<typeof openRelease>): Release | string {
  try {
    const signed = signedRelease.parse(JSON.parse(readFileSync(path.join(dir, signedNameOf(one.file)), 'utf8')));
    const opened = open(signed);
    if (!opened.ok) return opened.error.code;
    const { name, sizeBytes } = opened.value.file;
    if (name !== one.file) return 'its manifest names another file';
    const actual = statSync(path.join(dir, one.file)).size;
    return actual === sizeBytes ? { ...one, manifest: opened.value, signed } : `it is ${actual} bytes long and not ${sizeBytes}`;
  } catch (error) {
    return (error as Error).message;
  }
}

function stampOf(...files: readonly string[]): string {
  return files.map((file) => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? '' : `${found.mtimeMs} ${found.size} ${found.ino}`;
  }).join('\n');
}
