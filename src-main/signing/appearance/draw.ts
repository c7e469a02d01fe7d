import { deflateSync } from 'node:zlib';
import { ok } from '../../../src-shared/result.ts';
import type { Result } from '../../../src-shared/result.ts';
import { fontObjects } from './font-objects.ts';
import { fontOf } from './fonts.ts';
import type { FontStyle } from './fonts.ts';
import { imageStreams } from './image-objects.ts';

/**
 * `x`, `y` is the start of the baseline, in points of the form's own space (origin bottom left). With `widthPt`, text that would be
 * wider is made smaller until it fits, and `align` says where in `x … x + widthPt` it stands. One line, NFC, black where no ink is said.
 */
export type DrawText = { readonly text: string; readonly x: number; readonly y: number; readonly sizePt: number; readonly font: FontStyle; readonly widthPt?: number; readonly align?: 'left' | 'center' | 'right'; readonly ink?: Ink };

/** A frame's outline, or a line where `width` or `height` is 0. The middle of the stroke lies on these measures, in points. */
export type DrawRule = { readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly strokePt: number; readonly ink: Ink; readonly dotted?: boolean };

export type Ink = keyof typeof inks;

/** Black in DeviceGray, which every output intent of PDF/A allows (ISO 19005-2 6.2.4.3); the others as the ink pad and the pen have them. */
const inks = { black: '0 g 0 G', red: '0.78 0.05 0.1 rg 0.78 0.05 0.1 RG', blue: '0.09 0.25 0.6 rg 0.09 0.25 0.6 RG', grey: '0.35 g 0.35 G' } as const;

/** The whole picture is stretched to `width` × `height` points: the caller keeps its proportions. */
export type DrawImage = { readonly png: Uint8Array; readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type DrawnForm = { readonly objects: readonly { readonly localId: number; readonly dict: string; readonly stream: Uint8Array | null; readonly value: string | null }[]; readonly rootLocalId: number };

type Line = { readonly style: FontStyle; readonly glyphs: readonly number[]; readonly sizePt: number; readonly x: number; readonly y: number; readonly ink: Ink };

/**
 * A Form XObject `/BBox [0 0 w h]` with all it refers to, as serialised objects for an incremental update.
 * A reference to local object N is the exact token `@@N@@`, to be replaced by `<number> <generation> R`. A stream object has its
 * dictionary (with `/Length`, already deflated) in `dict` and its bytes in `stream`; any other object has its text in `value` and an empty `dict`.
 * All text is ASCII (so latin1 maps it to bytes one to one), its strings hexadecimal; the same request gives the same bytes.
 * Errors: `image.not-png`, `image.no-alpha`. Throws when a measure is not a finite number or a size is not positive: that is a bug of the caller.
 */
export async function drawForm(request: { readonly widthPt: number; readonly heightPt: number; readonly images: readonly DrawImage[]; readonly texts: readonly DrawText[]; readonly rules?: readonly DrawRule[] }): Promise<Result<DrawnForm>> {
  requirePositive(request.widthPt, request.heightPt);
  const objects: DrawnForm['objects'][number][] = [];
  const content: string[] = [];
  const rootLocalId = 1;
  let nextId = 2;

  const imageIds = new Map<Uint8Array, number>();
  for (const image of request.images) {
    requirePositive(image.width, image.height);
    let id = imageIds.get(image.png);
    if (id === undefined) {
      const streams = await imageStreams(image.png);
      if (!streams.ok) return streams;
      id = nextId;
      nextId += 2;
      imageIds.set(image.png, id);
      objects.push({ localId: id, dict: `${streams.value.colour.dict} /SMask @@${id + 1}@@ >>`, stream: streams.value.colour.stream, value: null });
      objects.push({ localId: id + 1, ...streams.value.alpha, value: null });
    }
    content.push(`q ${number(image.width)} 0 0 ${number(image.height)} ${number(image.x)} ${number(image.y)} cm /I${id} Do Q`);
  }

  for (const rule of request.rules ?? []) content.push(strokeOf(rule));

  const used = new Map<FontStyle, Map<number, number>>();
  const lines = request.texts.flatMap((text) => layOut(text, used));
  const fontIds = new Map<FontStyle, number>();
  for (const [style, glyphs] of used) {
    const built = fontObjects(style, glyphs, nextId);
    fontIds.set(style, nextId);
    nextId += built.length;
    objects.push(...built);
  }
  for (const line of lines) {
    const codes = line.glyphs.map((glyph) => glyph.toString(16).padStart(4, '0')).join('');
    content.push(`BT ${inks[line.ink]} /F${fontIds.get(line.style)} ${number(line.sizePt)} Tf ${number(line.x)} ${number(line.y)} Td <${codes}> Tj ET`);
  }

  const entries = (prefix: string, ids: Iterable<number>): string => [...ids].map((id) => `/${prefix}${id} @@${id}@@`).join(' ');
  const resources = [imageIds.size > 0 ? `/XObject << ${entries('I', imageIds.values())} >>` : '', fontIds.size > 0 ? `/Font << ${entries('F', fontIds.values())} >>` : ''].filter((part) => part !== '').join(' ');
  const stream = deflateSync(Buffer.from(content.join('\n'), 'latin1'));
  objects.unshift({
    localId: rootLocalId,
    dict: `<< /Type /XObject /Subtype /Form /BBox [0 0 ${number(request.widthPt)} ${number(request.heightPt)}] /Resources << ${resources} >> /Filter /FlateDecode /Length ${stream.length} >>`,
    stream,
    value: null,
  });
  return ok({ objects, rootLocalId });
}

/** Width in points of one line, for a caller that must know before it draws. */
export function measureText(text: string, sizePt: number, style: FontStyle): number {
  const font = fontOf(style);
  return (charactersOf(text).reduce((sum, code) => sum + font.widthOf(font.glyphOf(code)), 0) * sizePt) / 1000;
}

function strokeOf({ x, y, width, height, strokePt, ink, dotted = false }: DrawRule): string {
  requirePositive(strokePt);
  const path = width > 0 && height > 0 ? `${number(x)} ${number(y)} ${number(width)} ${number(height)} re` : `${number(x)} ${number(y)} m ${number(x + width)} ${number(y + height)} l`;
  return `q ${inks[ink]} ${number(strokePt)} w ${dotted ? `[${number(strokePt)} ${number(strokePt * 3)}] 0 d ` : ''}${path} S Q`;
}

function layOut(text: DrawText, used: Map<FontStyle, Map<number, number>>): readonly Line[] {
  requirePositive(text.sizePt);
  const codes = charactersOf(text.text);
  if (codes.length === 0) return [];
  const font = fontOf(text.font);
  const glyphs = used.get(text.font) ?? new Map<number, number>();
  used.set(text.font, glyphs);
  const line = codes.map((code) => {
    const glyph = font.glyphOf(code);
    if (!glyphs.has(glyph)) glyphs.set(glyph, glyph === 0 ? 0xfffd : code);
    return glyph;
  });
  const width = measureText(text.text, text.sizePt, text.font);
  const room = text.widthPt ?? width;
  const scale = room > 0 && width > room ? room / width : 1;
  const spare = room - width * scale;
  const x = text.x + (text.align === 'center' ? spare / 2 : text.align === 'right' ? spare : 0);
  return [{ style: text.font, glyphs: line, sizePt: text.sizePt * scale, x, y: text.y, ink: text.ink ?? 'black' }];
}

/** Vietnamese typed with combining marks becomes the precomposed letters that the font draws well; a line break is a space. */
function charactersOf(text: string): readonly number[] {
  return Array.from(text.normalize('NFC').replace(/\p{Cc}+/gu, ' '), (character) => character.codePointAt(0) ?? 32);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a measure of a drawing must be a finite number');
  return String(Number(value.toFixed(4)));
}

function requirePositive(...sizes: readonly number[]): void {
  if (sizes.some((size) => !(size > 0 && Number.isFinite(size)))) throw new RangeError('a size of a drawing must be positive');
}
