import { fail, ok, type Result } from '../result.ts';
import { fold } from './fold.ts';

/** Tìm đã lưu: more than these nobody reads in the rail, and each is counted after a change. */
export const mostSavedSearches = 50;
export const longestSearchName = 100;

type Named = { readonly id: string; readonly name: string };

/** The name as it is kept: one space between words, composed letters. Errors: `search.no-name`, `search.name-too-long`, `search.name-taken` (marks and capitals aside). */
export function checkSearchName(written: string, others: readonly Named[]): Result<string> {
  const name = written.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (name === '') return fail('search.no-name');
  if (Array.from(name).length > longestSearchName) return fail('search.name-too-long', { limit: longestSearchName });
  const twin = others.find((one) => fold(one.name) === fold(name));
  return twin === undefined ? ok(name) : fail('search.name-taken');
}

/** A name for what is asked for, as long as a name may be. */
export function proposeSearchName(query: string, filters: readonly string[]): string {
  const words = query.trim() === '' ? filters.join(', ') : query;
  return Array.from(words.normalize('NFC').replace(/\s+/gu, ' ').trim()).slice(0, longestSearchName).join('').trim();
}

/** The list with that one a step further up or down; at the end it stays. */
export function moveSearch<S extends Named>(all: readonly S[], id: string, by: -1 | 1): readonly S[] {
  const at = all.findIndex((one) => one.id === id);
  const [one, other] = [all[at], all[at + by]];
  return one === undefined || other === undefined ? all : all.with(at, other).with(at + by, one);
}
