import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import type { Placement, RectMm } from '../../../src-shared/contract/signing.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { Mark, SigningPort } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { onePage, tablePdf } from '../pdf/make-pdf.ts';
import { wordsOf } from '../places/judge.ts';
import { setLetter } from '../places/letter.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/pdf/', import.meta.url);
const names = ['bao-cao-quy', 'cong-van-xa', 'cong-van-xa-gs14', 'giay-moi', 'giay-moi-chromium', 'phu-luc', 'quyet-dinh', 'quyet-dinh-linearized-objstm'];
// The certificates begin when the tests do
const at = new Date(Date.now() + 60_000);
const organization = 'Ủy ban nhân dân xã Mường Lài';
const marks = {
  incoming: { kind: 'incoming', organization, number: '1234', date: '22/11/2026', forwardTo: 'Phòng Văn hóa - Xã hội', fileCode: '05/HSCV-2026' },
  copy: { kind: 'copy', form: 'sao-y', organization },
  appendix: { kind: 'appendix', number: '28/2026/QĐ-UBND', date: '22/11/2026' },
  comment: { kind: 'comment', author: 'Nguyễn Đức Thắng', text: 'Giao Phòng Văn hóa - Xã hội chủ trì, tham mưu trả lời trước ngày 30/11/2026.' },
} as const satisfies Record<Mark['kind'], Mark>;

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-marks-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function pdf(name: string): Uint8Array {
  return readFileSync(new URL(`${name}.pdf`, fixtures));
}

async function marked(input: Uint8Array, mark: Mark, place: Placement | null = null): Promise<{ readonly output: Uint8Array; readonly field: string }> {
  const result = await engine.mark(bytesSource(input), { key: pki.seal, profile: 'office', chain: pki.chain, reason: 'Đóng dấu', location: 'Xã Mường Lài', at, place, mark });
  assert.ok(result.ok, JSON.stringify(result));
  return { output: Buffer.concat([input, result.value.tail]), field: result.value.field };
}

async function previewed(input: Uint8Array, mark: Mark, place: Placement | null = null): Promise<{ readonly layer: Uint8Array; readonly place: Placement }> {
  const result = await engine.previewMark(bytesSource(input), { at, place, mark });
  assert.ok(result.ok, JSON.stringify(result));
  const [layer, ...others] = result.value.layers;
  assert.ok(layer !== undefined && others.length === 0 && layer.page === result.value.place.page);
  return { layer: layer.pdf, place: result.value.place };
}

async function refusal(input: Uint8Array, mark: Mark, place: Placement | null = null): Promise<string> {
  const result = await engine.mark(bytesSource(input), { key: pki.seal, profile: 'office', chain: pki.chain, reason: '', location: '', at, place, mark });
  return result.ok ? 'ok' : result.error.code;
}

function textOf(output: Uint8Array, page: number): string {
  const path = join(folder, 'text.pdf');
  writeFileSync(path, output);
  return run('pdftotext', ['-layout', '-f', String(page), '-l', String(page), path, '-']).output.replace(/\s+/g, ' ');
}

function overlap(a: RectMm, b: RectMm): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function vietnamTime(): string {
  return `${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 19)}+07:00`;
}

for (const name of names) {
  test(`${name}: each mark is a signature for every judge, and stands on no word of the page`, async () => {
    const input = pdf(name);
    for (const mark of Object.values(marks)) {
      const { place } = await previewed(input, mark);
      const { output } = await marked(input, mark);
      assertJudgesAgree(folder, output, 1, pki.rootPem);
      // pdftotext's boxes are taller than the letters
      const words = wordsOf(input, place.page).map(({ left, right, top, bottom }) => ({ x: left, y: top + 1, width: right - left, height: bottom - top - 2 }));
      for (const word of words) assert.ok(!overlap(word, place.rect), `${mark.kind} at ${JSON.stringify(place)} over ${JSON.stringify(word)}`);
    }
  });
}

test('the marks say what the decree asks, in letters that can be copied', async () => {
  const input = pdf('cong-van-xa');
  assert.match(textOf((await marked(input, marks.copy)).output, 1), new RegExp(`SAO Y; ${organization}; ${vietnamTime().replaceAll('+', '\\+')}`));
  assert.match(textOf((await marked(input, { ...marks.copy, form: 'trich-sao' })).output, 1), /TRÍCH SAO; /);
  assert.match(textOf((await marked(input, marks.appendix)).output, 1), new RegExp(`28/2026/QĐ-UBND; 22/11/2026; ${vietnamTime().slice(11, 19)}; \\+07:00`));
  const stamp = textOf((await marked(input, marks.incoming)).output, 1);
  for (const part of ['ĐẾN', 'Số: 1234', 'Ngày: 22/11/2026', 'Chuyển: Phòng Văn hóa - Xã hội', 'Số và ký hiệu HS: 05/HSCV-2026']) assert.ok(stamp.includes(part), `${part}: ${stamp}`);
  const note = textOf((await marked(input, marks.comment)).output, 1);
  for (const part of ['Nguyễn Đức Thắng', vietnamTime(), 'Giao Phòng Văn hóa - Xã hội']) assert.ok(note.includes(part), `${part}: ${note}`);
});

test('a copy’s and an annex’s mark stands at the top right, upright, in size 10 and black', async () => {
  for (const mark of [marks.copy, marks.appendix]) {
    const { place, layer } = await previewed(pdf('cong-van-xa'), mark);
    assert.equal(place.page, 1);
    assert.ok(place.rect.y < 15 && Math.abs(place.rect.x + place.rect.width - 194) < 1, JSON.stringify(place));
    const path = join(folder, 'layer.pdf');
    writeFileSync(path, layer);
    const html = run('pdftohtml', ['-xml', '-stdout', '-i', path]).output;
    assert.match(html, /size="15" family="[^"]*Tinos[^"]*" color="#000000"/, html);
    assert.doesNotMatch(run('pdfimages', ['-list', path]).output, /image/);
  }
});

test('the field says in words what is drawn, and the signature of a note carries its text', async () => {
  const { output, field } = await marked(pdf('giay-moi'), marks.comment);
  assert.equal(field, 'but_phe_1');
  const path = join(folder, 'words.pdf');
  writeFileSync(path, output);
  const objects = Object.values(JSON.parse(run('qpdf', ['--json=2', '--json-key=qpdf', path]).output).qpdf[1]) as readonly { readonly value?: Readonly<Record<string, unknown>> }[];
  const widget = objects.find(({ value }) => value?.['/T'] === 'u:but_phe_1')?.value;
  const words = `u:Bút phê của Nguyễn Đức Thắng, ${vietnamTime()}: ${marks.comment.text}`;
  assert.deepEqual([widget?.['/TU'], widget?.['/Contents']], [words, words]);
  const signature = objects.find(({ value }) => value?.['/Filter'] === '/Adobe.PPKLite')?.value;
  assert.equal(signature?.['/Reason'], `u:Đóng dấu: ${marks.comment.text}`);
});

test('in a tagged document the mark’s place in the structure says its words', async () => {
  const { output } = await marked(pdf('giay-moi-chromium'), marks.incoming);
  const path = join(folder, 'tagged.pdf');
  writeFileSync(path, output);
  const objects = Object.values(JSON.parse(run('qpdf', ['--json=2', '--json-key=qpdf', path]).output).qpdf[1]) as readonly { readonly value?: Readonly<Record<string, unknown>> }[];
  const alternatives = objects.filter(({ value }) => value?.['/S'] === '/Form').map(({ value }) => value?.['/Alt']);
  assert.deepEqual(alternatives, [`u:Dấu đến: ${organization}; Số: 1234; Ngày: 22/11/2026; Chuyển: Phòng Văn hóa - Xã hội; Số và ký hiệu HS: 05/HSCV-2026`]);
});

test('marks upon one another keep apart, and away from fields that wait to be filled', async () => {
  const bare = pdf('cong-van-xa');
  const places = await engine.findPlaces(bytesSource(bare));
  assert.ok(places.ok && places.value.seal !== null && places.value.signature !== null);
  const prepared = await engine.prepare(bytesSource(bare), places.value);
  assert.ok(prepared.ok);
  let input: Uint8Array = Buffer.concat([bare, prepared.value.tail]);
  const taken: RectMm[] = [places.value.seal.rect, places.value.signature.rect];
  const kinds = [marks.incoming, marks.comment, marks.copy, marks.copy, marks.comment, marks.incoming];
  for (const mark of kinds) {
    const { place } = await previewed(input, mark);
    for (const rect of taken) assert.ok(!overlap(rect, place.rect), `${mark.kind} ${JSON.stringify(place.rect)} over ${JSON.stringify(rect)}`);
    taken.push(place.rect);
    input = (await marked(input, mark)).output;
  }
  assertJudgesAgree(folder, input, kinds.length, pki.rootPem);
});

/** The page as a renderer that is not ours shows it, one byte a channel. */
function rendered(document: Uint8Array): Buffer {
  const path = join(folder, 'shown.pdf');
  writeFileSync(path, document);
  const done = run('pdftoppm', ['-cropbox', '-r', '144', '-singlefile', path, join(folder, 'shown')]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(join(folder, 'shown.ppm'));
}

test('whatever the rotation, crop box and unit, a mark stands where it does on the upright page, and the preview is what is signed', async () => {
  const upright = onePage('', '[0 0 600 840]');
  const pages = {
    'upright': upright,
    'rotated by 90': onePage('/Rotate 90', '[0 0 840 600]'),
    'rotated by 180': onePage('/Rotate 180', '[0 0 600 840]'),
    'rotated by 270': onePage('/Rotate -90', '[0 0 840 600]'),
    'cropped and rotated': onePage('/CropBox [-20 30 820 630] /Rotate 90', '[-50 0 900 900]'),
    'in units of 1/36 inch': onePage('/UserUnit 2', '[0 0 300 420]'),
  };
  for (const mark of Object.values(marks)) {
    const model = await previewed(tablePdf(upright), mark);
    for (const [kind, objects] of Object.entries(pages)) {
      const input = tablePdf(objects);
      const { place, layer } = await previewed(input, mark);
      for (const side of ['x', 'y', 'width', 'height'] as const) assert.ok(Math.abs(place.rect[side] - model.place.rect[side]) < 0.6, `${mark.kind} ${kind}: ${JSON.stringify(place)}`);
      const shown = rendered(layer);
      assert.ok(shown.equals(rendered((await marked(input, mark)).output)), `${mark.kind} ${kind}: preview and signed page differ`);
      assert.ok(shown.filter((byte) => byte < 128).length > 300, `${mark.kind} ${kind}: the mark is to be seen`);
    }
  }
});

test('where a person puts a mark, there it stands: its corner is obeyed, its size its own', async () => {
  const input = pdf('giay-moi');
  const stamp = await previewed(input, marks.incoming, { page: 1, rect: { x: 20, y: 200, width: 80, height: 10 } });
  assert.deepEqual(stamp.place, { page: 1, rect: { x: 20, y: 200, width: 50, height: 35 } });
  const atEdge = await previewed(input, marks.incoming, { page: 1, rect: { x: 200, y: 290, width: 50, height: 35 } });
  assert.ok(Math.abs(atEdge.place.rect.x - 160) < 0.1 && Math.abs(atEdge.place.rect.y - 262) < 0.1);
  const narrow = await previewed(input, marks.copy, { page: 1, rect: { x: 120, y: 10, width: 60, height: 5 } });
  assert.ok(narrow.place.rect.width <= 60 && Math.abs(narrow.place.rect.x + narrow.place.rect.width - 180) < 0.01 && narrow.place.rect.height > 8);
  assert.equal(await refusal(input, marks.copy, { page: 2, rect: { x: 1, y: 1, width: 50, height: 5 } }), 'pdf.no-such-page');
  for (const mark of Object.values(marks)) {
    const first = (await previewed(input, mark)).place;
    const again = (await previewed(input, mark, first)).place;
    for (const side of ['x', 'y', 'width', 'height'] as const) assert.ok(Math.abs(again.rect[side] - first.rect[side]) < 1e-6, `${mark.kind}: what was proposed, put back, moves: ${JSON.stringify([first, again])}`);
  }
});

test('a note grows with its text: a thousand characters are all there', async () => {
  const text = 'Giao Văn phòng tham mưu báo cáo kết quả thực hiện từng nội dung trước ngày hẹn. '.repeat(13).slice(0, 1000).trim();
  const short = await previewed(pdf('giay-moi'), marks.comment);
  const long = await previewed(pdf('giay-moi'), { ...marks.comment, text });
  assert.ok(long.place.rect.height > short.place.rect.height);
  const path = join(folder, 'long.pdf');
  writeFileSync(path, long.layer);
  assert.ok(run('pdftotext', ['-raw', path, '-']).output.replace(/\s+/g, ' ').includes(text));
  // In a frame of its own the text shrinks to 8 pt before the frame grows
  const framed = await previewed(pdf('giay-moi'), { ...marks.comment, text }, { page: 1, rect: { x: 20, y: 100, width: 60, height: 20 } });
  assert.ok(framed.place.rect.height > 20 && framed.place.rect.width === 60);
});

test('long names and long words are written whole inside the frame', async () => {
  const mark = { ...marks.incoming, organization: 'Trung tâm Phục vụ hành chính công đặc khu Hoàng Sa thuộc thành phố Đà Nẵng', number: '123456789/2026', forwardTo: 'Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Văn hóa - Xã hội; Trung tâm Phục vụ hành chính công của đơn vị'.slice(0, 100), fileCode: '0123456789/HSCV-2026-VANPHONG-HDND-UBND-PHUONG-01' };
  const { layer } = await previewed(tablePdf(onePage('', '[0 0 600 840]')), mark, { page: 1, rect: { x: 10, y: 10, width: 50, height: 35 } });
  const path = join(folder, 'name.pdf');
  writeFileSync(path, layer);
  const words = wordsOf(layer, 1);
  for (const word of words) assert.ok(word.left > 10.3 && word.right < 59.7 && word.top > 9.5 && word.bottom < 45.5, JSON.stringify(word));
  const text = words.map((word) => word.text).join(' ');
  for (const part of ['TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG ĐẶC KHU HOÀNG SA', 'ĐÀ NẴNG', '123456789/2026', mark.forwardTo]) assert.ok(text.replace(/\s/g, '').includes(part.replace(/\s/g, '')), `${part}: ${text}`);
  assert.ok(text.replace(/\s/g, '').includes(mark.fileCode));
});

test('a page without a free place is told, and nothing is signed', async () => {
  const full = await setLetter(Array.from({ length: 70 }, (_, i) => ({ x: 5, y: 4 + i * 4.2, text: 'chữ kín cả trang giấy không chừa một khoảng trống nào để đóng dấu hay ghi chép gì thêm nữa cả, dòng nào cũng như dòng nào' })));
  for (const mark of Object.values(marks)) assert.equal(await refusal(full, mark), 'mark.no-room');
  assert.equal(await refusal(full, marks.copy, { page: 1, rect: { x: 20, y: 20, width: 100, height: 5 } }), 'ok');
});

test('where the top margin is taken a copy’s mark goes to the next free place near it', async () => {
  const headed = await setLetter([{ x: 30, y: 10, text: 'Một dòng chữ ở đầu trang kéo dài suốt từ lề trái sang tới tận lề phải của tờ giấy, chữ và chữ', sizePt: 12 }, { x: 30, y: 40, text: 'Nội dung' }]);
  const { place } = await previewed(headed, marks.copy);
  assert.ok(place.rect.y > 10 && place.rect.y < 30, JSON.stringify(place));
});

/** The page as a scanner has it: a picture of it and no text. */
function scanned(input: Uint8Array, page: number, how: 'colour' | 'strips' | 'jpeg' | 'bits' | 'stencil' | 'fax'): Uint8Array {
  const [path, out] = [join(folder, 'scan-in.pdf'), join(folder, 'scan-out.pdf')];
  writeFileSync(path, input);
  const pages = [`-dFirstPage=${page}`, `-dLastPage=${page}`];
  if (how === 'colour' || how === 'strips') {
    const done = run('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-sDEVICE=pdfimage24', '-r150', `-dStripHeight=${how === 'strips' ? 100 : 0}`, ...pages, `-sOutputFile=${out}`, path]);
    assert.equal(done.status, 0, done.output);
    return readFileSync(out);
  }
  if (how === 'jpeg') {
    assert.equal(run('pdftoppm', ['-jpeg', '-r', '150', '-singlefile', '-f', String(page), '-l', String(page), path, join(folder, 'scan')]).status, 0);
    return pictureOfPage(readFileSync(join(folder, 'scan.jpg')), '/Width 1240 /Height 1754 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode');
  }
  assert.equal(run('pdftoppm', ['-mono', '-r', '200', '-singlefile', '-f', String(page), '-l', String(page), path, join(folder, 'scan')]).status, 0);
  const pbm = readFileSync(join(folder, 'scan.pbm'));
  const header = /^P4\s+(\d+)\s+(\d+)\s/.exec(pbm.subarray(0, 40).toString('latin1'));
  assert.ok(header !== null);
  const data = deflateSync(pbm.subarray(header[0].length));
  const kind = how === 'stencil' ? '/ImageMask true' : '/ColorSpace /DeviceGray';
  const made = pictureOfPage(data, `/Width ${header[1]} /Height ${header[2]} ${kind} /BitsPerComponent 1 /Decode [1 0] /Filter /FlateDecode`);
  if (how !== 'fax') return made;
  // Ghostscript writes pictures of two colours as a fax does (CCITT group 4)
  writeFileSync(path, made);
  assert.equal(run('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-sDEVICE=pdfwrite', `-sOutputFile=${out}`, path]).status, 0);
  assert.match(run('pdfimages', ['-list', out]).output, /ccitt/);
  return readFileSync(out);
}

function pictureOfPage(data: Uint8Array, entries: string): Uint8Array {
  return tablePdf([
    '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595.3 841.9] /Resources <</XObject <</I 5 0 R>>>> /Contents 4 0 R>>', '<</Length 31>>\nstream\nq 595.3 0 0 841.9 0 0 cm /I Do Q\nendstream',
    Buffer.concat([Buffer.from(`<</Type /XObject /Subtype /Image ${entries} /Length ${data.length}>>\nstream\n`), data, Buffer.from('\nendstream')]),
  ]);
}

for (const how of ['colour', 'strips', 'jpeg', 'bits', 'stencil', 'fax'] as const) {
  test(`on a scan (${how}) a mark stands on no word of the picture`, async () => {
    for (const [name, page] of [['cong-van-xa', 1], ['quyet-dinh', 4]] as const) {
      const words = wordsOf(pdf(name), page).map(({ left, right, top, bottom }) => ({ x: left, y: top + 1, width: right - left, height: bottom - top - 2 }));
      const input = scanned(pdf(name), page, how);
      for (const mark of Object.values(marks)) {
        const { place } = await previewed(input, mark);
        assert.equal(place.page, 1);
        for (const word of words) assert.ok(!overlap(word, place.rect), `${name} ${mark.kind} at ${JSON.stringify(place.rect)} over ${JSON.stringify(word)}`);
      }
    }
  });
}
