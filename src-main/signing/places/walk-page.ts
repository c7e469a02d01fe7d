import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { identity, matrixFrom, multiply, type Matrix } from './geometry.ts';
import { loadPdfJs } from './open-document.ts';

export type TextState = { matrix: Matrix; font: number; size: number; unit: number; charSpace: number; wordSpace: number; scale: number; leading: number; rise: number };

/** What a page is painted with, each thing in the space that its own `ctm` maps to millimetres of the displayed page. */
export type Sink = {
  /** One glyph, `width` long without the spacing after it, in text space. */
  readonly glyph: (unicode: string, width: number, ctm: Matrix, text: TextState) => void;
  /** A picture over the unit square; `id` leads to its pixels, null where it has none of its own. */
  readonly image?: (ctm: Matrix, id: string | null) => void;
  /** `box`: left, bottom, right, top of a path that is filled or stroked; `white` when it is filled with white alone. */
  readonly path?: (box: readonly [number, number, number, number], ctm: Matrix, white: boolean) => void;
};

/** A page of a map or a drawing can hold millions of operators; a letter does not. */
const maxOperators = 400_000;

/**
 * Walks a page's operators. `getTextContent` joins glyphs into words by guess and gives no place inside them; the operators give each
 * glyph's width and each adjustment as the file has them (ISO 32000-2 9.4.4). `toMm` maps user space to millimetres on the displayed page.
 */
export async function walkPage(page: PDFPageProxy, toMm: Matrix, options: { readonly annotations: boolean }, sink: Sink): Promise<void> {
  const { OPS, AnnotationMode } = await loadPdfJs();
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: options.annotations ? AnnotationMode.ENABLE : AnnotationMode.DISABLE });
  const fills: readonly unknown[] = [OPS.fill, OPS.eoFill];
  const saved: { readonly ctm: Matrix; readonly text: TextState; readonly white: boolean }[] = [];
  let ctm = toMm;
  let line: Matrix = identity;
  let white = false;
  let text: TextState = { matrix: identity, font: 0, size: 0, unit: 0.001, charSpace: 0, wordSpace: 0, scale: 1, leading: 0, rise: 0 };
  const save = (): void => void saved.push({ ctm, text: { ...text }, white });
  const restore = (): void => {
    const last = saved.pop();
    if (last !== undefined) ({ ctm, text, white } = last);
  };
  const move = (x: number, y: number): void => {
    line = multiply(line, [1, 0, 0, 1, x, y]);
    text.matrix = line;
  };
  const setFont = (name: unknown, size: unknown): void => {
    text.size = Number(size);
    text.unit = unitOf(page, String(name));
  };
  const paintRepeated = (sx: unknown, sy: unknown, positions: unknown): void => {
    if (!ArrayBuffer.isView(positions) && !Array.isArray(positions)) return;
    const at = Array.from(positions as ArrayLike<number>);
    for (let i = 0; i + 1 < at.length; i += 2) sink.image?.(multiply(ctm, [Number(sx), 0, 0, Number(sy), at[i]!, at[i + 1]!]), null);
  };

  for (let index = 0; index < Math.min(fnArray.length, maxOperators); index++) {
    const args: readonly unknown[] = argsArray[index] ?? [];
    switch (fnArray[index]) {
      case OPS.save: save(); break;
      case OPS.restore: restore(); break;
      case OPS.transform: ctm = multiply(ctm, matrixFrom(args) ?? identity); break;
      case OPS.paintFormXObjectBegin: save(); ctm = multiply(ctm, matrixFrom(args[0]) ?? identity); break;
      case OPS.paintFormXObjectEnd: restore(); break;
      case OPS.beginAnnotation: save(); ctm = multiply(multiply(toMm, matrixFrom(args[2]) ?? identity), matrixFrom(args[3]) ?? identity); white = false; break;
      case OPS.endAnnotation: restore(); break;
      case OPS.beginText: line = identity; text.matrix = identity; break;
      case OPS.setTextMatrix: line = matrixFrom(args[0]) ?? matrixFrom(args) ?? identity; text.matrix = line; break;
      case OPS.moveText: move(Number(args[0]), Number(args[1])); break;
      case OPS.setLeadingMoveText: text.leading = Number(args[1]); move(Number(args[0]), Number(args[1])); break;
      case OPS.setLeading: text.leading = -Number(args[0]); break;
      case OPS.nextLine: move(0, text.leading); break;
      case OPS.setCharSpacing: text.charSpace = Number(args[0]); break;
      case OPS.setWordSpacing: text.wordSpace = Number(args[0]); break;
      case OPS.setHScale: text.scale = Number(args[0]) / 100; break;
      case OPS.setTextRise: text.rise = Number(args[0]); break;
      case OPS.setFont: setFont(args[0], args[1]); break;
      case OPS.setGState: for (const [key, value] of pairsOf(args[0])) if (key === 'Font' && Array.isArray(value)) setFont(value[0], value[1]); break;
      case OPS.showText: if (Array.isArray(args[0])) show(args[0], ctm, text, sink); break;
      case OPS.setFillRGBColor: white = args[0] === '#ffffff'; break;
      case OPS.setFillColorN: case OPS.setFillTransparent: white = false; break;
      case OPS.paintImageXObject: sink.image?.(ctm, typeof args[0] === 'string' ? args[0] : null); break;
      case OPS.paintImageMaskXObject: sink.image?.(ctm, maskId(args[0])); break;
      case OPS.paintInlineImageXObject: case OPS.paintSolidColorImageMask: sink.image?.(ctm, null); break;
      case OPS.paintImageXObjectRepeat: paintRepeated(args[1], args[2], args[3]); break;
      case OPS.paintImageMaskXObjectRepeat: paintRepeated(args[1], args[4], args[5]); break;
      case OPS.constructPath: {
        const box = boxFrom(args[2]);
        if (box !== null && args[0] !== OPS.endPath) sink.path?.(box, ctm, white && fills.includes(args[0]));
        break;
      }
      default: break;
    }
  }
}

function show(run: readonly unknown[], ctm: Matrix, text: TextState, sink: Sink): void {
  for (const item of run) {
    if (typeof item === 'number') {
      advance(text, (-item / 1000) * text.size * text.scale);
      continue;
    }
    if (typeof item !== 'object' || item === null) continue;
    const unicode: unknown = Reflect.get(item, 'unicode');
    const space = Reflect.get(item, 'isSpace') === true ? text.wordSpace : 0;
    const width = (Number(Reflect.get(item, 'width')) * text.unit * text.size + text.charSpace + space) * text.scale;
    if (typeof unicode === 'string' && unicode !== '') sink.glyph(unicode, width - text.charSpace * text.scale, ctm, text);
    advance(text, width);
  }
}

function advance(text: TextState, x: number): void {
  text.matrix = multiply(text.matrix, [1, 0, 0, 1, x, 0]);
}

/** Glyph widths count in thousandths, but for Type 3 fonts, which bring their own matrix. */
function unitOf(page: PDFPageProxy, name: string): number {
  if (!page.commonObjs.has(name)) return 0.001;
  const font: unknown = page.commonObjs.get(name);
  const matrix = typeof font === 'object' && font !== null ? matrixFrom(Reflect.get(font, 'fontMatrix')) : null;
  return matrix?.[0] ?? 0.001;
}

function maskId(value: unknown): string | null {
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'data') : null;
  return typeof id === 'string' ? id : null;
}

function boxFrom(value: unknown): readonly [number, number, number, number] | null {
  if (typeof value !== 'object' || value === null) return null;
  const at = (index: number): number => Number(Reflect.get(value, String(index)));
  const box = [at(0), at(1), at(2), at(3)] as const;
  return box.every(Number.isFinite) ? box : null;
}

function pairsOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  return Array.isArray(value) ? value.flatMap((pair: unknown) => (Array.isArray(pair) ? [[pair[0], pair[1]] as const] : [])) : [];
}
