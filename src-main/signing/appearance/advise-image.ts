import { ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { ImageAdvice, SigningPort } from '../../ports/signing.ts';
import { isOpaque } from './check-image.ts';
import { readPng, type Pixels } from './png.ts';

type Options = Parameters<SigningPort['adviseImage']>[1];

/** Below this print shows the dots; 300 is asked for. */
const leastDpi = 200;
const mostDpi = 900;
/** A pixel with less is edge or grain. */
const inkAlpha = 32;
/** 0…1 of what black on white would be. */
const leastStrength = 0.5;
const leastSaturation = 0.25;
/** Degrees of the colour circle: blue from cyan-blue to violet, red on both sides of 0. */
const hues: Readonly<Record<Options['of'], (hue: number) => boolean>> = { signature: (hue) => hue >= 195 && hue <= 275, seal: (hue) => hue <= 20 || hue >= 335 };
/** Ink along so much of a side was cut by it. The rim of a seal touches the edge of its picture by right. */
const cutShare: Readonly<Record<Options['of'], number>> = { signature: 0.004, seal: 0.15 };

/** What an image lacks at this width on paper; nothing is refused. An image without transparency is a scan yet: of its ink nothing is said. Errors: `image.not-png`. */
export function advisePng(png: Uint8Array, { of, widthMm }: Options): Result<readonly ImageAdvice[]> {
  const decoded = readPng(png);
  if (!decoded.ok) return decoded;
  const pixels = decoded.value;
  const dpi = pixels.width / (widthMm / 25.4);
  const advice: ImageAdvice[] = [];
  if (dpi < leastDpi) advice.push({ code: 'low-resolution', value: dpi });
  if (dpi > mostDpi) advice.push({ code: 'too-large', value: dpi });
  if (isOpaque(pixels.rgba)) return ok([...advice, { code: 'opaque', value: 100 }]);
  const { hue, saturation, strength } = readInk(pixels);
  if (saturation < leastSaturation || !hues[of](hue)) advice.push({ code: 'wrong-ink', value: hue });
  if (strength < leastStrength) advice.push({ code: 'pale', value: strength * 100 });
  const cut = longestContact(pixels);
  if (cut > cutShare[of]) advice.push({ code: 'crooked-edge', value: cut * 100 });
  return ok(advice);
}

type Ink = { readonly hue: number; readonly saturation: number; readonly strength: number };

/** The mean colour of the ink, and the strength that three quarters of it reach at the most. */
function readInk({ rgba }: Pixels): Ink {
  const sum: [number, number, number] = [0, 0, 0];
  const strengths = new Uint32Array(256);
  let count = 0;
  let weight = 0;
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3]!;
    if (alpha < inkAlpha) continue;
    for (const part of [0, 1, 2] as const) sum[part] += rgba[at + part]! * alpha;
    weight += alpha;
    const darkest = 255 - Math.min(rgba[at]!, rgba[at + 1]!, rgba[at + 2]!);
    strengths[Math.round((alpha * darkest) / 255)]! += 1;
    count += 1;
  }
  let strength = 255;
  for (let seen = 0; strength > 0 && seen < count / 4; strength--) seen += strengths[strength]!;
  const [red, green, blue] = [sum[0] / Math.max(1, weight), sum[1] / Math.max(1, weight), sum[2] / Math.max(1, weight)];
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  return { hue: hueOf(red, green, blue, most, range), saturation: most === 0 ? 0 : range / most, strength: strength / 255 };
}

function hueOf(red: number, green: number, blue: number, most: number, range: number): number {
  if (range === 0) return 0;
  const sixths = most === red ? ((green - blue) / range + 6) % 6 : most === green ? (blue - red) / range + 2 : (red - green) / range + 4;
  return sixths * 60;
}

/** The largest share of a side along which ink lies on the very edge. */
function longestContact({ width, height, rgba }: Pixels): number {
  const isInk = (x: number, y: number): boolean => rgba[(y * width + x) * 4 + 3]! > 2 * inkAlpha;
  const share = (length: number, at: (index: number) => boolean): number => Array.from({ length }, (_, index) => index).filter(at).length / length;
  return Math.max(share(width, (x) => isInk(x, 0)), share(width, (x) => isInk(x, height - 1)), share(height, (y) => isInk(0, y)), share(height, (y) => isInk(width - 1, y)));
}
