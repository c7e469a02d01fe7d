import { deflateSync } from 'node:zlib';
import { latin1, writeObject, writeValue, type Hand } from './serialize.ts';
import { array, dict, extended, name, numbers, word, type Dict } from './value.ts';

export type Entry =
  | { readonly kind: 'free'; readonly gen: number }
  | { readonly kind: 'at'; readonly offset: number; readonly gen: number }
  | { readonly kind: 'in'; readonly container: number; readonly index: number };

export type Entries = ReadonlyMap<number, Entry>;

/** A classic section (7.5.4) with its trailer and `startxref`. What is compressed is free to readers of tables. */
export function tableSection(entries: Entries, trailer: Dict, startXref: number, hand: Hand): Buffer {
  const { spacing, random } = hand;
  const rowEnd = random.pick([' \n', '\r\n', ' \r']);
  const free = [...entries].flatMap(([num, entry]) => (entry.kind === 'at' ? [] : [num])).sort((a, b) => a - b);
  const row = (num: number): string => {
    const entry = entries.get(num)!;
    if (entry.kind === 'at') return `${digits(entry.offset, 10)} ${digits(entry.gen, 5)} n${rowEnd}`;
    const following = free[free.indexOf(num) + 1] ?? 0;
    return `${digits(following, 10)} ${digits(num === 0 ? 65535 : entry.kind === 'free' ? entry.gen : 0, 5)} f${rowEnd}`;
  };
  const eol = spacing.eol();
  const sections = runs(entries).map((run) => `${run[0]!} ${run.length}${random.chance(0.2) ? ' ' : ''}${eol}${run.map(row).join('')}`).join('');
  return latin1(`xref${eol}${sections}trailer${spacing.loose()}${writeValue(trailer, hand)}${spacing.eol()}startxref${spacing.eol()}${startXref}${spacing.eol()}%%EOF`);
}

export type StreamShape = { readonly offsetBytes: number; readonly predictor: number; readonly deflate: boolean; readonly omitsType: boolean; readonly spellsIndex: boolean };

export function drawShape({ random }: Hand): StreamShape {
  const deflate = random.chance(0.7);
  return { offsetBytes: random.pick([3, 4, 4, 5]), predictor: deflate ? random.pick([1, 1, 10, 12, 12, 15]) : 1, deflate, omitsType: random.chance(0.3), spellsIndex: random.chance(0.5) };
}

/** A cross-reference stream (7.5.8) as object `num`, without `startxref`. */
export function streamSection(num: number, entries: Entries, trailer: Dict, size: number, shape: StreamShape, hand: Hand): Buffer {
  // 7.5.8.2: a first field of width 0 means type 1 all over
  const typeBytes = shape.omitsType && [...entries.values()].every(({ kind }) => kind === 'at') ? 0 : 1;
  const groups = runs(entries);
  const rows = groups.flat().map((each) => rowOf(entries.get(each)!, each, typeBytes, shape.offsetBytes));
  const width = typeBytes + shape.offsetBytes + 2;
  const plain = Buffer.concat(shape.predictor === 1 ? rows : predicted(rows, shape.predictor));
  const isWhole = groups.length === 1 && groups[0]![0] === 0 && groups[0]!.length === size;
  const data = shape.deflate ? deflateSync(plain) : plain;
  const head = extended(dict({
    Type: name('XRef'), Size: word(size), W: numbers([typeBytes, shape.offsetBytes, 2]),
    Index: isWhole && !shape.spellsIndex ? null : array(groups.flatMap((run) => [word(run[0]!), word(run.length)])),
    Filter: shape.deflate ? name('FlateDecode') : null,
    DecodeParms: shape.predictor === 1 ? null : dict({ Predictor: word(shape.predictor), Columns: word(width) }),
    Length: word(data.length),
  }), Object.fromEntries(trailer.entries.filter(([key]) => key !== 'Size')));
  return writeObject(num, 0, { kind: 'stream', dict: head, data }, hand);
}

export function startXrefText(offset: number, { spacing }: Hand): string {
  return `startxref${spacing.eol()}${offset}${spacing.eol()}%%EOF`;
}

function rowOf(entry: Entry, num: number, typeBytes: number, offsetBytes: number): Buffer {
  const [type, second, third] = entry.kind === 'free' ? [0, 0, num === 0 ? 65535 : entry.gen] : entry.kind === 'at' ? [1, entry.offset, entry.gen] : [2, entry.container, entry.index];
  const row = Buffer.alloc(typeBytes + offsetBytes + 2);
  if (typeBytes === 1) row[0] = type;
  row.writeUIntBE(second, typeBytes, offsetBytes);
  row.writeUInt16BE(third, typeBytes + offsetBytes);
  return row;
}

/** PNG prediction (7.4.4.4): none or up for all rows, or each of the five in turn. */
function predicted(rows: readonly Buffer[], predictor: number): Buffer[] {
  return rows.map((row, i) => {
    const kind = predictor === 10 ? 0 : predictor === 12 ? 2 : i % 5;
    const above = rows[i - 1] ?? Buffer.alloc(row.length);
    const out = Buffer.alloc(row.length + 1);
    out[0] = kind;
    for (let at = 0; at < row.length; at += 1) {
      const [left, up, upLeft] = [row[at - 1] ?? 0, above[at]!, above[at - 1] ?? 0];
      const guess = kind === 0 ? 0 : kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : paeth(left, up, upLeft);
      out[at + 1] = (row[at]! - guess) & 0xff;
    }
    return out;
  });
}

function paeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  return a <= b && a <= c ? left : b <= c ? up : upLeft;
}

/** Object numbers in runs without a gap. */
function runs(entries: Entries): readonly (readonly number[])[] {
  const out: number[][] = [];
  for (const num of [...entries.keys()].sort((a, b) => a - b)) {
    const last = out.at(-1);
    if (last !== undefined && last.at(-1) === num - 1) last.push(num);
    else out.push([num]);
  }
  return out;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, '0');
}
