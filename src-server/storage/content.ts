import { constants } from 'node:fs';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Sha256 } from '../../src-shared/domain/ids.ts';

const CHUNK_BYTES = 1 << 18;

export type ContentFolder = ReturnType<typeof createContentFolder>;

/** Content as files named by their SHA-256; what is not whole yet lies in `uploads/`. No file is ever changed after it has its name. */
export function createContentFolder(dir: string) {
  const contentDir = path.join(dir, 'content');
  const uploadDir = path.join(dir, 'uploads');
  mkdirSync(contentDir, { recursive: true });
  mkdirSync(uploadDir, { recursive: true });

  const fileOf = (sha256: Sha256) => path.join(contentDir, sha256.slice(0, 2), sha256);
  const uploadFile = (id: string) => path.join(uploadDir, id);

  function has(sha256: Sha256): boolean {
    return existsSync(fileOf(sha256));
  }

  return {
    has,
    findSize: (sha256: Sha256): number | null => statSync(fileOf(sha256), { throwIfNoEntry: false })?.size ?? null,
    /** Bytes `[start, end]`, both inclusive. */
    stream: (sha256: Sha256, start: number, end: number): Readable => createReadStream(fileOf(sha256), { start, end, highWaterMark: CHUNK_BYTES }),

    receivedBytes: (id: string): number => statSync(uploadFile(id), { throwIfNoEntry: false })?.size ?? 0,
    openUpload: (id: string): Promise<FileHandle> => open(uploadFile(id), constants.O_CREAT | constants.O_RDWR),
    dropUpload: (id: string) => rm(uploadFile(id), { force: true }),
    /** Removes files of uploads that the database does not know. */
    sweepUploads: (known: ReadonlySet<string>) => {
      for (const name of readdirSync(uploadDir)) if (!known.has(name)) rmSync(path.join(uploadDir, name), { force: true });
    },

    /**
     * Puts base and received bytes together, hashes the whole, makes it durable and gives it its name.
     * False when the whole does not have the hash: the upload's bytes are dropped.
     */
    finish: async (id: string, sha256: Sha256, base: Sha256 | null): Promise<boolean> => {
      const whole = base === null ? uploadFile(id) : `${uploadFile(id)}.whole`;
      if (base !== null) {
        // a reflink where the file system has them, else a copy
        await copyFile(fileOf(base), whole, constants.COPYFILE_FICLONE);
        await appendFile(uploadFile(id), whole);
      }
      if ((await hashFile(whole)) !== sha256) {
        await rm(whole, { force: true });
        await rm(uploadFile(id), { force: true });
        return false;
      }
      await syncFile(whole);
      const target = fileOf(sha256);
      mkdirSync(path.dirname(target), { recursive: true });
      await rename(whole, target);
      await syncFolder(path.dirname(target));
      if (base !== null) await rm(uploadFile(id), { force: true });
      return true;
    },
  };
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

async function appendFile(from: string, to: string): Promise<void> {
  const handle = await open(to, 'a');
  try {
    for await (const chunk of createReadStream(from, { highWaterMark: CHUNK_BYTES })) await handle.appendFile(chunk as Uint8Array);
  } finally {
    await handle.close();
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable when its folder is. Windows has no such call and answers EPERM or EISDIR. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
