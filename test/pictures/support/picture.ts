import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePng } from '../../../src-main/signing/appearance/png.ts';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { makePng } from '../../unit/appearance/make-png.ts';

/** Three bytes a pixel, rows from the top. */
export type Picture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array; readonly dpi: number };

const kept = new URL('../../fixtures/pictures/', import.meta.url);
/** What is kept is drawn in this. Measurements are taken in a finer one. */
export const keptDpi = 100;
/** Set to draw the kept pictures anew; each must then be looked at before it is committed. */
const renewing = process.env['RENEW_PICTURES'] === '1';
/** Around the mark: what a shift by a millimetre or two would bring in. */
const marginMm = 3;

/** One page as poppler's pdftoppm shows it. */
export function renderPage(pdf: Uint8Array, page: number, dpi: number): Picture {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-picture-'));
  try {
    writeFileSync(join(folder, 'page.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', String(dpi), '-cropbox', '-singlefile', '-f', String(page), '-l', String(page), join(folder, 'page.pdf'), join(folder, 'page')], { stdio: 'pipe' });
    const ppm = readFileSync(join(folder, 'page.ppm'));
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
    assert.ok(header !== null);
    return { width: Number(header[1]), height: Number(header[2]), rgb: new Uint8Array(ppm.subarray(header[0].length)), dpi };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function crop(picture: Picture, rect: RectMm, margin = marginMm): Picture {
  const px = (mm: number): number => Math.round((mm * picture.dpi) / 25.4);
  const [left, top] = [Math.max(0, px(rect.x - margin)), Math.max(0, px(rect.y - margin))];
  const [right, bottom] = [Math.min(picture.width, px(rect.x + rect.width + margin)), Math.min(picture.height, px(rect.y + rect.height + margin))];
  const [width, height] = [right - left, bottom - top];
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) rgb.set(picture.rgb.subarray(((top + row) * picture.width + left) * 3, ((top + row) * picture.width + right) * 3), row * width * 3);
  return { width, height, rgb, dpi: picture.dpi };
}

export type Difference = { readonly mean: number; readonly changed: number };

/**
 * What tells two pictures of one mark apart, and what does not. A pixel is the same when its value lies between the least and the most of
 * the 3 × 3 about its place in the other picture (a quarter of a millimetre each way at 100 dpi): renderers smooth edges and set thin
 * lines on whole pixels each in its own way. `mean`: how far values lie outside, 0…255, the worse of both directions; `changed`: the share
 * of pixels that lie outside by more than 56.
 */
export function difference(one: Picture, two: Picture): Difference {
  if (one.width !== two.width || one.height !== two.height) return { mean: 255, changed: 1 };
  const [there, back] = [outside(one, two), outside(two, one)];
  return { mean: Math.max(there.mean, back.mean), changed: Math.max(there.changed, back.changed) };
}

/** As much as two versions of poppler differ; less than a mark moved by a millimetre, without its number or in another colour does. */
export const tolerance = { mean: 0.45, changed: 0.0025 } as const;

export function isSame({ mean, changed }: Difference): boolean {
  return mean <= tolerance.mean && changed <= tolerance.changed;
}

/** Compares the mark's region with the kept picture of it. */
export function assertKept(name: string, page: Picture, rect: RectMm): void {
  const region = crop(page, rect);
  const path = new URL(`${name}.png`, kept);
  if (renewing) writeFileSync(path, encode(region));
  assert.ok(existsSync(path), `${name}.png is not kept: RENEW_PICTURES=1 draws it, and then it must be looked at`);
  const found = difference(region, decode(readFileSync(path)));
  if (isSame(found)) return;
  const seen = join(tmpdir(), `van-thu-picture-${name}.png`);
  writeFileSync(seen, encode(region));
  assert.fail(`${name}: not the kept picture: mean ${found.mean.toFixed(2)} (at most ${tolerance.mean}), changed ${(found.changed * 100).toFixed(2)} % (at most ${tolerance.changed * 100} %); what is drawn now: ${seen}`);
}

export function encode({ width, height, rgb }: Picture): Buffer {
  return makePng({ width, height, depth: 8, colour: 6 }, (x, y, c) => (c === 3 ? 255 : rgb[(y * width + x) * 3 + c]!));
}

function decode(png: Uint8Array): Picture {
  const pixels = decodePng(png);
  assert.ok(pixels.ok);
  const { width, height, rgba } = pixels.value;
  return { width, height, rgb: rgba.filter((_, i) => i % 4 !== 3), dpi: keptDpi };
}

function outside(one: Picture, two: Picture): Difference {
  const { width, height } = one;
  let sum = 0;
  let changed = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let most = 0;
      for (let c = 0; c < 3; c += 1) {
        let [low, high] = [255, 0];
        for (let dy = Math.max(0, y - 1); dy <= Math.min(height - 1, y + 1); dy += 1) {
          for (let dx = Math.max(0, x - 1); dx <= Math.min(width - 1, x + 1); dx += 1) {
            const value = two.rgb[(dy * width + dx) * 3 + c]!;
            if (value < low) low = value;
            if (value > high) high = value;
          }
        }
        const value = one.rgb[(y * width + x) * 3 + c]!;
        most = Math.max(most, low - value, value - high);
      }
      sum += most;
      if (most > 56) changed += 1;
    }
  }
  return { mean: sum / (width * height), changed: changed / (width * height) };
}

export type Ink = (red: number, green: number, blue: number) => boolean;
export const redInk: Ink = (r, g, b) => r > g + 40 && r > b + 40;
export const blueInk: Ink = (r, g, b) => b > r + 30 && b > g + 15;
export const anyInk: Ink = (r, g, b) => Math.min(r, g, b) < 160;

/** The box of all pixels of an ink, within a region where one is given, in millimetres of the page. */
export function inkBox(picture: Picture, ink: Ink, within: RectMm | null = null): RectMm {
  const mm = 25.4 / picture.dpi;
  const clip = within ?? { x: 0, y: 0, width: picture.width * mm, height: picture.height * mm };
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let y = Math.max(0, Math.floor(clip.y / mm)); y < Math.min(picture.height, (clip.y + clip.height) / mm); y += 1) {
    for (let x = Math.max(0, Math.floor(clip.x / mm)); x < Math.min(picture.width, (clip.x + clip.width) / mm); x += 1) {
      const at = (y * picture.width + x) * 3;
      if (!ink(picture.rgb[at]!, picture.rgb[at + 1]!, picture.rgb[at + 2]!)) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x + 1), Math.max(bottom, y + 1)];
    }
  }
  assert.ok(right > left, 'there is ink');
  return { x: left * mm, y: top * mm, width: (right - left) * mm, height: (bottom - top) * mm };
}

/** The picture of what changed: white where nothing did. */
export function changes(before: Picture, after: Picture): Picture {
  assert.deepEqual([before.width, before.height], [after.width, after.height]);
  const rgb = new Uint8Array(after.rgb.length).fill(255);
  for (let i = 0; i < rgb.length; i += 3) {
    const same = [0, 1, 2].every((c) => Math.abs(before.rgb[i + c]! - after.rgb[i + c]!) < 24);
    if (!same) rgb.set(after.rgb.subarray(i, i + 3), i);
  }
  return { ...after, rgb };
}
