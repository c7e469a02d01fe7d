import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printDocument, type PrintedDocument } from '../../src-main/print/kit.ts';
import { paperOf, pt } from '../../src-main/print/paper.ts';
import { gridTable, type GridColumn } from '../../src-main/print/tables.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { see } from './support.ts';

const base: Omit<PrintedDocument, 'content'> = { title: 'Sổ đăng ký <văn bản> đến & đi', subject: 'Thử', creator: 'Văn Thư 0.2.0', at: new Date('2026-11-22T03:00:00Z'), orientation: 'landscape', foot: (page, pages) => `Trang ${page}/${pages}`, files: [] };

test('a register of ten columns is laid across turned pages, its head on each of them, every row once', async (t) => {
  const columns: readonly GridColumn[] = ['Ngày đến', 'Số đến', 'Tác giả', 'Số, ký hiệu', 'Ngày tháng', 'Tên loại và trích yếu', 'Đơn vị', 'Ngày chuyển', 'Ký nhận', 'Ghi chú'].map((title, at) => ({ title, width: at === 5 ? null : 52 }));
  const rows = Array.from({ length: 150 }, (_, at) => columns.map((_column, column) => (column === 1 ? `so-${at + 1}-` : column === 5 ? 'Quyết định về việc phê duyệt kế hoạch phòng cháy, chữa cháy rừng năm 2026' : 'Văn phòng')));
  const seen = see(t, await printDocument({ ...base, content: [gridTable(columns, rows, { orientation: 'landscape' })] }));
  assert.ok(await qpdfIsSound(seen.file));
  assert.match(await seen.info(), /^Page size: +841\.89 x 595\.28 pts \(A4\)$/m);
  const text = await seen.text();
  const pages = Number(/Pages: +(\d+)/.exec(await seen.info())?.[1]);
  assert.ok(pages >= 5, String(pages));
  assert.equal(text.match(/Số đến/g)?.length, pages);
  for (let at = 1; at <= 150; at += 1) assert.equal(text.split(`so-${at}-`).length - 1, 1, `row ${at}`);
});

test('columns that take what is left fill the page between its margins and go no further', () => {
  const table = gridTable([{ title: 'a', width: 100 }, { title: 'b', width: null }, { title: 'c', width: null }], [['x'.repeat(5000), 'y'.repeat(5000), 'z']]);
  assert.ok(typeof table === 'object' && 'table' in table);
  const widths = (table.table.widths ?? []) as readonly number[];
  const taken = widths.reduce((sum, width) => sum + width + 8, 0) + 0.4 * 4;
  assert.ok(Math.abs(taken - paperOf('portrait').width) < 0.01, `${taken}`);
  assert.ok(Math.abs(paperOf('portrait').width - pt(165)) < 0.01);
});

test('what a title says is text in the metadata, whatever it is written with', async (t) => {
  const seen = see(t, await printDocument({ ...base, orientation: 'portrait', content: ['Một dòng'] }));
  assert.match(await seen.info(), /^Title: +Sổ đăng ký <văn bản> đến & đi$/m);
  assert.match(await seen.objects(), /<rdf:li xml:lang="x-default">Sổ đăng ký &lt;văn bản&gt; đến &amp; đi<\/rdf:li>/);
});

test('no address is fetched and no file is read for a page', async () => {
  await assert.rejects(printDocument({ ...base, content: [{ image: '/etc/hostname' }] }), /denied/);
  await assert.rejects(printDocument({ ...base, content: [{ image: 'https://example.vn/a.png' }] }), /denied/);
});
