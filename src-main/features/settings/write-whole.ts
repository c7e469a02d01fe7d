import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes beside, to the disk, then into place: whoever reads finds the old file or the new one, whole, also after a power cut. */
export function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    // a short write leaves the rest to us
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  replace(beside, file);
  syncFolder(dirname(file));
}

/** On Windows a file that somebody looks at cannot be replaced: a virus scanner does so for a moment after every write. */
const patienceMs = 1000;

function replace(from: string, to: string): void {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return renameSync(from, to);
    } catch (error) {
      if (process.platform !== 'win32' || !isHeld(error) || Date.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 25);
    }
  }
}

function isHeld(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPERM' || error.code === 'EBUSY' || error.code === 'EACCES');
}

/** A rename is in the folder; Windows keeps no such handle, and its file system journals the rename itself. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
