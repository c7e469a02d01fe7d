import { documentKinds, type DocumentKind, type Stage } from './document.ts';
import { fold, foldedWords } from './fold.ts';

/** What the search box understands besides words; the names are Vietnamese, typed with or without marks. */
export type SearchOperator = 'from' | 'number' | 'date' | 'date-after' | 'date-before' | 'kind' | 'stage' | 'due' | 'has' | 'assignee';

/** `text` is the piece as it was typed, `value` what stands after the sign, without quotes; `[start, end)` is its place in the whole. */
type Piece = { readonly operator: SearchOperator; readonly value: string; readonly text: string; readonly start: number; readonly end: number };
export type SearchTerm = Piece;
/** An operator that is known with a value that is not: it narrows nothing, and the screen says so. */
export type SearchFault = Piece & { readonly reason: 'missing' | 'not-a-date' | 'not-a-number' | 'unknown-value' };

export type SearchQuery = {
  /** What is left for the search by words. */
  readonly words: string;
  readonly terms: readonly SearchTerm[];
  readonly faults: readonly SearchFault[];
};

/** For the help, in the order it shows them. */
export const searchOperators: readonly { readonly operator: SearchOperator; readonly example: string }[] = [
  { operator: 'from', example: 'từ:"Sở Nội vụ"' },
  { operator: 'number', example: 'số:152' },
  { operator: 'date', example: 'ngày:20/11/2026' },
  { operator: 'date-after', example: 'ngày>01/11' },
  { operator: 'date-before', example: 'ngày<2026' },
  { operator: 'kind', example: 'loại:quyết_định' },
  { operator: 'stage', example: 'trạng_thái:đã_gửi' },
  { operator: 'due', example: 'hạn:tuần_này' },
  { operator: 'has', example: 'có:tệp' },
  { operator: 'assignee', example: 'giao_cho:tôi' },
];

const names: Readonly<Record<string, SearchOperator>> = {
  tu: 'from', so: 'number', ngay: 'date', loai: 'kind', trang_thai: 'stage', trangthai: 'stage', han: 'due', co: 'has', giao_cho: 'assignee', giaocho: 'assignee',
};

/** Words by which a stage is asked for; the first is the one on the screen. */
const stageWords: Readonly<Record<Stage, readonly string[]>> = {
  draft: ['dự thảo', 'nháp'],
  submitted: ['chờ ký', 'trình ký'],
  approved: ['đã ký', 'chờ phát hành'],
  issued: ['đã phát hành', 'chưa gửi', 'chờ gửi'],
  sent: ['đã gửi'],
  returned: ['bị trả lại', 'trả lại'],
  arrived: ['chưa vào sổ', 'mới đến'],
  registered: ['đã vào sổ'],
  presented: ['đã trình'],
  assigned: ['đã phân công', 'đã giao'],
  refused: ['đã từ chối', 'từ chối'],
  finished: ['đã giải quyết', 'hoàn thành', 'đã xong'],
  'sent-back': ['đã chuyển trả', 'chuyển trả'],
  recalled: ['đã thu hồi', 'thu hồi'],
  replaced: ['đã thay thế', 'thay thế'],
  voided: ['đã hủy số', 'hủy số'],
};

const dueWords = { hom_nay: 'today', tuan_nay: 'week', qua_han: 'overdue' } as const;

/** Total: whatever is typed means something, if only its words. */
export function parseSearch(text: string): SearchQuery {
  const terms: SearchTerm[] = [];
  const faults: SearchFault[] = [];
  let words = '';
  let from = 0;
  // a name at the start of a word, its sign, then a value that may be quoted; an open quote goes to the end
  for (const match of text.matchAll(/(?<![^\s])([\p{L}\p{M}_]+)(:|[<>])("[^"]*(?:"|$)|\S*)/gu)) {
    const [piece = '', name = '', sign = '', raw = ''] = match;
    const operator = operatorOf(name, sign);
    if (operator === null) continue;
    const start = match.index;
    const term = { operator, value: raw.replace(/^"|"$/g, '').trim(), text: piece, start, end: start + piece.length };
    const reason = faultOf(term);
    if (reason === null) terms.push(term);
    else faults.push({ ...term, reason });
    words += `${text.slice(from, start)} `;
    from = term.end;
  }
  return { words: tidy(words + text.slice(from)), terms, faults };
}

/** The text without its `index`th term, for the cross on a chip. */
export function removeTerm(text: string, index: number): string {
  return cut(text, parseSearch(text).terms[index]);
}

export function removeFault(text: string, index: number): string {
  return cut(text, parseSearch(text).faults[index]);
}

/** Kinds by name, by the beginning of it, or by abbreviation: `qd` → quyết định, `hd` → hướng dẫn and hợp đồng. */
export function kindsOf(value: string): readonly DocumentKind[] {
  const wanted = phrase(value);
  const all = Object.entries(documentKinds) as [DocumentKind, { readonly name: string; readonly abbreviation: string }][];
  return all.filter(([, { name, abbreviation }]) => wanted !== '' && (fold(abbreviation) === wanted || phrase(name).startsWith(wanted))).map(([kind]) => kind);
}

export function stagesOf(value: string): readonly Stage[] {
  const wanted = phrase(value);
  const all = Object.entries(stageWords) as [Stage, readonly string[]][];
  const exact = all.filter(([, known]) => known.some((one) => phrase(one) === wanted));
  const found = exact.length > 0 ? exact : all.filter(([, known]) => wanted !== '' && known.some((one) => phrase(one).startsWith(wanted)));
  return found.map(([stage]) => stage);
}

/** The first and the last day, `yyyy-mm-dd`, both of it. */
export type DayRange = { readonly first: string; readonly last: string };

/**
 * `dd/mm/yyyy`, `mm/yyyy`, `yyyy` or `dd/mm`; null when there is no such day. Without a year it is the day of this year, or, where only what
 * has been is asked for (`past`), the last such day.
 */
export function readDays(value: string, today: string, past = false): DayRange | null {
  const parts = value.split(/[/.-]/);
  if (!parts.every((part) => /^\d{1,4}$/.test(part))) return null;
  const numbers = parts.map(Number);
  const [a = 0, b = 0, c = 0] = numbers;
  const isYear = (part: string | undefined): boolean => part?.length === 4;
  if (parts.length === 1 && isYear(parts[0])) return { first: `${a}-01-01`, last: `${a}-12-31` };
  if (parts.length === 2 && isYear(parts[1])) return a >= 1 && a <= 12 ? { first: isoDay(b, a, 1), last: isoDay(b, a, daysIn(b, a)) } : null;
  if (parts.length === 3 && isYear(parts[2])) return oneDay(c, b, a);
  if (parts.length !== 2) return null;
  const year = Number(today.slice(0, 4));
  // 29/02 is asked for in the years that have none, too
  const candidates = [year, year - 1, year - 2, year - 3, year - 4].map((each) => oneDay(each, b, a)).filter((each) => each !== null);
  return (past ? candidates.find(({ first }) => first <= today) : undefined) ?? candidates[0] ?? null;
}

/** Days of a deadline: today, this week from Monday to Sunday, or a date. `overdue` has no days of its own. */
export function readDue(value: string, today: string): 'overdue' | DayRange | null {
  const word = dueWord(value);
  if (word === 'overdue') return word;
  if (word === 'today') return { first: today, last: today };
  if (word === null) return readDays(value, today);
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  return { first: addDays(today, -weekday), last: addDays(today, 6 - weekday) };
}

/** The number, and the words after the stroke: `152/QĐ-UBND`. */
export function readNumber(value: string): { readonly number: number; readonly rest: string } | null {
  const match = /^0*(\d{1,9})(?:\/(.*))?$/.exec(value);
  return match === null ? null : { number: Number(match[1]), rest: match[2] ?? '' };
}

export function addDays(date: string, days: number): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

function operatorOf(name: string, sign: string): SearchOperator | null {
  const folded = fold(name);
  const operator = Object.hasOwn(names, folded) ? names[folded] : undefined;
  if (operator === undefined) return null;
  if (sign === ':') return operator;
  if (operator !== 'date') return null;
  return sign === '>' ? 'date-after' : 'date-before';
}

function faultOf({ operator, value }: { readonly operator: SearchOperator; readonly value: string }): SearchFault['reason'] | null {
  if (phrase(value) === '') return 'missing';
  switch (operator) {
    case 'number':
      return readNumber(value) === null ? 'not-a-number' : null;
    case 'date':
    case 'date-after':
    case 'date-before':
      return readDays(value, someDay) === null ? 'not-a-date' : null;
    case 'due':
      return dueWord(value) === null && readDays(value, someDay) === null ? 'not-a-date' : null;
    case 'kind':
      return kindsOf(value).length === 0 ? 'unknown-value' : null;
    case 'stage':
      return stagesOf(value).length === 0 ? 'unknown-value' : null;
    case 'has':
      return phrase(value) === 'tep' ? null : 'unknown-value';
    case 'from':
    case 'assignee':
      return null;
  }
}

/** Whether a day exists does not hang on the year that is left out: 29/02 is one. */
const someDay = '2024-12-31';

function dueWord(value: string): (typeof dueWords)[keyof typeof dueWords] | null {
  const key = foldedWords(value).join('_');
  return Object.hasOwn(dueWords, key) ? dueWords[key as keyof typeof dueWords] : null;
}

function phrase(value: string): string {
  return foldedWords(value).join(' ');
}

function oneDay(year: number, month: number, day: number): DayRange | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return { first: isoDay(year, month, day), last: isoDay(year, month, day) };
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function cut(text: string, piece: Piece | undefined): string {
  return piece === undefined ? text : tidy(`${text.slice(0, piece.start)} ${text.slice(piece.end)}`);
}

function tidy(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
