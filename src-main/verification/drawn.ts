import { attempt, entryOf, isName, type PdfFile, type PdfObject, type PdfStream } from '../pdf/index.ts';
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
};

export const nothingDrawn: Drawn = { text: '', isSimple: true, hasPicture: false, lines: 0, curves: 0 };

const maxContentBytes = 512 * 1024;
const maxOperations = 20_000;
const maxNesting = 4;
/** Two for each bevel of a border. */
const maxPolygons = 6;
/** Rounded corners. */
const maxCurves = 16;
/** 9.3.6: neither filled nor stroked. */
const invisible: ReadonlySet<number> = new Set([3, 7]);
const unreadable: Drawn = { text: null, isSimple: false, hasPicture: false, lines: 0, curves: 0 };

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
  type State = { readonly font: string; readonly mode: number };
  let state: State = { font: '', mode: 0 };
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
      case 'Tf': state = { ...state, font: first?.kind === 'name' ? first.value : '' }; break;
      case 'Tr': state = { ...state, mode: first?.kind === 'number' ? first.value : 0 }; break;
      case 'Tj': case "'": case '"': show(last); break;
      case 'TJ': for (const item of first?.kind === 'array' ? first.items : []) show(item); break;
      case 'm': segments = 0; break;
      case 'l':
        lines += 1;
        if ((segments += 1) === 3) polygons += 1;
        break;
      case 'c': case 'v': case 'y': curves += 1; break;
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
        }
        break;
      }
      default:
    }
  }
  return { text, isSimple, hasPicture: hasPicture || polygons > maxPolygons || curves > maxCurves, lines, curves };
}
