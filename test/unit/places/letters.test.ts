import { PDFDocument, PDFName, PDFNumber, PDFString } from '@cantoo/pdf-lib';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { Places } from '../../../src-main/ports/signing.ts';
import { findPlaces } from '../../../src-main/signing/places/find-places.ts';
import { setLetter, widthMm } from './letter.ts';
import type { Line } from './letter.ts';

async function places(bytes: Uint8Array): Promise<Places> {
  const found = await findPlaces(bytesSource(bytes));
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

const placesOf = async (...lines: readonly Line[]): Promise<Places> => places(await setLetter(lines));
const block = (title: readonly string[], name: string | null, axis = 150): readonly Line[] => [
  { x: 30, y: 200, text: 'Nơi nhận:', font: 'bold' },
  ...title.map((text, index): Line => ({ x: axis, y: 200 + index * 6, text, font: 'bold', centred: true })),
  ...(name === null ? [] : [{ x: axis, y: 230 + title.length * 6, text: name, font: 'bold', centred: true } as const]),
];

test('number and date on one row, as the decree’s own sample has them, are both found', async () => {
  const found = await placesOf({ x: 35, y: 45, text: 'Số:        /QĐ-UBND' }, { x: 115, y: 45, text: 'Phường Láng, ngày        tháng        năm 2026', font: 'italic' });
  assert.ok(found.number !== null && found.day !== null && found.month !== null);
  assert.ok(Math.abs(found.number.rect.x - 35 - widthMm('Số:')) < 1);
  assert.ok(found.day.rect.x > 115 + widthMm('Phường Láng, ngày', 'italic') - 0.1 && found.month.rect.x > found.day.rect.x + found.day.rect.width);
});

test('dots and ellipses left to be written over are the blank', async () => {
  const found = await placesOf({ x: 35, y: 45, text: 'Số: ……./QĐ-UBND' }, { x: 110, y: 52, text: 'Sơn Tịnh, ngày ..... tháng ..... năm 2026', font: 'italic' });
  assert.ok(found.number !== null && found.day !== null && found.month !== null);
  assert.ok(Math.abs(found.number.rect.width - widthMm(' …….')) < 1.2);
  assert.ok(found.day.rect.width > widthMm('.....', 'italic'));
});

test('what is already written is no blank: a number, a day, a month', async () => {
  const written = await placesOf({ x: 35, y: 45, text: 'Số: 15/QĐ-UBND' }, { x: 110, y: 52, text: 'Sơn Tịnh, ngày 05 tháng 3 năm 2026', font: 'italic' });
  assert.deepEqual([written.number, written.day, written.month], [null, null, null]);
  const half = await placesOf({ x: 110, y: 52, text: 'Sơn Tịnh, ngày       tháng 11 năm 2026', font: 'italic' });
  assert.ok(half.day !== null && half.month === null);
  const other = await placesOf({ x: 110, y: 52, text: 'Sơn Tịnh, ngày 05 tháng       năm 2026', font: 'italic' });
  assert.ok(other.day === null && other.month !== null);
});

test('a year that is left open is a blank: dots, or nothing at all; one that is printed is none', async () => {
  const dotted = await placesOf({ x: 110, y: 52, text: 'Sơn Tịnh, ngày ..... tháng ..... năm ........', font: 'italic' });
  assert.ok(dotted.year !== null && dotted.year !== undefined && dotted.year.confidence > 0.9);
  assert.ok(Math.abs(dotted.year.rect.x - 110 - widthMm('Sơn Tịnh, ngày ..... tháng ..... năm', 'italic')) < 2 && dotted.year.rect.width > widthMm('2026', 'italic') * 0.9);
  const open = await placesOf({ x: 110, y: 52, text: 'Sơn Tịnh, ngày ..... tháng ..... năm', font: 'italic' });
  assert.ok(open.year !== null && open.year !== undefined && open.year.confidence <= 0.8);
  for (const printed of ['năm 2026', 'năm 20...', 'năm nay']) assert.equal((await placesOf({ x: 110, y: 52, text: `Sơn Tịnh, ngày ..... tháng ..... ${printed}`, font: 'italic' })).year, null, printed);
});

test('a blank too narrow for a figure is proposed with little confidence', async () => {
  const found = await placesOf({ x: 110, y: 52, text: 'Sơn Tịnh, ngày tháng năm 2026', font: 'italic' });
  assert.ok(found.day !== null && found.day.confidence <= 0.3);
});

test('a number or a date asked for in the body or in brackets is not the document’s own', async () => {
  const found = await placesOf(
    { x: 105, y: 60, text: '(Kèm theo Quyết định số       /QĐ-UBND ngày     tháng     năm 2026)', font: 'italic', centred: true },
    { x: 30, y: 190, text: 'Số:        /BB-UBND' },
    { x: 110, y: 190, text: 'Sơn Tịnh, ngày        tháng        năm 2026' },
  );
  assert.deepEqual([found.number, found.day, found.month], [null, null, null]);
});

test('each capacity in which one signs leads to the place between the last title and the name', async () => {
  for (const title of [['CHỦ TỊCH'], ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'], ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], ['TUQ. CHỦ TỊCH', 'TRƯỞNG PHÒNG VĂN HÓA - XÃ HỘI'], ['Q. GIÁM ĐỐC'], ['KT. HIỆU TRƯỞNG', 'PHÓ HIỆU TRƯỞNG'], ['TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG', 'HĐND VÀ UBND']]) {
    const found = await placesOf(...block(title, 'Đặng Thị Ngọc Ánh'));
    assert.ok(found.signature !== null && found.signature.confidence > 0.8, title.join(' / '));
    const { rect } = found.signature;
    const last = 200 + (title.length - 1) * 6;
    assert.ok(rect.y > last && rect.y + rect.height < 230 + title.length * 6 - 3, `${title.join(' / ')}: ${rect.y}`);
    assert.ok(Math.abs(rect.x + rect.width / 2 - 150) < 0.6);
  }
});

test('a name with a rank, a compound name, or capitals is still a name; a title without a name is told with less confidence', async () => {
  for (const name of ['Thượng tá Nguyễn Văn Bình', 'H’Linh Niê Kđăm', 'NGUYỄN VĂN BÌNH']) {
    const found = await placesOf(...block(['TRƯỞNG CÔNG AN'], name));
    assert.ok(found.signature !== null && found.signature.confidence > 0.8, name);
  }
  const nameless = await placesOf(...block(['CHỦ TỊCH'], null));
  assert.ok(nameless.signature !== null && nameless.signature.confidence < 0.7);
});

test('a title that is in no list is found by its shape, and text in capitals elsewhere is not', async () => {
  const found = await placesOf(...block(['ĐẠI DIỆN BAN TỔ CHỨC'], 'Lê Văn Tám'));
  assert.ok(found.signature !== null && found.signature.confidence < 0.95);
  const motto = await placesOf({ x: 150, y: 30, text: 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', font: 'bold', centred: true }, { x: 150, y: 60, text: 'Độc lập Tự do', font: 'bold', centred: true });
  assert.equal(motto.signature, null);
});

test('the seal lies over an image that the leader has already put elsewhere, and stays on the page', async () => {
  const document = await PDFDocument.load(await setLetter(block(['CHỦ TỊCH'], 'Nguyễn Đức Thắng')));
  const page = document.getPage(0);
  const pt = 72 / 25.4;
  const field = document.context.register(document.context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: PDFString.of('Signature1'), F: 132, P: page.ref, Rect: [140 * pt, (297 - 229) * pt, 170 * pt, (297 - 214) * pt] }));
  page.node.addAnnot(field);
  document.getForm().acroForm.addField(field);
  const found = await places(await document.save());
  assert.ok(found.seal !== null && !found.prepared);
  assert.ok(Math.abs(found.seal.rect.x + 36 - 150) < 0.1 && Math.abs(found.seal.rect.y + 18 - 221.5) < 0.1);
  const low = await placesOf({ x: 30, y: 265, text: 'Nơi nhận:' }, { x: 150, y: 265, text: 'CHỦ TỊCH', centred: true }, { x: 150, y: 294, text: 'Lê Văn Tám', centred: true });
  assert.ok(low.seal !== null && low.seal.rect.y + 36 <= 297.01);
});

test('millimetres on paper follow /UserUnit', async () => {
  const bytes = await setLetter([{ x: 35, y: 45, text: 'Số:        /QĐ-UBND' }]);
  const document = await PDFDocument.load(bytes);
  document.getPage(0).node.set(PDFName.of('UserUnit'), PDFNumber.of(2));
  const [one, two] = [await places(bytes), await places(await document.save())];
  assert.ok(one.number !== null && two.number !== null);
  assert.ok(Math.abs((two.pages[0]?.widthMm ?? 0) - 420) < 0.1);
  assert.ok(Math.abs(two.number.rect.x - one.number.rect.x * 2) < 0.1);
});
