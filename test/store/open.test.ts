import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openProfileStore } from '../../src-main/store/open.ts';
import { checkNode, connect } from '../../src-main/store/driver.ts';
import { draft, key, pieces, scene } from './helpers.ts';

const otherKey = new Uint8Array(32).fill(8);
const raw = { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 };

/** What lies in the files. The index of the log (`-shm`) is made anew by whoever opens, and an empty log says nothing. */
function snapshot(dir: string): Record<string, string> {
  return Object.fromEntries(readdirSync(dir).filter((name) => !name.endsWith('-shm')).sort()
    .map((name) => [name, readFileSync(join(dir, name)).toString('base64')] as const).filter(([, text]) => text !== ''));
}

test('neither titles nor pages of a document lie readable on the disk, open or closed', async (t) => {
  const { dir, open } = scene(t);
  const store = open();
  const title = 'VIEC RAT RIENG CUA NHAN DAN';
  draft(store.desk, title);
  store.desk.setSetting('name', title);
  store.desk.putDirectory([], 1);
  const pdf = readFileSync(new URL('../fixtures/pdf/quyet-dinh.pdf', import.meta.url));
  const put = await store.blobs.put(pieces(pdf));
  assert.ok(put.ok);
  const searchFor = ['VIEC RAT RIENG', 'viec', 'rieng', 'SQLite format 3', 'CREATE TABLE', 'document_search', '%PDF-', 'endobj', put.value.sha256].map((text) => Buffer.from(text));
  const samples = [pdf.subarray(0, 16), pdf.subarray(1000, 1032)];
  const look = (when: string): void => {
    const names = readdirSync(dir);
    assert.ok(names.includes('desk.db') && names.includes('blobs.db'));
    for (const name of names) {
      const bytes = readFileSync(join(dir, name));
      for (const needle of [...searchFor, ...samples]) assert.equal(bytes.indexOf(needle), -1, `${needle.toString('latin1')} in ${name}, ${when}`);
    }
  };
  assert.ok(existsSync(join(dir, 'desk.db-wal')) && readFileSync(join(dir, 'desk.db-wal')).length > 0, 'the log is looked into as well');
  look('open');
  store.close();
  look('closed');
});

test('the durable settings are on', (t) => {
  const { dir, open, hold } = scene(t);
  open().close();
  for (const [file, pageSize] of [['desk.db', 4096], ['blobs.db', 65_536]] as const) {
    const db = hold(connect(join(dir, file), raw));
    assert.deepEqual(
      ['cipher', 'journal_mode', 'synchronous', 'foreign_keys', 'temp_store', 'page_size'].map((name) => db.pragma(name)),
      ['aegis', 'wal', 2, 1, 2, pageSize],
    );
    const loose = db.read<[], { name: string }>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    ).all();
    assert.deepEqual(loose, [], 'every table is STRICT');
    assert.deepEqual(db.read<[], { integrity_check: string }>('PRAGMA integrity_check').all(), [{ integrity_check: 'ok' }]);
  }
});

test('another key opens nothing and changes nothing, even with a log left by a killed program', (t) => {
  const { dir, open } = scene(t);
  const store = open();
  draft(store.desk, 'Còn trong nhật ký');
  const copy = scene(t).dir;
  for (const [name, bytes] of Object.entries(snapshot(dir))) writeFileSync(join(copy, name), Buffer.from(bytes, 'base64'));
  const before = snapshot(copy);
  assert.ok((before['desk.db-wal'] ?? '').length > 0);
  const refused = openProfileStore({ dir: copy, key: otherKey });
  assert.deepEqual(refused, { ok: false, error: { code: 'store.cannot-open', params: { file: join(copy, 'desk.db') } } });
  assert.deepEqual(snapshot(copy), before);
  const opened = openProfileStore({ dir: copy, key });
  assert.ok(opened.ok);
  assert.equal(opened.value.desk.outbox()[0]?.title, 'Còn trong nhật ký');
  opened.value.close();
});

test('a damaged, a cut and a foreign file are refused and left as they are', (t) => {
  for (const harm of [
    (path: string) => {
      const bytes = readFileSync(path);
      bytes[100] = (bytes[100] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    (path: string) => truncateSync(path, 5000),
    (path: string) => writeFileSync(path, 'this is a letter, not a database\n'.repeat(500)),
  ]) {
    for (const file of ['desk.db', 'blobs.db']) {
      const { dir, open } = scene(t);
      const store = open();
      draft(store.desk, 'Văn bản');
      store.close();
      harm(join(dir, file));
      const before = snapshot(dir);
      const refused = openProfileStore({ dir, key });
      assert.ok(!refused.ok);
      assert.deepEqual(refused.error, { code: 'store.damaged', params: { file: join(dir, file) } });
      assert.deepEqual(snapshot(dir), before);
    }
  }
});

test('a page damaged anywhere is never a crash of the opening', (t) => {
  const { dir, open } = scene(t);
  const store = open();
  for (let i = 0; i < 20; i++) draft(store.desk, `Văn bản ${i}`);
  store.close();
  const path = join(dir, 'desk.db');
  const whole = readFileSync(path);
  let refused = 0;
  for (let page = 0; page * 4096 < whole.length; page++) {
    const bytes = Buffer.from(whole);
    const at = page * 4096 + 2000;
    bytes[at] = (bytes[at] ?? 0) ^ 0x40;
    writeFileSync(path, bytes);
    const opened = openProfileStore({ dir, key });
    if (opened.ok) opened.value.close();
    else {
      assert.equal(opened.error.code, 'store.damaged');
      refused += 1;
    }
  }
  assert.ok(refused > whole.length / 4096 / 2, `${refused} of ${whole.length / 4096} pages were looked at before anything was written`);
});

test('a path that cannot be a folder is refused, not thrown', (t) => {
  const { dir } = scene(t);
  writeFileSync(join(dir, 'file'), '');
  const refused = openProfileStore({ dir: join(dir, 'file', 'profile'), key });
  assert.equal(refused.ok ? null : refused.error.code, 'store.cannot-open');
});

test('a store made by a newer version is refused and left as it is', (t) => {
  const { dir, open } = scene(t);
  open().close();
  const db = connect(join(dir, 'desk.db'), raw);
  db.script("INSERT INTO migration (number, name, applied_at) VALUES (9990, 'from the future', '2030-01-01')");
  db.close();
  const before = snapshot(dir);
  assert.deepEqual(openProfileStore({ dir, key }), { ok: false, error: { code: 'store.newer' } });
  assert.deepEqual(snapshot(dir), before);
});

test('a store whose steps are not the beginning of ours is refused', (t) => {
  const { dir, open } = scene(t);
  open().close();
  const db = connect(join(dir, 'desk.db'), raw);
  db.script('DELETE FROM migration WHERE number = 20');
  db.close();
  const refused = openProfileStore({ dir, key });
  assert.equal(refused.ok ? null : refused.error.code, 'store.cannot-open');
});

test('an older Node is told so before the driver is loaded', () => {
  assert.equal(checkNode('10').ok, true);
  for (const napi of ['9', undefined]) assert.deepEqual(checkNode(napi), { ok: false, error: { code: 'store.node-too-old' } });
});

test('a reader cannot prepare a statement that writes', (t) => {
  const { dir, hold } = scene(t);
  const db = hold(connect(join(dir, 'x.db'), raw));
  db.script('CREATE TABLE t (a INTEGER) STRICT');
  assert.throws(() => db.read('DELETE FROM t'));
});
