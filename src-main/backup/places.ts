import { readdirSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import type { BackupPlace } from '../../src-shared/contract/backup.ts';
import { isDiskError } from './disk.ts';

const letters = 'DEFGHIJKLMNOPQRSTUVWXYZ';

/** Drives that are there now: on Windows every letter but the program's own, elsewhere what the desktop has mounted for its person; the person's documents at the end. */
export function findPlaces(profileDir: string): readonly BackupPlace[] {
  const drives = process.platform === 'win32' ? letters.split('').map((letter) => `${letter}:\\`).filter((drive) => drive !== parse(profileDir).root.toUpperCase()) : mounted();
  const own = join(homedir(), 'Documents');
  return [...drives.map((path) => ({ path, removable: true })), { path: own, removable: false }].flatMap(({ path, removable }) => {
    const freeBytes = freeOn(path);
    return freeBytes === null ? [] : [{ path, freeBytes, removable }];
  });
}

function mounted(): readonly string[] {
  return ['/media', '/run/media'].flatMap((root) => foldersIn(root).flatMap((user) => foldersIn(join(root, user)).map((name) => join(root, user, name))));
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (isDiskError(error)) return [];
    throw error;
  }
}

/** Null: nothing is there. */
function freeOn(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  } catch (error) {
    if (isDiskError(error)) return null;
    throw error;
  }
}
