import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { ByteSource } from '../ports/bytes.ts';

export type FileSource = ByteSource & {
  /** Whether the name still leads to the very file that was opened, not written to since. */
  readonly isUnchanged: (path: string) => boolean;
  readonly close: () => void;
};

/** A file on disk, read where it is asked for and never held whole. `file.unreadable` also for a folder or a device. */
export function openFileSource(path: string): Result<FileSource> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    // Missing, forbidden, in use: the path and the rights are what the person can look at.
    return fail('file.unreadable', { path });
  }
  const stat = fstatSync(file, { bigint: true });
  if (!stat.isFile()) {
    closeSync(file);
    return fail('file.unreadable', { path });
  }
  const sizeBytes = Number(stat.size);
  const available = (offset: number, length: number): number => Math.max(0, Math.min(length, sizeBytes - offset));
  return ok({
    sizeBytes,
    read: (offset, length) => {
      const bytes = new Uint8Array(available(offset, length));
      fill(file, offset, bytes, bytes.length);
      return bytes;
    },
    readInto: (offset, into) => fill(file, offset, into, available(offset, into.length)),
    isUnchanged: (name) => {
      const now = statSync(name, { bigint: true, throwIfNoEntry: false });
      return now !== undefined && now.dev === stat.dev && now.ino === stat.ino && now.size === stat.size && now.mtimeNs === stat.mtimeNs;
    },
    close: () => closeSync(file),
  });
}

function fill(file: number, offset: number, into: Uint8Array, wanted: number): number {
  let done = 0;
  while (done < wanted) {
    const count = readSync(file, into, done, wanted - done, offset + done);
    // The promise of `read` is the size at opening; a file cut off under us is not the file that was asked about.
    if (count === 0) throw new Error('the file became shorter while it was read');
    done += count;
  }
  return wanted;
}
