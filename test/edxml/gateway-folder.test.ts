import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createFolderGateway } from '../../src-server/gateway/folder.ts';
import type { Gateway, GatewayResult, Outgoing, ReceivedEntry } from '../../src-server/gateway/port.ts';
import { gather } from './support/read.ts';

const all = mkdtempSync(join(tmpdir(), 'edxml-folder-'));
after(() => rmSync(all, { recursive: true, force: true }));
let made = 0;
const nowMs = 1_800_000_000_000;

async function office(): Promise<{ readonly root: string; readonly drop: (name: string, text: string, ageMs?: number) => void; readonly open: (station?: string) => Promise<Gateway> }> {
  const root = join(all, String((made += 1)));
  const open = (station = 'node-1'): Promise<Gateway> => createFolderGateway({ root, station, now: () => nowMs, settleMs: 2000 });
  await open();
  const drop = (name: string, text: string, ageMs = 10_000): void => {
    writeFileSync(join(root, 'in', name), text);
    utimesSync(join(root, 'in', name), nowMs / 1000, (nowMs - ageMs) / 1000);
  };
  return { root, drop, open };
}

function value<Value>(result: GatewayResult<Value>): Value {
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.fault));
  return result.value;
}

function outgoing(key: string, pieces: () => AsyncIterable<Uint8Array>): Outgoing {
  return { kind: 'edoc', from: 'H41', to: ['H14'], key, open: pieces };
}

async function* bytesOf(...texts: readonly string[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

const ids = async (gateway: Gateway): Promise<readonly string[]> => value(await gateway.listReceived()).map(({ id }) => id);
const entry = (id: string): ReceivedEntry => ({ id, kind: 'unknown', from: null });

test('what lies in `in` is listed, read, and goes to `done` or `bad` by name', async () => {
  const { root, drop, open } = await office();
  const gateway = await open();
  drop('a.edxml', 'gói A');
  drop('b.edxml', 'gói B');
  assert.deepEqual(await ids(gateway), ['a.edxml', 'b.edxml']);
  assert.equal(String(await gather(value(await gateway.fetch(entry('a.edxml'))))), 'gói A');
  await gather(value(await gateway.fetch(entry('b.edxml'))));
  value(await gateway.updateStatus(entry('a.edxml'), 'done'));
  value(await gateway.updateStatus(entry('b.edxml'), 'fail'));
  assert.deepEqual(await ids(gateway), []);
  assert.equal(readFileSync(join(root, 'done', 'a.edxml'), 'utf8'), 'gói A');
  assert.equal(readFileSync(join(root, 'bad', 'b.edxml'), 'utf8'), 'gói B');
  // said again, after an answer that got lost
  value(await gateway.updateStatus(entry('a.edxml'), 'done'));
});

test('what is being written is not read: other names, and files that are younger than two seconds', async () => {
  const { root, drop, open } = await office();
  const gateway = await open();
  drop('.hidden.edxml', 'x');
  drop('a.edxml.part', 'x');
  drop('a.tmp', 'x');
  drop('young.edxml', 'x', 500);
  drop('from the future.edxml', 'x');
  drop('later.edxml', 'x', -60_000);
  mkdirSync(join(root, 'in', 'folder.edxml'));
  assert.deepEqual(await ids(gateway), []);
  assert.equal((await gateway.fetch(entry('young.edxml'))).ok, false);
  renameSync(join(root, 'in', 'a.edxml.part'), join(root, 'in', 'a.edxml'));
  assert.deepEqual(await ids(gateway), ['a.edxml']);
});

test('two nodes that want the same package: one gets it', async () => {
  const { drop, open } = await office();
  const nodes = await Promise.all(Array.from({ length: 8 }, (_, at) => open(`node-${at}`)));
  for (let round = 0; round < 20; round += 1) {
    drop(`p${round}.edxml`, 'x');
    const got = await Promise.all(nodes.map((node) => node.fetch(entry(`p${round}.edxml`))));
    assert.equal(got.filter(({ ok }) => ok).length, 1, `round ${round}`);
    for (const each of got) if (!each.ok) assert.equal(each.fault.retry, 'never');
  }
});

test('a node that stops in the middle finds what it had taken, and nobody else does', async () => {
  const { drop, open } = await office();
  const first = await open('node-1');
  drop('a.edxml', 'gói');
  // taken, and not a byte read
  value(await first.fetch(entry('a.edxml')));
  assert.deepEqual(await ids(await open('node-2')), []);
  const again = await open('node-1');
  assert.deepEqual(await ids(again), ['a.edxml']);
  assert.equal(String(await gather(value(await again.fetch(entry('a.edxml'))))), 'gói');
});

test('a second package under a name of before is kept beside the first', async () => {
  const { root, drop, open } = await office();
  const gateway = await open();
  for (const text of ['một', 'hai', 'ba']) {
    drop('a.edxml', text);
    await gather(value(await gateway.fetch(entry('a.edxml'))));
    value(await gateway.updateStatus(entry('a.edxml'), 'done'));
  }
  assert.deepEqual(readdirSync(join(root, 'done')).toSorted(), ['a.edxml', 'a~2.edxml', 'a~3.edxml']);
  assert.deepEqual(['a.edxml', 'a~2.edxml', 'a~3.edxml'].map((name) => readFileSync(join(root, 'done', name), 'utf8')), ['một', 'hai', 'ba']);
});

test('what is sent appears in `out` whole or not at all, and once', async () => {
  const { root, open } = await office();
  const gateway = await open();
  const seen: string[][] = [];
  async function* watched(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const piece of ['một ', 'hai']) {
      yield await Promise.resolve(Buffer.from(piece));
      seen.push(readdirSync(join(root, 'out')).filter((name) => !name.startsWith('.')));
    }
  }
  assert.deepEqual(value(await gateway.send(outgoing('vb-1', watched))), { id: 'vb-1.edxml' });
  assert.deepEqual(seen, [[], []]);
  assert.equal(readFileSync(join(root, 'out', 'vb-1.edxml'), 'utf8'), 'một hai');
  value(await gateway.send(outgoing('vb-1', () => bytesOf('một ', 'hai'))));
  assert.deepEqual(readdirSync(join(root, 'out')), ['vb-1.edxml']);
});

test('a content that cannot be read leaves nothing in `out`, and the fault is its own', async () => {
  const { root, open } = await office();
  const gateway = await open();
  const broken = new Error('no such content');
  async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
    yield await Promise.resolve(Buffer.from('một'));
    throw broken;
  }
  await assert.rejects(gateway.send(outgoing('vb-2', failing)), broken);
  assert.deepEqual(readdirSync(join(root, 'out')), []);
});

test('names that lead elsewhere, and links, are not followed', async () => {
  const { root, drop, open } = await office();
  const gateway = await open();
  drop('a.edxml', 'x');
  writeFileSync(join(root, 'secret.edxml'), 'bí mật');
  symlinkSync(join(root, 'secret.edxml'), join(root, 'in', 'link.edxml'));
  assert.deepEqual(await ids(gateway), ['a.edxml']);
  for (const id of ['../secret.edxml', '../../x.edxml', '/etc/passwd', 'link.edxml', '', '.', 'a.edxml/../b.edxml']) {
    assert.equal((await gateway.fetch(entry(id))).ok, false, id);
    assert.equal((await gateway.updateStatus(entry(id), 'done')).ok, false, id);
  }
  await assert.rejects(gateway.send(outgoing('../x', () => bytesOf('x'))));
  assert.ok(!existsSync(join(root, 'x.edxml')));
});

test('a folder that is gone is a sentence, and works again when it is back', async () => {
  const { root, drop, open } = await office();
  const gateway = await open();
  renameSync(join(root, 'in'), join(root, 'away'));
  const gone = await gateway.listReceived();
  assert.ok(!gone.ok);
  assert.deepEqual([gone.fault.error.code, gone.fault.retry], ['gateway.folder', 'later']);
  renameSync(join(root, 'away'), join(root, 'in'));
  drop('a.edxml', 'x');
  assert.deepEqual(await ids(gateway), ['a.edxml']);
});
