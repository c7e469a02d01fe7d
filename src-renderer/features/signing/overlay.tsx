import type { Placement } from '../../../src-shared/contract/signing.ts';
import { useT } from '../../i18n/context.tsx';
import { PlacementFrame } from '../../placement/frame.tsx';
import { PreviewLayer } from '../../placement/preview-layer.tsx';
import type { PlacementState, Proposal } from '../../placement/use-placement.ts';
import type { Preview } from '../../placement/use-preview.ts';

type OverlayProps = {
  readonly state: PlacementState;
  readonly preview: Preview;
  readonly proposal: Proposal;
  readonly imageUrl: string | null;
  readonly page: number;
  readonly pxPerMm: number;
  readonly onPage: (place: Placement) => void;
};

/** The leader's signature on this page: as it will be signed when it lies still, the image alone while it is in the hand. */
export function SigningOverlay({ state, preview, proposal, imageUrl, page, pxPerMm, onPage }: OverlayProps) {
  const t = useT();
  const { placement } = state;
  const still = preview.current && state.placement === state.settled;
  return (
    <>
      {still && <PreviewLayer preview={preview} page={page} pxPerMm={pxPerMm} without={null} />}
      {placement?.page === page && (
        <PlacementFrame state={state} placement={placement} name={t('place.frame.signature')} tag={t('place.signature')} pages={proposal.pages} pxPerMm={pxPerMm} resizable onPage={onPage}>
          {imageUrl && !still && <img src={imageUrl} alt="" draggable={false} />}
        </PlacementFrame>
      )}
    </>
  );
}
