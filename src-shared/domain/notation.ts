import { ok, fail, type Result } from '../result.ts';
import { documentKinds, type DocumentKind } from './document.ts';
import { fold } from './fold.ts';
import { withoutMarks } from './transliterate.ts';

/** NĐ 30/2020 App VI: CodeNumber String 11, CodeNotation String 30. Counted composed, as every schema here counts. */
export const maxNumberLength = 11;
export const maxNotationLength = 30;

/** NĐ 30/2020 App III.I: abbreviations of the forms of a copy (Art 25). */
export const copyAbbreviations = { 'sao-y': 'SY', 'trich-sao': 'TrS', 'sao-luc': 'SL' } as const;
export type CopyKind = keyof typeof copyAbbreviations;

/** How the office abbreviates itself, as it has decided (e.g. `UBND`) and the unit that drafted (`VP`). Never guessed from a name. */
export type NotationSettings = { readonly body: string; readonly unit: string | null };

/** What stands as “Số:” on a document. `number`: null when none is written, or when it is more than digits (`02a`): then only `numberText` tells it. */
export type Reference = { readonly number: number | null; readonly numberText: string; readonly notation: string };

/**
 * Ký hiệu by rule (NĐ 30/2020 Art 7, App I.II.3, App III.I): the type's abbreviation and the body's, `QĐ-UBND`; for a công văn, which has none, the body's and
 * the drafting unit's, `UBND-VP`. Thư công has no abbreviation either; how it is noted the decree does not say, and it is done as a công văn's here.
 */
export function buildNotation(kind: DocumentKind, { body, unit }: NotationSettings): string {
  const { abbreviation } = documentKinds[kind];
  if (abbreviation !== '') return `${abbreviation}-${body}`;
  return unit === null || unit === '' ? body : `${body}-${unit}`;
}

/**
 * The notation of the next document of this type, as the office has noted its own, `used` with the latest first: that of the same type; else by rule, with the body's abbreviation as it stands in the others. Null where they
 * do not say: a công văn's drafting unit, and anything of an office that has issued nothing, is not guessed.
 */
export function suggestNotation(kind: DocumentKind, used: readonly { readonly kind: DocumentKind; readonly notation: string }[]): string | null {
  const same = used.find((one) => one.kind === kind && one.notation !== '');
  if (same !== undefined) return same.notation;
  if (documentKinds[kind].abbreviation === '') return null;
  for (const one of used) {
    const body = bodyOf(one);
    if (body !== null) return buildNotation(kind, { body, unit: null });
  }
  return null;
}

/** `UBND` of `QĐ-UBND`, `CTr-HĐND`; of a công văn's `UBND-VP` what stands before its unit. Null where a notation was not made by the rule. */
function bodyOf({ kind, notation }: { readonly kind: DocumentKind; readonly notation: string }): string | null {
  const { abbreviation } = documentKinds[kind];
  const body = abbreviation === '' ? notation.split('-')[0] : notation.startsWith(`${abbreviation}-`) ? notation.slice(abbreviation.length + 1) : '';
  return body === undefined || !/^[\p{L}\p{N}.]+$/u.test(body) ? null : body;
}

/** NĐ 30/2020 App I Part II: a copy's own notation, `SY-UBND`; its number is of the series common to all forms of copies (Part II.II.1c). */
export function buildCopyNotation(kind: CopyKind, body: string): string {
  return `${copyAbbreviations[kind]}-${body}`;
}

/** App I.II.3: numbers below 10 with a zero before them. */
export function formatNumber(number: number): string {
  return String(number).padStart(2, '0');
}

/** `15/QĐ-UBND`, `05/UBND-VP`; only a number or only a notation without the stroke. */
export function formatReference({ number, numberText, notation }: Reference): string {
  const shown = number === null ? numberText : formatNumber(number);
  return shown === '' || notation === '' ? `${shown}${notation}` : `${shown}/${notation}`;
}

/**
 * Reads what a person typed or a page says: `7816/VPCP-TTĐT`, `Số: 05 / UBND – VP`, `Công văn số 5/UBND-VP ngày 12/3/2026`, fullwidth forms, small letters, a part missing. The year in the number of a
 * legal normative document (`30/2020/NĐ-CP`) stays with the notation, so that what is read is written back the same. Total.
 */
export function parseReference(written: string): Reference {
  const text = written.normalize('NFKC').replace(/\p{Cf}+/gu, '').replace(/[‐‑‒–—−]/gu, '-').replace(/[∕⁄]/gu, '/').replace(/\s+/gu, '').replace(/^\p{L}*?số(?=[:.\d])[:.]?/iu, '').replace(/,?ngày\d.*$/iu, '');
  const { before, after } = splitAtNumber(text);
  // a zero is no number of a register (Art 15.1: from 01 on)
  const number = /^[0-9]{1,9}$/.test(before) && Number(before) > 0 ? Number(before) : null;
  return { number, numberText: number === null ? before.toLowerCase() : formatNumber(number), notation: inCapitals(after) };
}

/** Errors: `notation.number`, `notation.too-long`, `notation.malformed`. An empty part is in order: it is not known yet. */
export function checkReference({ numberText, notation }: Pick<Reference, 'numberText' | 'notation'>): Result<null> {
  if (numberText.length > maxNumberLength || !/^(?:[0-9]+[\p{Ll}]?)?$/u.test(numberText)) return fail('notation.number', { number: numberText, limit: maxNumberLength });
  const composed = notation.normalize('NFC');
  if (composed.length > maxNotationLength) return fail('notation.too-long', { notation, limit: maxNotationLength });
  // App I.II.3: `/` between number and notation, `-` between groups, no spaces; `/` again where a year or two bodies stand (`2020/NĐ-CP`)
  return composed === '' || /^[\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*(?:[-/][\p{L}\p{N}]+(?:\.[\p{L}\p{N}]+)*)*$/u.test(composed) ? ok(null) : fail('notation.malformed', { notation });
}

/**
 * Whether two references may well be of one document of one issuer (duplicate warning, NĐ 30/2020 App VI.III.1): numbers as numbers (`5` is `05`), notations with
 * marks and capitals folded, since people type in a hurry. Not folded is what tells two types apart: ĐA is not DA, HĐ not HD, and case where both are
 * written in mixed case (App III.I: `TTr`, `CTr`, `QyĐ`, `TrS`). A missing number or notation equals nothing.
 */
export function sameReference(a: string | Reference, b: string | Reference): boolean {
  const [one, other] = [a, b].map((side) => (typeof side === 'string' ? parseReference(side) : parseReference(formatReference(side)))) as [Reference, Reference];
  if (one.numberText === '' || one.notation === '' || one.notation === '/' || fold(one.numberText) !== fold(other.numberText)) return false;
  const [groups, others] = [groupsOf(one.notation), groupsOf(other.notation)];
  const first = groups.findIndex((group) => !/^\d+$/.test(group));
  return groups.length === others.length && groups.every((group, index) => (index === first ? sameType(group, others[index] ?? '', one.notation, other.notation) : fold(group) === fold(others[index] ?? '')));
}

/** App I.II.4: days below 10 and the months 1 and 2 with a zero before them. `2026-02-05` → `ngày 05 tháng 02 năm 2026`, `2026-03-12` → `ngày 12 tháng 3 năm 2026`. */
export function formatDocumentDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `ngày ${day} tháng ${Number(month) <= 2 ? month : Number(month)} năm ${year}`;
}

const abbreviations: readonly string[] = [...Object.values(documentKinds).map(({ abbreviation }) => abbreviation).filter((text) => text !== ''), ...Object.values(copyAbbreviations)];
/** By small letters, marks kept: no two abbreviations differ in case alone. */
const abbreviationOf: ReadonlyMap<string, string> = new Map(abbreviations.map((text) => [text.toLowerCase(), text]));

function splitAtNumber(text: string): { readonly before: string; readonly after: string } {
  const found = /^([0-9]*\p{L}?)\/(.*)$/su.exec(text);
  // a single letter before the stroke is no number: `A/B` is all notation
  if (found !== null && !/^\p{L}$/u.test(found[1] ?? '')) return { before: found[1] ?? '', after: found[2] ?? '' };
  return /^[0-9]+\p{L}?$/u.test(text) ? { before: text, after: '' } : { before: '', after: text };
}

/** Typed all in small letters: in capitals, the type's abbreviation as the decree spells it. Whoever typed a capital meant each letter. */
function inCapitals(notation: string): string {
  if (notation !== notation.toLowerCase()) return notation;
  let first = true;
  return notation.replace(/[^-/]+/gu, (group) => {
    const isType = first && !/^\d+$/.test(group);
    if (isType) first = false;
    return (isType ? abbreviationOf.get(group) : undefined) ?? group.toUpperCase();
  });
}

function groupsOf(notation: string): readonly string[] {
  return notation.split(/[-/]/);
}

function sameType(a: string, b: string, inA: string, inB: string): boolean {
  if (a === b) return true;
  const [one, other] = [abbreviationOf.get(a.toLowerCase()), abbreviationOf.get(b.toLowerCase())];
  if (one !== undefined && other !== undefined) return one === other && !(isMixed(inA) && isMixed(inB));
  // a type's abbreviation against what is none: typed without marks (`QD` for `QĐ`), or another body's
  return fold(a) === fold(b);
}

/** Whether capitals and small letters stand side by side, so that case says something. */
function isMixed(text: string): boolean {
  const plain = withoutMarks(text);
  return /[a-z]/.test(plain) && /[A-Z]/.test(plain);
}
