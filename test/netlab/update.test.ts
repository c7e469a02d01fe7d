import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { addRelease } from '../../src-server/features/updates-add.ts';
import { openLab, profiles, type Program } from '../support/netlab.ts';
import { makeRelease, writeKeys } from '../updates/releases.ts';
import { options } from './scene.ts';

type Told = { readonly what: string; readonly ms: number; readonly wire: number; readonly received: number; readonly ready: boolean; readonly tookMs: number; readonly url: string };

const sizeBytes = 200_000;
const script = (name: string): string => join(import.meta.dirname, '../support', name);

test('a new version arrives whole over xã-2G with three cuts and a restart, in no more than 1.1 times its bytes; what a person does meanwhile overtakes it', options, async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-line-'));
  const keysFile = writeKeys(join(dir, 'keys.json'));
  const made = makeRelease(join(dir, 'made'), { version: '1.2.0', sizeBytes, pieceBytes: 64 * 1024 });
  const fault = await addRelease({ dir: join(dir, 'releases'), keysFile }, { file: made.file, signedFile: made.signedFile, version: '1.2.0', channel: 'latest', minimum: null, percent: 100, units: null, now: new Date() });
  assert.equal(fault, null);
  const lab = await openLab(profiles['xa-2g'], 11);
  t.after(async () => {
    await lab.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const lines: Told[] = [];
  const waiting = new Set<() => void>();
  const hear = (line: Readonly<Record<string, unknown>>): void => {
    lines.push(line as unknown as Told);
    for (const look of waiting) look();
  };
  const seen = (fits: (line: Told) => boolean, from = 0): Promise<Told> => new Promise((resolve) => {
    const look = (): void => {
      const found = lines.slice(from).find(fits);
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
  lab.run('server', script('update-server.ts'), [join(dir, 'server'), lab.serverAddress, join(dir, 'releases'), keysFile], hear);
  const { url } = await seen(({ what }) => what === 'ready');
  const begin = (): Program => lab.run('client', script('update-desk.ts'), [join(dir, 'desk'), url, keysFile], hear);
  const has = (bytes: number, from: number): Promise<Told> => seen(({ what, received }) => what === 'update' && received >= bytes, from);
  const cut = async (ms: number): Promise<void> => {
    lab.set({ down: true });
    await new Promise((resolve) => setTimeout(resolve, ms));
    lab.set({ down: false });
  };

  const began = performance.now();
  let desk = begin();
  await has(20_000, 0);
  await cut(3000);
  await has(50_000, 0);
  const drafted = lines.length;
  desk.tell({ do: 'draft' });
  const { tookMs } = await seen(({ what }) => what === 'settled', drafted);
  await has(75_000, 0);
  await cut(17_000);
  await has(105_000, 0);
  // the program goes, as when the power does
  desk.kill();
  await desk.ended;
  const carried = lines.at(-1)?.wire ?? 0;
  const from = lines.length;
  desk = begin();
  const first = await seen(({ what }) => what === 'update', from);
  assert.ok(first.received >= 95_000, `${first.received} bytes were kept`);
  await has(150_000, from);
  await cut(3000);
  const last = await seen(({ ready }) => ready, from);
  const bytes = carried + last.wire;
  t.diagnostic(`${sizeBytes} bytes with three cuts and a restart: ${bytes} bytes on the wire (${(bytes / sizeBytes).toFixed(3)}), ${Math.round((performance.now() - began) / 1000)} s; a draft behind it ${tookMs} ms`);
  assert.ok(readFileSync(join(dir, 'desk', 'updates', 'Van-Thu-Setup-1.2.0.exe')).equals(made.bytes));
  assert.ok(bytes <= 1.1 * sizeBytes, `${bytes} bytes`);
  // three questions, a tenth of whose packets are lost; without losses test/updates/priority.test.ts holds it to 5 s
  assert.ok(tookMs < 12_000, `${tookMs} ms`);
});
