import { attempt, entryOf, isName, type PdfFile, type PdfStream } from '../pdf/index.ts';

/** Contents of a signature's picture are a few lines; larger ones are not read. */
const maxContentBytes = 64 * 1024;
const maxOperators = 2000;
/** Letters larger than this are a drawing. */
const largestTextPt = 24;
const harmless: ReadonlySet<string> = new Set(['BT', 'ET', 'Tf', 'Td', 'TD', 'T*', 'Tj', 'TL', 'Tc', 'Tw', 'g', 'rg', 'k', 'G', 'RG', 'K']);

type Matrix = readonly [number, number, number, number];

/**
 * Area of the largest picture that a form draws, in the square of the form's own unit; text of ordinary size counts as nothing. Null when the form paints
 * in any way that is not just images and lines of text: then its whole rectangle counts. Only `q Q cm Do` and text are followed.
 */
export function largestPicture(file: PdfFile, form: PdfStream): number | null {
  const outcome = attempt(() => measure(file, form));
  return outcome.ok ? outcome.value : null;
}

function measure(file: PdfFile, form: PdfStream): number | null {
  const matrix = file.get(form, 'Matrix');
  if (matrix.kind === 'array' && Math.abs(determinant(matrix.items.map((each) => (each.kind === 'number' ? each.value : 0)))) !== 1) return null;
  const content = file.decode(form);
  if (content.length > maxContentBytes) return null;
  const xobjects = file.get(file.get(form, 'Resources'), 'XObject');
  let current: Matrix = [1, 0, 0, 1];
  const saved: Matrix[] = [];
  const operands: string[] = [];
  let largest = 0;
  let count = 0;
  for (const token of Buffer.from(content).toString('latin1').match(/<[0-9A-Fa-f\s]*>|\/[^\s<>[\](){}/%]*|[^\s<>[\](){}/%]+|[<>[\](){}%]/g) ?? []) {
    if (/^(?:[<\d+\-./])/.test(token) && token !== '<') {
      operands.push(token);
      continue;
    }
    if ((count += 1) > maxOperators) return null;
    const numbers = operands.map(Number);
    if (token === 'q') saved.push(current);
    else if (token === 'Q') current = saved.pop() ?? current;
    else if (token === 'cm') current = multiply(numbers, current);
    else if (token === 'Do') {
      const picture = file.get(xobjects, (operands[0] ?? '').slice(1));
      if (picture.kind !== 'stream' || !isName(entryOf(picture, 'Subtype'), 'Image')) return null;
      largest = Math.max(largest, Math.abs(determinant(current)));
    } else if (!harmless.has(token) || (token === 'Tf' && !(Math.abs(numbers[1] ?? Number.NaN) * Math.sqrt(Math.abs(determinant(current))) <= largestTextPt))) return null;
    operands.length = 0;
  }
  return Number.isFinite(largest) ? largest : null;
}

function determinant(matrix: readonly number[]): number {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = matrix;
  return a * d - b * c;
}

function multiply(left: readonly number[], right: Matrix): Matrix {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN] = left;
  return [a * right[0] + b * right[2], a * right[1] + b * right[3], c * right[0] + d * right[2], c * right[1] + d * right[3]];
}
