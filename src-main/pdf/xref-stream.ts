import { broken } from './fault.ts';
import { entryOf, type PdfDict } from './object.ts';
import { maxSubsections, sortSubsections, type Subsection, type XrefEntry } from './xref-section.ts';

/** The subsections of a decoded cross-reference stream (7.5.8): /W, /Index, and the rows as they are. */
export function readXrefStream(dict: PdfDict, rows: Uint8Array): readonly Subsection[] {
  const widths = integers(dict, 'W');
  if (widths === null || widths.length < 3 || widths.some((width) => width > 7)) throw broken('luồng tham chiếu thiếu /W');
  const [typeWidth, secondWidth, thirdWidth] = [widths[0]!, widths[1]!, widths[2]!];
  const rowBytes = widths.reduce((sum, width) => sum + width, 0);
  const size = entryOf(dict, 'Size');
  const index = dict.entries.has('Index') ? integers(dict, 'Index') : [0, size.kind === 'number' ? size.value : -1];
  if (rowBytes === 0 || index === null || index.length % 2 !== 0 || index.length > 2 * maxSubsections) throw broken('luồng tham chiếu có /Index hoặc /W hỏng');

  const readRow = (at: number): XrefEntry => {
    const type = typeWidth === 0 ? 1 : bigEndian(rows, at, typeWidth);
    const second = bigEndian(rows, at + typeWidth, secondWidth);
    const third = bigEndian(rows, at + typeWidth + secondWidth, thirdWidth);
    if (type === 0) return { kind: 'free' };
    if (type === 1) return { kind: 'offset', offset: second, gen: third };
    if (type === 2) return { kind: 'compressed', container: second, index: third };
    // 7.5.8.3: an unknown type is a reference to the null object.
    return { kind: 'free' };
  };
  const subsections: Subsection[] = [];
  let row = 0;
  for (let i = 0; i < index.length; i += 2) {
    const first = index[i]!;
    const count = index[i + 1]!;
    const start = row;
    row += count;
    if (first < 0 || count < 0 || first + count > 2 ** 31 || row * rowBytes > rows.length) throw broken('luồng tham chiếu ngắn hơn /Index của nó');
    subsections.push({ first, count, read: (at) => readRow((start + at) * rowBytes) });
  }
  return sortSubsections(subsections);
}

function integers(dict: PdfDict, key: string): readonly number[] | null {
  const array = entryOf(dict, key);
  if (array.kind !== 'array') return null;
  const values = array.items.map((item) => (item.kind === 'number' ? item.value : -1));
  return values.every((value) => Number.isSafeInteger(value) && value >= 0) ? values : null;
}

function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i += 1) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}
