import { deflateSync, inflateSync } from 'node:zlib';
import type { DrawnForm } from './appearance/draw.ts';
import type { ArchiveLimits } from './pdf-a.ts';

type LocalObject = DrawnForm['objects'][number];

/** At half strength a dot is ink or it is paper. */
const threshold = 128;
/** D65, and sRGB's primaries and its gamma as near as one exponent comes (IEC 61966-2-1; ISO 32000-2 8.6.5.3). */
const defaultGray = '[/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 2.2 >>]';
const defaultRgb = '[/CalRGB << /WhitePoint [0.9505 1 1.089] /Gamma [2.2 2.2 2.2] /Matrix [0.4124 0.2126 0.0193 0.3576 0.7152 0.1192 0.1805 0.0722 0.9505] >>]';

/** A drawing as PDF/A takes it: what it forbids is written another way, and looks as it did but for the softness of an image's edge. */
export function forArchive(form: DrawnForm, limits: ArchiveLimits | null): DrawnForm {
  if (limits === null) return form;
  let objects = form.objects;
  if (limits.hardMasks) objects = withHardMasks(objects);
  if (limits.cidSets) objects = withCidSets(objects);
  if (limits.ownColours) objects = objects.map((object) => (object.localId === form.rootLocalId ? { ...object, dict: object.dict.replace('/Resources <<', `/Resources << /ColorSpace << /DefaultGray ${defaultGray} /DefaultRGB ${defaultRgb} >>`) } : object));
  return { ...form, objects };
}

/** ISO 19005-1 6.4: no soft mask. A stencil mask (ISO 32000-2 8.9.6.3) of the same dots says of each whether it is painted; 1 leaves it out. */
function withHardMasks(objects: readonly LocalObject[]): readonly LocalObject[] {
  const masks = new Set(objects.flatMap(({ dict }) => [...dict.matchAll(/\/SMask @@(\d+)@@/g)].map((found) => Number(found[1]))));
  return objects.map((object) => {
    if (!masks.has(object.localId) || object.stream === null) return { ...object, dict: object.dict.replace('/SMask', '/Mask') };
    const width = Number(/\/Width (\d+)/.exec(object.dict)?.[1]);
    const height = Number(/\/Height (\d+)/.exec(object.dict)?.[1]);
    const stream = deflateSync(stencil(inflateSync(object.stream), width, height));
    return { ...object, stream, dict: `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ImageMask true /BitsPerComponent 1 /Filter /FlateDecode /Length ${stream.length} >>` };
  });
}

function stencil(alpha: Uint8Array, width: number, height: number): Uint8Array {
  const rowBytes = (width + 7) >> 3;
  const bits = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) if (alpha[y * width + x]! < threshold) bits[y * rowBytes + (x >> 3)]! |= 0x80 >> (x & 7);
  }
  return bits;
}

/** ISO 19005-1 6.3.5: a subset's descriptor lists in /CIDSet what its font program holds. Identity: a CID is the glyph's own number. */
function withCidSets(objects: readonly LocalObject[]): readonly LocalObject[] {
  let next = Math.max(...objects.map(({ localId }) => localId)) + 1;
  return objects.flatMap((object) => {
    const program = /\/FontDescriptor\b.*\/FontFile2 @@(\d+)@@/.exec(object.value ?? '')?.[1];
    const file = objects.find(({ localId }) => localId === Number(program));
    const packed = file?.stream ?? null;
    if (packed === null) return [object];
    const set = deflateSync(glyphBits(inflateSync(packed), usedCids(objects)));
    const localId = next;
    next += 1;
    return [
      { ...object, value: object.value?.replace('/FontFile2', `/CIDSet @@${localId}@@ /FontFile2`) ?? null },
      { localId, dict: `<< /Filter /FlateDecode /Length ${set.length} >>`, stream: set, value: null },
    ];
  });
}

function usedCids(objects: readonly LocalObject[]): readonly number[] {
  return objects.flatMap(({ value }) => [...(/\/W \[(.*)\]/.exec(value ?? '')?.[1] ?? '').matchAll(/(\d+) \[/g)].map((found) => Number(found[1])));
}

/** Glyphs with an outline by the font's own /loca, `.notdef`, and those that are shown but have none, as the space. */
function glyphBits(font: Uint8Array, used: readonly number[]): Uint8Array {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const tables = new Map(Array.from({ length: view.getUint16(4) }, (_, i) => {
    const at = 12 + i * 16;
    return [Buffer.from(font.subarray(at, at + 4)).toString('latin1'), { offset: view.getUint32(at + 8), length: view.getUint32(at + 12) }] as const;
  }));
  const head = tables.get('head');
  const loca = tables.get('loca');
  if (head === undefined || loca === undefined) throw new Error('an embedded font without its tables');
  const isLong = view.getInt16(head.offset + 50) === 1;
  const offsetOf = (glyph: number): number => (isLong ? view.getUint32(loca.offset + glyph * 4) : view.getUint16(loca.offset + glyph * 2));
  const count = loca.length / (isLong ? 4 : 2) - 1;
  const bits = new Uint8Array((count + 7) >> 3);
  const mark = (glyph: number): void => { bits[glyph >> 3]! |= 0x80 >> (glyph & 7); };
  for (let glyph = 0; glyph < count; glyph += 1) if (offsetOf(glyph + 1) > offsetOf(glyph)) mark(glyph);
  for (const glyph of [0, ...used]) if (glyph < count) mark(glyph);
  return bits;
}
