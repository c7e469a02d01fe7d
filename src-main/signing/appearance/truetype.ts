import { AppFailure } from '../../../src-shared/result.ts';

/** What drawing needs of a TrueType font; widths and metrics in thousandths of the size, as PDF counts them. */
export type TrueType = {
  readonly bytes: Uint8Array;
  readonly tables: ReadonlyMap<string, Uint8Array>;
  readonly unitsPerEm: number;
  readonly glyphCount: number;
  readonly glyphOf: (codePoint: number) => number;
  readonly widthOf: (glyph: number) => number;
  /** Outline of one glyph, empty for a blank. */
  readonly outlineOf: (glyph: number) => Uint8Array;
  readonly ascent: number;
  readonly descent: number;
  readonly capHeight: number;
  readonly italicAngle: number;
  readonly box: readonly [number, number, number, number];
};

/** Reads an sfnt with glyf outlines (OpenType 1.9 §head, hhea, hmtx, loca, cmap). The fonts are our own: a broken one throws `file.unreadable`. */
export function readTrueType(bytes: Uint8Array, name: string): TrueType {
  const file = viewOf(bytes);
  const tables = new Map<string, Uint8Array>();
  for (let index = 0, at = 12; index < file.getUint16(4); index++, at += 16) {
    const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
    tables.set(tag, bytes.subarray(file.getUint32(at + 8), file.getUint32(at + 8) + file.getUint32(at + 12)));
  }
  const table = (tag: string): DataView => {
    const found = tables.get(tag);
    if (found === undefined) throw new AppFailure('file.unreadable', { path: name });
    return viewOf(found);
  };
  const head = table('head');
  const hhea = table('hhea');
  const hmtx = table('hmtx');
  const loca = table('loca');
  const os2 = table('OS/2');
  const glyf = tables.get('glyf') ?? new Uint8Array();
  const unitsPerEm = head.getUint16(18);
  const longOffsets = head.getInt16(50) === 1;
  const advances = hhea.getUint16(34);
  const scaled = (units: number): number => Math.round((units * 1000) / unitsPerEm);
  const offsetOf = (glyph: number): number => (longOffsets ? loca.getUint32(glyph * 4) : loca.getUint16(glyph * 2) * 2);
  return {
    bytes,
    tables,
    unitsPerEm,
    glyphCount: table('maxp').getUint16(4),
    glyphOf: readCharacterMap(table('cmap')),
    widthOf: (glyph) => scaled(hmtx.getUint16(Math.min(glyph, advances - 1) * 4)),
    outlineOf: (glyph) => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)),
    ascent: scaled(hhea.getInt16(4)),
    descent: scaled(hhea.getInt16(6)),
    capHeight: os2.getUint16(0) >= 2 ? scaled(os2.getInt16(88)) : 660,
    italicAngle: table('post').getInt32(4) / 65536,
    box: [scaled(head.getInt16(36)), scaled(head.getInt16(38)), scaled(head.getInt16(40)), scaled(head.getInt16(42))],
  };
}

function readCharacterMap(cmap: DataView): (codePoint: number) => number {
  const count = cmap.getUint16(2);
  for (const wanted of [12, 4]) {
    for (let index = 0; index < count; index++) {
      const platform = cmap.getUint16(4 + index * 8);
      const at = cmap.getUint32(4 + index * 8 + 4);
      if ((platform === 3 || platform === 0) && cmap.getUint16(at) === wanted) return wanted === 12 ? (code) => lookUpGroups(cmap, at, code) : (code) => lookUpSegments(cmap, at, code);
    }
  }
  return () => 0;
}

function lookUpGroups(cmap: DataView, at: number, code: number): number {
  let low = 0;
  let high = cmap.getUint32(at + 12) - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const group = at + 16 + middle * 12;
    if (code < cmap.getUint32(group)) high = middle - 1;
    else if (code > cmap.getUint32(group + 4)) low = middle + 1;
    else return cmap.getUint32(group + 8) + code - cmap.getUint32(group);
  }
  return 0;
}

function lookUpSegments(cmap: DataView, at: number, code: number): number {
  if (code > 0xffff) return 0;
  const twice = cmap.getUint16(at + 6);
  for (let segment = 0; segment < twice; segment += 2) {
    if (code > cmap.getUint16(at + 14 + segment)) continue;
    const start = cmap.getUint16(at + 16 + twice + segment);
    if (code < start) return 0;
    const delta = cmap.getUint16(at + 16 + twice * 2 + segment);
    const rangeAt = at + 16 + twice * 3 + segment;
    const range = cmap.getUint16(rangeAt);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = cmap.getUint16(rangeAt + range + (code - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
