import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { findBrowser } from '../../../build/start/find-browser.ts';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { Places } from '../../../src-main/ports/signing.ts';
import { findPlaces } from '../../../src-main/signing/places/find-places.ts';
import { flowingHtml, placedHtml, truthOf } from './letter-html.ts';
import { middleOf, truths, type Blank, type Truth } from './truth.ts';

/** How far a proposal may be from the truth. */
const blankMm = 3;
const signatureMm = 8;
/** What the program may call sure; and what it may call likely, where the file has lost some of its letters. */
const sure = 0.9;
const likely = 0.65;

let folder: string;
let browser: Browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-variants-'));
  const executablePath = findBrowser();
  assert.ok(executablePath !== null, 'a Chromium prints the letters');
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

function fixture(name: string): Uint8Array {
  return readFileSync(new URL(`../../fixtures/pdf/${name}.pdf`, import.meta.url));
}

async function placesOf(pdf: Uint8Array): Promise<Places> {
  const found = await findPlaces(bytesSource(pdf));
  assert.ok(found.ok, JSON.stringify(found));
  return found.value;
}

/** The same pages written anew by Ghostscript. */
function byGhostscript(pdf: Uint8Array, ...options: readonly string[]): Uint8Array {
  const [input, output] = [join(folder, 'in.pdf'), join(folder, 'out.pdf')];
  writeFileSync(input, pdf);
  execFileSync('gs', ['-q', '-dBATCH', '-dNOPAUSE', '-dSAFER', '-sDEVICE=pdfwrite', ...options, `-sOutputFile=${output}`, input], { stdio: 'pipe' });
  return readFileSync(output);
}

async function byChromium<T>(html: string, look: (page: Awaited<ReturnType<Browser['newPage']>>) => Promise<T>): Promise<{ readonly pdf: Uint8Array; readonly seen: T }> {
  const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
  try {
    await page.emulateMedia({ media: 'print' });
    await page.setContent(html);
    const seen = await look(page);
    return { pdf: await page.pdf({ preferCSSPageSize: true }), seen };
  } finally {
    await page.close();
  }
}

function assertBlank(found: Places['number'], truth: Blank, what: string, confidence: number): void {
  assert.ok(found !== null, `${what} is found`);
  assert.equal(found.page, 1, what);
  const { rect } = found;
  const apart = [rect.x - truth.left, rect.x + rect.width - truth.right, middleOf(rect).y - truth.middle];
  assert.ok(apart.every((mm) => Math.abs(mm) <= blankMm), `${what} is off by ${apart.map((mm) => mm.toFixed(1)).join(', ')} mm`);
  assert.ok(found.confidence >= confidence && found.confidence < 1, `${what}: confidence ${found.confidence}`);
}

function assertTruth(found: Places, truth: Truth | null, confidence = sure): void {
  if (truth === null) {
    assert.deepEqual([found.number, found.day, found.month, found.signature, found.seal], [null, null, null, null, null]);
    return;
  }
  assertBlank(found.number, truth.number, 'number', confidence);
  assertBlank(found.day, truth.day, 'day', confidence);
  assertBlank(found.month, truth.month, 'month', confidence);
  const { signer } = truth;
  const [image, seal] = [found.signature, found.seal];
  assert.ok(image !== null && seal !== null, 'the signer’s place is found');
  assert.deepEqual([image.page, seal.page], [signer.page, signer.page]);
  assertNear(image.rect, signer.axis, (signer.below + signer.above) / 2, 'image');
  assert.ok(image.rect.y > signer.below - 1.5 && image.rect.y + image.rect.height < signer.above + 1.5, 'the image covers neither title nor name');
  // Its right edge a third into the image (NĐ 30/2020 App I.II.8a)
  assertNear(seal.rect, signer.axis - image.rect.width / 6 - 18, (signer.below + signer.above) / 2, 'seal');
  for (const one of [image, seal]) assert.ok(one.confidence >= confidence && one.confidence < 1, `confidence ${one.confidence}`);
}

function assertNear(rect: RectMm, x: number, y: number, what: string): void {
  const middle = middleOf(rect);
  assert.ok(Math.hypot(middle.x - x, middle.y - y) <= signatureMm, `${what}: ${middle.x.toFixed(1)}, ${middle.y.toFixed(1)} is not ${x.toFixed(1)}, ${y.toFixed(1)}`);
}

const pagesOf: Readonly<Record<string, number>> = { 'phu-luc': 2, 'quyet-dinh': 4, 'quyet-dinh-linearized-objstm': 4, 'bao-cao-quy': 7, 'bao-cao-quy-encrypted': 7 };
const signers: Readonly<Record<string, { readonly title: string; readonly name: string }>> = {
  'cong-van-xa': { title: 'CHỦ TỊCH', name: 'Nguyễn Đức Thắng' },
  'giay-moi': { title: 'CHÁNH VĂN PHÒNG', name: 'Lò Văn Quỳnh' },
  'quyet-dinh': { title: 'PHÓ CHỦ TỊCH', name: 'Hà Thị Phương' },
  'bao-cao-quy': { title: 'GIÁM ĐỐC', name: 'Trần Thị Xuân' },
};

for (const [name, truth] of Object.entries(truths)) {
  test(`${name}: places are those of the table of truth`, async () => assertTruth(await placesOf(fixture(name)), truth));

  test(`${name} written anew by Ghostscript, as PDF 1.7, 1.4 and with its fonts as they are: the same places`, async () => {
    for (const options of [[], ['-dCompatibilityLevel=1.4'], ['-dSubsetFonts=false', '-dCompressFonts=false'], ['-dPDFSETTINGS=/screen']]) assertTruth(await placesOf(byGhostscript(fixture(name), ...options)), truth, likely);
  });

  test(`${name} with each word printed by Chromium where it stands: the same places`, async () => {
    const { pdf } = await byChromium(placedHtml(fixture(name), pagesOf[name] ?? 1), async () => null);
    assertTruth(await placesOf(pdf), truth);
  });
}

for (const [name, signer] of Object.entries(signers)) {
  test(`${name} set as a letter of flowing rows and printed by Chromium: the places that Chromium itself measures`, async () => {
    const page = truths[name]!.signer.page;
    const { pdf, seen } = await byChromium(flowingHtml(fixture(name), pagesOf[name] ?? 1), (shown) => truthOf(shown, { page, ...signer }));
    assertTruth(await placesOf(pdf), seen);
    // The same print, through Ghostscript: two producers on top of one another
    assertTruth(await placesOf(byGhostscript(pdf)), seen, likely);
  });
}

test('a page that says nothing is given no places: text as outlines, a picture, an empty page, a page of figures', async () => {
  const nothing = (found: Places): void => assert.deepEqual([found.number, found.day, found.month, found.signature, found.seal, found.prepared], [null, null, null, null, null, false]);
  nothing(await placesOf(byGhostscript(fixture('cong-van-xa'), '-dNoOutputFonts')));
  const blank = await byChromium('<!doctype html><style>@page { size: A4 }</style><p>', async () => null);
  nothing(await placesOf(blank.pdf));
  const figures = await byChromium(`<!doctype html><table>${Array.from({ length: 40 }, (_, i) => `<tr><td>${i}<td>${i * 137}<td>${(i / 3).toFixed(2)} %`).join('')}</table>`, async () => null);
  nothing(await placesOf(figures.pdf));
});
