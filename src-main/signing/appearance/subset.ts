import type { TrueType } from './truetype.ts';

// OpenType 1.9 §glyf, composite glyph flags.
const wordArguments = 0x0001;
const hasScale = 0x0008;
const moreComponents = 0x0020;
const hasTwoScales = 0x0040;
const hasMatrix = 0x0080;

/**
 * The font with only these glyphs and what they are composed of. Glyph numbers stay as they are, so that CID = glyph and no map
 * is needed; all other outlines are empty. The tables are those that ISO 32000-2 9.9.1 asks of an embedded CIDFontType2.
 */
export function subsetTrueType(font: TrueType, glyphs: Iterable<number>): Uint8Array {
  const kept = new Set<number>([0]);
  for (const glyph of glyphs) keep(font, glyph, kept);
  const count = Math.max(...kept) + 1;
  const loca = new DataView(new ArrayBuffer((count + 1) * 4));
  const outlines: Uint8Array[] = [];
  let length = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    loca.setUint32(glyph * 4, length);
    if (!kept.has(glyph)) continue;
    const outline = font.outlineOf(glyph);
    const padded = new Uint8Array((outline.length + 3) & ~3);
    padded.set(outline);
    outlines.push(padded);
    length += padded.length;
  }
  loca.setUint32(count * 4, length);
  const table = (tag: string): Uint8Array => Uint8Array.from(font.tables.get(tag) ?? []);
  const head = table('head');
  const headView = new DataView(head.buffer);
  headView.setUint32(8, 0);
  headView.setInt16(50, 1);
  const maxp = table('maxp');
  new DataView(maxp.buffer).setUint16(4, count);
  const hhea = table('hhea');
  new DataView(hhea.buffer).setUint16(34, count);
  return assemble([
    ['cvt ', table('cvt ')],
    ['fpgm', table('fpgm')],
    ['glyf', Buffer.concat(outlines)],
    ['head', head],
    ['hhea', hhea],
    ['hmtx', metricsOf(font, count)],
    ['loca', new Uint8Array(loca.buffer)],
    ['maxp', maxp],
    ['prep', table('prep')],
  ]);
}

function keep(font: TrueType, glyph: number, kept: Set<number>): void {
  if (kept.has(glyph) || glyph >= font.glyphCount) return;
  kept.add(glyph);
  const outline = font.outlineOf(glyph);
  if (outline.length < 10) return;
  const view = new DataView(outline.buffer, outline.byteOffset, outline.byteLength);
  if (view.getInt16(0) >= 0) return;
  for (let at = 10, flags = moreComponents; (flags & moreComponents) !== 0; ) {
    flags = view.getUint16(at);
    keep(font, view.getUint16(at + 2), kept);
    at += 4 + ((flags & wordArguments) !== 0 ? 4 : 2) + ((flags & hasScale) !== 0 ? 2 : (flags & hasTwoScales) !== 0 ? 4 : (flags & hasMatrix) !== 0 ? 8 : 0);
  }
}

/** One full entry a glyph: the original may leave out the advances of its tail. */
function metricsOf(font: TrueType, count: number): Uint8Array {
  const source = font.tables.get('hmtx') ?? new Uint8Array();
  const from = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const hhea = font.tables.get('hhea') ?? new Uint8Array();
  const full = new DataView(hhea.buffer, hhea.byteOffset, hhea.byteLength).getUint16(34);
  const to = new DataView(new ArrayBuffer(count * 4));
  for (let glyph = 0; glyph < count; glyph++) {
    to.setUint16(glyph * 4, from.getUint16(Math.min(glyph, full - 1) * 4));
    to.setInt16(glyph * 4 + 2, glyph < full ? from.getInt16(glyph * 4 + 2) : from.getInt16(full * 4 + (glyph - full) * 2));
  }
  return new Uint8Array(to.buffer);
}

function assemble(all: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const tables = all.filter(([, bytes]) => bytes.length > 0);
  const power = 2 ** Math.floor(Math.log2(tables.length));
  const directory = 12 + tables.length * 16;
  const total = tables.reduce((sum, [, bytes]) => sum + ((bytes.length + 3) & ~3), directory);
  const out = new Uint8Array(total);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.length);
  view.setUint16(6, power * 16);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, tables.length * 16 - power * 16);
  let at = directory;
  let headAt = 0;
  for (const [index, [tag, bytes]] of tables.entries()) {
    const entry = 12 + index * 16;
    out.set(Buffer.from(tag, 'latin1'), entry);
    out.set(bytes, at);
    if (tag === 'head') headAt = at;
    view.setUint32(entry + 4, sumOf(view, at, bytes.length));
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, bytes.length);
    at += (bytes.length + 3) & ~3;
  }
  // OpenType 1.9 §head: checksumAdjustment makes the whole file sum to this constant.
  view.setUint32(headAt + 8, (0xb1b0afba - sumOf(view, 0, total)) >>> 0);
  return out;
}

function sumOf(view: DataView, at: number, length: number): number {
  let sum = 0;
  for (let offset = 0; offset < length; offset += 4) sum = (sum + view.getUint32(at + offset)) >>> 0;
  return sum;
}
