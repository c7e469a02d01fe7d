import { setImmediate } from 'node:timers/promises';
import { fail, ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { SigningPort } from '../../ports/signing.ts';
import { evenGrain } from './grain.ts';
import { contrastTo, findInkArea, inkStrength, inkThreshold, scale, zero, type Box, type Contrast } from './ink.ts';
import { findPaper, lightnessTables, type Paper } from './paper.ts';
import { readPng, type Pixels } from './png.ts';
import { writePng } from './write-png.ts';

type Options = Parameters<SigningPort['cleanImage']>[1];
type Colour = readonly [number, number, number];

/** NĐ 30/2020 App I.II.7d, 8a: the signature is blue, the seal red. */
const ruleInk: Readonly<Record<Options['of'], Colour>> = { signature: [26, 63, 160], seal: [200, 22, 34] };
/** No printer of an office shows more. */
const mostDpi = 600;
/** Of the longer side of the ink. A seal is measured by its rim, so it gets none but a pixel: its real size is the law's matter. */
const marginShare: Readonly<Record<Options['of'], number>> = { signature: 0.02, seal: 0 };
/** Ink paler than this is not made darker than it was: it stays pale, and that is said. */
const leastFull = 0.4;

/**
 * A scan or photograph on paper made into an image to sign with: each pixel as clear as it was light beside the paper around it, in one
 * colour or its own. Errors: `image.not-png`, `image.blank`.
 */
export async function cleanPng(png: Uint8Array, { of, widthMm, ink }: Options): Promise<Result<{ readonly png: Uint8Array; readonly width: number; readonly height: number }>> {
  const decoded = readPng(png);
  if (!decoded.ok) return decoded;
  const scan = onWhite(decoded.value);
  evenGrain(scan);
  // Others have their turn between the long steps.
  await setImmediate();
  const paper = findPaper(scan);
  if (paper === null) return fail('image.blank');
  const whole = contrastTo(paper, scan);
  await setImmediate();
  const threshold = inkThreshold(whole, paper);
  const area = findInkArea(whole, threshold, paper);
  if (area === null) return fail('image.blank');
  const box = withMargin(area.box, scan, marginShare[of]);
  const factor = Math.max(1, (box.right - box.left) / ((widthMm / 25.4) * mostDpi));
  const contrast = shrinkContrast(whole, box, factor, paper, area.isInk);
  await setImmediate();
  const colours = ink === 'own' ? ownColours(scan, paper, box, contrast) : null;
  // Where several pixels of the scan became one, their grain has evened out.
  const pixels = paint(contrast, zero + (threshold - zero) / Math.min(2, factor), ruleInk[of], colours);
  return ok({ png: await writePng(pixels, widthMm), width: pixels.width, height: pixels.height });
}

/** What is clear already shows the paper that it will lie on. */
function onWhite({ width, height, rgba }: Pixels): Pixels {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3]!;
    if (alpha === 255) continue;
    for (let part = 0; part < 3; part++) rgba[at + part] = Math.round((rgba[at + part]! * alpha + 255 * (255 - alpha)) / 255);
    rgba[at + 3] = 255;
  }
  return { width, height, rgba };
}

/** Never beyond the scan: ink that was cut by its edge stays at the edge, where it is seen and told. */
function withMargin(box: Box, { width, height }: Pixels, share: number): Box {
  const margin = Math.max(1, Math.round(Math.max(box.right - box.left, box.bottom - box.top) * share));
  return { left: Math.max(0, box.left - margin), top: Math.max(0, box.top - margin), right: Math.min(width, box.right + margin), bottom: Math.min(height, box.bottom + margin) };
}

/** The mean of all the pixels that become one, so that grain evens out before anything is called ink; dust becomes paper. */
function shrinkContrast({ width: stride, values }: Contrast, box: Box, factor: number, { cellPx, columns }: Paper, isInk: Uint8Array): Contrast {
  const width = Math.max(1, Math.round((box.right - box.left) / factor));
  const height = Math.max(1, Math.round((box.bottom - box.top) / factor));
  const shrunk = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = span(box.top, box.bottom, height, y);
    for (let x = 0; x < width; x++) {
      const [left, right] = span(box.left, box.right, width, x);
      let sum = 0;
      for (let from = top; from < bottom; from++) for (let at = from * stride + left; at < from * stride + right; at++) sum += values[at]!;
      const isPaper = isInk[Math.floor(top / cellPx) * columns + Math.floor(left / cellPx)] === 0;
      const mean = sum / ((bottom - top) * (right - left));
      shrunk[y * width + x] = isPaper ? Math.min(zero, mean) : mean;
    }
  }
  return { width, height, values: shrunk };
}

function span(from: number, to: number, parts: number, index: number): readonly [number, number] {
  const start = from + Math.floor(((to - from) * index) / parts);
  return [start, Math.max(start + 1, from + Math.floor(((to - from) * (index + 1)) / parts))];
}

/** Opacity from contrast: nothing up to the grain of the paper, all of it at what most of the ink reaches; strong and weak strokes stay apart. */
function paint(contrast: Contrast, none: number, rule: Colour, colours: Uint8Array | null): Pixels {
  const { width, height, values } = contrast;
  const full = Math.max(inkStrength(contrast, none, 0.8), zero + leastFull * scale);
  const rgba = new Uint8Array(width * height * 4);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const opacity = (values[pixel]! - none) / (full - none);
    rgba.set(colours === null ? rule : colours.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    rgba[pixel * 4 + 3] = opacity <= 0 ? 0 : Math.min(255, Math.ceil(opacity * 255));
  }
  return { width, height, rgba };
}

/** Below this contrast a pixel's own colour is mostly paper's and grain: it takes that of all the ink. */
const tellingContrast = 0.3;

/** The ink's own colour, the paper that shone through taken out: pixel = paper · (1 − contrast) + ink · contrast. */
function ownColours(scan: Pixels, paper: Paper, box: Box, { width, height, values }: Contrast): Uint8Array {
  const lights = lightnessTables(paper.tint);
  const colours = new Uint8Array(width * height * 3);
  const mean: [number, number, number] = [0, 0, 0];
  let weight = 0;
  for (let y = 0, pixel = 0; y < height; y++) {
    const [top, bottom] = span(box.top, box.bottom, height, y);
    for (let x = 0; x < width; x++, pixel++) {
      const share = (values[pixel]! - zero) / scale;
      if (share < tellingContrast) continue;
      const [left, right] = span(box.left, box.right, width, x);
      const level = paper.level[Math.floor(top / paper.cellPx) * paper.columns + Math.floor(left / paper.cellPx)]!;
      for (const part of [0, 1, 2] as const) {
        const light = Math.min(1, meanLight(scan, lights[part], part, { left, top, right, bottom }) / level);
        const colour = Math.max(0, Math.min(255, Math.round(255 * (1 - (1 - light) / Math.min(1, share * 1.1)))));
        colours[pixel * 3 + part] = colour;
        mean[part] += colour * share;
      }
      weight += share;
    }
  }
  const all = mean.map((sum) => Math.round(sum / Math.max(1, weight)));
  for (let pixel = 0; pixel < values.length; pixel++) if ((values[pixel]! - zero) / scale < tellingContrast) colours.set(all, pixel * 3);
  return colours;
}

function meanLight({ width, rgba }: Pixels, lights: Float32Array, part: number, { left, top, right, bottom }: Box): number {
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += lights[rgba[(y * width + x) * 4 + part]!]!;
  return sum / ((bottom - top) * (right - left));
}
