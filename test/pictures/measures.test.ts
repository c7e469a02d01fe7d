import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RectMm } from '../../src-shared/contract/signing.ts';
import { makePng } from '../unit/appearance/make-png.ts';
import { onePage, tablePdf } from '../unit/pdf/make-pdf.ts';
import { wordsOf } from '../unit/places/judge.ts';
import { anyInk, blueInk, changes, inkBox, redInk, renderPage } from './support/picture.ts';
import { createSteps } from './support/steps.ts';

const steps = createSteps();
const blank = tablePdf(onePage('', '[0 0 595 842]'));
/** A pixel is 0.085 mm. */
const fineDpi = 300;

for (const diameterMm of [36, 32, 40]) {
  test(`a seal set to ${diameterMm} mm is ${diameterMm} mm on paper, within half a millimetre`, async () => {
    const issued = await steps.issue(blank, { place: { page: 1, rect: { x: 60, y: 100, width: diameterMm, height: diameterMm } } });
    const { width, height } = inkBox(renderPage(issued.pdf, 1, fineDpi), redInk);
    assert.ok(Math.abs(width - diameterMm) <= 0.5 && Math.abs(height - diameterMm) <= 0.5, `${width.toFixed(2)} × ${height.toFixed(2)} mm`);
  });
}

for (const name of ['cong-van-xa', 'giay-moi', 'quyet-dinh', 'bao-cao-quy']) {
  for (const [how, prepared] of [['prepared', true], ['from elsewhere', false]] as const) {
    test(`${name}, ${how}: the seal covers 25–40 % of the leader’s image, at its left`, async () => {
      for (const diameterMm of [36, 32, 40]) {
        const draft = prepared ? await steps.prepare(steps.fixture(name)) : steps.fixture(name);
        const approved = await steps.approve(draft);
        const issued = await steps.issue(approved.pdf, { diameterMm });
        assert.equal(issued.place.page, approved.place.page);
        const [before, between, after] = [draft, approved.pdf, issued.pdf].map((pdf) => renderPage(pdf, approved.place.page, 150));
        const image = inkBox(changes(before!, between!), blueInk);
        const seal = inkBox(changes(between!, after!), redInk, issued.place.rect);
        assert.ok(Math.abs(seal.width - diameterMm) <= 0.5, `${seal.width}`);
        const share = covered(image, seal);
        assert.ok(share >= 0.25 && share <= 0.4, `${diameterMm} mm covers ${(share * 100).toFixed(1)} %`);
        assert.ok(seal.x < image.x && seal.x + seal.width < image.x + image.width * 0.5, 'at its left');
      }
    });
  }
}

test('an image of another shape than the prepared place is covered by a third all the same: the seal’s place follows it while nothing is signed', async () => {
  for (const [width, height] of [[300, 300], [260, 400], [900, 220]] as const) {
    // A blue frame: its ink reaches its edges
    const image = makePng({ width, height, depth: 8, colour: 6 }, (x, y, c) => [20, 40, 160, x < 12 || y < 12 || x >= width - 12 || y >= height - 12 ? 255 : 0][c]!);
    for (const name of ['giay-moi', 'quyet-dinh']) {
      const draft = await steps.prepare(steps.fixture(name));
      const approved = await steps.approve(draft, { image });
      const issued = await steps.issue(approved.pdf);
      assert.equal(issued.places.prepared, true);
      const [before, between, after] = [draft, approved.pdf, issued.pdf].map((pdf) => renderPage(pdf, approved.place.page, 150));
      const box = inkBox(changes(before!, between!), blueInk);
      const share = covered(box, inkBox(changes(between!, after!), redInk, issued.place.rect));
      assert.ok(share >= 0.25 && share <= 0.4, `${name}: ${width} × ${height} is covered by ${(share * 100).toFixed(1)} %`);
    }
  }
});

/** The share of the leader's image, the box of its ink, that lies under the box of the seal's ink. */
function covered(image: RectMm, seal: RectMm): number {
  const across = Math.max(0, Math.min(image.x + image.width, seal.x + seal.width) - Math.max(image.x, seal.x));
  const down = Math.max(0, Math.min(image.y + image.height, seal.y + seal.height) - Math.max(image.y, seal.y));
  return (across * down) / (image.width * image.height);
}

test('dấu đến is a frame of 50 × 35 mm, within half a millimetre, wherever it stands', async () => {
  const mark = { kind: 'incoming', organization: 'UBND xã Sơn Tịnh', number: '12', date: '21/11/2026', forwardTo: '', fileCode: '' } as const;
  for (const input of [blank, tablePdf(onePage('/Rotate 90', '[0 0 842 595]'))]) {
    const signed = await steps.mark(input, mark, { page: 1, rect: { x: 30, y: 60, width: 50, height: 35 } });
    const box = inkBox(renderPage(signed.pdf, 1, fineDpi), redInk);
    assert.ok(Math.abs(box.width - 50) <= 0.5 && Math.abs(box.height - 35) <= 0.5, `${box.width.toFixed(2)} × ${box.height.toFixed(2)} mm`);
    assert.ok(Math.abs(box.x - 30) <= 0.5 && Math.abs(box.y - 60) <= 0.5, `${box.x} ${box.y}`);
  }
});

/** H of Times New Roman's metrics stands this high, in sizes of the font (Tinos, Liberation Serif: 1341 of 2048). */
const capHeight = 1341 / 2048;

for (const [name, mark] of [
  ['a copy', { kind: 'copy', form: 'sao-y', organization: 'HHHH HHHH' }],
  ['an annex', { kind: 'appendix', number: 'HHHH HHHH', date: '21/11/2026' }],
] as const) {
  test(`the text of ${name} is of size 10, within 0.3 pt, and black`, async () => {
    const { pdf } = await steps.mark(blank, mark);
    const word = wordsOf(pdf, 1).find(({ text }) => text === 'HHHH');
    assert.ok(word !== undefined);
    const page = renderPage(pdf, 1, 600);
    const box = inkBox(page, anyInk, { x: word.left, y: word.top, width: word.right - word.left, height: word.bottom - word.top });
    const sizePt = ((box.height / 25.4) * 72) / capHeight;
    assert.ok(Math.abs(sizePt - 10) <= 0.3, `${sizePt.toFixed(2)} pt`);
    for (let i = 0; i < page.rgb.length; i += 3) assert.ok(page.rgb[i] === page.rgb[i + 1] && page.rgb[i] === page.rgb[i + 2], 'black is without colour');
  });
}

test('number and date of phát hành stand on the baseline of the words about them, in figures of their size', async () => {
  for (const prepared of [true, false]) {
    const input = prepared ? await steps.prepare(steps.fixture('cong-van-xa')) : steps.fixture('cong-van-xa');
    const { pdf } = await steps.issue(input, { texts: { number: '15', day: '21', month: '11' } });
    const head = wordsOf(pdf, 1).filter(({ top }) => top < 55);
    const page = renderPage(pdf, 1, fineDpi);
    const inkOf = (wanted: string): RectMm => {
      const word = head.find(({ text }) => text === wanted);
      assert.ok(word !== undefined, wanted);
      // A stroke at the front hangs below the line
      const from = word.left + (wanted.startsWith('/') ? 2 : 0);
      return inkBox(page, anyInk, { x: from, y: word.top, width: word.right - from, height: word.bottom - word.top });
    };
    // Figures and capitals are as high as one another, within a tenth of a millimetre; the next line's marks reach into the number's from below
    const up = inkOf('15').y - inkOf('/UBND-VP').y;
    assert.ok(Math.abs(up) < 0.3, `15 stands ${up.toFixed(2)} mm off the line of /UBND-VP`);
    for (const written of ['21', '11']) {
      const [value, year] = [inkOf(written), inkOf('2026')];
      const apart = value.y + value.height - year.y - year.height;
      assert.ok(Math.abs(apart) < 0.3, `${written} stands ${apart.toFixed(2)} mm off the line of the year`);
      assert.ok(Math.abs(value.height - year.height) < 0.2, `${written}: ${value.height} beside ${year.height}`);
    }
  }
});
