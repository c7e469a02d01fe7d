import { randomBytes } from 'node:crypto';
import { constants, realpathSync } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { FileSource } from '../backend/file-source.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';

/** The same file under two names (a link, another case) is still the input. */
export function isSameFile(a: string, b: string): boolean {
  return realPath(a) === realPath(b);
}

/**
 * Writes `input ++ tail`. Errors: `file.unwritable`, `signing.disk-full`, `signing.file-changed` (the input is no longer what was signed);
 * on each of them `out` is as it was.
 */
export function writeSigned(input: string, source: Pick<FileSource, 'isUnchanged'>, tail: Uint8Array, out: string): Promise<Result<null>> {
  return putInPlace(out, async (partial) => {
    // Shares the blocks where the file system can; `tail` is all that is new.
    await copyFile(input, partial, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    if (!source.isUnchanged(input)) return { code: 'signing.file-changed', params: { path: input } };
    await writeSynced(partial, 'a', tail);
    return null;
  });
}

/** Writes a whole file. Errors: `file.unwritable`, `signing.disk-full`; on each of them `out` is as it was. */
export function writeNew(bytes: Uint8Array, out: string): Promise<Result<null>> {
  return putInPlace(out, async (partial) => {
    await writeSynced(partial, 'wx', bytes);
    return null;
  });
}

/** Writes a file part by part, so that it is never held whole. Errors: `file.unwritable`, `signing.disk-full`; on each of them `out` is as it was. */
export function writeParts(parts: Iterable<Uint8Array>, out: string): Promise<Result<null>> {
  return putInPlace(out, async (partial) => {
    const file = await open(partial, 'wx');
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    return null;
  });
}

/** Under a temporary name beside `out`, and into place in one step. */
async function putInPlace(out: string, write: (partial: string) => Promise<AppError | null>): Promise<Result<null>> {
  const partial = join(dirname(out), `.${basename(out)}.${randomBytes(6).toString('hex')}.partial`);
  try {
    const refusal = await write(partial);
    if (refusal === null) {
      await rename(partial, out);
      return ok(null);
    }
    await rm(partial, { force: true });
    return { ok: false, error: refusal };
  } catch (error) {
    await rm(partial, { force: true });
    return fail(isFull(error) ? 'signing.disk-full' : 'file.unwritable', { path: out });
  }
}

async function writeSynced(path: string, flags: 'a' | 'wx', bytes: Uint8Array): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** No room on the disk, or none left of what this person may use. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // Not there yet: then it is no other file's name either.
    return resolve(path);
  }
}
