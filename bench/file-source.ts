import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource } from '../src-main/ports/bytes.ts';

/** A file on the disk, read where it is asked for. */
export function openFileSource(path: string): ByteSource & { readonly close: () => void } {
  const file = openSync(path, 'r');
  const sizeBytes = fstatSync(file).size;
  return {
    sizeBytes,
    read: (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, sizeBytes - offset)));
      for (let at = 0; at < bytes.length; ) {
        const count = readSync(file, bytes, at, bytes.length - at, offset + at);
        if (count === 0) throw new Error(`${path} became shorter while it was read`);
        at += count;
      }
      return bytes;
    },
    close: () => closeSync(file),
  };
}
