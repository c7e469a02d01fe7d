import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createOpenedFiles } from '../../../src-main/features/opened/opened-files.ts';
import { openedPaths } from '../../../src-main/shell/opened-paths.ts';
import type { Result } from '../../../src-shared/result.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-opened-'));
after(() => rmSync(dir, { recursive: true }));

const file = (name: string, bytes: Uint8Array = Buffer.from('%PDF-1.7')): string => {
  writeFileSync(join(dir, name), bytes);
  return join(dir, name);
};
const valueOf = <T>(result: Result<T>): T => {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
};
function opened() {
  const counts: number[] = [];
  const files = createOpenedFiles((count) => counts.push(count));
  const list = async () => valueOf(await files.handlers['opened.list']({})).files;
  return { ...files, counts, list };
}

test('files of ours are held with their names and sizes; what else stands on a command line is passed over', async () => {
  const { open, list, counts } = opened();
  mkdirSync(join(dir, 'thư mục.pdf'));
  const letter = file('Công văn số 5.PDF');
  await open([letter, file('goi.vtgoi'), file('a.exe'), join(dir, 'thư mục.pdf'), join(dir, 'không có.pdf'), 'tương-đối.pdf', '', letter]);
  assert.deepEqual((await list()).map(({ name, kind, sizeBytes }) => [name, kind, sizeBytes]), [['Công văn số 5.PDF', 'pdf', 8], ['goi.vtgoi', 'package', 8]]);
  assert.deepEqual(counts, [2]);
  await open([letter]);
  assert.deepEqual(counts, [2], 'opened twice it is asked about once');
});

test('a file is read piece by piece, and one that has changed or gone is said to have', async () => {
  const { open, list, handlers } = opened();
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, n) => n % 251));
  const path = file('dài.pdf', bytes);
  await open([path]);
  const [one] = await list();
  assert.ok(one);
  const read = async (offset: number, length: number) => handlers['opened.read']({ id: one.id, offset, length });
  assert.ok(Buffer.concat([Buffer.from(valueOf(await read(0, 3000)).bytes), Buffer.from(valueOf(await read(3000, 3000)).bytes)]).equals(bytes));
  assert.equal(valueOf(await read(9000, 10)).bytes.length, 0);
  appendFileSync(path, 'thêm');
  const codeOf = (result: Result<unknown>): string | null => (result.ok ? null : result.error.code);
  assert.equal(codeOf(await read(0, 10)), 'opened.gone');
  rmSync(path);
  assert.equal(codeOf(await read(0, 10)), 'opened.gone');
  assert.equal(codeOf(await handlers['opened.read']({ id: 'khác', offset: 0, length: 1 })), 'opened.gone');
});

test('what is dropped is asked about no more, and a whole folder by mistake is cut short', async () => {
  const { open, list, handlers, counts } = opened();
  await open(Array.from({ length: 30 }, (_, n) => file(`tệp ${n}.pdf`)));
  const files = await list();
  assert.equal(files.length, 20);
  await handlers['opened.drop']({ id: files[0]?.id ?? '' });
  await handlers['opened.drop']({ id: 'khác' });
  assert.deepEqual([(await list()).length, counts], [19, [20, 19]]);
});

test('on a command line the program itself and its switches are no files', () => {
  assert.deepEqual(openedPaths(['van-thu', '--flag', '-x', '', 'a.pdf', join(dir, 'b.pdf')], dir), [join(dir, 'a.pdf'), join(dir, 'b.pdf')]);
});
