import type { PagePlace, SignatureReport } from '../../../src-shared/contract/verification.ts';
import type { Translate } from '../../i18n/translate.ts';

/** Something that came after a signature and is seen on a page, or that cannot be seen at all (`page` null). */
export type LaterChange = { readonly tone: 'bad' | 'warn' | 'calm'; readonly page: number | null; readonly place: PagePlace | null; /** Its own sentence; null: the page merely looks other than it did. */ readonly words: string | null };

const tones = { forbidden: 'bad', 'content-added': 'warn', 'not-examined': 'warn', resaved: 'calm', signature: 'calm', timestamp: 'calm', dss: 'calm', metadata: 'calm', 'field-filled': 'calm', 'empty-signature-field': 'calm' } as const satisfies Record<SignatureReport['changesAfter']['changes'][number]['kind'], LaterChange['tone']>;

/**
 * What was found in the file's own objects, and what is seen where none of it says so: a place that looks other, and lies in no place that was named for a
 * change, is one more. In the order of the pages; what has no page comes last.
 */
export function laterChanges({ changesAfter, look }: Pick<SignatureReport, 'changesAfter' | 'look'>): readonly LaterChange[] {
  const named = changesAfter.changes.map(({ kind, page, place, message }): LaterChange => ({ tone: tones[kind], page, place, words: message }));
  const told = named.filter(({ tone }) => tone !== 'calm');
  const seen = look.pages.flatMap(({ page, places }): readonly LaterChange[] => {
    // The whole page was named
    if (told.some((one) => one.page === page && one.place === null)) return [];
    if (places.length === 0) return told.some((one) => one.page === page) ? [] : [{ tone: 'warn', page, place: null, words: null }];
    return places.filter((place) => !told.some((one) => one.place !== null && overlap(one.place, place))).map((place) => ({ tone: 'warn', page, place, words: null }));
  });
  return unique([...named, ...seen]).toSorted((one, other) => (one.page ?? Infinity) - (other.page ?? Infinity) || (one.place?.yMm ?? 0) - (other.place?.yMm ?? 0) || 0);
}

/** Whether the version that was signed can be shown, and is not the one on the screen. What is broken was never signed as it stands. */
export function hasEarlier({ signedBytes, integrity, changesAfter }: SignatureReport): boolean {
  return signedBytes !== null && integrity === 'intact' && changesAfter.status !== 'none';
}

/** Whether there is something to lay side by side: a page on which something came. */
export function isWorthComparing(signature: SignatureReport): boolean {
  return hasEarlier(signature) && (signature.changesAfter.status === 'forbidden' || laterChanges(signature).some(({ tone, page }) => page !== null && tone !== 'calm'));
}

/** The sentence of a change with its page before it, unless the sentence names the page itself. */
export function wordsOf({ page, words }: Pick<LaterChange, 'page' | 'words'>, t: Translate): string {
  const what = words ?? t('signatures.looksOther');
  return page === null || new RegExp(`\\b(?:trang|page) ${page}\\b`, 'iu').test(what) ? what : t('signatures.onPage', { page, what });
}

function overlap(one: PagePlace, other: PagePlace): boolean {
  return one.page === other.page && one.xMm < other.xMm + other.widthMm && other.xMm < one.xMm + one.widthMm && one.yMm < other.yMm + other.heightMm && other.yMm < one.yMm + one.heightMm;
}

function unique(changes: readonly LaterChange[]): readonly LaterChange[] {
  const keys = new Set<string>();
  return changes.filter((change) => {
    const key = JSON.stringify([change.page, change.place, change.words]);
    return !keys.has(key) && keys.add(key);
  });
}
