import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute } from 'node:path';
import type { OpenedFile } from '../../../src-shared/contract/opened.ts';
import { packageSuffix } from '../../../src-shared/protocol/package.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { Handlers } from '../handlers.ts';

type OpenedHandlers = Pick<Handlers, Extract<keyof Handlers, `opened.${string}`>>;

export type OpenedFiles = {
  /** Paths that the system gave the program; whatever else its command line holds is passed over. */
  readonly open: (paths: readonly string[]) => Promise<void>;
  readonly handlers: OpenedHandlers;
};

/** More at once is a slip of the hand on a whole folder. */
const mostFiles = 20;

const kinds: Readonly<Record<string, OpenedFile['kind']>> = { '.pdf': 'pdf', [packageSuffix]: 'package' };

type Held = OpenedFile & { readonly path: string; readonly changedMs: number };

/** What a person opened with the program: kept by its place until they say what it is for. Only whole, plain files; a folder, a pipe or a device is none. */
export function createOpenedFiles(onChange: (count: number) => void): OpenedFiles {
  let held: readonly Held[] = [];

  function set(next: readonly Held[]): void {
    held = next;
    onChange(held.length);
  }

  return {
    open: async (paths) => {
      const found = (await Promise.all([...new Set(paths)].filter(isOurs).slice(0, mostFiles).map(look))).filter((one) => one !== null);
      const fresh = found.filter((one) => !held.some(({ path }) => path === one.path));
      if (fresh.length > 0) set([...held, ...fresh].slice(0, mostFiles));
    },
    handlers: {
      'opened.list': () => ok({ files: held.map(({ id, name, sizeBytes, kind }) => ({ id, name, sizeBytes, kind })) }),
      'opened.read': async ({ id, offset, length }) => {
        const one = held.find((each) => each.id === id);
        return one === undefined ? fail('opened.gone', { name: '' }) : read(one, offset, length);
      },
      'opened.drop': ({ id }) => {
        const next = held.filter((one) => one.id !== id);
        if (next.length < held.length) set(next);
        return ok({});
      },
    },
  };
}

function isOurs(path: string): boolean {
  return isAbsolute(path) && extname(path).toLowerCase() in kinds;
}

async function look(path: string): Promise<Held | null> {
  const kind = kinds[extname(path).toLowerCase()];
  try {
    const found = await stat(path);
    if (kind === undefined || !found.isFile()) return null;
    return { id: randomUUID(), name: basename(path), sizeBytes: found.size, kind, path, changedMs: found.mtimeMs };
  } catch {
    // a name that leads nowhere: the system gave a file that is gone already
    return null;
  }
}

async function read(one: Held, offset: number, length: number): Promise<Result<{ bytes: Uint8Array }>> {
  try {
    const handle = await open(one.path, 'r');
    try {
      // half of the old file and half of a new one would be neither
      const now = await handle.stat();
      if (!now.isFile() || now.size !== one.sizeBytes || now.mtimeMs !== one.changedMs) return fail('opened.gone', { name: one.name });
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, one.sizeBytes - offset)));
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, offset + at);
        if (bytesRead === 0) return fail('opened.gone', { name: one.name });
        at += bytesRead;
      }
      return ok({ bytes });
    } finally {
      await handle.close();
    }
  } catch {
    // the stick was pulled out, or somebody else holds the file
    return fail('opened.gone', { name: one.name });
  }
}
