import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { writeWhole } from '../../../src-main/features/settings/write-whole.ts';
import { takeProfileLock } from '../../../src-main/office/profile-lock.ts';
import { connect } from '../../../src-main/store/driver.ts';
import { openProfileStore } from '../../../src-main/store/open.ts';
import { pieces } from '../../store/helpers.ts';

const key = new Uint8Array(32).fill(7);

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-tệp-'));
  t.after(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10 }));
  return dir;
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['EBUSY', 'EPERM', 'EACCES'].includes(String(error.code));
}

async function keepsIts(dir: string): Promise<void> {
  const bytes = new Uint8Array(600_000).fill(3);
  const first = openProfileStore({ dir, key });
  assert.ok(first.ok, JSON.stringify(first));
  const put = await first.value.blobs.put(pieces(bytes));
  first.value.close();
  assert.ok(put.ok);
  const again = openProfileStore({ dir, key });
  assert.ok(again.ok);
  assert.equal(again.value.blobs.has(put.value.sha256), true);
  again.value.close();
}

test('this is Windows', () => assert.equal(process.platform, 'win32'));

test('a profile lies in a folder whose name has marks, blanks and a quote', async (t) => {
  const dir = join(folder(t), "Văn thư Ủy ban xã Sơn Tịnh's — năm 2026");
  await keepsIts(dir);
  assert.deepEqual(readdirSync(dir).filter((name) => name.endsWith('.db')).sort(), ['blobs.db', 'desk.db']);
});

test('a folder deeper than 260 characters holds a profile, or is refused with a code and nothing half made', async (t) => {
  const dir = join(folder(t), ...Array.from({ length: 6 }, (_, at) => `${at} ${'Hồ sơ công việc '.repeat(4).trim()}`));
  assert.ok(dir.length > 300);
  const opened = openProfileStore({ dir, key });
  if (opened.ok) {
    opened.value.close();
    return keepsIts(dir);
  }
  assert.equal(opened.error.code, 'store.cannot-open');
  assert.deepEqual(existsSync(dir) ? readdirSync(dir) : [], []);
});

test('a store that is open is not taken away beneath it', (t) => {
  const dir = folder(t);
  const opened = openProfileStore({ dir, key });
  assert.ok(opened.ok);
  assert.throws(() => renameSync(join(dir, 'desk.db'), join(dir, 'khác.db')), isRefused);
  opened.value.close();
  renameSync(join(dir, 'desk.db'), join(dir, 'khác.db'));
});

test('a profile is one program’s at a time, and free again when it is given back', (t) => {
  const file = join(folder(t), 'office', 'khóa.db');
  const first = takeProfileLock(file);
  assert.ok(first);
  assert.equal(takeProfileLock(file), null);
  first.release();
  const second = takeProfileLock(file);
  assert.ok(second);
  second.release();
});

test('settings are written over a file that another program holds for a moment, as a virus scanner does', async (t) => {
  const file = join(folder(t), 'cài đặt.json');
  writeFileSync(file, 'cũ');
  // SQLite shares its files with nobody who would take them away; the first look at one holds it until it is closed
  const holder = new Worker(
    `const { DatabaseSync } = require('node:sqlite'); const { parentPort, workerData } = require('node:worker_threads');
     const db = new DatabaseSync(workerData); try { db.exec('BEGIN IMMEDIATE; SELECT * FROM sqlite_schema'); } catch {}
     parentPort.postMessage('held'); setTimeout(() => { db.close(); }, 300);`,
    { eval: true, workerData: file },
  );
  await once(holder, 'message');
  assert.throws(() => renameSync(file, `${file}.x`), isRefused, 'it is held');
  writeWhole(file, 'mới');
  assert.equal(readFileSync(file, 'utf8'), 'mới');
  await holder.terminate();
});

test('what is held for longer is refused, and what stood there stays', (t) => {
  const dir = folder(t);
  const file = join(dir, 'cài đặt.db');
  const db = connect(file, { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 64 });
  db.script('CREATE TABLE t (a INTEGER) STRICT');
  try {
    assert.throws(() => writeWhole(file, 'mới'), isRefused);
  } finally {
    db.close();
  }
  assert.notEqual(readFileSync(file).length, 'mới'.length);
  writeWhole(file, 'mới');
  assert.equal(readFileSync(file, 'utf8'), 'mới');
});

test('a name that Windows keeps for a device is no folder of ours', (t) => {
  const dir = join(folder(t), 'con');
  try {
    mkdirSync(dir);
  } catch (error) {
    assert.ok(error instanceof Error);
  }
  const opened = openProfileStore({ dir, key });
  if (opened.ok) opened.value.close();
  else assert.equal(opened.error.code, 'store.cannot-open');
});
