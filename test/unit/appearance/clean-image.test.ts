import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { advisePng } from '../../../src-main/signing/appearance/advise-image.ts';
import { checkPng } from '../../../src-main/signing/appearance/check-image.ts';
import { cleanPng } from '../../../src-main/signing/appearance/clean-image.ts';
import { readPng, type Pixels } from '../../../src-main/signing/appearance/png.ts';
import { writePng } from '../../../src-main/signing/appearance/write-png.ts';
import { coverageOf, drawPixels, drawScan, penStroke, roundSeal, type Drawing, type Scan } from './draw-scan.ts';
import { makePng } from './make-png.ts';

type Options = Parameters<typeof cleanPng>[1];
const signature: Options = { of: 'signature', widthMm: 50, ink: 'rule' };
const seal: Options = { of: 'seal', widthMm: 36, ink: 'rule' };

const bluePen = [38, 60, 150] as const;
const blackPen = [30, 30, 34] as const;
const redInk = [196, 40, 52] as const;
const white = [250, 250, 250] as const;
const yellowish = [252, 240, 204] as const;
const greyish = [214, 216, 219] as const;

/** Lit from one side, with the soft shadow of a hand over a corner. */
const phoneLight = (width: number, height: number): Drawing => (x, y) => {
  const slope = 1 - 0.35 * (x / width) - 0.1 * (y / height);
  const shadow = 1 / (1 + Math.exp((width * 0.3 - Math.hypot(x - width, y - height)) / (width * 0.03)));
  return slope * (0.68 + 0.32 * shadow);
};

async function clean(png: Uint8Array, options: Options): Promise<Pixels & { readonly png: Uint8Array }> {
  const cleaned = await cleanPng(png, options);
  assert.ok(cleaned.ok, JSON.stringify(cleaned));
  const pixels = readPng(cleaned.value.png);
  assert.ok(pixels.ok);
  assert.deepEqual(checkPng(cleaned.value.png), { ok: true, value: { width: cleaned.value.width, height: cleaned.value.height } });
  return { ...pixels.value, png: cleaned.value.png };
}

type Found = { readonly paperClear: number; readonly inkKept: number };

/** Lays the cleaned image over the drawing by their boxes; a pixel or two at the edges of strokes belongs to neither. */
function compare({ width, height, rgba }: Pixels, scan: Scan, share: number): Found {
  const coverage = coverageOf(scan);
  const box = boxOf(scan, coverage);
  const margin = Math.max(1, Math.round(Math.max(box.right - box.left, box.bottom - box.top) * share));
  const [left, top] = [Math.max(0, box.left - margin), Math.max(0, box.top - margin)];
  const [fromWidth, fromHeight] = [Math.min(scan.width, box.right + margin) - left, Math.min(scan.height, box.bottom + margin) - top];
  const factor = fromWidth / width;
  assert.ok(Math.abs(fromHeight / factor - height) <= 4, `cropped to the ink: ${width} × ${height} of ${fromWidth} × ${fromHeight}`);
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= scan.width || y >= scan.height ? 0 : coverage[Math.floor(y) * scan.width + Math.floor(x)]!);
  /** The least and the most of it, here and at eight points around. */
  const around = (x: number, y: number, reach: number, choose: (a: number, b: number) => number): number => {
    let value = at(x, y);
    for (let dy = -reach; dy <= reach; dy += reach) for (let dx = -reach; dx <= reach; dx += reach) value = choose(value, at(x + dx, y + dy));
    return value;
  };
  let [paper, clear, ink, kept] = [0, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [sourceX, sourceY] = [left + (x + 0.5) * factor, top + (y + 0.5) * factor];
      const alpha = rgba[(y * width + x) * 4 + 3]!;
      if (around(sourceX, sourceY, 3 + factor, Math.max) === 0) {
        paper += 1;
        if (alpha === 0) clear += 1;
      } else if (at(sourceX, sourceY) > 0.95 && around(sourceX, sourceY, factor, Math.min) > 0.5) {
        ink += 1;
        if (alpha > 127) kept += 1;
      }
    }
  }
  assert.ok(paper > 1000 && ink > 1000, `${paper} pixels of paper, ${ink} of ink`);
  return { paperClear: clear / paper, inkKept: kept / ink };
}

function boxOf({ width, height }: Scan, coverage: Float32Array): { left: number; top: number; right: number; bottom: number } {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (coverage[y * width + x]! < 0.3) continue;
      box.left = Math.min(box.left, x);
      box.top = Math.min(box.top, y);
      box.right = Math.max(box.right, x + 1);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  return box;
}

/** Mean colour of the ink, by opacity. */
function inkOf({ rgba }: Pixels): readonly [number, number, number] {
  const sum = [0, 0, 0];
  let weight = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    for (const part of [0, 1, 2]) sum[part]! += rgba[at + part]! * rgba[at + 3]!;
    weight += rgba[at + 3]!;
  }
  return [sum[0]! / weight, sum[1]! / weight, sum[2]! / weight];
}

const advise = (png: Uint8Array, options: Options): readonly string[] => {
  const advice = advisePng(png, options);
  assert.ok(advice.ok, JSON.stringify(advice));
  return advice.value.map(({ code }) => code);
};

const scans: Readonly<Record<string, { readonly scan: Scan; readonly options: Options }>> = {
  'a blue signature from a flatbed scanner': { options: signature, scan: { width: 900, height: 600, drawing: penStroke(450, 300, 560, 260, 14), ink: bluePen, paper: white, grain: 3 } },
  'a blue signature photographed on yellowish paper, lit from one side, with a shadow over it': { options: signature, scan: { width: 1300, height: 900, drawing: penStroke(640, 450, 700, 320, 13), ink: bluePen, paper: yellowish, light: phoneLight(1300, 900), grain: 6 } },
  'a black signature on grey paper': { options: signature, scan: { width: 900, height: 600, drawing: penStroke(450, 300, 560, 260, 10), ink: blackPen, paper: greyish, grain: 5 } },
  'a red seal with a broad star on grey paper in uneven light': { options: seal, scan: { width: 900, height: 900, drawing: roundSeal(450, 450, 300), ink: redInk, paper: greyish, light: phoneLight(900, 900), grain: 4 } },
  'a red seal that fills the picture': { options: seal, scan: { width: 640, height: 640, drawing: roundSeal(320, 320, 312), ink: redInk, paper: white, grain: 3 } },
  'a signature small on a whole page': { options: { ...signature, widthMm: 40 }, scan: { width: 1240, height: 1754, drawing: penStroke(850, 1300, 240, 100, 5), ink: bluePen, paper: white, grain: 3 } },
};

for (const [name, { scan, options }] of Object.entries(scans)) {
  test(`the paper of ${name} goes, its ink stays, in the colour of the rule`, async (t) => {
    const cleaned = await clean(await drawScan(scan), options);
    const found = compare(cleaned, scan, options.of === 'seal' ? 0 : 0.02);
    t.diagnostic(`paper clear ${(found.paperClear * 100).toFixed(2)} %, ink kept ${(found.inkKept * 100).toFixed(2)} %`);
    assert.ok(found.paperClear >= 0.99, `paper clear: ${found.paperClear}`);
    assert.ok(found.inkKept >= 0.98, `ink kept: ${found.inkKept}`);
    const [red, green, blue] = inkOf(cleaned);
    assert.deepEqual([Math.round(red), Math.round(green), Math.round(blue)], options.of === 'seal' ? [200, 22, 34] : [26, 63, 160]);
    assert.deepEqual(advise(cleaned.png, options).filter((code) => code !== 'low-resolution'), []);
  });
}

test('a scan finer than print needs is made smaller, to 600 dots an inch of its width on paper', async () => {
  const scan: Scan = { width: 1800, height: 1000, drawing: penStroke(900, 500, 1400, 600, 30), ink: bluePen, paper: white, grain: 8 };
  const cleaned = await clean(await drawScan(scan), { ...signature, widthMm: 40 });
  assert.equal(cleaned.width, Math.round((40 / 25.4) * 600));
  const found = compare(cleaned, scan, 0.02);
  assert.ok(found.paperClear >= 0.99 && found.inkKept >= 0.98, JSON.stringify(found));
  assert.deepEqual(advise(cleaned.png, { ...signature, widthMm: 40 }), []);
});

test('the rim of a seal is the edge of its image, so that it is drawn in real size', async () => {
  const { scan, options } = scans['a red seal with a broad star on grey paper in uneven light']!;
  const { width, height } = await clean(await drawScan(scan), options);
  assert.ok(Math.abs(width - 602) <= 3 && Math.abs(height - 602) <= 3, `${width} × ${height}`);
});

test('its own ink is kept when it is asked for', async () => {
  for (const ink of [blackPen, [20, 110, 60] as const]) {
    const scan: Scan = { width: 900, height: 600, drawing: penStroke(450, 300, 560, 260, 14), ink, paper: yellowish, light: phoneLight(900, 600), grain: 3 };
    const colour = inkOf(await clean(await drawScan(scan), { ...signature, ink: 'own' }));
    for (const part of [0, 1, 2] as const) assert.ok(Math.abs(colour[part] - ink[part]) < 30, `${colour.map(Math.round).join()} for ${ink.join()}`);
  }
});

test('strong and weak strokes stay apart', async () => {
  const stroke = penStroke(450, 300, 560, 260, 14);
  const scan: Scan = { width: 900, height: 600, drawing: (x, y) => stroke(x, y) * (x < 450 ? 1 : 0.55), ink: bluePen, paper: white, grain: 3 };
  const { width, height, rgba } = await clean(await drawScan(scan), signature);
  const typical = (from: number, to: number): number => {
    const alphas = Array.from({ length: width * height }, (_, pixel) => pixel).filter((pixel) => pixel % width >= from && pixel % width < to).map((pixel) => rgba[pixel * 4 + 3]!).filter((alpha) => alpha > 0).toSorted((a, b) => a - b);
    return alphas[alphas.length >> 1]!;
  };
  const ratio = typical(Math.ceil(width * 0.55), width) / typical(0, Math.floor(width * 0.45));
  assert.ok(ratio > 0.3 && ratio < 0.7, `the weak half has ${ratio} of the opacity of the strong one`);
});

test('dust on the paper is no ink, and the crop does not go out to it', async () => {
  const stroke = penStroke(450, 300, 560, 260, 14);
  const dust = (x: number, y: number): number => ([[40, 40], [860, 70], [30, 560], [870, 580]].some(([dx, dy]) => Math.hypot(x - dx!, y - dy!) < 2.5) ? 1 : 0);
  const plain: Scan = { width: 900, height: 600, drawing: stroke, ink: bluePen, paper: white, grain: 3 };
  const dusty = await clean(await drawScan({ ...plain, drawing: (x, y) => Math.max(stroke(x, y), dust(x, y)) }), signature);
  assert.ok(compare(dusty, plain, 0.02).inkKept >= 0.98);
});

test('paper without ink is told as that, even and white or grainy and in shadow', async () => {
  const none = (): number => 0;
  for (const scan of [{ paper: white }, { paper: yellowish, light: phoneLight(700, 500), grain: 8 }]) {
    const result = await cleanPng(await drawScan({ width: 700, height: 500, drawing: none, ink: bluePen, ...scan }), signature);
    assert.deepEqual(result, { ok: false, error: { code: 'image.blank' } });
  }
  const clear = await writePng({ width: 300, height: 200, rgba: new Uint8Array(300 * 200 * 4) }, 50);
  assert.deepEqual(await cleanPng(clear, signature), { ok: false, error: { code: 'image.blank' } });
});

test('what is no PNG is refused as that', async () => {
  for (const bad of [Buffer.alloc(0), Buffer.from([0xff, 0xd8, 0xff, 0xe0]), (await drawScan(scans['a black signature on grey paper']!.scan)).subarray(0, 9000)]) {
    assert.deepEqual(await cleanPng(bad, signature), { ok: false, error: { code: 'image.not-png' } });
    assert.deepEqual(advisePng(bad, signature), { ok: false, error: { code: 'image.not-png' } });
  }
});

test('every kind of PNG that a scanner writes is cleaned to the same picture', async () => {
  const scan: Scan = { width: 300, height: 200, drawing: penStroke(150, 100, 220, 110, 9), ink: [40, 40, 40], paper: [240, 240, 240] };
  const rgba = drawPixels(scan);
  const grey = (x: number, y: number): number => rgba[(y * 300 + x) * 4]!;
  const size = { width: 300, height: 200 };
  const palette = Array.from({ length: 768 }, (_, index) => Math.floor(index / 3));
  const kinds = {
    'RGB': makePng({ ...size, depth: 8, colour: 2 }, grey),
    'RGB interlaced': makePng({ ...size, depth: 8, colour: 2, interlaced: true }, grey),
    'RGB of 16 bits': makePng({ ...size, depth: 16, colour: 2 }, (x, y) => grey(x, y) * 257),
    'grey': makePng({ ...size, depth: 8, colour: 0 }, grey),
    'grey of 16 bits, interlaced': makePng({ ...size, depth: 16, colour: 0, interlaced: true }, (x, y) => grey(x, y) * 257),
    'palette': makePng({ ...size, depth: 8, colour: 3, palette }, grey),
    'RGBA': makePng({ ...size, depth: 8, colour: 6 }, (x, y, channel) => (channel === 3 ? 255 : grey(x, y))),
  };
  const expected = await clean(kinds.RGB, signature);
  for (const [kind, png] of Object.entries(kinds)) assert.deepEqual((await clean(png, signature)).png, expected.png, kind);
  const lineArt = await clean(makePng({ ...size, depth: 1, colour: 0 }, (x, y) => (grey(x, y) > 140 ? 1 : 0)), signature);
  assert.ok(compare(lineArt, scan, 0.02).inkKept >= 0.98, 'black and white alone');
});

test('an image with a clear ground is cleaned as what it shows on paper', async () => {
  const scan: Scan = { width: 900, height: 600, drawing: penStroke(450, 300, 560, 260, 14), ink: bluePen, paper: white };
  const rgba = new Uint8Array(900 * 600 * 4);
  for (let pixel = 0; pixel < 900 * 600; pixel++) rgba.set([...bluePen, Math.round(255 * scan.drawing((pixel % 900) + 0.5, Math.floor(pixel / 900) + 0.5))], pixel * 4);
  const found = compare(await clean(await writePng({ width: 900, height: 600, rgba }, 50), signature), scan, 0.02);
  assert.ok(found.paperClear >= 0.99 && found.inkKept >= 0.98, JSON.stringify(found));
});

const images = new URL('../../fixtures/images/', import.meta.url);

test('the images that an office signs with lack nothing', () => {
  assert.deepEqual(advise(readFileSync(new URL('chu-ky-lanh-dao.png', images)), signature), []);
  assert.deepEqual(advise(readFileSync(new URL('con-dau-do.png', images)), seal), []);
});

test('what an image lacks is said: pixels, transparency, the right ink, strength, its edge', async () => {
  const leaders = readFileSync(new URL('chu-ky-lanh-dao.png', images));
  const wide = advisePng(leaders, { of: 'signature', widthMm: 120 * 1.2 });
  assert.deepEqual(wide, { ok: true, value: [{ code: 'low-resolution', value: 1000 / (144 / 25.4) }] });
  assert.deepEqual(advise(leaders, { ...signature, widthMm: 20 }), ['too-large']);
  assert.deepEqual(advise(leaders, { ...seal, widthMm: 50 }), ['wrong-ink']);
  const pen: Scan = { width: 900, height: 600, drawing: penStroke(450, 300, 560, 260, 14), ink: bluePen, paper: white, grain: 1 };
  assert.deepEqual(advise(await drawScan(pen), signature), ['opaque']);
  const black = await clean(await drawScan({ ...pen, ink: blackPen }), { ...signature, ink: 'own' });
  assert.deepEqual(advise(black.png, signature), ['wrong-ink']);
  const pale = await clean(await drawScan({ ...pen, drawing: (x, y) => pen.drawing(x, y) * 0.2 }), signature);
  assert.deepEqual(advise(pale.png, signature), ['pale']);
  const cut = await clean(await drawScan({ ...pen, drawing: penStroke(450, 100, 560, 260, 14) }), signature);
  assert.deepEqual(advise(cut.png, signature), ['crooked-edge']);
  const cutSeal = await clean(await drawScan({ width: 640, height: 560, drawing: roundSeal(320, 320, 300), ink: redInk, paper: white, grain: 1 }), seal);
  assert.deepEqual(advise(cutSeal.png, seal), ['crooked-edge']);
});
