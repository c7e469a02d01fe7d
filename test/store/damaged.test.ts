import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { AppFailure } from '../../src-shared/result.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { draft, key, scene } from './helpers.ts';

function written(t: TestContext): string {
  const { dir, open } = scene(t);
  const store = open();
  for (let i = 0; i < 30; i++) draft(store.desk, `Văn bản ${i}`);
  store.close();
  return dir;
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

function refusalIn(dir: string, withKey: Uint8Array = key) {
  const opened = openProfileStore({ dir, key: withKey });
  if (!opened.ok) return opened.error;
  opened.value.close();
  return null;
}

test('a first page that does not decrypt is damage where the key opens the other file, and another key where it opens neither', (t) => {
  for (const torn of ['desk.db', 'blobs.db']) {
    const dir = written(t);
    flip(join(dir, torn), 100);
    assert.deepEqual(refusalIn(dir), { code: 'store.damaged', params: { file: join(dir, torn) } });
  }
  const dir = written(t);
  assert.equal(refusalIn(dir, new Uint8Array(32).fill(8))?.code, 'store.cannot-open');
  // both torn at once looks like another key, and nothing else is claimed
  for (const torn of ['desk.db', 'blobs.db']) flip(join(dir, torn), 100);
  assert.equal(refusalIn(dir)?.code, 'store.cannot-open');
});

test('a changed byte of the header that lies open, which no cipher vouches for, is damage with any key', (t) => {
  const dir = written(t);
  const file = join(dir, 'desk.db');
  const whole = readFileSync(file);
  for (let at = 16; at < 24; at++) {
    flip(file, at);
    assert.equal(refusalIn(dir)?.code, 'store.damaged', `byte ${at}`);
    assert.equal(refusalIn(dir, new Uint8Array(32).fill(8))?.code, 'store.damaged', `byte ${at}, another key`);
    writeFileSync(file, whole);
  }
  assert.equal(refusalIn(dir), null);
});

test('a file of another profile in the place of ours is not written to', (t) => {
  const dir = written(t);
  const other = scene(t);
  other.open(new Uint8Array(32).fill(9)).close();
  copyFileSync(join(other.dir, 'desk.db'), join(dir, 'desk.db'));
  const before = readFileSync(join(dir, 'desk.db'));
  assert.equal(refusalIn(dir)?.code, 'store.damaged');
  assert.deepEqual(readFileSync(join(dir, 'desk.db')), before);
});

test('a page that is torn while the desk is open is said when it is read, and is no bug', (t) => {
  const { dir, open } = scene(t);
  const first = open();
  const made = Array.from({ length: 400 }, (_, i) => draft(first.desk, `Văn bản ${i} ${'x'.repeat(300)}`).id);
  first.close();
  const store = open();
  const path = join(dir, 'desk.db');
  const bytes = readFileSync(path);
  // beyond the schema, everything: what was read into memory before is all that is left
  for (let page = 120; (page + 1) * 4096 <= bytes.length; page++) bytes.fill(0xff, page * 4096, (page + 1) * 4096);
  writeFileSync(path, bytes);
  assert.throws(() => { for (const id of made) store.desk.findDocument(id); }, (error) => error instanceof AppFailure && error.error.code === 'store.damaged' && error.error.params?.['file'] === path);
});
