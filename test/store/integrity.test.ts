import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { spawnSync } from 'node:child_process';
import { connect } from '../../src-main/store/driver.ts';
import { checkProfile } from '../../src-main/store/integrity.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { draft, key, pieces } from './helpers.ts';

const main = join(import.meta.dirname, '../../src-main/cli/main.ts');

/** A closed profile with drafts, one content of three pieces and an audit. */
async function profile(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'van-thu-care-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const dir = join(root, 'desk');
  const store = openProfileStore({ dir, key });
  assert.ok(store.ok);
  for (let i = 0; i < 5; i++) draft(store.value.desk, `Văn bản ${i}`);
  const put = await store.value.blobs.put(pieces(Buffer.alloc(600_000, 'trang giấy ').map((byte, i) => byte ^ (i >> 12))));
  assert.ok(put.ok);
  store.value.close();
  return { root, dir, sha256: put.value.sha256 };
}

function edit(dir: string, file: string, sql: string): void {
  const db = connect(join(dir, file), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
  db.pragma('foreign_keys = OFF');
  db.script(sql);
  db.close();
}

function faultsOf(dir: string) {
  const checked = checkProfile({ dir, key });
  assert.ok(checked.ok);
  return checked.value.faults;
}

function bytesOf(dir: string): readonly string[] {
  return readdirSync(dir).filter((name) => name.endsWith('.db')).map((name) => readFileSync(join(dir, name)).toString('base64'));
}

test('a profile that nobody harmed is whole, also while the desk is open', async (t) => {
  const { dir } = await profile(t);
  const open = openProfileStore({ dir, key });
  assert.ok(open.ok);
  draft(open.value.desk, 'Đang làm');
  const checked = checkProfile({ dir, key });
  open.value.close();
  assert.ok(checked.ok);
  assert.deepEqual([checked.value.faults, checked.value.contents, checked.value.pieces], [[], 1, 3]);
  assert.ok(checked.value.auditLines >= 6);
});

test('a changed piece, a missing one, a row that points nowhere and a changed audit are each named', async (t) => {
  const changed = await profile(t);
  edit(changed.dir, 'blobs.db', "UPDATE chunk SET bytes = zeroblob(length(bytes)) WHERE row = 2");
  assert.deepEqual(faultsOf(changed.dir), [{ kind: 'content', sha256: changed.sha256 }]);
  const hole = await profile(t);
  edit(hole.dir, 'blobs.db', 'DELETE FROM blob_chunk WHERE seq = 1');
  assert.deepEqual(faultsOf(hole.dir), [{ kind: 'content', sha256: hole.sha256 }]);
  const nowhere = await profile(t);
  edit(nowhere.dir, 'blobs.db', 'DELETE FROM chunk WHERE row = 3');
  assert.deepEqual(faultsOf(nowhere.dir), [{ kind: 'link', file: 'blobs', count: 1 }, { kind: 'content', sha256: nowhere.sha256 }]);
  const audit = await profile(t);
  edit(audit.dir, 'desk.db', "DROP TRIGGER audit_stays; UPDATE audit SET subject = 'x' WHERE seq = 3");
  assert.deepEqual(faultsOf(audit.dir), [{ kind: 'audit', seq: 3 }]);
});

test('a profile of an older schema is read as it is, a newer one and an empty folder are refused', async (t) => {
  const { root, dir } = await profile(t);
  edit(dir, 'desk.db', 'DROP TABLE audit; DELETE FROM migration WHERE number >= 190');
  assert.deepEqual(checkProfile({ dir, key }), { ok: true, value: { faults: [], contents: 1, pieces: 3, auditLines: 0 } });
  const newer = await profile(t);
  edit(newer.dir, 'desk.db', "INSERT INTO migration VALUES (9990, 'from the future', '2030')");
  assert.deepEqual(checkProfile({ dir: newer.dir, key }), { ok: false, error: { code: 'store.newer' } });
  assert.deepEqual(checkProfile({ dir: join(root, 'khong-co'), key }), { ok: false, error: { code: 'store.cannot-open', params: { file: join(root, 'khong-co', 'desk.db') } } });
});

test('a byte flipped in any page of either file is found, and the files stay as they were', async (t) => {
  const { dir } = await profile(t);
  for (const [file, page] of [['desk.db', 4096], ['blobs.db', 65_536]] as const) {
    const whole = readFileSync(join(dir, file));
    for (let at = 2000; at < whole.length; at += page) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x40;
      writeFileSync(join(dir, file), bytes);
      const before = bytesOf(dir);
      const checked = checkProfile({ dir, key });
      assert.ok(!checked.ok ? checked.error.code === 'store.damaged' : checked.value.faults.length > 0, `${file}, byte ${at}`);
      assert.deepEqual(bytesOf(dir), before);
    }
    writeFileSync(join(dir, file), whole);
  }
  assert.deepEqual(faultsOf(dir), []);
});

test('van-thu check says whole, not whole, or why it cannot', async (t) => {
  const { root, dir, sha256 } = await profile(t);
  const check = (hex: string) => spawnSync(process.execPath, [main, 'check', '--profile', root, '--key-env', 'KHOA'], { encoding: 'utf8', env: { ...process.env, KHOA: hex } });
  const hex = Buffer.from(key).toString('hex');
  const whole = check(hex);
  assert.deepEqual([whole.status, /Nguyên vẹn: 1 nội dung/.test(whole.stdout)], [0, true], whole.stderr);
  assert.deepEqual([check('').status, check('00'.repeat(32)).stderr.split(':')[0]], [2, 'store.cannot-open']);
  edit(dir, 'blobs.db', "UPDATE chunk SET bytes = x'00' WHERE row = 1");
  const harmed = check(hex);
  assert.equal(harmed.status, 1);
  assert.ok(harmed.stdout.includes(sha256) && harmed.stdout.includes('KHÔNG NGUYÊN VẸN'));
  truncateSync(join(dir, 'desk.db'), 5000);
  assert.equal(check(hex).status, 2);
});
