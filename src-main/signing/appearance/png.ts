import { crc32, inflateSync } from 'node:zlib';
import { fail, ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';

/** `rgba` is 8 bits a sample, rows from the top, not premultiplied. */
export type Pixels = { readonly width: number; readonly height: number; readonly rgba: Uint8Array };

type Header = { readonly width: number; readonly height: number; readonly depth: number; readonly colour: number; readonly interlaced: boolean };
type Chunks = { readonly header: Header; readonly palette: Uint8Array | null; readonly transparency: Uint8Array | null; readonly data: Uint8Array };

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** A scan of an A4 page at 600 dpi is 35 million pixels; more is no signature, and would only eat memory. */
const maxPixels = 40_000_000;
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const depthsOf: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] };
/** W3C PNG 8.2: x start, y start, x step, y step of the seven Adam7 passes. */
const adam7 = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]] as const;

/** As `readPng`, of an image to sign with. Errors: also `image.no-alpha` (the file has neither an alpha channel nor tRNS). */
export function decodePng(bytes: Uint8Array): Result<Pixels> {
  const chunks = readChunks(bytes);
  if (chunks === null) return fail('image.not-png');
  const { colour } = chunks.header;
  return colour !== 4 && colour !== 6 && chunks.transparency === null ? fail('image.no-alpha') : decode(chunks);
}

/**
 * Every PNG of the W3C specification (all colour types and depths, interlaced too), as 8-bit RGBA; 16-bit samples keep their high byte.
 * Error: `image.not-png` (another format, damaged, or more than 40 million pixels).
 */
export function readPng(bytes: Uint8Array): Result<Pixels> {
  const chunks = readChunks(bytes);
  return chunks === null ? fail('image.not-png') : decode(chunks);
}

function decode(chunks: Chunks): Result<Pixels> {
  const { header } = chunks;
  const passes = passesOf(header);
  const expected = passes.reduce((sum, pass) => sum + pass.height * (1 + rowBytes(header, pass.width)), 0);
  let raw: Uint8Array;
  try {
    raw = inflateSync(chunks.data, { maxOutputLength: expected });
  } catch {
    // zlib has no other way to say that the data is damaged or longer than the picture.
    return fail('image.not-png');
  }
  if (raw.length !== expected) return fail('image.not-png');
  const rgba = new Uint8Array(header.width * header.height * 4);
  let offset = 0;
  for (const pass of passes) {
    const stride = rowBytes(header, pass.width);
    if (!unfilter(raw, offset, pass.height, stride, Math.max(1, (samplesOf[header.colour]! * header.depth) >> 3))) return fail('image.not-png');
    for (let row = 0; row < pass.height; row++) {
      const at = ((pass.y + row * pass.dy) * header.width + pass.x) * 4;
      spreadRow(chunks, raw, offset + row * (stride + 1) + 1, pass.width, rgba, at, pass.dx * 4);
    }
    offset += pass.height * (stride + 1);
  }
  return ok({ width: header.width, height: header.height, rgba });
}

function readChunks(bytes: Uint8Array): Chunks | null {
  if (signature.some((byte, index) => bytes[index] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let header: Header | null = null;
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) return null;
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    const critical = type === 'IHDR' || type === 'PLTE' || type === 'IDAT' || type === 'tRNS';
    if (critical && crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length)) return null;
    if (header === null && type !== 'IHDR') return null;
    if (type === 'IHDR') header = readHeader(body);
    if (header === null) return null;
    if (type === 'PLTE') palette = body;
    if (type === 'tRNS') transparency = body;
    if (type === 'IDAT') data.push(body);
    if (type === 'IEND') break;
    at += 12 + length;
  }
  if (header === null || data.length === 0 || (header.colour === 3 && palette === null)) return null;
  return { header, palette, transparency, data: Buffer.concat(data) };
}

function readHeader(body: Uint8Array): Header | null {
  if (body.length !== 13) return null;
  const view = new DataView(body.buffer, body.byteOffset, 13);
  const header = { width: view.getUint32(0), height: view.getUint32(4), depth: body[8]!, colour: body[9]!, interlaced: body[12] === 1 };
  const known = depthsOf[header.colour]?.includes(header.depth) === true && body[10] === 0 && body[11] === 0 && body[12]! <= 1;
  return known && header.width > 0 && header.height > 0 && header.width * header.height <= maxPixels ? header : null;
}

function passesOf(header: Header): readonly { x: number; y: number; dx: number; dy: number; width: number; height: number }[] {
  if (!header.interlaced) return [{ x: 0, y: 0, dx: 1, dy: 1, width: header.width, height: header.height }];
  return adam7
    .map(([x, y, dx, dy]) => ({ x, y, dx, dy, width: Math.ceil((header.width - x) / dx), height: Math.ceil((header.height - y) / dy) }))
    .filter((pass) => pass.width > 0 && pass.height > 0);
}

function rowBytes(header: Header, width: number): number {
  return Math.ceil((width * samplesOf[header.colour]! * header.depth) / 8);
}

/** W3C PNG 9.2, in place. False when a row names a filter that does not exist. */
function unfilter(raw: Uint8Array, start: number, rows: number, stride: number, step: number): boolean {
  for (let row = 0; row < rows; row++) {
    const at = start + row * (stride + 1);
    const filter = raw[at]!;
    if (filter > 4) return false;
    const from = at + 1;
    const up = row === 0 ? -1 : from - stride - 1;
    if (filter === 1) for (let i = step; i < stride; i++) raw[from + i] = raw[from + i]! + raw[from + i - step]!;
    else if (filter === 2 && up >= 0) for (let i = 0; i < stride; i++) raw[from + i] = raw[from + i]! + raw[up + i]!;
    else if (filter === 3) {
      for (let i = 0; i < stride; i++) {
        const left = i < step ? 0 : raw[from + i - step]!;
        const above = up < 0 ? 0 : raw[up + i]!;
        raw[from + i] = raw[from + i]! + ((left + above) >> 1);
      }
    } else if (filter === 4) {
      for (let i = 0; i < stride; i++) {
        const left = i < step ? 0 : raw[from + i - step]!;
        const above = up < 0 ? 0 : raw[up + i]!;
        const corner = i < step || up < 0 ? 0 : raw[up + i - step]!;
        const toLeft = Math.abs(above - corner);
        const toAbove = Math.abs(left - corner);
        const toCorner = Math.abs(left + above - 2 * corner);
        raw[from + i] = raw[from + i]! + (toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
      }
    }
  }
  return true;
}

function spreadRow(chunks: Chunks, raw: Uint8Array, from: number, width: number, rgba: Uint8Array, at: number, step: number): void {
  const { depth, colour } = chunks.header;
  if (colour === 6 && depth === 8 && step === 4) {
    rgba.set(raw.subarray(from, from + width * 4), at);
    return;
  }
  if (colour === 2 && depth === 8 && chunks.transparency === null) {
    for (let x = 0, first = from; x < width; x++, at += step, first += 3) {
      rgba[at] = raw[first]!;
      rgba[at + 1] = raw[first + 1]!;
      rgba[at + 2] = raw[first + 2]!;
      rgba[at + 3] = 255;
    }
    return;
  }
  const count = samplesOf[colour]!;
  const sample = (index: number): number => {
    if (depth === 8) return raw[from + index]!;
    if (depth === 16) return (raw[from + index * 2]! << 8) | raw[from + index * 2 + 1]!;
    const bit = index * depth;
    return (raw[from + (bit >> 3)]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  };
  const toByte = (value: number): number => (depth === 16 ? value >> 8 : depth === 8 ? value : (value * 255) / ((1 << depth) - 1));
  const clear = chunks.transparency;
  // W3C PNG 11.3.2.1: for grey and colour, tRNS names the one value that is clear, two bytes a sample.
  const isClear = (first: number): boolean => {
    if (clear === null || (colour !== 0 && colour !== 2) || clear.length < count * 2) return false;
    for (let s = 0; s < count; s++) if (sample(first + s) !== ((clear[s * 2]! << 8) | clear[s * 2 + 1]!)) return false;
    return true;
  };
  for (let x = 0; x < width; x++, at += step) {
    const first = x * count;
    if (colour === 3) {
      const entry = sample(first);
      for (let s = 0; s < 3; s++) rgba[at + s] = chunks.palette?.[entry * 3 + s] ?? 0;
      rgba[at + 3] = clear?.[entry] ?? 255;
      continue;
    }
    const grey = colour === 0 || colour === 4;
    for (let s = 0; s < 3; s++) rgba[at + s] = toByte(sample(first + (grey ? 0 : s)));
    rgba[at + 3] = colour === 4 || colour === 6 ? toByte(sample(first + count - 1)) : isClear(first) ? 0 : 255;
  }
}
