import { useEffect, useState } from 'react';
import type { EventPayload, Output } from '../../../src-shared/contract/index.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import { choosePlace, type PlaceSource } from '../../../src-shared/domain/place.ts';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useBridge, useQueries, useQuery } from '../../bridge/use-query.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';

export type BatchItem = {
  readonly id: DocumentId;
  readonly detail: DocumentDetail | undefined;
  /** Null while it is being looked for. */
  readonly place: { readonly placement: Placement; readonly source: PlaceSource | 'chosen' } | null;
};

export type BatchResults = Output<'signing.approveMany'>['results'];

/** The documents of one batch and where each signature would go, by the same order as when each is opened. */
export function useBatchItems(ids: readonly DocumentId[], places: ChosenPlaces): readonly BatchItem[] {
  const details = useQueries('documents.read', ids.map((id) => ({ id })));
  const proposals = useQueries('signing.propose', ids.map((id) => ({ id })));
  const { data: images } = useQuery('signing.images', {});
  const { data: kept } = useQuery('templates.list', {});
  return ids.map((id, at): BatchItem => {
    const [detail, proposal] = [details[at]?.data, proposals[at]?.data];
    if (!detail) return { id, detail, place: null };
    const chosen = places.find(detail.document);
    if (chosen) return { id, detail, place: { placement: chosen, source: 'chosen' } };
    if (!proposal || !images || !kept) return { id, detail, place: null };
    return { id, detail, place: choosePlace(proposal, { of: 'signature', kind: detail.document.kind, image: images.signature, templates: kept.templates }) };
  });
}

/** How far the running batch is; null before its first document. */
export function useProgress(): EventPayload<'signing.progress'> | null {
  const bridge = useBridge();
  const [progress, setProgress] = useState<EventPayload<'signing.progress'> | null>(null);
  useEffect(() => bridge.on('signing.progress', setProgress), [bridge]);
  return progress;
}
