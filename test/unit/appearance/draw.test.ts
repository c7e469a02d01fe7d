import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { drawForm, measureText } from '../../../src-main/signing/appearance/draw.ts';
import type { DrawImage, DrawText } from '../../../src-main/signing/appearance/draw.ts';
import { balanceText, wrapText } from '../../../src-main/signing/appearance/wrap.ts';
import { makePng } from './make-png.ts';
import { pageWithForm } from './page-with-form.ts';

const images = new URL('../../fixtures/images/', import.meta.url);
const signature = readFileSync(new URL('chu-ky-lanh-dao.png', images));
const seal = readFileSync(new URL('con-dau-do.png', images));
const vietnamese = 'ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ ĐÈÉẺẼẸ ÊỀẾỂỄỆ ÌÍỈĨỊ ÒÓỎÕỌ ÔỒỐỔỖỘ ƠỜỚỞỠỢ ÙÚỦŨỤ ƯỪỨỬỮỰ ỲÝỶỸỴ';

/** Draws on a page of its own, writes it and gives the path. */
async function page(t: TestContext, widthPt: number, heightPt: number, drawn: { readonly images?: readonly DrawImage[]; readonly texts?: readonly DrawText[] }): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-draw-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const form = await drawForm({ widthPt, heightPt, images: drawn.images ?? [], texts: drawn.texts ?? [] });
  assert.ok(form.ok, JSON.stringify(form));
  const path = join(folder, 'form.pdf');
  writeFileSync(path, pageWithForm(form.value, widthPt, heightPt));
  return path;
}

type Word = { readonly text: string; readonly left: number; readonly right: number };

function wordsOf(path: string): readonly Word[] {
  const out = execFileSync('pdftotext', ['-bbox', path, '-'], { encoding: 'utf8' });
  return [...out.matchAll(/<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">(.*?)<\/word>/g)].map((match) => ({ text: match[3] ?? '', left: Number(match[1]), right: Number(match[2]) }));
}

/** Pixels of the page at 72 dpi, so that one is a point. */
function paint(path: string): { readonly at: (x: number, y: number) => readonly number[] } {
  const ppm = execFileSync('pdftoppm', ['-r', '72', '-aa', 'no', path], { maxBuffer: 1 << 26 });
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  assert.ok(header);
  const width = Number(header[1]);
  return { at: (x, y) => [...ppm.subarray(header[0].length + (y * width + x) * 3, header[0].length + (y * width + x) * 3 + 3)] };
}

test('Vietnamese text of all three styles is embedded as a subset and can be copied from the page', async (t) => {
  const path = await page(t, 700, 200, {
    texts: [
      { text: vietnamese, x: 10, y: 150, sizePt: 10, font: 'regular' },
      { text: vietnamese.toLowerCase(), x: 10, y: 100, sizePt: 10, font: 'italic' },
      { text: 'Nguyễn Đức Thắng — 15/QĐ-UBND', x: 10, y: 50, sizePt: 13, font: 'bold' },
    ],
  });
  execFileSync('qpdf', ['--check', path]);
  assert.equal(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ').trim(), `${vietnamese} ${vietnamese.toLowerCase()} Nguyễn Đức Thắng — 15/QĐ-UBND`);
  const fonts = execFileSync('pdffonts', [path], { encoding: 'utf8' }).trim().split('\n').slice(2);
  assert.deepEqual(fonts.map((line) => /^[A-Z]{6}\+(\S+)\s+CID TrueType\s+Identity-H\s+yes yes yes/.exec(line)?.[1] ?? '').toSorted((a, b) => a.localeCompare(b)), ['Tinos-Bold', 'Tinos-Italic', 'Tinos-Regular']);
});

test('text typed with combining marks is drawn with the precomposed letters', async (t) => {
  const path = await page(t, 300, 50, { texts: [{ text: 'Số Hoả tốc Mường Lài'.normalize('NFD'), x: 10, y: 20, sizePt: 13, font: 'regular' }] });
  assert.equal(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).trim(), 'Số Hoả tốc Mường Lài'.normalize('NFC'));
});

test('glyphs are drawn as the font has them: two renderers that share no code see ink where the letters are', async (t) => {
  const path = await page(t, 60, 60, { texts: [{ text: 'Ậ', x: 10, y: 10, sizePt: 50, font: 'regular' }] });
  const mutool = join(path, '..', 'mutool.pgm');
  execFileSync('mutool', ['draw', '-q', '-r', '72', '-c', 'gray', '-F', 'pgm', '-o', mutool, path], { stdio: 'pipe' });
  const one = execFileSync('pdftoppm', ['-r', '72', '-gray', path]);
  const two = readFileSync(mutool);
  const ink = (pgm: Buffer): number => pgm.subarray(pgm.length - 3600).reduce((sum, grey) => sum + (255 - grey), 0) / 255;
  // Tinos Ậ at 50 pt covers about 500 square points; an empty or a wrong outline would not.
  assert.ok(ink(one) > 250 && ink(one) < 800, String(ink(one)));
  assert.ok(Math.abs(ink(one) - ink(two)) < 0.1 * ink(one), `${ink(one)} ${ink(two)}`);
});

test('text starts at its baseline point, is centred in its width, and shrinks rather than leave it', async (t) => {
  const path = await page(t, 300, 100, {
    texts: [
      { text: 'left', x: 20, y: 70, sizePt: 12, font: 'regular' },
      { text: 'middle', x: 100, y: 70, sizePt: 12, font: 'bold', widthPt: 100, align: 'center' },
      { text: 'overlongwordinanarrowplace', x: 50, y: 20, sizePt: 14, font: 'italic', widthPt: 60 },
    ],
  });
  const [left, middle, narrow] = ['left', 'middle', 'overlongwordinanarrowplace'].map((text) => wordsOf(path).find((word) => word.text === text));
  assert.ok(left !== undefined && middle !== undefined && narrow !== undefined);
  assert.ok(Math.abs(left.left - 20) < 0.2 && Math.abs(left.right - 20 - measureText('left', 12, 'regular')) < 0.2);
  assert.ok(Math.abs((middle.left + middle.right) / 2 - 150) < 0.3);
  assert.ok(narrow.left > 49.8 && narrow.right < 110.3);
});

test('text ends where it is told to, in the ink it is told, and lines are drawn where they are said to be', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-draw-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const form = await drawForm({
    widthPt: 200, heightPt: 100, images: [],
    texts: [{ text: 'right', x: 20, y: 70, sizePt: 12, font: 'regular', widthPt: 100, align: 'right' }, { text: 'HH', x: 140, y: 20, sizePt: 30, font: 'bold', ink: 'red' }],
    rules: [{ x: 10, y: 10, width: 40, height: 20, strokePt: 2, ink: 'blue' }, { x: 60, y: 20, width: 40, height: 0, strokePt: 2, ink: 'black' }, { x: 60, y: 40, width: 60, height: 0, strokePt: 2, ink: 'black', dotted: true }],
  });
  assert.ok(form.ok);
  const path = join(folder, 'form.pdf');
  writeFileSync(path, pageWithForm(form.value, 200, 100));
  const word = wordsOf(path).find(({ text }) => text === 'right');
  assert.ok(word !== undefined && Math.abs(word.right - 120) < 0.3);
  const { at } = paint(path);
  const isBlue = ([r = 0, , b = 0]: readonly number[]): boolean => b > r + 40;
  assert.ok(isBlue(at(30, 90)) && isBlue(at(10, 80)), 'the frame is blue');
  assert.deepEqual([at(30, 80), at(80, 70)], [[255, 255, 255], [255, 255, 255]]);
  assert.deepEqual(at(80, 80), [0, 0, 0], 'the line is black');
  const seen = Array.from({ length: 50 }, (_, x) => at(140 + x, 72));
  assert.ok(seen.some(([r = 0, g = 0]) => r > 150 && g < 60) && seen.every(([r = 0, g = 0]) => r >= g), 'the letters are red');
  const dots = Array.from({ length: 60 }, (_, x) => at(60 + x, 60)[0]! < 128);
  assert.ok(dots.includes(true) && dots.includes(false), 'dots and gaps');
});

test('wrapped lines fit their width, words stay whole where they can, and a name of two lines leaves no word alone', () => {
  const text = 'Giao Văn phòng chủ trì, phối hợp với Phòng Văn hóa - Xã hội\nBáo cáo trước ngày 30';
  const lines = wrapText(text, 10, 'regular', 120, 40);
  for (const [i, line] of lines.entries()) assert.ok(measureText(line, 10, 'regular') <= (i === 0 ? 80 : 120) + 0.02, line);
  assert.equal(lines.join(' '), text.replace('\n', ' '));
  assert.ok(lines.some((line) => line.startsWith('Báo')), 'its own line breaks stay');
  assert.deepEqual(wrapText('a'.repeat(60), 10, 'regular', 100).map((line) => line.length > 10), [true, true, true]);
  assert.deepEqual(wrapText('', 10, 'regular', 100), ['']);
  assert.deepEqual(balanceText('MỘT HAI BA BỐN NĂM', 10, 'bold', measureText('MỘT HAI BA BỐN', 10, 'bold') + 1), ['MỘT HAI BA', 'BỐN NĂM']);
});

test('an image fills its rectangle and lets through what is beneath', async (t) => {
  const half = makePng({ width: 20, height: 10, depth: 8, colour: 6 }, (x, _, c) => [255, 0, 0, x < 10 ? 255 : 0][c]!);
  const path = await page(t, 100, 100, { images: [{ png: half, x: 20, y: 30, width: 40, height: 20 }] });
  const { at } = paint(path);
  assert.deepEqual([at(30, 60), at(50, 60), at(10, 60), at(30, 40), at(30, 80)], [[255, 0, 0], [255, 255, 255], [255, 255, 255], [255, 255, 255], [255, 255, 255]]);
});

test('an image drawn twice is stored once, and a leader’s image with the seal stays small', async () => {
  const twice = await drawForm({ widthPt: 300, heightPt: 200, images: [{ png: seal, x: 0, y: 0, width: 102, height: 102 }, { png: seal, x: 150, y: 0, width: 102, height: 102 }, { png: signature, x: 100, y: 100, width: 100, height: 44 }], texts: [] });
  assert.ok(twice.ok);
  assert.equal(twice.value.objects.length, 5);
  const size = twice.value.objects.reduce((sum, object) => sum + (object.stream?.length ?? 0), 0);
  assert.ok(size < signature.length + seal.length, `${size} bytes, more than the two files`);
});

test('every reference is a token to an object of the form, all text is ASCII, and drawing again gives the same bytes', async () => {
  const request = { widthPt: 120, heightPt: 60, images: [{ png: signature, x: 0, y: 0, width: 100, height: 44 }], texts: [{ text: 'Số: 05/BC-UBND', x: 2, y: 2, sizePt: 10, font: 'regular' as const }] };
  const [one, two] = [await drawForm(request), await drawForm(request)];
  assert.ok(one.ok && two.ok);
  assert.deepEqual(one.value, two.value);
  const ids = new Set(one.value.objects.map((object) => object.localId));
  assert.equal(ids.size, one.value.objects.length);
  for (const object of one.value.objects) {
    const text = `${object.dict}${object.value ?? ''}`;
    assert.match(text, /^[\x20-\x7e]*$/);
    assert.doesNotMatch(text, /\d+ \d+ R|\(/);
    for (const [, id] of text.matchAll(/@@(\d+)@@/g)) assert.ok(ids.has(Number(id)));
    assert.equal(object.stream === null, object.value !== null);
    if (object.stream !== null) assert.ok(object.dict.includes(`/Length ${object.stream.length} `));
  }
  const root = one.value.objects.find((object) => object.localId === one.value.rootLocalId);
  assert.match(root?.dict ?? '', /^<< \/Type \/XObject \/Subtype \/Form \/BBox \[0 0 120 60\] /);
});

test('an image that may not be drawn is refused with its reason, and an empty drawing is a form all the same', async () => {
  const form = (png: Uint8Array) => drawForm({ widthPt: 10, heightPt: 10, images: [{ png, x: 0, y: 0, width: 10, height: 10 }], texts: [] });
  const [broken, opaque] = [await form(Buffer.from('no image')), await form(makePng({ width: 4, height: 4, depth: 8, colour: 2 }, () => 7))];
  assert.equal(broken.ok ? '' : broken.error.code, 'image.not-png');
  assert.equal(opaque.ok ? '' : opaque.error.code, 'image.no-alpha');
  const empty = await drawForm({ widthPt: 10, heightPt: 10, images: [], texts: [{ text: '', x: 0, y: 0, sizePt: 10, font: 'regular' }] });
  assert.ok(empty.ok && empty.value.objects.length === 1);
});

test('a measure that is no number is a bug and throws', async () => {
  await assert.rejects(drawForm({ widthPt: Number.NaN, heightPt: 10, images: [], texts: [] }), RangeError);
  await assert.rejects(drawForm({ widthPt: 10, heightPt: 10, images: [], texts: [{ text: 'a', x: Number.POSITIVE_INFINITY, y: 0, sizePt: 10, font: 'regular' }] }), RangeError);
});
