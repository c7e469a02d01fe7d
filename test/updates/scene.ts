import path from 'node:path';
import { writeFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { addRelease } from '../../src-server/features/updates-add.ts';
import { writeEntries } from '../../src-server/features/updates-folder.ts';
import type { Server } from '../../src-server/server.ts';
import type { UpdateState } from '../../src-shared/contract/updates.ts';
import { createUpdates, type Updates } from '../../src-main/updates/updates.ts';
import { openOffice, tempDir } from '../server/office.ts';
import { openDesk, type TestDesk } from '../sync/desk.ts';
import type { SyncOptions } from '../../src-main/sync/sync.ts';
import { makeRelease, writeKeys, type Made, type MakeOptions } from './releases.ts';

export type Wire = { bytes: number; requests: string[] };
export type Tamper = (bytes: Uint8Array, at: number) => Uint8Array;

/** A `fetch` that counts what comes of installers, and may change or cut it. `cutAfter`: each answer breaks off after so many bytes, for as long as there are cuts left. */
export function watching(wire: Wire, { tamper, cuts = [] }: { readonly tamper?: Tamper; readonly cuts?: number[] } = {}): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const answer = await fetch(input, init);
    if (!url.pathname.endsWith('.exe') || answer.body === null) return answer;
    wire.requests.push(new Headers(init?.headers).get('range') ?? '');
    let at = Number(/bytes (\d+)-/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? 0);
    const cut = cuts.shift();
    let told = 0;
    const through = new TransformStream<Uint8Array, Uint8Array>({
      transform: (part, controller) => {
        wire.bytes += part.length;
        controller.enqueue(tamper === undefined ? part : tamper(part.slice(), at));
        at += part.length;
        told += part.length;
        if (cut !== undefined && told >= cut) controller.error(new TypeError('cut'));
      },
    });
    return new Response(answer.body.pipeThrough(through), { status: answer.status, headers: answer.headers });
  };
}

export type UpdateScene = {
  readonly root: string; readonly server: Server; readonly made: Made;
  /** The desk's room, on the same folder whenever it is opened again. */
  readonly open: (changes?: { readonly installed?: string; readonly dir?: string; readonly keysFile?: string }) => Updates;
  readonly desk: (updates: Updates, changes?: Partial<SyncOptions>) => Promise<TestDesk>;
  readonly publish: (options: MakeOptions) => Promise<Made>;
  readonly withdraw: () => void;
};

/** A province that gives a version, and a desk that may take it. */
export async function openScene(t: TestContext, options: MakeOptions = { version: '1.2.0' }): Promise<UpdateScene> {
  const root = tempDir(t);
  const keysFile = writeKeys(path.join(root, 'keys.json'));
  const settings = { dir: path.join(root, 'releases'), keysFile };
  const server = await openOffice(t, { updates: settings });
  const publish = async (more: MakeOptions): Promise<Made> => {
    const made = makeRelease(path.join(root, 'made'), more);
    const fault = await addRelease(settings, { file: made.file, signedFile: made.signedFile, version: more.version, channel: 'latest', minimum: made.manifest.minimum, percent: 100, units: null, now: new Date() });
    if (fault !== null) throw new Error(fault);
    return made;
  };
  const made = await publish(options);
  const opened: Updates[] = [];
  t.after(async () => {
    for (const each of opened) await each.close();
  });
  return {
    root, server, made, publish,
    withdraw: () => writeEntries(settings.dir, []),
    open: ({ installed = '1.0.0', dir = path.join(root, 'desk-updates'), keysFile: keys = keysFile } = {}) => {
      const updates = createUpdates({ dir, keysFile: keys, installed, platform: 'win32-x64', now: () => new Date('2026-11-23T02:00:00Z'), log: () => undefined });
      opened.push(updates);
      return updates;
    },
    desk: (updates, changes = {}) => openDesk(t, server.url, 'communeClerk', { updates, ...changes }),
  };
}

/** Looked at now and after every change that the room tells of. */
export function reached(updates: Updates, holds: (state: UpdateState) => boolean): Promise<UpdateState> {
  return new Promise((resolve) => {
    const stop = updates.onChanged(look);
    function look(state: UpdateState): void {
      if (!holds(state)) return;
      stop();
      resolve(state);
    }
    look(updates.state());
  });
}

export const isReady = ({ release }: UpdateState): boolean => release?.ready === true;

/** A file of so many bytes with one of them changed. */
export function changeByte(file: string, bytes: Buffer, at: number): void {
  const changed = Buffer.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 0x40;
  writeFileSync(file, changed);
}
