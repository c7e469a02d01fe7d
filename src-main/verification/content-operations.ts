import { broken, parseObject, type Cursor, type PdfObject } from '../pdf/index.ts';
import { peek, skipWhite } from '../pdf/parser.ts';

export type Operation = { readonly operator: string; readonly operands: readonly PdfObject[] };

const maxOperands = 64;

/** The operations of a content stream (7.8.2), the first so many. An inline image ends it: `BI` comes last. Throws `pdf.broken` on what is none. */
export function* readOperations(content: Uint8Array, most: number): Generator<Operation> {
  const cursor: Cursor = { bytes: content, at: 0, base: null, whole: true };
  let operands: PdfObject[] = [];
  for (let count = 0; ; ) {
    skipWhite(cursor);
    const byte = peek(cursor);
    if (byte === -1) return;
    if (!isOperatorStart(byte)) {
      if (operands.length >= maxOperands) throw broken('dòng lệnh vẽ quá dài');
      operands.push(parseObject(cursor));
      continue;
    }
    const operator = takeWord(cursor);
    if (operator === 'true' || operator === 'false') operands.push({ kind: 'boolean', value: operator === 'true' });
    else if (operator === 'null') operands.push({ kind: 'null' });
    else {
      if ((count += 1) > most) throw broken('quá nhiều lệnh vẽ');
      yield { operator, operands };
      if (operator === 'BI') return;
      operands = [];
    }
  }
}

/** Letters, `'` and `"`. */
function isOperatorStart(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x27 || byte === 0x22;
}

function takeWord(cursor: Cursor): string {
  let word = '';
  for (let byte = peek(cursor); isOperatorStart(byte) || byte === 0x2a || (byte >= 0x30 && byte <= 0x39); byte = peek(cursor)) {
    word += String.fromCharCode(byte);
    cursor.at += 1;
  }
  return word;
}
