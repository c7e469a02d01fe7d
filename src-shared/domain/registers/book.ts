import { dayMonthYear } from '../calendar.ts';
import { formatNumber } from '../notation.ts';
import type { OfficialColumn, OfficialTable } from '../official-table.ts';

/** What every printed register has beside its entries. Dates `yyyy-mm-dd`. */
export type RegisterHead = {
  readonly parentBody: string | null;
  readonly body: string;
  readonly year: number;
  readonly signers: OfficialTable['signers'];
  /** `Sơn Tịnh`, and the day of printing. Null: no line of place and date. */
  readonly printed: { readonly place: string; readonly date: string } | null;
};

/** Part of a register: from and to a day, or from and to a number; both ends belong to it, null leaves an end open. */
export type RegisterPart = { readonly fromDate: string | null; readonly toDate: string | null; readonly fromNumber: number | null; readonly toNumber: number | null };
export const wholeRegister: RegisterPart = { fromDate: null, toDate: null, fromNumber: null, toNumber: null };

/** A number that was given and voided: it stays in the book, with the reason. `date`: the day of the number where it had one. */
export type VoidNumber = { readonly void: true; readonly number: number; readonly date: string | null; readonly reason: string };
/** Of what stands in a book: its number, and the day by which the register is put in order and cut. */
export type Numbered = { readonly void?: never; readonly number: number; readonly date: string };

export type BookLine<Entry extends Numbered> =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'void'; readonly number: number; readonly date: string | null; readonly reason: string }
  /** Numbers of which this machine knows nothing: another station may hold them. */
  | { readonly kind: 'unknown'; readonly from: number; readonly to: number };

export type BookLines<Entry extends Numbered> = { readonly lines: readonly BookLine<Entry>[]; readonly entries: number; readonly voids: number; readonly unknown: number; readonly first: number | null; readonly last: number | null };

/**
 * The book in the order of its numbers, every number between its first and its last accounted for: a document, a void number, or a gap that says so.
 * The gaps are told from the whole book and cut afterwards, so that a part of it invents none.
 */
export function linesOf<Entry extends Numbered>(entries: readonly Entry[], voids: readonly VoidNumber[], part: RegisterPart): BookLines<Entry> {
  const taken = new Set(entries.map(({ number }) => number));
  const sorted: BookLine<Entry>[] = [
    ...entries.map((entry) => ({ kind: 'entry', entry }) as const),
    // a number that a document bears is not void, whatever was said of it before
    ...voids.filter(({ number }) => !taken.has(number)).map(({ number, date, reason }) => ({ kind: 'void', number, date, reason }) as const),
  ].sort((a, b) => numberOf(a) - numberOf(b));
  const whole = sorted.flatMap((line, index): readonly BookLine<Entry>[] => {
    const before = sorted[index - 1];
    const from = before === undefined ? numberOf(line) : numberOf(before) + 1;
    return from < numberOf(line) ? [{ kind: 'unknown', from, to: numberOf(line) - 1 }, line] : [line];
  });
  const lines = cut(whole, part);
  const count = (kind: BookLine<Entry>['kind']): number => lines.filter((line) => line.kind === kind).length;
  const unknown = lines.reduce((sum, line) => sum + (line.kind === 'unknown' ? line.to - line.from + 1 : 0), 0);
  const last = lines.at(-1);
  return { lines, entries: count('entry'), voids: count('void'), unknown, first: lines[0] === undefined ? null : numberOf(lines[0]), last: last === undefined ? null : last.kind === 'unknown' ? last.to : numberOf(last) };
}

/** “Sổ có 418 văn bản, từ số 01 đến số 418, trong đó 2 số đã hủy.” Counted are the numbers that were given, the void ones among them. */
export function totalsOf({ entries, voids, unknown, first, last }: Omit<BookLines<Numbered>, 'lines'>): string {
  if (first === null || last === null) return 'Sổ chưa có văn bản nào.';
  const range = first === last ? `số ${formatNumber(first)}` : `từ số ${formatNumber(first)} đến số ${formatNumber(last)}`;
  const void_ = voids === 0 ? '' : `, trong đó ${voids} số đã hủy`;
  const gap = unknown === 0 ? '' : `; ${unknown} số chưa có thông tin trên máy này`;
  return `Sổ có ${entries + voids} văn bản, ${range}${void_}${gap}.`;
}

/** `Năm 2026 · Từ ngày 01/01/2026 đến ngày 22/11/2026 · Từ số 01 đến số 418`. */
export function subtitleOf(year: number, { fromDate, toDate, fromNumber, toNumber }: RegisterPart): string {
  const dates = rangeOf('ngày', fromDate === null ? null : dayMonthYear(fromDate), toDate === null ? null : dayMonthYear(toDate));
  const numbers = rangeOf('số', fromNumber === null ? null : formatNumber(fromNumber), toNumber === null ? null : formatNumber(toNumber));
  return [`Năm ${year}`, dates, numbers].filter((text) => text !== '').join(' · ');
}

/** `width`: its share among the columns of the table. */
export function column(title: string, width: number, align: OfficialColumn['align'] = 'left'): OfficialColumn {
  return { title, width, align };
}

/** A day as registers write it; empty where it is not known. */
export function dayCell(date: string | null): string {
  return date === null ? '' : dayMonthYear(date);
}

export function joined(texts: readonly string[], by = '; '): string {
  return texts.filter((text) => text !== '').join(by);
}

/** What stands in “Ghi chú” of a void number. */
export function voidNote(reason: string): string {
  return reason === '' ? 'Đã hủy số' : `Đã hủy số (${reason})`;
}

export const unknownNote = 'Chưa có thông tin trên máy này';

export function numberRange(from: number, to: number): string {
  return from === to ? formatNumber(from) : `${formatNumber(from)}–${formatNumber(to)}`;
}

function numberOf(line: BookLine<Numbered>): number {
  return line.kind === 'entry' ? line.entry.number : line.kind === 'void' ? line.number : line.from;
}

function cut<Entry extends Numbered>(lines: readonly BookLine<Entry>[], part: RegisterPart): readonly BookLine<Entry>[] {
  const lowest = part.fromNumber ?? -Infinity;
  const highest = part.toNumber ?? Infinity;
  const byNumber = lines.flatMap((line): readonly BookLine<Entry>[] => {
    if (line.kind !== 'unknown') return numberOf(line) >= lowest && numberOf(line) <= highest ? [line] : [];
    const [from, to] = [Math.max(line.from, lowest), Math.min(line.to, highest)];
    return from <= to ? [{ kind: 'unknown', from, to }] : [];
  });
  if (part.fromDate === null && part.toDate === null) return byNumber;
  const [from, to] = [part.fromDate ?? '', part.toDate ?? '9999-12-31'];
  const isIn = byNumber.map((line) => {
    const date = line.kind === 'entry' ? line.entry.date : line.kind === 'void' ? line.date : null;
    return date === null ? null : date >= from && date <= to;
  });
  // what has no day of its own belongs where its neighbours on both sides do
  const first = isIn.indexOf(true);
  const last = isIn.lastIndexOf(true);
  return byNumber.filter((_, index) => isIn[index] ?? (first < index && index < last));
}

function rangeOf(word: string, from: string | null, to: string | null): string {
  if (from !== null && to !== null) return `Từ ${word} ${from} đến ${word} ${to}`;
  return from !== null ? `Từ ${word} ${from}` : to !== null ? `Đến ${word} ${to}` : '';
}
