import type { FontStyle } from '../../signing/appearance/fonts.ts';
import { openDocument, type OpenedDocument } from '../kit.ts';
import { boundPaperOf, pt } from '../paper.ts';
import { loadSvgDrawer } from './svg-to-pdfkit.ts';
import { balanceLines, wrapLines, type Measure } from './wrap.ts';

export type Style = { readonly font: FontStyle; readonly size: number };
export type Align = 'left' | 'center' | 'right';

/** What is used of pdfkit's document, which pdfmake hands out without its types. */
type Pages = {
  readonly page: { readonly height: number };
  readonly font: (name: string, size: number) => Pages;
  readonly _font: { layoutCache: object };
  readonly widthOfString: (text: string) => number;
  readonly text: (text: string, x: number, y: number, options: object) => Pages;
  readonly addPage: () => Pages;
  readonly moveTo: (x: number, y: number) => Pages;
  readonly lineTo: (x: number, y: number) => Pages;
  readonly lineWidth: (width: number) => Pages;
  readonly stroke: () => Pages;
  readonly struct: (type: string, options?: object) => Structure;
  readonly addStructure: (element: Structure) => Pages;
  readonly markContent: (tag: string, options?: object) => Pages;
  readonly markStructureContent: (tag: string) => object;
  readonly endMarkedContent: () => Pages;
};

/** An element of the structure tree (ISO 32000-2 14.7). */
export type Structure = { readonly add: (child: object) => Structure; readonly end: () => void };

/** A4 page after page; y grows downwards, pt. Everything drawn is either in `tell` (structure) or in `adorn` (artifact). */
export type Sheet = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  /** Below this nothing is drawn. */
  readonly bottom: number;
  readonly measure: (style: Style) => Measure;
  readonly wrap: (text: string, width: number, style: Style) => readonly string[];
  /** Lines of like length: no word is left alone beneath the others. */
  readonly balance: (text: string, width: number, style: Style) => readonly string[];
  /** Lines under each other from `y` down, `alignment` within `width`. Returns where they end. */
  readonly write: (lines: readonly string[], at: { readonly x: number; readonly y: number; readonly width: number; readonly align: Align }, style: Style) => number;
  readonly rule: (x1: number, y1: number, x2: number, y2: number, weight: number) => void;
  readonly element: (type: string, parent: Structure | null, options?: object) => Structure;
  readonly tell: (element: Structure, type: string, draw: () => void) => void;
  readonly adorn: (draw: () => void) => void;
  /** An SVG of our own making (`drawChart`) with its top left corner at `x`, `y`; its units are points. */
  readonly picture: (svg: string, x: number, y: number) => Promise<() => void>;
  /** Ends this page for good and begins the next one, with its number above. Lets others have their turn. */
  readonly turn: () => Promise<void>;
  readonly finish: () => Promise<Uint8Array>;
};

export const lineHeight = 1.18;
/** Words whose width is remembered; a register of 20,000 rows has more names and numbers than are worth keeping. */
const mostWords = 40_000;

/** Pages of the office, opened: fonts in, margins of a bound book, the page's number centred above from the second page on (NĐ 30/2020 App I, II.7). */
export async function openSheet(document: OpenedDocument): Promise<Sheet> {
  const opened = await openDocument(document);
  const pages = opened.pages as Pages;
  const paper = boundPaperOf(document.orientation);
  const { tagged } = document;
  const measures = new Map<string, Measure>();
  let number = 1;
  let words = 0;
  const measure = (style: Style): Measure => {
    const key = `${style.font} ${style.size}`;
    const known = measures.get(key);
    if (known !== undefined) return known;
    const widths = new Map<string, number>();
    const made: Measure = (text) => {
      const found = widths.get(text);
      if (found !== undefined) return found;
      const width = pages.font(style.font, style.size).widthOfString(text);
      if (widths.size > mostWords) widths.clear();
      widths.set(text, width);
      words += 1;
      return width;
    };
    measures.set(key, made);
    return made;
  };
  const write: Sheet['write'] = (lines, { x, y, width, align }, style) => {
    const step = style.size * lineHeight;
    const of = measure(style);
    pages.font(style.font, style.size);
    for (const [index, line] of lines.entries()) {
      if (line === '') continue;
      const spare = align === 'left' ? 0 : width - line.split(' ').reduce((sum, word, at) => sum + of(word) + (at === 0 ? 0 : of(' ')), 0);
      pages.font(style.font, style.size).text(line, x + (align === 'center' ? spare / 2 : spare), y + index * step, { lineBreak: false });
    }
    return y + lines.length * step;
  };
  const adorn = (draw: () => void): void => {
    if (tagged) pages.markContent('Artifact', { type: 'Layout' });
    draw();
    if (tagged) pages.endMarkedContent();
  };
  const none: Structure = { add: () => none, end: () => undefined };
  return {
    left: paper.left, top: paper.top, width: paper.width, bottom: paper.top + paper.height,
    measure,
    wrap: (text, width, style) => wrapLines(text, width, measure(style)),
    balance: (text, width, style) => balanceLines(text, width, measure(style)),
    write,
    rule: (x1, y1, x2, y2, weight) => void pages.lineWidth(weight).moveTo(x1, y1).lineTo(x2, y2).stroke(),
    element: (type, parent, options = {}) => {
      if (!tagged) return none;
      const element = pages.struct(type, options);
      if (parent === null) pages.addStructure(element);
      else parent.add(element);
      return element;
    },
    tell: (element, type, draw) => {
      if (!tagged) return draw();
      const content = pages.markStructureContent(type);
      draw();
      pages.endMarkedContent();
      element.add(content);
    },
    adorn,
    picture: async (svg, x, y) => {
      const draw = await loadSvgDrawer();
      return () => draw(pages, svg, x, y);
    },
    turn: async () => {
      pages.addPage();
      number += 1;
      adorn(() => void write([String(number)], { x: 0, y: pt(20) / 2 - 4, width: paper.width + paper.left + paper.right, align: 'center' }, { font: 'regular', size: 13 }));
      // pdfkit remembers the shape of every word that it ever drew
      if (words > mostWords) {
        for (const font of ['regular', 'bold', 'italic']) pages.font(font, 12)._font.layoutCache = Object.create(null) as object;
        words = 0;
      }
      await new Promise((resolve) => setImmediate(resolve));
    },
    finish: opened.finish,
  };
}
