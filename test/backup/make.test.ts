import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checkBackup } from '../../src-main/backup/look.ts';
import { listBackups } from '../../src-main/backup/manifest.ts';
import { readFacts } from '../../src-main/store/facts.ts';
import { draft, key, pieces } from '../store/helpers.ts';
import { smallDisk } from '../kill/room.ts';
import { backUp, codeOf, office, page, startCli } from './support.ts';

test('a backup is the whole profile, encrypted, with a manifest that fits every byte', async (t) => {
  const scene = await office(t);
  const made = await backUp(scene);
  assert.ok(made.ok, codeOf(made));
  assert.deepEqual(readdirSync(made.value.folder).toSorted(), ['blobs.db', 'desk.db', 'manifest.json', 'recovery.json']);
  assert.deepEqual(readdirSync(scene.target), [made.value.folder.split('/').at(-1)]);
  const checked = await checkBackup(made.value.folder, { phrase: scene.phrase });
  assert.ok(checked.ok, codeOf(checked));
  assert.deepEqual([checked.value.damaged, checked.value.report?.faults, checked.value.report?.contents], [[], [], 3]);
  for (const file of ['blobs.db', 'desk.db']) {
    const bytes: Buffer = readFileSync(join(made.value.folder, file));
    for (const word of ['SQLite format', 'trang giấy', 'Văn bản', 'CREATE TABLE']) assert.equal(bytes.includes(word), false, `${word} in ${file}`);
  }
  const open = readFileSync(join(made.value.folder, 'manifest.json'), 'utf8') + readFileSync(join(made.value.folder, 'recovery.json'), 'utf8');
  for (const secret of [Buffer.from(key).toString('hex'), Buffer.from(key).toString('base64'), scene.phrase, 'Văn bản']) assert.equal(open.includes(secret), false, secret);
  assert.deepEqual(readdirSync(made.value.folder).length, 4, 'looking leaves nothing behind');
});

test('what is being written while it is made is in it whole or not at all, and the writer never waits long', async (t) => {
  const scene = await office(t, { contents: 60 });
  const store = scene.open();
  t.after(store.close);
  const controller = new AbortController();
  let written = 0;
  let longestMs = 0;
  const writing = (async () => {
    for (let i = 100; !controller.signal.aborted; i++) {
      const put = await store.blobs.put(pieces(page(i).subarray(0, 300_000)));
      assert.ok(put.ok);
      const began = performance.now();
      draft(store.desk, `Viết lúc sao lưu ${i} ${put.value.sha256}`);
      longestMs = Math.max(longestMs, performance.now() - began);
      written += 1;
      await nextTurn();
    }
  })();
  for (let round = 0; round < 2; round++) {
    // in a process of its own, as the program makes them
    const child = startCli(['backup', 'make', '--profile', scene.profileDir, '--key-env', 'VT_KEY', '--to', scene.target]);
    const [status] = await once(child, 'exit');
    assert.equal(status, 0);
  }
  controller.abort();
  await writing;
  assert.ok(written > 0);
  const listed = listBackups(scene.target);
  assert.ok(listed.ok && listed.value.length > 0);
  const folders = listed.value.map(({ folder }) => folder).toReversed();
  const counts = folders.map((folder) => {
    const facts = readFacts({ dir: folder, key });
    assert.ok(facts.ok);
    return facts.value.documents;
  });
  assert.deepEqual(counts, counts.toSorted((one, other) => one - other));
  for (const folder of folders) {
    const checked = await checkBackup(folder, { key });
    assert.ok(checked.ok);
    assert.deepEqual([checked.value.damaged, checked.value.report?.faults], [[], []]);
  }
  t.diagnostic(`written ${written}, longest ${longestMs.toFixed(1)} ms, documents ${counts.join(' ')}`);
});

test('the files stay still while they are held, whatever is written and however often the log is moved', async (t) => {
  const scene = await office(t);
  const store = scene.open();
  t.after(store.close);
  let during = 0;
  const made = await backUp(scene, {
    onProgress: () => {
      during += 1;
      for (let i = 0; i < 50; i++) draft(store.desk, `Trong lúc chép ${during}-${i}`);
    },
  });
  assert.ok(made.ok && during > 0);
  const facts = readFacts({ dir: made.value.folder, key });
  assert.ok(facts.ok);
  assert.equal(facts.value.documents, 5, 'as it was when the copy began');
  const checked = await checkBackup(made.value.folder, { key });
  assert.deepEqual(checked.ok && [checked.value.damaged, checked.value.report?.faults], [[], []]);
});

test('one byte that is not as it was is found, a file that is cut is not even offered as whole', async (t) => {
  const scene = await office(t);
  const made = await backUp(scene);
  assert.ok(made.ok);
  const file = join(made.value.folder, 'blobs.db');
  const bytes = readFileSync(file);
  bytes[300_000] = (bytes[300_000] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  const checked = await checkBackup(made.value.folder, { phrase: scene.phrase });
  assert.deepEqual(checked.ok && checked.value.damaged, ['blobs.db']);
  truncateSync(file, statSync(file).size - 10);
  const listed = listBackups(scene.target);
  assert.deepEqual(listed.ok && listed.value.map(({ complete }) => complete), [false]);
});

test('without its place, without a sheet, and while another runs, it says which', async (t) => {
  const scene = await office(t);
  assert.equal(codeOf(await backUp({ ...scene, target: join(scene.root, 'khong-co') })), 'backup.no-target');
  const [first, second] = await Promise.all([backUp(scene), backUp(scene)]);
  assert.deepEqual([codeOf(first), codeOf(second)].toSorted(), ['backup.busy', 'ok']);
  const bare = await office(t);
  rmSync(join(bare.profileDir, 'recovery.json'));
  assert.equal(codeOf(await backUp(bare)), 'backup.no-sheet');
  assert.deepEqual(readdirSync(bare.target), []);
});

test('stopped by the person it leaves nothing', async (t) => {
  const scene = await office(t);
  const controller = new AbortController();
  const made = await backUp(scene, { signal: controller.signal, onProgress: () => controller.abort() });
  assert.equal(codeOf(made), 'backup.cancelled');
  assert.deepEqual(readdirSync(scene.target), []);
});

test('old ones go by the rule, and only this desk’s own', async (t) => {
  const scene = await office(t);
  const other = await office(t, { code: 'H48.60.13' });
  const day = (n: number) => () => new Date(Date.UTC(2026, 0, n, 3));
  const theirs = await backUp({ ...other, target: scene.target }, { now: day(1) });
  assert.ok(theirs.ok);
  mkdirSync(join(scene.target, 'VanThu-H48.60.12-20200101-000000'));
  for (let n = 1; n <= 40; n++) {
    const made = await backUp(scene, { now: day(n) });
    assert.ok(made.ok, codeOf(made));
  }
  const names = readdirSync(scene.target);
  assert.ok(names.includes('VanThu-H48.60.12-20200101-000000'), 'what carries no manifest of ours stays');
  assert.ok(names.some((name) => name.startsWith('VanThu-H48.60.13-')), 'another unit’s stays');
  const days = names.filter((name) => name.startsWith('VanThu-H48.60.12-2026')).map((name) => name.slice(17, 25)).toSorted();
  // Sundays of four weeks, ends of two months, seven days
  assert.deepEqual(days, ['20260125', '20260131', '20260201', '20260203', '20260204', '20260205', '20260206', '20260207', '20260208', '20260209']);
});

test('a place that fills up beforehand or in the middle leaves the earlier backups as they were', async (t) => {
  const disk = smallDisk(t, 24_000_000);
  if (disk === null) return;
  const scene = { ...(await office(t)), target: join(disk.dir, 'stick') };
  mkdirSync(scene.target);
  const first = await backUp(scene, { now: () => new Date(Date.UTC(2026, 10, 1)) });
  assert.ok(first.ok, codeOf(first));
  disk.fill(1_000_000);
  assert.equal(codeOf(await backUp(scene)), 'backup.no-room');
  disk.makeRoom();
  let filled = false;
  const cut = await backUp(scene, {
    onProgress: () => {
      if (!filled) disk.fill(0);
      filled = true;
    },
  });
  assert.equal(codeOf(cut), 'backup.stopped');
  assert.deepEqual(readdirSync(scene.target), [first.value.folder.split('/').at(-1)]);
  assert.deepEqual((await checkBackup(first.value.folder, { key })).ok, true);
  disk.makeRoom();
  assert.ok((await backUp(scene)).ok);
});
