import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { createLook } from '../../src-main/verification/look/look.ts';
import { createSteps } from '../pictures/support/steps.ts';
import { tablePdf } from '../unit/pdf/make-pdf.ts';
import { at, letter, picture, stream, text2, withObjects } from './support/letter.ts';
import { assertChanged, compareWith, same, widgetPlaces } from './support/states.ts';

// As patient as a busy machine needs: the limit of time has its own tests
const look = createLook({ deadlineMs: 60_000 });
after(() => look.close());

const before = letter();
/** Points from the bottom left, as a file says it → mm from the top left of A4. */
const mm = (x: number, y: number, width: number, height: number): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } => {
  const each = (points: number): number => (points * 25.4) / 72;
  return { x: each(x), y: each(842 - y - height), width: each(width), height: each(height) };
};
const page = (more = '', contents: number = at.text2): string => `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} 0 R /Resources <</Font <</F 9 0 R /G 12 0 R>> /XObject <</P 10 0 R>> /Properties <</L 11 0 R>>>> ${more}>>`;

test('an update that says the same again looks the same', async () => {
  assert.deepEqual(await compareWith(look, before, withObjects(before, { [at.text2]: stream(text2('2')), [at.second]: page() })), same(3));
});

test('a page’s content that is replaced is seen, on its page alone', async () => {
  const report = await compareWith(look, before, withObjects(before, { [at.text2]: stream('BT /F 8 Tf 100 700 Td (Khong con gi) Tj ET') }));
  assertChanged(report, [2], mm(300, 400, 100, 50));
  assert.equal(report.compared, 3);
  assert.equal(report.reason, null);
});

test('one digit in a text of 8 pt is seen where it stands, and nowhere else', async () => {
  for (const digit of ['3', '8', '7']) {
    const report = await compareWith(look, before, withObjects(before, { [at.text2]: stream(text2(digit)) }));
    assertChanged(report, [2]);
    const [place] = report.pages[0]!.places;
    assert.equal(report.pages[0]!.places.length, 1);
    assert.ok(place!.widthMm < 2.5 && place!.heightMm < 3, JSON.stringify(place));
    const { x, y, width, height } = mm(100, 698, 60, 8);
    assert.ok(place!.xMm > x && place!.xMm + place!.widthMm < x + width && place!.yMm > y - 1 && place!.yMm + place!.heightMm < y + height + 1, JSON.stringify(place));
  }
});

test('another font in the old one’s place is seen, and so is one that shows other digits', async () => {
  assertChanged(await compareWith(look, before, withObjects(before, { [at.font]: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>>' })), [1, 2]);
  const swapped = '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding <</Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [50 /nine]>>>>';
  assertChanged(await compareWith(look, before, withObjects(before, { [at.font]: swapped })), [2]);
});

test('letters of a font that is neither in the file nor known are seen too', async () => {
  assertChanged(await compareWith(look, before, withObjects(before, { [at.text3]: stream('BT /G 14 Tf 100 750 Td (Trang ba 19) Tj ET') })), [3], mm(170, 750, 4, 8));
});

test('a letter that pdf.js has no picture for is seen by what it says: elsewhere it is drawn by the machine’s own font', async () => {
  const vietnamese = '<</Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding <</Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [128 /uni1EE7 /uni0169]>>>>';
  const written = (code: string): Uint8Array => stream(`BT /F 14 Tf 100 750 Td (U) Tj <${code}> Tj ET`);
  const asked = withObjects(before, { [at.font]: vietnamese, [at.text1]: Buffer.from(written('80')) });
  assertChanged(await compareWith(look, asked, withObjects(asked, { [at.text1]: Buffer.from(written('81')) })), [1]);
  assert.deepEqual(await compareWith(look, asked, withObjects(asked, { [at.text1]: Buffer.from(written('80')) })), same(3));
});

test('an annotation laid over the page is seen, a faint and a white one too', async () => {
  for (const colour of ['1 0 0 rg', '1 1 1 rg', '0.99 g']) {
    const drawn = stream(`${colour} 0 0 200 40 re f`, '/Type /XObject /Subtype /Form /BBox [0 0 200 40]');
    const report = await compareWith(look, before, withObjects(before, { [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Stamp /Rect [90 680 290 720] /F 4 /AP <</N 14 0 R>>>>', 14: drawn }));
    assertChanged(report, [2], mm(102, 700, 70, 4));
  }
});

test('a note that has no picture of its own is seen, since viewers draw a sign there', async () => {
  const noted = withObjects(before, { [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Text /Rect [400 600 420 620] /F 4 /Contents (xem lai)>>' });
  assertChanged(await compareWith(look, before, noted), [2], mm(400, 600, 20, 20));
  const reworded = withObjects(noted, { 13: '<</Type /Annot /Subtype /Text /Rect [400 600 420 620] /F 4 /Contents (da duyet)>>' });
  assertChanged(await compareWith(look, noted, reworded), [2]);
  assert.deepEqual(await compareWith(look, noted, withObjects(noted, { [at.text1]: stream('BT /F 14 Tf 100 750 Td (Trang mot) Tj ET') })), same(3));
});

test('an annotation that pdf.js finds wanting, and others draw, is seen', async () => {
  const highlight = withObjects(before, { [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Highlight /Rect [90 680 290 720] /F 4 /AP <</N 14 0 R>>>>', 14: stream('1 1 0 rg 0 0 200 40 re f', '/Type /XObject /Subtype /Form /BBox [0 0 200 40]') });
  assertChanged(await compareWith(look, before, highlight), [2], mm(90, 680, 200, 40));
  const hidden = withObjects(before, { [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Text /Rect [90 680 290 720] /F 2>>' });
  assert.deepEqual(await compareWith(look, before, hidden), same(3), 'hidden is hidden');
});

test('what is shown on paper alone is seen: an annotation, and a layer', async () => {
  const drawn = stream('0 0 200 40 re f', '/Type /XObject /Subtype /Form /BBox [0 0 200 40]');
  // F: print and no-view
  const annotated = withObjects(before, { [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Stamp /Rect [90 680 290 720] /F 36 /AP <</N 14 0 R>>>>', 14: drawn });
  assertChanged(await compareWith(look, before, annotated), [2], mm(95, 685, 190, 30));
  const printed = '<</Type /OCG /Name (Lop) /Usage <</Print <</PrintState /OFF>>>>>>';
  const usage = '<</Type /Catalog /Pages 2 0 R /OCProperties <</OCGs [11 0 R] /D <</ON [11 0 R] /AS [<</Event /Print /OCGs [11 0 R] /Category [/Print]>>]>>>>>>';
  assertChanged(await compareWith(look, before, withObjects(before, { [at.layer]: printed, [at.catalog]: usage })), [2], mm(61, 120, 38, 8));
});

test('a layer that is switched off is seen where it stood', async () => {
  const off = withObjects(before, { [at.catalog]: '<</Type /Catalog /Pages 2 0 R /OCProperties <</OCGs [11 0 R] /D <</OFF [11 0 R]>>>>>>' });
  assertChanged(await compareWith(look, before, off), [2], mm(61, 120, 38, 8));
});

test('a picture with other pixels is seen, a single one too', async () => {
  assertChanged(await compareWith(look, before, withObjects(before, { [at.picture]: picture(90, 100) })), [2], mm(301, 401, 98, 48));
  assertChanged(await compareWith(look, before, withObjects(before, { [at.picture]: picture(128, 101) })), [2]);
});

test('a mark on a page that a fax machine wrote is seen', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-look-fax-'));
  try {
    const fax = (blackFrom: number): { readonly pdf: Buffer; readonly num: number; readonly image: string } => {
      const side = 800;
      const bits = Buffer.alloc((side / 8) * side, 255).fill(0, blackFrom, blackFrom + 50);
      writeFileSync(join(folder, 'in.pdf'), tablePdf([
        '<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</XObject <</P 5 0 R>>>>>>',
        stream('q 595 0 0 842 0 0 cm /P Do Q'), stream(deflateSync(bits), `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode`),
      ]));
      execFileSync('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-dCompatibilityLevel=1.4', '-sDEVICE=pdfwrite', `-sOutputFile=${join(folder, 'out.pdf')}`, join(folder, 'in.pdf')]);
      const pdf = readFileSync(join(folder, 'out.pdf'));
      const found = /\n(\d+) 0 obj\s*(<<(?:(?!endobj)[\s\S])*?\/CCITTFaxDecode[\s\S]*?endstream)/.exec(pdf.toString('latin1'));
      assert.ok(found !== null, 'Ghostscript writes it as a fax does');
      return { pdf, num: Number(found[1]), image: found[2]! };
    };
    const [one, two] = [fax(20_000), fax(40_000)];
    assert.deepEqual(await compareWith(look, one.pdf, withObjects(one.pdf, { [one.num]: Buffer.from(one.image, 'latin1') })), same(1));
    const report = await compareWith(look, one.pdf, withObjects(one.pdf, { [one.num]: Buffer.from(two.image, 'latin1') }));
    assertChanged(report, [1]);
    assert.equal(report.pages[0]!.places.length, 2, 'where it was, and where it is');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a page more, a page less and pages in another order are seen', async () => {
  const more = withObjects(before, { [at.pages]: '<</Type /Pages /Kids [3 0 R 4 0 R 5 0 R 13 0 R] /Count 4>>', 13: page('', at.text1) });
  const added = await compareWith(look, before, more);
  assertChanged(added, [4], mm(0, 0, 595, 842));
  assert.equal(added.compared, 4);
  const less = await compareWith(look, before, withObjects(before, { [at.pages]: '<</Type /Pages /Kids [3 0 R 4 0 R] /Count 2>>' }));
  assertChanged(less, [3], mm(0, 0, 595, 842));
  const other = await compareWith(look, before, withObjects(before, { [at.pages]: '<</Type /Pages /Kids [4 0 R 3 0 R 5 0 R] /Count 3>>' }));
  assertChanged(other, [1, 2]);
});

test('a page that is turned, cut or grown is seen', async () => {
  for (const more of ['/Rotate 90', '/CropBox [0 100 595 842]', '/UserUnit 1.5']) assertChanged(await compareWith(look, before, withObjects(before, { [at.second]: page(more) })), [2]);
});

test('in a lawful place nothing is seen, a millimetre beside it something is', async () => {
  const after = withObjects(before, { [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [300 200 400 250] /F 4 /AP <</N 14 0 R>>>>', 14: stream('1 0 0 rg 0 0 100 50 re f', '/Type /XObject /Subtype /Form /BBox [0 0 100 50]') });
  const box = mm(300, 200, 100, 50);
  const place = { page: 2, xMm: box.x, yMm: box.y, widthMm: box.width, heightMm: box.height };
  assert.deepEqual(await compareWith(look, before, after, [place]), same(3));
  assertChanged(await compareWith(look, before, after, [{ ...place, page: 1 }]), [2], box);
  for (const cut of [{ xMm: place.xMm + 1.2 }, { yMm: place.yMm + 1.2 }, { widthMm: place.widthMm - 1.2 }, { heightMm: place.heightMm - 1.2 }]) assertChanged(await compareWith(look, before, after, [{ ...place, ...cut }]), [2]);
});

test('content that is changed under a seal is seen: a lawful place covers what lies on the page, never the page', async () => {
  const after = withObjects(before, {
    [at.second]: page('/Annots [13 0 R]'), 13: '<</Type /Annot /Subtype /Widget /FT /Sig /T (a) /Rect [90 690 200 720] /F 4 /AP <</N 14 0 R>>>>', 14: stream('1 0 0 RG 1 1 108 28 re S', '/Type /XObject /Subtype /Form /BBox [0 0 110 30]'),
    [at.text2]: stream(text2('9')),
  });
  const box = mm(90, 690, 110, 30);
  assertChanged(await compareWith(look, before, after, [{ page: 2, xMm: box.x, yMm: box.y, widthMm: box.width, heightMm: box.height }]), [2]);
});

test('a word changed in a signed letter of an office is seen beside its signatures', async () => {
  const steps = createSteps();
  const { pdf } = await steps.issue((await steps.approve(await steps.prepare(steps.fixture('quyet-dinh')))).pdf);
  const lawful = widgetPlaces(pdf);
  // The third page's content, drawn over by a line
  const third = /\/Type\s*\/Page\b[\s\S]*?\/Contents (\d+) 0 R/g;
  const contents = [...Buffer.from(pdf).toString('latin1').matchAll(third)].map((match) => Number(match[1]));
  assert.ok(contents.length >= 3);
  const forged = withObjects(pdf, { [contents[2]!]: stream('0 0 1 RG 4 w 100 500 m 300 500 l S') });
  const earlier = pdf.length;
  const report = await compareWith(look, pdf.subarray(0, earlier), forged, lawful);
  assertChanged(report, [3], mm(100, 498, 200, 4));
});

test('two signatures are asked about at once: the one before the change sees it, the one after does not', async () => {
  const forged = withObjects(before, { [at.text2]: stream(text2('9')) });
  const later = withObjects(forged, { [at.text1]: stream('BT /F 14 Tf 100 750 Td (Trang mot) Tj ET') });
  const reports = await look.compare({ sizeBytes: later.length, read: (offset, length) => later.subarray(offset, offset + length) }, [before.length, forged.length, before.length, later.length].map((earlierBytes) => ({ earlierBytes, lawful: [] })));
  assert.deepEqual(reports.map(({ status }) => status), ['changed', 'same', 'changed', 'nothing-later']);
});
