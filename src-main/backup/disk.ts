import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppFailure, fail, type Result } from '../../src-shared/result.ts';

const pieceBytes = 1024 * 1024;
/** What may lie unwritten at once. Gigabytes put down at the end would hold up every small flush of the desk that works beside. */
const groupBytes = 16 * pieceBytes;

export type CopyWatch = { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal };

/** Copies the bytes as they lie there, onto the disk before it answers. The answer is what was read, so a copy can be held to it. Throws the disk's own errors. */
export async function copyOnto(from: string, to: string, { onBytes, signal }: CopyWatch = {}): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const source = await open(from, 'r');
  try {
    const target = await open(to, 'wx', 0o600);
    let syncing: Promise<void> = Promise.resolve();
    try {
      let unsynced = 0;
      const buffers = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)] as const;
      let next = source.read(buffers[0], 0, pieceBytes, 0);
      for (let turn = 1; ; turn++) {
        const { bytesRead, buffer } = await next;
        if (bytesRead === 0) break;
        if (signal?.aborted === true) throw new AppFailure('backup.cancelled');
        const piece = buffer.subarray(0, bytesRead);
        const writing = writeAll(target, piece);
        sizeBytes += bytesRead;
        next = source.read(buffers[turn % 2 === 0 ? 0 : 1], 0, pieceBytes, sizeBytes);
        // whoever waits first must not leave the other's failure unheard
        next.catch(() => undefined);
        hash.update(piece);
        await writing;
        unsynced += bytesRead;
        if (unsynced >= groupBytes) {
          unsynced = 0;
          // the group before this one lies on the disk while this one was read: two at most are under way
          await syncing;
          syncing = target.datasync();
          syncing.catch(() => undefined);
        }
        onBytes?.(bytesRead);
      }
      await syncing;
      await target.sync();
    } finally {
      // one that is under way must not find its file closed
      await syncing.catch(() => undefined);
      await target.close();
    }
  } finally {
    await source.close();
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** A short write leaves the rest to us. */
async function writeAll(target: { readonly write: (bytes: Uint8Array, offset: number) => Promise<{ readonly bytesWritten: number }> }, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await target.write(bytes, at)).bytesWritten;
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
