import { attempt, entryOf, isName, pdfArray, type PdfFile, type PdfObject, type PdfStream } from '../pdf/index.ts';
import { readOperations } from './content-operations.ts';
import { createFontReader, type FontReader } from './font-text.ts';

/** What a form draws. */
export type Drawn = {
  /** Its letters in the order that they are drawn; null where they cannot be told. */
  readonly text: string | null;
  /** All letters come from fonts of 256 codes: what has no code there is left out or replaced. */
  readonly isSimple: boolean;
  /** Images, shadings and patterns, or shapes that are more than a background and a border. */
  readonly hasPicture: boolean;
  /** Straight and bent parts of its shapes, rectangles aside. */
  readonly lines: number;
  readonly curves: number;
  /** Area of what is filled, in the form's own units: a background may hide what the page says beneath it. */
  readonly filled: number;
};

export const nothingDrawn: Drawn = { text: '', isSimple: true, hasPicture: false, lines: 0, curves: 0, filled: 0 };

const maxContentBytes = 512 * 1024;
const maxOperations = 20_000;
const maxNesting = 4;
/** Two for each bevel of a border. */
const maxPolygons = 6;
/** Rounded corners. */
const maxCurves = 16;
/** 9.3.6: neither filled nor stroked. */
const invisible: ReadonlySet<number> = new Set([3, 7]);
const unreadable: Drawn = { text: null, isSimple: false, hasPicture: false, lines: 0, curves: 0, filled: 0 };

/** `fonts`: of the form's document, for names that the appearance does not explain. Never throws: what cannot be read has no text. */
export function readDrawn(file: PdfFile, form: PdfStream, fonts: PdfObject): Drawn {
  const outcome = attempt(() => draw(file, form, fonts, 0));
  return outcome.ok ? outcome.value : unreadable;
}

function draw(file: PdfFile, form: PdfStream, fonts: PdfObject, depth: number): Drawn {
  const content = file.decode(form);
  if (depth > maxNesting || content.length > maxContentBytes) return unreadable;
  const resources = file.get(form, 'Resources');
  const readers = new Map<string, FontReader>();
  const readerOf = (name: string): FontReader => {
    const known = readers.get(name);
    if (known !== undefined) return known;
    const own = entryOf(file.get(resources, 'Font'), name);
    const reader = createFontReader(file, own.kind === 'null' ? entryOf(fonts, name) : own);
    readers.set(name, reader);
    return reader;
  };
  let text: string | null = '';
  let isSimple = true;
  let hasPicture = false;
  let [polygons, lines, curves, segments] = [0, 0, 0, 0];
  let [filled, path] = [0, emptyPath];
  type State = { readonly font: string; readonly mode: number; readonly scale: number };
  let state: State = { font: '', mode: 0, scale: areaScale(file.get(form, 'Matrix')) };
  const saved: State[] = [];
  const show = (operand: PdfObject | undefined): void => {
    if (operand?.kind !== 'string' || invisible.has(state.mode)) return;
    const reader = readerOf(state.font);
    const letters = reader.read(operand.bytes);
    text = text === null || letters === null ? null : text + letters;
    isSimple = isSimple && reader.isSimple;
  };
  for (const { operator, operands } of readOperations(content, maxOperations)) {
    const first = operands[0];
    const last = operands.at(-1);
    switch (operator) {
      case 'q': saved.push(state); break;
      case 'Q': state = saved.pop() ?? state; break;
      case 'cm': state = { ...state, scale: state.scale * areaScale(pdfArray(operands)) }; break;
      case 'Tf': state = { ...state, font: first?.kind === 'name' ? first.value : '' }; break;
      case 'Tr': state = { ...state, mode: first?.kind === 'number' ? first.value : 0 }; break;
      case 'Tj': case "'": case '"': show(last); break;
      case 'TJ': for (const item of first?.kind === 'array' ? first.items : []) show(item); break;
      case 'm':
        segments = 0;
        path = reach(path, operands);
        break;
      case 're': path = reach(path, operands, true); break;
      case 'f': case 'F': case 'f*': case 'B': case 'B*': case 'b': case 'b*':
        filled += path === emptyPath ? 0 : (path[2] - path[0]) * (path[3] - path[1]) * state.scale;
        path = emptyPath;
        break;
      case 'n': case 's': case 'S': path = emptyPath; break;
      case 'l':
        lines += 1;
        path = reach(path, operands);
        if ((segments += 1) === 3) polygons += 1;
        break;
      case 'c': case 'v': case 'y':
        curves += 1;
        path = reach(path, operands.slice(-2));
        break;
      case 'sh': case 'BI': hasPicture = true; break;
      case 'scn': case 'SCN': if (last?.kind === 'name') hasPicture = true; break;
      case 'gs': {
        const graphics = file.get(file.get(resources, 'ExtGState'), first?.kind === 'name' ? first.value : '');
        if (file.get(graphics, 'Font').kind !== 'null') text = null;
        const mask = file.get(graphics, 'SMask');
        if (mask.kind !== 'null' && !isName(mask, 'None')) hasPicture = true;
        break;
      }
      case 'Do': {
        const object = file.get(file.get(resources, 'XObject'), first?.kind === 'name' ? first.value : '');
        if (object.kind !== 'stream') break;
        if (!isName(entryOf(object, 'Subtype'), 'Form')) hasPicture = true;
        else {
          const inner = draw(file, object, fonts, depth + 1);
          text = text === null || inner.text === null ? null : text + inner.text;
          isSimple = isSimple && inner.isSimple;
          hasPicture = hasPicture || inner.hasPicture;
          lines += inner.lines;
          curves += inner.curves;
          filled += inner.filled * state.scale;
        }
        break;
      }
      default:
    }
  }
  return { text, isSimple, hasPicture: hasPicture || polygons > maxPolygons || curves > maxCurves, lines, curves, filled };
}

/** How much larger a matrix makes an area; 1 where there is none. */
function areaScale(matrix: PdfObject): number {
  if (matrix.kind !== 'array' || matrix.items.length !== 6) return 1;
  const [a = 0, b = 0, c = 0, d = 0] = matrix.items.map((each) => (each.kind === 'number' ? each.value : 0));
  return Math.abs(a * d - b * c);
}

/** Left, bottom, right, top of what a path has touched, before its matrix. */
type Reach = readonly [number, number, number, number];
const emptyPath: Reach = [Infinity, Infinity, -Infinity, -Infinity];

/** `isBox`: the second pair is a width and a height (8.5.2.1). */
function reach(path: Reach, operands: readonly PdfObject[], isBox = false): Reach {
  const [x = 0, y = 0, width = 0, height = 0] = operands.map((each) => (each.kind === 'number' ? each.value : 0));
  const [right, top] = isBox ? [x + width, y + height] : [x, y];
  return [Math.min(path[0], x, right), Math.min(path[1], y, top), Math.max(path[2], x, right), Math.max(path[3], y, top)];
}
