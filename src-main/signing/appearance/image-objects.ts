import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { fail, ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';
import { isOpaque } from './check-image.ts';
import { decodePng } from './png.ts';
import type { Pixels } from './png.ts';

/** The two streams of an image XObject; `dict` of `colour` lacks `/SMask`, which the caller numbers. */
export type ImageStreams = { readonly colour: { readonly dict: string; readonly stream: Uint8Array }; readonly alpha: { readonly dict: string; readonly stream: Uint8Array } };

const deflated = promisify(deflate);
/** An office signs with a handful of images, the same ones all day: a batch pays for the decoding once. */
const cacheSize = 8;
const cache = new Map<string, Promise<Result<ImageStreams>>>();

/** ISO 32000-2 8.9.5 and 11.6.5.2: colour and soft mask of a PNG. Errors as `checkPng`. */
export function imageStreams(png: Uint8Array): Promise<Result<ImageStreams>> {
  const key = createHash('sha256').update(png).digest('hex');
  const known = cache.get(key);
  cache.delete(key);
  const streams = known ?? build(png);
  cache.set(key, streams);
  for (const oldest of cache.keys()) {
    if (cache.size <= cacheSize) break;
    cache.delete(oldest);
  }
  return streams;
}

async function build(png: Uint8Array): Promise<Result<ImageStreams>> {
  const decoded = decodePng(png);
  if (!decoded.ok) return decoded;
  if (isOpaque(decoded.value.rgba)) return fail('image.no-alpha');
  const { width, height } = decoded.value;
  const planes = splitPlanes(decoded.value);
  const [colour, alpha] = await Promise.all([deflated(planes.rgb), deflated(planes.alpha)]);
  const dict = (space: string, length: number): string =>
    `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /${space} /BitsPerComponent 8 /Filter /FlateDecode /Length ${length}`;
  return ok({
    colour: { dict: dict('DeviceRGB', colour.length), stream: colour },
    alpha: { dict: `${dict('DeviceGray', alpha.length)} >>`, stream: alpha },
  });
}

/**
 * What is fully clear takes the colour of the ink before it: a viewer that scales the picture blends no white fringe
 * into the strokes, and long runs of one colour deflate to almost nothing.
 */
function splitPlanes({ width, height, rgba }: Pixels): { readonly rgb: Uint8Array; readonly alpha: Uint8Array } {
  const count = width * height;
  const rgb = new Uint8Array(count * 3);
  const alpha = new Uint8Array(count);
  let first = 0;
  while (first < count - 1 && rgba[first * 4 + 3] === 0) first++;
  let red = rgba[first * 4]!;
  let green = rgba[first * 4 + 1]!;
  let blue = rgba[first * 4 + 2]!;
  for (let pixel = 0, from = 0, to = 0; pixel < count; pixel++, from += 4, to += 3) {
    const opacity = rgba[from + 3]!;
    if (opacity !== 0) {
      red = rgba[from]!;
      green = rgba[from + 1]!;
      blue = rgba[from + 2]!;
    }
    rgb[to] = red;
    rgb[to + 1] = green;
    rgb[to + 2] = blue;
    alpha[pixel] = opacity;
  }
  return { rgb, alpha };
}
