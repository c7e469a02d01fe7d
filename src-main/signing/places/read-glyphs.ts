import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { identity, mapPoint, matrixFrom, multiply } from './geometry.ts';
import type { Matrix } from './geometry.ts';
import { loadPdfJs } from './open-document.ts';

/** One glyph on the page as displayed, in millimetres from its top left. `size` is the font's size, `y` the baseline. */
export type Glyph = { readonly text: string; readonly left: number; readonly right: number; readonly y: number; readonly size: number };

type TextState = { matrix: Matrix; font: number; size: number; unit: number; charSpace: number; wordSpace: number; scale: number; leading: number; rise: number };

/** A page of a map or a drawing can hold millions of operators; a letter does not. */
const maxOperators = 400_000;

/**
 * Every upright glyph of the page with its exact place. `getTextContent` joins glyphs into words by guess and gives no place inside
 * them; the operators give each glyph's width and each adjustment as the file has them (ISO 32000-2 9.4.4).
 * `toMm` maps user space to millimetres on the displayed page.
 */
export async function readGlyphs(page: PDFPageProxy, toMm: Matrix): Promise<readonly Glyph[]> {
  const { OPS, AnnotationMode } = await loadPdfJs();
  const { fnArray, argsArray } = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  const glyphs: Glyph[] = [];
  const saved: { readonly ctm: Matrix; readonly text: TextState }[] = [];
  let ctm = toMm;
  let line: Matrix = identity;
  let text: TextState = { matrix: identity, font: 0, size: 0, unit: 0.001, charSpace: 0, wordSpace: 0, scale: 1, leading: 0, rise: 0 };
  const save = (): void => void saved.push({ ctm, text: { ...text } });
  const restore = (): void => {
    const last = saved.pop();
    if (last !== undefined) ({ ctm, text } = last);
  };
  const move = (x: number, y: number): void => {
    line = multiply(line, [1, 0, 0, 1, x, y]);
    text.matrix = line;
  };
  const setFont = (name: unknown, size: unknown): void => {
    text.size = Number(size);
    text.unit = unitOf(page, String(name));
  };

  for (let index = 0; index < Math.min(fnArray.length, maxOperators); index++) {
    const args: readonly unknown[] = argsArray[index] ?? [];
    switch (fnArray[index]) {
      case OPS.save: save(); break;
      case OPS.restore: restore(); break;
      case OPS.transform: ctm = multiply(ctm, matrixFrom(args) ?? identity); break;
      case OPS.paintFormXObjectBegin: save(); ctm = multiply(ctm, matrixFrom(args[0]) ?? identity); break;
      case OPS.paintFormXObjectEnd: restore(); break;
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
      case OPS.showText: if (Array.isArray(args[0])) show(args[0], ctm, text, glyphs); break;
      default: break;
    }
  }
  return glyphs;
}

function show(run: readonly unknown[], ctm: Matrix, text: TextState, glyphs: Glyph[]): void {
  for (const item of run) {
    if (typeof item === 'number') {
      advance(text, (-item / 1000) * text.size * text.scale);
      continue;
    }
    if (typeof item !== 'object' || item === null) continue;
    const unicode: unknown = Reflect.get(item, 'unicode');
    const space = Reflect.get(item, 'isSpace') === true ? text.wordSpace : 0;
    const width = (Number(Reflect.get(item, 'width')) * text.unit * text.size + text.charSpace + space) * text.scale;
    const full = multiply(ctm, text.matrix);
    const [left, y] = mapPoint(full, 0, text.rise);
    const [right, endY] = mapPoint(full, width - text.charSpace * text.scale, text.rise);
    const [, top] = mapPoint(full, 0, text.rise + text.size);
    // Only what reads from left to right: a stamp on its side is no date line.
    if (typeof unicode === 'string' && unicode !== '' && right > left && Math.abs(endY - y) < 0.05 * (right - left) + 0.01 && top < y) glyphs.push({ text: unicode, left, right, y, size: y - top });
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

function pairsOf(value: unknown): readonly (readonly [unknown, unknown])[] {
  return Array.isArray(value) ? value.flatMap((pair: unknown) => (Array.isArray(pair) ? [[pair[0], pair[1]] as const] : [])) : [];
}
