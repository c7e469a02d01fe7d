import type { Placement } from '../../../src-shared/contract/signing.ts';
import { choosePlace, type PlaceSource } from '../../../src-shared/domain/place.ts';
import type { DocumentRow } from '../../../src-shared/contract/documents.ts';
import { useQueries, useQuery } from '../../bridge/use-query.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';

export type BatchMode = 'all' | 'one-by-one';

export type BatchItem = {
  readonly row: DocumentRow;
  /** Null while it is being looked for. */
  readonly place: { readonly placement: Placement; readonly source: PlaceSource | 'chosen' } | null;
};

/** The documents that may be signed together and where each signature would go, by the same order as when each is opened. */
export function useBatchItems(rows: readonly DocumentRow[], places: ChosenPlaces): readonly BatchItem[] {
  const proposals = useQueries('signing.propose', rows.map(({ document }) => ({ id: document.id })));
  const { data: images } = useQuery('signing.images', {});
  const { data: kept } = useQuery('templates.list', {});
  return rows.map((row, at): BatchItem => {
    const proposal = proposals[at]?.data;
    const chosen = places.find(row.document);
    if (chosen) return { row, place: { placement: chosen, source: 'chosen' } };
    if (!proposal || !images || !kept) return { row, place: null };
    return { row, place: choosePlace(proposal, { of: 'signature', kind: row.document.kind, image: images.signature, templates: kept.templates }) };
  });
}

/** Unseen, a place that was only guessed is not signed at; one by one, the person puts the frame right. */
export function canJoin({ place }: BatchItem, mode: BatchMode): boolean {
  return mode === 'one-by-one' || (place !== null && place.source !== 'guess');
}

/** What stands ticked before the person says otherwise: unseen, only what was read. */
export function joinsAtFirst(item: BatchItem, mode: BatchMode): boolean {
  return mode === 'one-by-one' || item.row.read;
}
