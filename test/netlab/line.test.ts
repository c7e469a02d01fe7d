import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openLab, profiles, whyNoNetlab, type Profile } from '../support/netlab.ts';

const skip = whyNoNetlab();
const script = (name: string): string => join(import.meta.dirname, '../support', name);
type Line = Readonly<Record<string, unknown>>;

/** A server with so many letters at one end, a new desk at the other; `seen` resolves with the first line that fits, now or later. */
async function open(t: TestContext, profile: Profile, net: number, documents: number, contentBytes: number) {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-line-'));
  const lab = await openLab(profile, net);
  t.after(async () => {
    await lab.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const ready = Promise.withResolvers<Line>();
  const server = lab.run('server', script('line-server.ts'), [join(dir, 'server'), lab.serverAddress, String(documents), String(contentBytes)], (line) => ready.resolve(line));
  void server.ended.then(() => ready.reject(new Error('the server ended')));
  const { url, contents } = (await ready.promise) as { readonly url: string; readonly contents: readonly string[] };

  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  const desk = lab.run('client', script('line-desk.ts'), [join(dir, 'desk'), 'communeClerk', url], (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  const seen = (what: string, fits: (line: Line) => boolean = () => true): Promise<Line> => new Promise((resolve) => {
    const look = (): void => {
      const found = lines.find((line) => line['what'] === what && fits(line));
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
  });
  return { lab, desk, seen, lines, contents };
}

const options = { skip, timeout: 240_000 };

test('on xã-2G a new desk shows its newest letters before the rest has come, then all of them and their files', options, async (t) => {
  const { seen, lines, contents } = await open(t, profiles['xa-2g'], 1, 120, 400);
  const first = await seen('first');
  assert.ok(Number(first['documents']) < 120, 'not all at once');
  await seen('documents', (line) => line['documents'] === 120);
  for (const sha256 of contents) await seen('content', (line) => line['sha256'] === sha256);
  assert.equal(new Set(lines.filter(({ what }) => what === 'content').map(({ sha256 }) => sha256)).size, 120);
});

test('what a person does on xã-2G arrives once, and of a signed file its tail alone goes up', options, async (t) => {
  const { desk, seen, lines } = await open(t, profiles['xa-2g'], 2, 0, 0);
  await seen('status', (line) => line['lastSyncAt'] !== null);
  desk.tell({ do: 'draft', bytes: 60_000 });
  await seen('settled', (line) => line['settled'] === 1);
  const before = lines.length;
  desk.tell({ do: 'revise', tail: 4000 });
  await seen('settled', (line) => line['settled'] === 2);
  const sent = lines.slice(before).filter(({ what, path }) => what === 'request' && String(path).startsWith('/v1/uploads')).reduce((sum, { bytes }) => sum + Number(bytes), 0);
  // a lost packet may have a request sent again, never the file
  assert.ok(sent < 20_000, `${sent} bytes`);
});

test('bursts of losses delay and lose nothing', options, async (t) => {
  const { seen, contents } = await open(t, profiles.burst, 3, 20, 3000);
  await seen('documents', (line) => line['documents'] === 20);
  for (const sha256 of contents) await seen('content', (line) => line['sha256'] === sha256);
});

test('a line that goes for a while again and again is gone on from where it broke', options, async (t) => {
  const { seen, contents } = await open(t, { rate: 64_000, delaySeconds: 0.3, outage: '30,12' }, 4, 2, 150_000);
  for (const sha256 of contents) await seen('content', (line) => line['sha256'] === sha256);
});

test('a line that dies without a word is noticed, told, and taken up when it lives again', options, async (t) => {
  const { lab, desk, seen, lines } = await open(t, { rate: 256_000, delaySeconds: 0.1 }, 5, 1, 20_000);
  await seen('content');
  lab.set({ down: true });
  desk.tell({ do: 'draft', bytes: 30_000 });
  await seen('status', (line) => line['line'] === 'down');
  const from = lines.length;
  lab.set({ down: false });
  await seen('settled');
  assert.ok(lines.slice(from).some((line) => line['what'] === 'status' && line['line'] === 'up' && line['pending'] === 0) || (await seen('status', (line) => line['pending'] === 0 && line['line'] === 'up')) !== undefined);
});
