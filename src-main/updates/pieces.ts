import { createHash } from 'node:crypto';
import { constants, open, type FileHandle } from 'node:fs/promises';
import type { ReleaseManifest } from '../../src-shared/protocol/update.ts';

/** A piece that is wrong so often is wrong where it comes from. */
const maxDamaged = 3;

export type Pieces = {
  /** Bytes that are wanted next, `end` not among them; null: all are here, or one of them comes wrong again and again. */
  readonly next: () => { readonly start: number; readonly end: number } | null;
  /** Bytes from `start` on, which `next` has named; others are left out. Throws what the disk says, and then nothing of them counts. */
  readonly put: (start: number, bytes: Uint8Array) => Promise<void>;
  readonly receivedBytes: () => number;
  readonly isWhole: () => boolean;
  /** A piece came wrong again and again. */
  readonly isHopeless: () => boolean;
  readonly close: () => Promise<void>;
};

/** A file that comes in pieces whose hashes are known. What lies there from before is hashed again: it goes on from the byte where it stopped, and a byte that was changed meanwhile costs its piece. */
export async function openPieces(file: string, { sizeBytes, pieceBytes, pieces }: ReleaseManifest['file']): Promise<Pieces> {
  const hashes = Buffer.from(pieces, 'base64');
  const count = Math.ceil(sizeBytes / pieceBytes);
  const here = Array.from({ length: count }, () => false);
  const damaged = Array.from({ length: count }, () => 0);
  const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  const endOf = (index: number): number => Math.min(sizeBytes, (index + 1) * pieceBytes);
  let hopeless = false;

  async function isRight(index: number): Promise<boolean> {
    const bytes = Buffer.alloc(endOf(index) - index * pieceBytes);
    if ((await readWhole(handle, bytes, index * pieceBytes)) < bytes.length) return false;
    return createHash('sha256').update(bytes).digest().equals(hashes.subarray(index * 32, index * 32 + 32));
  }

  let lies = (await handle.stat()).size;
  if (lies > sizeBytes) {
    await handle.truncate(sizeBytes);
    lies = sizeBytes;
  }
  for (let index = 0; index < count && endOf(index) <= lies; index += 1) here[index] = await isRight(index);
  const last = Math.floor(lies / pieceBytes);
  /** Where the next byte goes. A piece that is begun at the file's end is gone on with. */
  let at = last < count && lies % pieceBytes > 0 && here[last] === false && endOf(last) > lies ? lies : beginOfMissing(0);

  /** The first missing piece from this one on, then from the beginning; the size where none is. */
  function beginOfMissing(from: number): number {
    const later = here.indexOf(false, from);
    const index = later < 0 ? here.indexOf(false) : later;
    return index < 0 ? sizeBytes : index * pieceBytes;
  }

  async function settle(index: number): Promise<void> {
    if (await isRight(index)) here[index] = true;
    else {
      damaged[index] = (damaged[index] ?? 0) + 1;
      hopeless = (damaged[index] ?? 0) >= maxDamaged;
    }
  }

  return {
    next: () => {
      if (hopeless || at >= sizeBytes) return null;
      let index = Math.floor(at / pieceBytes);
      while (index + 1 < count && here[index + 1] === false) index += 1;
      return { start: at, end: endOf(index) };
    },
    put: async (start, bytes) => {
      if (start !== at) return;
      for (let used = 0; used < bytes.length && at < sizeBytes && !hopeless; ) {
        const index = Math.floor(at / pieceBytes);
        if (here[index] === true) break;
        const part = bytes.subarray(used, used + endOf(index) - at);
        await writeWhole(handle, part, at);
        used += part.length;
        at += part.length;
        if (at < endOf(index)) continue;
        await settle(index);
        // one that is wrong is left for the end: what follows it is under way already
        at = index + 1 < count && here[index + 1] === false ? (index + 1) * pieceBytes : beginOfMissing(index + 1);
      }
    },
    receivedBytes: () => {
      const index = Math.floor(at / pieceBytes);
      const begun = at < sizeBytes ? at - index * pieceBytes : 0;
      return here.reduce((sum, each, piece) => sum + (each ? endOf(piece) - piece * pieceBytes : 0), begun);
    },
    isWhole: () => here.every(Boolean),
    isHopeless: () => hopeless,
    close: () => handle.close(),
  };
}

async function readWhole(handle: FileHandle, bytes: Buffer, from: number): Promise<number> {
  let read = 0;
  while (read < bytes.length) {
    const { bytesRead } = await handle.read(bytes, read, bytes.length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return read;
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array, to: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written, bytes.length - written, to + written)).bytesWritten;
}
