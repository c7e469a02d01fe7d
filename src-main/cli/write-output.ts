import { randomBytes } from 'node:crypto';
import { constants, realpathSync } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, ok, type Result } from '../../src-shared/result.ts';

/** The same file under two names (a link, another case) is still the input. */
export function isSameFile(a: string, b: string): boolean {
  return realPath(a) === realPath(b);
}

/** Writes `input ++ tail` under a temporary name beside `out`, flushes it and puts it in place in one step; on any error `out` is as it was. */
export async function writeSigned(input: string, tail: Uint8Array, out: string): Promise<Result<null>> {
  const partial = join(dirname(out), `.${basename(out)}.${randomBytes(6).toString('hex')}.partial`);
  try {
    // Shares the blocks where the file system can; `tail` is all that is new.
    await copyFile(input, partial, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    const file = await open(partial, 'a');
    try {
      await file.writeFile(tail);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, out);
    return ok(null);
  } catch {
    await rm(partial, { force: true });
    return fail('file.unwritable', { path: out });
  }
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // Not there yet: then it is no other file's name either.
    return resolve(path);
  }
}
