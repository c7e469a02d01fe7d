import { foldedWords } from '../../../src-shared/domain/fold.ts';
import type { RecordState } from '../../../src-shared/domain/records/record.ts';
import { assertNever } from '../../../src-shared/result.ts';

/** What records are found by, in the order of `recordColumnNames`. `year` 0, `code` and `stage` '': it has none. */
export type RecordColumns = readonly [kind: string, unit: string, year: number, code: string, stage: string, words: string, json: string];
export const recordColumnNames = ['kind', 'unit', 'year', 'code', 'stage', 'words', 'state'] as const;

export function recordColumns(state: RecordState): RecordColumns {
  const json = JSON.stringify(state);
  switch (state.record) {
    case 'office':
      return ['office', state.unit.code, 0, '', '', '', json];
    case 'catalogue':
      return ['catalogue', state.unit.code, state.year, '', '', '', json];
    case 'dossier':
      return ['dossier', state.unit.code, state.year, state.code, state.stage, wordsOf(`${state.code} ${state.title} ${state.note}`), json];
    default:
      return assertNever(state);
  }
}

/** Folded, each with a space before it, so that ` so` is found where a word begins with it. */
export function wordsOf(text: string): string {
  return [...new Set(foldedWords(text))].map((word) => ` ${word}`).join('');
}
