import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GatewayFailure, gatewayFault, gatewayOk, type Gateway, type GatewayResult, type ReceivedEntry } from './port.ts';

export type FolderOptions = {
  readonly root: string;
  /** What it has taken is its own, also after a crash: nodes that stand in for each other under one lease bear one name. Letters, digits, `-`. */
  readonly station: string;
  /** Who writes: two nodes never write to one unfinished file. The station, unless told. */
  readonly writer?: string;
  readonly now: () => number;
  /** A file that was written to within so many milliseconds may not be whole yet. */
  readonly settleMs: number;
};

const folders = ['in', 'out', 'done', 'bad', 'work'] as const;
type FolderName = (typeof folders)[number];
const fileName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}\.edxml$/;
const key = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const readBytes = 64 << 10;
/** No link is followed out of the folder; Windows has no such flag. */
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW;

/**
 * The axis as two drop boxes: whoever runs the line to it puts packages into `in` and takes them out of `out`. A file moves by renaming alone:
 * `in` → `work/<station>` (taken: by one node, whichever was first) → `done` or `bad`. Nothing is deleted, nothing overwritten, and what lay in `work`
 * when a node stopped is listed to it again. Files being written bear another name (`.…`, `….part`), or are younger than `settleMs`.
 */
export async function createFolderGateway(options: FolderOptions): Promise<Gateway> {
  const { root, station, writer = options.station, now, settleMs } = options;
  if (!/^[A-Za-z0-9-]{1,60}$/.test(station) || !/^[\w.-]{1,100}$/.test(writer)) throw new Error('a station is named by letters, digits and -');
  const path = (folder: FolderName, ...names: readonly string[]): string => join(root, folder, ...names);
  const mine = path('work', station);
  for (const folder of folders) await mkdir(path(folder), { recursive: true });
  await mkdir(mine, { recursive: true });

  return {
    listReceived: () =>
      guarded(async () => {
        const taken = (await readdir(mine)).filter((name) => fileName.test(name));
        const fresh: string[] = [];
        for (const name of await readdir(path('in'))) if (fileName.test(name) && !taken.includes(name) && (await isSettled(path('in', name)))) fresh.push(name);
        return gatewayOk([...taken.toSorted(), ...fresh.toSorted()].map((id): ReceivedEntry => ({ id, kind: 'unknown', from: null })));
      }),

    fetch: ({ id }) =>
      guarded(async () => {
        if (!fileName.test(id)) return gone(id);
        const file = join(mine, id);
        if (!(await isFile(file))) {
          if (!(await isSettled(path('in', id)))) return gone(id);
          // one rename wins; whoever comes second finds nothing there
          try {
            await rename(path('in', id), file);
          } catch (fault) {
            if (codeOf(fault) === 'ENOENT') return gone(id);
            throw fault;
          }
          await persist(mine, path('in'));
        }
        return gatewayOk(stream(file));
      }),

    send: ({ key: name, open: bytes }) =>
      guarded(async () => {
        if (!key.test(name)) throw new Error('a message is sent under letters, digits, . _ -');
        const id = `${name}.edxml`;
        // sent before, by an earlier try whose end nobody saw, and not yet taken
        if (await isFile(path('out', id))) return gatewayOk({ id });
        const part = path('out', `.${id}.${writer}.part`);
        const file = await open(part, 'w', 0o640);
        try {
          for await (const piece of bytes()) await file.writeFile(piece);
          await file.sync();
        } catch (fault) {
          await rm(part, { force: true });
          throw fault;
        } finally {
          await file.close();
        }
        await rename(part, path('out', id));
        await persist(path('out'));
        return gatewayOk({ id });
      }),

    updateStatus: ({ id }, state) =>
      guarded(async () => {
        if (!fileName.test(id)) return gone(id);
        const target: FolderName = state === 'done' ? 'done' : 'bad';
        if (!(await isFile(join(mine, id)))) return (await isFile(path(target, id))) ? gatewayOk(null) : gone(id);
        await rename(join(mine, id), path(target, await freeName(path(target), id)));
        await persist(path(target), mine);
        return gatewayOk(null);
      }),
  };

  async function isSettled(file: string): Promise<boolean> {
    const found = await stat(file);
    return found !== undefined && found.isFile() && now() - found.mtimeMs >= settleMs;
  }
}

async function stat(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  }
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file))?.isFile() === true;
}

/** A second file of the same name is kept beside the first. */
async function freeName(folder: string, id: string): Promise<string> {
  const names = new Set(await readdir(folder));
  if (!names.has(id)) return id;
  const stem = id.slice(0, -'.edxml'.length);
  let count = 2;
  while (names.has(`${stem}~${count}.edxml`)) count += 1;
  return `${stem}~${count}.edxml`;
}

/** A rename is on the disk when its folder is. Windows has no such thing to ask for. */
async function persist(...paths: readonly string[]): Promise<void> {
  if (process.platform === 'win32') return;
  for (const each of paths) {
    const folder = await open(each, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}

async function* stream(file: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    const handle = await open(file, constants.O_RDONLY | noFollow);
    try {
      const buffer = new Uint8Array(readBytes);
      for (;;) {
        const { bytesRead } = await handle.read(buffer, 0, readBytes, null);
        if (bytesRead === 0) return;
        yield buffer.slice(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  } catch (fault) {
    throw new GatewayFailure(folderFault(fault).fault);
  }
}

async function guarded<Value>(act: () => Promise<GatewayResult<Value>>): Promise<GatewayResult<Value>> {
  try {
    return await act();
  } catch (fault) {
    if (codeOf(fault) === undefined) throw fault;
    return folderFault(fault);
  }
}

function gone(id: string): ReturnType<typeof gatewayFault> {
  return gatewayFault('gateway.folder', 'never', { reason: `không còn tệp ${id.slice(0, 100)}` });
}

function folderFault(fault: unknown): ReturnType<typeof gatewayFault> {
  // names of errors, not paths: they are shown to people
  return gatewayFault('gateway.folder', 'later', { reason: codeOf(fault) ?? 'lỗi đọc' });
}

function codeOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'code' in fault && typeof fault.code === 'string' && /^E[A-Z]+$/.test(fault.code) ? fault.code : undefined;
}
