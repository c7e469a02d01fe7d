import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** Beside, to the disk, then into place: the old file or the new one, whole, after a power cut too. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  try {
    const bytes = Buffer.from(text, 'utf8');
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
}
