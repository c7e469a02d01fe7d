import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { usePlacement, type PlacementState, type Proposal } from '../../placement/use-placement.ts';
import { usePreview, type Preview } from '../../placement/use-preview.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';
import { useImageUrl } from './use-image.ts';

export type DraftSignature = {
  readonly proposal: Proposal | undefined;
  readonly state: PlacementState;
  readonly preview: Preview;
  readonly imageUrl: string | null;
  /** The office has no image of this leader's signature. */
  readonly imageMissing: boolean;
  readonly error: AppError | null;
};

/** Where the leader's signature goes on one draft, and what it will look like there. */
export function useDraftSignature({ document }: DocumentDetail, places: ChosenPlaces): DraftSignature {
  const { id, content } = document;
  const { data: proposal, error } = useQuery('signing.propose', { id });
  const { data: images } = useQuery('signing.images', {});
  const image = images?.signature ?? null;
  const imageUrl = useImageUrl(image?.bytes);
  const state = usePlacement({ proposal: images ? proposal : undefined, of: 'signature', kind: document.kind, image, chosen: places.find(document), onChoose: (place) => places.choose(document, place) });
  const preview = usePreview('signing.preview', content.sha256, state.settled && { id, placement: state.settled });
  return { proposal, state, preview, imageUrl, imageMissing: images !== undefined && image === null, error: error ?? preview.error };
}
