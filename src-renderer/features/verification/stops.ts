import type { PagePlace } from '../../../src-shared/contract/verification.ts';
import type { LaterChange } from './later-changes.ts';
import type { Sheet } from './sheets.ts';

/** Somewhere to look at: a place on a row of two pages, or a page that only one version has. */
export type Stop = { readonly sheet: number; readonly tone: LaterChange['tone']; readonly place: PagePlace | null; readonly what: 'added' | 'removed' | { readonly words: string | null } };

/** In the order of the pages. What is seen on no page is told beside the page alone; what came lawfully is outlined, and is no stop. */
export function stopsOf(changes: readonly LaterChange[], sheets: readonly Sheet[]): readonly Stop[] {
  return sheets.flatMap(({ signed, now }, sheet): readonly Stop[] => {
    if (now === null) return [{ sheet, tone: 'bad', place: null, what: 'removed' }];
    const named = changes.filter(({ page, tone }) => page === now && tone !== 'calm').map(({ tone, place, words }): Stop => ({ sheet, tone, place, what: { words } }));
    return signed === null ? [{ sheet, tone: 'bad', place: null, what: 'added' }, ...named] : named;
  });
}

/** Places of what came lawfully: signatures, filled fields. */
export function calmPlaces(changes: readonly LaterChange[], page: number): readonly PagePlace[] {
  return changes.flatMap(({ tone, place }) => (tone === 'calm' && place?.page === page ? [place] : []));
}
