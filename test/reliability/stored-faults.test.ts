import assert from 'node:assert/strict';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { connect } from '../../src-main/store/driver.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { draft, key, scene } from '../store/helpers.ts';
import { fault, written } from './fault.ts';

const otherKey = new Uint8Array(32).fill(8);

function flip(dir: string, file: string, at: number): { readonly dir: string } {
  return change(dir, file, (bytes) => { bytes[at] = (bytes[at] ?? 0) ^ 0x40; });
}

function change(dir: string, file: string, edit: (bytes: Buffer) => void): { readonly dir: string } {
  const bytes = readFileSync(join(dir, file));
  edit(bytes);
  writeFileSync(join(dir, file), bytes);
  return { dir };
}

function script(dir: string, sql: string): { readonly dir: string } {
  const db = connect(join(dir, 'desk.db'), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
  db.script(sql);
  db.close();
  return { dir };
}

fault('one byte of the first page of desk.db is changed', (dir) => flip(dir, 'desk.db', 100));
fault('one byte of the first page of blobs.db is changed', (dir) => flip(dir, 'blobs.db', 100));
fault('one byte in the midst of desk.db is changed', (dir) => flip(dir, 'desk.db', 4096 * 20 + 77));
fault('a whole page of desk.db is zeros, as a disk that dies leaves it', (dir) => change(dir, 'desk.db', (bytes) => void bytes.fill(0, 4096 * 12, 4096 * 13)));
fault('desk.db is cut in its middle', (dir) => { truncateSync(join(dir, 'desk.db'), 4096 * 40 + 7); return { dir }; });
fault('desk.db is cut within its first page', (dir) => { truncateSync(join(dir, 'desk.db'), 100); return { dir }; });
fault('desk.db is all zeros', (dir) => change(dir, 'desk.db', (bytes) => void bytes.fill(0)));
fault('another program wrote a letter over desk.db', (dir) => { writeFileSync(join(dir, 'desk.db'), 'Kính gửi: UBND xã\n'.repeat(500)); return { dir }; });
fault('a byte of the header that lies open is changed', (dir) => flip(dir, 'desk.db', 20));

fault('desk.db of another profile is copied over ours', (dir, t) => {
  const other = scene(t);
  other.open(otherKey).close();
  copyFileSync(join(other.dir, 'desk.db'), join(dir, 'desk.db'));
  return { dir };
});

fault('the first pages of both files are damaged, which looks like another key', (dir) => {
  flip(dir, 'desk.db', 100);
  return flip(dir, 'blobs.db', 100);
});

fault('the key is another one', (dir) => ({ dir, key: otherKey }));

fault('the profile’s folder is a file', (dir) => {
  const file = join(dir, 'tep');
  writeFileSync(file, 'không phải thư mục');
  return { dir: file };
});

fault('desk.db is a folder', (dir) => {
  rmSync(join(dir, 'desk.db'));
  mkdirSync(join(dir, 'desk.db'));
  return { dir };
});

fault('the store was made by a newer version', (dir) => script(dir, "INSERT INTO migration VALUES (9990, 'from the future', '2030-01-01')"));
fault('the steps of the store are not ours', (dir) => script(dir, 'DELETE FROM migration WHERE number = 20'));
fault('the index of the log (desk.db-shm) is rubbish', (dir) => { writeFileSync(join(dir, 'desk.db-shm'), Buffer.alloc(32_768, 0xa5)); return { dir }; });

fault('the folder’s path has blanks, Vietnamese letters and 250 characters', (dir, t) => {
  const root = scene(t).dir;
  let deep = join(root, 'Ủy ban nhân dân xã Hòa Bình');
  // characters, not bytes; a name may have 255 bytes
  while (deep.length < 240) deep = join(deep, 'Văn thư Đường Đặng'.slice(0, Math.max(1, 249 - deep.length)));
  deep = deep.padEnd(250, 'ộ');
  assert.equal(deep.length, 250);
  mkdirSync(dirname(deep), { recursive: true });
  renameSync(dir, deep);
  return { dir: deep };
});

fault('the profile is reached by a symbolic link', (dir, t) => {
  const link = join(scene(t).dir, 'lien-ket');
  symlinkSync(dir, link, 'junction');
  return { dir: link };
});

fault('another program reads desk.db all the while, as an antivirus does', (dir, t) => {
  const held = openSync(join(dir, 'desk.db'), 'r');
  t.after(() => closeSync(held));
  readSync(held, Buffer.alloc(4096), 0, 4096, 0);
  return { dir };
});

fault('the machine’s date is 1970, then 2099, then right again', (_, t) => {
  const dir = written(t);
  for (const day of [0, Date.parse('2099-12-31T23:59:59Z')]) {
    const store = openProfileStore({ dir, key, now: () => day });
    assert.ok(store.ok);
    draft(store.value.desk, 'Ngày sai');
    store.value.close();
  }
  return { dir, now: () => Date.parse('2026-11-23T08:00:00+07:00') };
});
