import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { changeByte, isReady, openScene, reached, watching } from './scene.ts';

const name = 'Van-Thu-Setup-1.2.0.exe';

async function ready(t: Parameters<typeof openScene>[0]) {
  const scene = await openScene(t);
  const updates = scene.open();
  const line = await scene.desk(updates);
  line.sync.start();
  await reached(updates, isReady);
  const dir = path.join(scene.root, 'desk-updates');
  return { ...scene, updates, line, dir, install: path.join(dir, 'install.json') };
}

test('nothing is installed that nobody agreed to, and an agreement may be taken back', async (t) => {
  const { updates, install, open } = await ready(t);
  assert.deepEqual(await updates.handOver([]), { ok: false, error: { code: 'update.not-ready' } });
  assert.deepEqual(updates.agree(true), { ok: true, value: null });
  await updates.close();
  assert.equal(open().state().atClose, true, 'kept over a program that fell');
  updates.agree(false);
  assert.deepEqual(await updates.handOver([]), { ok: false, error: { code: 'update.not-ready' } });
  assert.equal(existsSync(install), false);
  assert.equal(open({ dir: path.join(path.dirname(install), 'fresh') }).agree(true).ok, false, 'nothing is here to agree to');
});

test('at closing, what was agreed to is named to the shell, with a copy of the profile as this version leaves it', async (t) => {
  const { updates, install, dir, made, root, open } = await ready(t);
  const profile = path.join(root, 'profile');
  mkdirSync(profile);
  for (const file of ['desk.db', 'office.json']) writeFileSync(path.join(profile, file), `${file} of 1.0.0`);
  updates.agree(true);
  assert.deepEqual(await updates.handOver(['desk.db', 'office.json', 'desk.db-wal'].map((file) => path.join(profile, file))), { ok: true, value: null });
  assert.deepEqual(JSON.parse(readFileSync(install, 'utf8')), { schema: 1, version: '1.2.0', file: name, sha512: made.manifest.file.sha512, sizeBytes: made.bytes.length, released: '2026-11-20T01:00:00Z', minimumSystem: null });
  assert.deepEqual(readdirSync(path.join(dir, 'before', '1.0.0')).sort(), ['desk.db', 'office.json']);
  assert.equal(readFileSync(path.join(dir, 'before', '1.0.0', 'desk.db'), 'utf8'), 'desk.db of 1.0.0');

  // the new version starts
  const after = open({ installed: '1.2.0' });
  assert.deepEqual([existsSync(install), after.state().release, after.state().problem, after.state().atClose], [false, null, null, false]);
  assert.ok(readFileSync(path.join(dir, 'kept', '1.2.0', name)).equals(made.bytes), 'its installer is kept');
  const later = open({ installed: '1.3.0' });
  assert.equal(later.state().previous, '1.2.0', 'and is what the one after it goes back to');
});

test('an installer that did not install is told at the next start, and is not tried again by itself', async (t) => {
  const { updates, open } = await ready(t);
  updates.agree(true);
  await updates.handOver([]);
  const after = open();
  assert.deepEqual(after.state().problem, { code: 'update.not-installed', params: { version: '1.2.0' } });
  assert.deepEqual([after.state().atClose, isReady(after.state())], [false, true]);
});

test('an installer that was changed on the disk is not handed over; its changed piece alone is fetched again', async (t) => {
  const { updates, line, dir, made, install } = await ready(t);
  changeByte(path.join(dir, name), made.bytes, 100_000);
  updates.agree(true);
  assert.deepEqual(await updates.handOver([]), { ok: false, error: { code: 'update.damaged' } });
  assert.deepEqual([existsSync(install), updates.state().atClose, isReady(updates.state())], [false, false, false]);
  const wire = { bytes: 0, requests: [] };
  await line.restart({ updates, fetch: watching(wire) }).then(({ sync }) => sync.start());
  await reached(updates, isReady);
  assert.equal(wire.bytes, 16 * 1024);
});

test('a key that has gone since takes its release with it', async (t) => {
  const { updates, open, root } = await ready(t);
  await updates.close();
  writeFileSync(path.join(root, 'no-keys.json'), JSON.stringify({ schema: 1, keys: [] }));
  assert.equal(open({ keysFile: path.join(root, 'no-keys.json') }).state().release, null);
});
