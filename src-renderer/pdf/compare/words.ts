import type { MessageKey } from '../../i18n/translate.ts';

/** What the two sides are called, and a page that only one of them has. */
export type PairWords = { readonly [W in 'title' | 'left' | 'right' | 'notThen' | 'notNow' | 'added' | 'removed' | 'none']: MessageKey };

/** The version that somebody signed, and what became of it. */
export const signedWords: PairWords = {
  title: 'compare.title', left: 'compare.left', right: 'compare.right', notThen: 'compare.notThen', notNow: 'compare.notNow', added: 'compare.added', removed: 'compare.removed', none: 'compare.none',
};

/** An earlier draft and the present one: two files, of which neither need be signed. */
export const draftWords: PairWords = {
  title: 'versions.title', left: 'versions.left', right: 'compare.right', notThen: 'versions.notThen', notNow: 'compare.notNow', added: 'versions.added', removed: 'versions.removed', none: 'versions.none',
};
