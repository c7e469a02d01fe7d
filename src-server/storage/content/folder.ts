import { constants } from 'node:fs';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { access, copyFile, link, open, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import type { ContentStore, MadeStore } from '../port.ts';
import { StorageUnavailable } from '../unavailable.ts';

const chunkBytes = 1 << 18;
const sweptAfterMs = 3_600_000;

/**
 * Content as files named by their SHA-256, in a folder that several nodes may share; what is not whole yet lies in `uploads/`, what the server made itself in
 * `made/`. No file is ever changed after it has its name.
 */
export function openContentFolder(dir: string): ContentStore {
  const contentDir = path.join(dir, 'content');
  const uploadDir = path.join(dir, 'uploads');
  const madeDir = path.join(dir, 'made');
  for (const folder of [contentDir, uploadDir, madeDir]) mkdirSync(folder, { recursive: true });
  const fileOf = (sha256: Sha256) => path.join(contentDir, sha256.slice(0, 2), sha256);
  const uploadFile = (id: string) => path.join(uploadDir, id);

  return {
    findSize: (sha256) => sizeOf(fileOf(sha256)),
    read: (sha256, start, end) => createReadStream(fileOf(sha256), { start, end, highWaterMark: chunkBytes }),
    receivedBytes: async (id) => (await sizeOf(uploadFile(id))) ?? 0,
    receive: async (id, from, limitBytes, source, moved) => {
      const handle = await open(uploadFile(id), constants.O_CREAT | constants.O_RDWR).catch(refuseFull);
      let offset = from;
      try {
        for await (const chunk of source) {
          if (offset + chunk.length > limitBytes) return { offset, tooLong: true };
          await writeAll(handle, chunk, offset);
          offset += chunk.length;
          moved();
        }
      } finally {
        await handle.close();
      }
      return { offset, tooLong: false };
    },
    finish: async (id, sha256, base) => {
      const received = uploadFile(id);
      const whole = `${received}.whole`;
      try {
        // left by a process that ended here
        await rm(whole, { force: true });
        if (base === null) await linkOrCopy(received, whole);
        else {
          // a reflink where the file system has them, else a copy
          await copyFile(fileOf(base), whole, constants.COPYFILE_FICLONE);
          await appendFile(received, whole);
        }
      } catch (error) {
        await rm(whole, { force: true });
        return refuseFull(error);
      }
      if ((await hashFile(whole)) !== sha256) {
        await rm(whole, { force: true });
        await rm(received, { force: true });
        return false;
      }
      await syncFile(whole);
      await nameDurably(whole, fileOf(sha256));
      return true;
    },
    readReceived: (id, start, end) => createReadStream(uploadFile(id), { start, end, highWaterMark: chunkBytes }),
    drop: async (id) => {
      await rm(uploadFile(id), { force: true });
      await rm(`${uploadFile(id)}.whole`, { force: true });
    },
    sweep: async (known) => {
      for (const name of await readdir(uploadDir)) if (!known.has(name.replace(/\.whole$/, ''))) await removeOld(path.join(uploadDir, name));
      for (const name of await readdir(madeDir)) if (name.startsWith('.part-')) await removeOld(path.join(madeDir, name));
    },
    made: openMadeFolder(madeDir),
    ping: async () => {
      await access(contentDir, constants.W_OK);
      const probe = path.join(uploadDir, `.probe-${randomUUID()}`);
      const handle = await open(probe, 'wx');
      try {
        await handle.write('1');
      } finally {
        await handle.close();
        await rm(probe, { force: true });
      }
    },
  };
}

function openMadeFolder(dir: string): MadeStore {
  const fileOf = (sha256: Sha256) => path.join(dir, sha256);
  return {
    put: async (source) => {
      const partial = path.join(dir, `.part-${randomUUID()}`);
      const hash = createHash('sha256');
      let sizeBytes = 0;
      const handle = await open(partial, 'wx');
      try {
        try {
          for await (const chunk of source) {
            hash.update(chunk);
            await writeAll(handle, chunk, sizeBytes);
            sizeBytes += chunk.length;
          }
          await handle.sync();
        } finally {
          await handle.close();
        }
        const sha256 = hash.digest('hex') as Sha256;
        await nameDurably(partial, fileOf(sha256));
        return { sha256, sizeBytes };
      } catch (error) {
        await rm(partial, { force: true });
        throw error;
      }
    },
    findSize: (sha256) => sizeOf(fileOf(sha256)),
    read: (sha256, start, end) => createReadStream(fileOf(sha256), { start, end, highWaterMark: chunkBytes }),
    remove: (sha256) => rm(fileOf(sha256), { force: true }),
  };
}

/** What was written to of late may belong to an upload that another node has just opened. */
async function removeOld(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found !== null && Date.now() - found.mtimeMs > sweptAfterMs) await rm(file, { force: true });
}

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writeAll(handle: Awaited<ReturnType<typeof open>>, chunk: Uint8Array, at: number): Promise<void> {
  for (let written = 0; written < chunk.length;) written += (await handle.write(chunk, written, chunk.length - written, at + written).catch(refuseFull)).bytesWritten;
}

/** A full or failing disk is trouble of the machine: what was written stays, and whoever asked may go on later. */
function refuseFull(error: unknown): never {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  throw /^(?:ENOSPC|EDQUOT|EIO|EROFS|EMFILE|ENFILE)$/.test(code) ? new StorageUnavailable(error) : error;
}

async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

async function appendFile(from: string, to: string): Promise<void> {
  const handle = await open(to, 'r+');
  try {
    let at = (await handle.stat()).size;
    for await (const chunk of createReadStream(from, { highWaterMark: chunkBytes }) as AsyncIterable<Uint8Array>) {
      await writeAll(handle, chunk, at);
      at += chunk.length;
    }
  } finally {
    await handle.close();
  }
}

/** A second name for the same bytes; a file system that has no such thing copies them. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to, constants.COPYFILE_FICLONE));
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function nameDurably(file: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  await rename(file, target);
  await syncFolder(path.dirname(target));
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
