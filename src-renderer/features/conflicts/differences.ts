import type { ConflictSide } from '../../../src-shared/contract/conflicts.ts';
import type { ContentRef, Stage } from '../../../src-shared/domain/document.ts';
import { changedWords } from './changed-words.ts';

/** A part of what one side says; `changed` is not in the other. */
export type Piece = { readonly text: string; readonly changed: boolean };
export const fields = ['stage', 'lead', 'support', 'inform', 'directive', 'deadline', 'file', 'text'] as const;
export type Field = (typeof fields)[number];
/** What both say of one thing; no piece: nothing. */
export type Difference = { readonly field: Field; readonly mine: readonly Piece[]; readonly theirs: readonly Piece[]; /** Several pieces are names of a list. */ readonly list: boolean };
export type Differences = { readonly different: readonly Difference[]; readonly same: readonly Field[] };

/** How the sides' values are said. */
export type Sayings = {
  readonly person: (id: string) => string;
  readonly date: (day: string) => string;
  readonly stage: (stage: Stage) => string;
  /** `code` where the two files have one name and are not the same. */
  readonly file: (file: ContentRef, code: string | null) => string;
};

/** What the two sides of a clash differ in, field by field; what neither speaks of is left out. */
export function differencesOf(mine: ConflictSide, theirs: ConflictSide, say: Sayings): Differences {
  const all = fields.map((field) => compare(field, mine, theirs, say)).filter((one) => one.mine.length > 0 || one.theirs.length > 0);
  const differs = ({ mine: a, theirs: b }: Difference): boolean => a.some((piece) => piece.changed) || b.some((piece) => piece.changed);
  return { different: all.filter(differs), same: all.filter((one) => !differs(one)).map(({ field }) => field) };
}

function compare(field: Field, mine: ConflictSide, theirs: ConflictSide, say: Sayings): Difference {
  const a = mine.assignment;
  const b = theirs.assignment;
  switch (field) {
    case 'stage':
      // A side that speaks of no step is not compared in it
      return mine.stage && theirs.stage ? whole(field, say.stage(mine.stage), say.stage(theirs.stage)) : { field, mine: [], theirs: [], list: false };
    case 'lead':
      return whole(field, a && say.person(a.lead), b && say.person(b.lead));
    case 'support':
    case 'inform':
      return names(field, (a?.[field] ?? []).map(say.person), (b?.[field] ?? []).map(say.person));
    case 'directive':
      return { field, ...changedWords(a?.directive ?? '', b?.directive ?? ''), list: false };
    case 'deadline':
      return whole(field, a?.deadline && say.date(a.deadline), b?.deadline && say.date(b.deadline));
    case 'file':
      return files(mine.content, theirs.content, say);
    case 'text':
      return { field, ...changedWords(mine.text ?? '', theirs.text ?? ''), list: false };
  }
}

function whole(field: Field, mine: string | null | undefined, theirs: string | null | undefined): Difference {
  const changed = (mine ?? '') !== (theirs ?? '');
  return { field, mine: mine ? [{ text: mine, changed }] : [], theirs: theirs ? [{ text: theirs, changed }] : [], list: false };
}

function names(field: Field, mine: readonly string[], theirs: readonly string[]): Difference {
  return {
    field, list: true,
    mine: mine.map((text) => ({ text, changed: !theirs.includes(text) })),
    theirs: theirs.map((text) => ({ text, changed: !mine.includes(text) })),
  };
}

function files(mine: ContentRef | null, theirs: ContentRef | null, say: Sayings): Difference {
  // A deed that brought no file speaks of none
  if (!mine || !theirs) return { field: 'file', mine: mine ? [{ text: say.file(mine, null), changed: true }] : [], theirs: [], list: false };
  const changed = mine.sha256 !== theirs.sha256;
  const alike = changed && say.file(mine, null) === say.file(theirs, null);
  const said = (file: ContentRef): readonly Piece[] => [{ text: say.file(file, alike ? file.sha256.slice(0, 6) : null), changed }];
  return { field: 'file', mine: said(mine), theirs: said(theirs), list: false };
}
