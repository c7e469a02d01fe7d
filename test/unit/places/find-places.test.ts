import { PDFDocument, PDFName, PDFString, degrees } from '@cantoo/pdf-lib';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { ByteSource } from '../../../src-main/ports/bytes.ts';
import type { Places } from '../../../src-main/ports/signing.ts';
import { findPlaces } from '../../../src-main/signing/places/find-places.ts';
import { wordsOf } from './judge.ts';
import type { Word } from './judge.ts';

const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`../../fixtures/pdf/${name}`, import.meta.url)));
const pointsPerMm = 72 / 25.4;

async function places(input: Uint8Array | ByteSource): Promise<Places> {
  const found = await findPlaces(input instanceof Uint8Array ? bytesSource(input) : input);
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual.toFixed(2)} is not ${expected.toFixed(2)} ± ${tolerance}`);
}

/** Between the end of one word and the start of the next, and about their line. */
function liesBetween(rect: RectMm, before: Word, after: Word, what: string): void {
  near(rect.x, before.right, 1, `${what} starts`);
  near(rect.x + rect.width, after.left, 1, `${what} ends`);
  assert.ok(rect.x >= before.right - 0.01 && rect.x + rect.width <= after.left + 0.01, `${what} touches a word`);
  near(rect.y + rect.height / 2, (after.top + after.bottom) / 2, 1, `${what} middle`);
}

function wordAfter(words: readonly Word[], pattern: RegExp, from = 0): readonly [number, Word] {
  const index = words.findIndex((word, at) => at >= from && pattern.test(word.text));
  const word = words[index];
  assert.ok(word !== undefined, String(pattern));
  return [index, word];
}

const letters: readonly { readonly file: string; readonly page: number; readonly title: RegExp; readonly name: RegExp; readonly notation: RegExp }[] = [
  { file: 'cong-van-xa.pdf', page: 1, title: /^CH/, name: /^(Nguy|Thắng$)/, notation: /^\/UBND-VP/ },
  { file: 'cong-van-xa-gs14.pdf', page: 1, title: /^CH/, name: /^(Nguy|Thắng$)/, notation: /^\/UBND-VP/ },
  { file: 'giay-moi.pdf', page: 1, title: /^(CHÁNH|PHÒNG$)/, name: /^(Lò|Quỳnh$)/, notation: /^\/GM-UBND/ },
  { file: 'giay-moi-chromium.pdf', page: 1, title: /^(CHÁNH|PHÒNG$)/, name: /^(Lò|Quỳnh$)/, notation: /^\/GM-UBND/ },
  { file: 'quyet-dinh.pdf', page: 4, title: /^PHÓ/, name: /^(Hà|Phương$)/, notation: /^\/QĐ-UBND/ },
  { file: 'quyet-dinh-linearized-objstm.pdf', page: 4, title: /^PHÓ/, name: /^(Hà|Phương$)/, notation: /^\/QĐ-UBND/ },
  { file: 'bao-cao-quy.pdf', page: 7, title: /^GIÁM/, name: /^(Trần|Xuân$)/, notation: /^\/BC-SKHCN/ },
  { file: 'bao-cao-quy-encrypted.pdf', page: 7, title: /^GIÁM/, name: /^(Trần|Xuân$)/, notation: /^\/BC-SKHCN/ },
];

for (const letter of letters) {
  test(`${letter.file}: number, day and month go into the blanks that the page shows`, async () => {
    const bytes = fixture(letter.file);
    const found = await places(bytes);
    const words = wordsOf(bytes, 1);
    assert.ok(found.number !== null && found.day !== null && found.month !== null);
    assert.deepEqual([found.number.page, found.day.page, found.month.page], [1, 1, 1]);
    const [atNotation, notation] = wordAfter(words, letter.notation);
    const colon = words.slice(0, atNotation).findLast((word) => word.text.endsWith(':'));
    assert.ok(colon !== undefined);
    liesBetween(found.number.rect, colon, notation, 'number');
    const [atDay, day] = wordAfter(words, /^ngày$/);
    const [atMonth, month] = wordAfter(words, /^tháng$/, atDay);
    const [, year] = wordAfter(words, /^năm$/, atMonth);
    liesBetween(found.day.rect, day, month, 'day');
    liesBetween(found.month.rect, month, year, 'month');
    for (const proposal of [found.number, found.day, found.month]) assert.ok(proposal.confidence > 0.9);
  });

  test(`${letter.file}: the leader's image stands centred between title and name, the seal over its left third`, async () => {
    const bytes = fixture(letter.file);
    const found = await places(bytes);
    assert.equal(found.signature?.page, letter.page);
    assert.equal(found.seal?.page, letter.page);
    assert.ok(found.signature.confidence > 0.9);
    const words = wordsOf(bytes, letter.page);
    const title = words.findLast((word) => letter.title.test(word.text));
    const [nameStart, nameEnd] = [words.findLast((word) => word.left > 90 && letter.name.test(word.text)), words.findLast((word) => word.left > 90)];
    assert.ok(title !== undefined && nameStart !== undefined && nameEnd !== undefined);
    const nameLine = words.filter((word) => word.left > 90 && Math.abs(word.bottom - nameEnd.bottom) < 2);
    const axis = (Math.min(...nameLine.map((word) => word.left)) + Math.max(...nameLine.map((word) => word.right))) / 2;
    const image = found.signature.rect;
    near(image.x + image.width / 2, axis, 2.5, 'axis');
    // pdftotext's boxes are taller than the letters; the image stays clear of the letters, and in the middle.
    assert.ok(image.y > title.bottom - 1.5 && image.y + image.height < nameEnd.top + 1.5, `${image.y} ${title.bottom} ${nameEnd.top}`);
    near(image.y + image.height / 2, (title.bottom + nameEnd.top) / 2, 1.5, 'middle');
    const seal = found.seal.rect;
    assert.deepEqual([seal.width, seal.height], [36, 36]);
    near(seal.x + seal.width - image.x, image.width / 3, 0.01, 'overlap');
    near(seal.y + 18, image.y + image.height / 2, 0.01, 'one middle line');
  });
}

test('pages are given as displayed, all of them', async () => {
  const found = await places(fixture('bao-cao-quy.pdf'));
  assert.equal(found.pages.length, 7);
  for (const page of found.pages) {
    near(page.widthMm, 210, 0.1, 'width');
    near(page.heightMm, 297, 0.1, 'height');
  }
  assert.equal(found.prepared, false);
});

test('an annex whose head names another document’s number and date is given no places', async () => {
  const found = await places(fixture('phu-luc.pdf'));
  assert.deepEqual({ ...found, pages: found.pages.length }, { pages: 2, signature: null, seal: null, number: null, day: null, month: null, year: null, prepared: false });
});

test('a page turned by 90, 180 or 270 degrees, with its box away from the origin, has the same places as it is displayed', async () => {
  const upright = await places(fixture('cong-van-xa.pdf'));
  for (const turn of [90, 180, 270]) {
    const document = await PDFDocument.create();
    const [letter] = await document.embedPdf(fixture('cong-van-xa.pdf'), [0]);
    assert.ok(letter !== undefined);
    const { width, height } = letter;
    const aside = turn !== 180;
    const page = document.addPage(aside ? [height, width] : [width, height]);
    const [x, y] = turn === 90 ? [height, 0] : turn === 180 ? [width, height] : [0, width];
    page.drawPage(letter, { x: x + 100, y: y + 50, rotate: degrees(turn) });
    page.setMediaBox(0, 0, 2000, 2000);
    page.setCropBox(100, 50, aside ? height : width, aside ? width : height);
    page.setRotation(degrees(turn));
    const turned = await places(await document.save());
    near(turned.pages[0]?.widthMm ?? 0, 210, 0.1, 'width');
    for (const key of ['number', 'day', 'month', 'signature', 'seal'] as const) {
      const [one, two] = [upright[key]?.rect, turned[key]?.rect];
      assert.ok(one !== undefined && two !== undefined, `${key} at ${turn}`);
      for (const side of ['x', 'y', 'width', 'height'] as const) near(two[side], one[side], 0.1, `${key}.${side} at ${turn}`);
    }
  }
});

test('a prepared document is told by its fields, and its places are theirs', async () => {
  const document = await PDFDocument.load(fixture('cong-van-xa.pdf'));
  const form = document.getForm();
  const page = document.getPage(0);
  const at = (x: number, y: number, width: number, height: number) => ({ x: x * pointsPerMm, y: page.getHeight() - (y + height) * pointsPerMm, width: width * pointsPerMm, height: height * pointsPerMm });
  form.createTextField('so_van_ban').addToPage(page, { ...at(50, 46, 9, 6), borderWidth: 0 });
  form.createTextField('ngay').addToPage(page, { ...at(137, 36, 7, 6), borderWidth: 0 });
  form.createTextField('thang').addToPage(page, { ...at(156, 36, 7, 6), borderWidth: 0 });
  for (const [name, box] of [['chu_ky_lanh_dao', at(130, 150, 44, 18)], ['con_dau_co_quan', at(108, 141, 36, 36)]] as const) {
    const field = document.context.register(document.context.obj({ Type: 'Annot', Subtype: 'Widget', FT: 'Sig', T: PDFString.of(name), F: 4, P: page.ref, Rect: [box.x, box.y, box.x + box.width, box.y + box.height] }));
    page.node.addAnnot(field);
    form.acroForm.addField(field);
  }
  form.acroForm.dict.set(PDFName.of('SigFlags'), document.context.obj(1));
  const found = await places(await document.save());
  assert.equal(found.prepared, true);
  const expected = { number: [50, 46, 9, 6], day: [137, 36, 7, 6], month: [156, 36, 7, 6], signature: [130, 150, 44, 18], seal: [108, 141, 36, 36] } as const;
  for (const [key, [x, y, width, height]] of Object.entries(expected) as [keyof typeof expected, readonly [number, number, number, number]][]) {
    const proposal = found[key];
    assert.ok(proposal !== null, key);
    assert.equal(proposal.confidence, 1);
    near(proposal.rect.x, x, 0.5, `${key}.x`);
    near(proposal.rect.y, y, 0.5, `${key}.y`);
    near(proposal.rect.width, width, 0.5, `${key}.width`);
    near(proposal.rect.height, height, 0.5, `${key}.height`);
  }
});

test('a file above 64 MB is read where it is needed and never whole', async () => {
  const base = fixture('giay-moi-chromium.pdf');
  const size = 80 * 1024 * 1024;
  const previous = /startxref\s+(\d+)/.exec(Buffer.from(base).toString('latin1', base.length - 60))?.[1];
  const trailer = /\/Size (\d+)[\s\S]*?\/Root (\d+ 0 R)/.exec(Buffer.from(base).toString('latin1'));
  assert.ok(previous !== undefined && trailer !== null);
  const head = Buffer.concat([base, Buffer.from(`\n${trailer[1]} 0 obj\n<< /Length ${size} >>\nstream\n`, 'latin1')]);
  const objectAt = base.length + 1;
  const xrefAt = head.length + size + '\nendstream\nendobj\n'.length;
  const tail = Buffer.from(`\nendstream\nendobj\nxref\n${trailer[1]} 1\n${String(objectAt).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${Number(trailer[1]) + 1} /Root ${trailer[2]} /Prev ${previous} >>\nstartxref\n${xrefAt}\n%%EOF\n`, 'latin1');
  let bytesRead = 0;
  const source: ByteSource = {
    sizeBytes: head.length + size + tail.length,
    read: (offset, length) => {
      const out = Buffer.alloc(Math.max(0, Math.min(length, head.length + size + tail.length - offset)), 0x20);
      bytesRead += out.length;
      for (const [part, at] of [[head, 0], [tail, head.length + size]] as const) for (let i = Math.max(offset, at); i < Math.min(offset + out.length, at + part.length); i++) out[i - offset] = part[i - at]!;
      return out;
    },
  };
  const [large, small] = [await places(source), await places(base)];
  assert.deepEqual(large, small);
  assert.ok(bytesRead < 4 * 1024 * 1024, `${bytesRead} bytes read`);
});

test('what cannot be read is refused with its reason', async () => {
  const code = async (bytes: Uint8Array): Promise<string> => {
    const found = await findPlaces(bytesSource(bytes));
    return found.ok ? 'ok' : found.error.code;
  };
  assert.equal(await code(new Uint8Array()), 'file.empty');
  assert.equal(await code(Buffer.from('PK\u0003\u0004 a document of another kind')), 'pdf.not-pdf');
  assert.equal(await code(Buffer.from('%PDF-1.7\nnothing follows')), 'pdf.broken');
  const document = await PDFDocument.load(fixture('giay-moi.pdf'));
  document.encrypt({ userPassword: 'cần mật khẩu', ownerPassword: 'x' });
  assert.equal(await code(await document.save()), 'pdf.password-needed');
});
