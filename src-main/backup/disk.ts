import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppFailure, fail, type Result } from '../../src-shared/result.ts';
import { hashHere, openHashThread } from './hash-thread.ts';

const pieceBytes = 1024 * 1024;
/** More at once makes Linux look for as much memory in one piece: measured, 1 MiB took three to ten times as long. */
const writeBytes = 256 * 1024;
/** What is put down at once; the next such group is read meanwhile, so twice as much may lie unwritten. Gigabytes put down at the end would hold up every small flush of the desk that works beside. */
const groupBytes = 8 * pieceBytes;

export type CopyWatch = { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal };

/** Copies the bytes as they lie there, onto the disk before it answers. The answer is what was read, so a copy can be held to it. Throws the disk's own errors. */
export async function copyOnto(from: string, to: string, { onBytes, signal }: CopyWatch = {}): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  let sizeBytes = 0;
  const source = await open(from, 'r');
  try {
    // a thread takes longer to begin than a small file to copy
    const small = (await source.stat()).size <= groupBytes;
    const target = await open(to, 'wx', 0o600);
    const hash = small ? hashHere(pieceBytes) : openHashThread(pieceBytes);
    try {
      let unsynced = 0;
      let putDown: Promise<void> = Promise.resolve();
      const readNext = async (at: number) => {
        const { slot, piece } = await hash.free();
        const { bytesRead } = await source.read(piece, 0, pieceBytes, at);
        return { slot, bytes: piece.subarray(0, bytesRead) };
      };
      for (let read = await readNext(0); read.bytes.length > 0; ) {
        const { slot, bytes } = read;
        if (signal?.aborted === true) throw new AppFailure('backup.cancelled');
        hash.take(slot, bytes.length);
        sizeBytes += bytes.length;
        unsynced += bytes.length;
        [read] = await Promise.all([readNext(sizeBytes), writeAll(target, bytes)]);
        if (unsynced >= groupBytes) {
          await putDown;
          putDown = target.datasync();
          // heard when the next group is written, and at the end
          putDown.catch(() => undefined);
          unsynced = 0;
        }
        onBytes?.(bytes.length);
      }
      await putDown;
      const [sha256] = await Promise.all([hash.digest(), target.sync()]);
      return { sizeBytes, sha256 };
    } finally {
      await Promise.all([hash.close(), target.close()]);
    }
  } finally {
    await source.close();
  }
}

/** A short write leaves the rest to us. */
async function writeAll(target: { readonly write: (bytes: Uint8Array, offset: number, length: number) => Promise<{ readonly bytesWritten: number }> }, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await target.write(bytes, at, Math.min(writeBytes, bytes.length - at))).bytesWritten;
}

export async function hashFile(file: string, { onBytes, signal }: CopyWatch = {}): Promise<string> {
  const hash = createHash('sha256');
  const source = await open(file, 'r');
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let at = 0; ; ) {
      const { bytesRead } = await source.read(buffer, 0, pieceBytes, at);
      if (bytesRead === 0) return hash.digest('hex');
      if (signal?.aborted === true) throw new AppFailure('backup.cancelled');
      at += bytesRead;
      hash.update(buffer.subarray(0, bytesRead));
      onBytes?.(bytesRead);
    }
  } finally {
    await source.close();
  }
}

/** A rename is in the folder; Windows keeps no such handle, and its file system journals the rename itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Null where there is none that can be read. */
export function findText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isDiskError(error)) return null;
    throw error;
  }
}

/** The system's errors carry a `code`; anything else is a bug. */
export function isDiskError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && !(error instanceof AppFailure) && 'code' in error && typeof error.code === 'string';
}

/** What can happen to a disk or a stick, as a value; a bug is thrown on. */
export function told(error: unknown): Result<never> {
  if (error instanceof AppFailure) return { ok: false, error: error.error };
  if (isDiskError(error)) return fail('backup.stopped', { reason: error.code });
  throw error;
}
