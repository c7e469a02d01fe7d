import { useMemo, useRef, useState } from 'react';
import type { Output } from '../../src-shared/contract/index.ts';
import type { Placement, PlacementOf } from '../../src-shared/contract/signing.ts';
import type { DocumentKind } from '../../src-shared/domain/document.ts';
import { choosePlace, type PlaceSource, type SizeMm } from '../../src-shared/domain/place.ts';
import { useQuery } from '../bridge/use-query.ts';
import { samePlace } from './geometry.ts';

export type Proposal = Output<'signing.propose'>;

/** What a frame on the page needs: where it is, where it may go, and its way back. */
export type FrameState = {
  /** Where the frame stands now, also while it is in the hand. */
  readonly placement: Placement | null;
  /** Where it stood when it was last let go: what is previewed and told. */
  readonly settled: Placement | null;
  /** Places that the frame snaps to. */
  readonly targets: readonly Placement[];
  readonly carry: (place: Placement) => void;
  /** Lets go: one step, that can be undone. */
  readonly settle: (place: Placement | null) => void;
  readonly undo: () => void;
  readonly canUndo: boolean;
  readonly reset: () => void;
  /** The frame moves to another page's box, and takes the focus along. */
  readonly focusWanted: React.RefObject<boolean>;
};

export type PlacementState = FrameState & { readonly of: PlacementOf; readonly source: PlaceSource | 'chosen' | null };

type PlacementOptions = {
  /** Undefined until the page and the images are known. */
  readonly proposal: Proposal | undefined;
  readonly of: PlacementOf;
  readonly kind: DocumentKind;
  readonly image: SizeMm | null;
  /** What the person chose; kept by the screen, so that it outlives a look at another document. */
  readonly chosen: Placement | null;
  readonly onChoose: (place: Placement | null) => void;
};

/** Where the thing stands: what the person chose, else the order of `choosePlace`; with its steps, so that each can be taken back. */
export function usePlacement({ proposal, of, kind, image, chosen, onChoose }: PlacementOptions): PlacementState {
  const { data: kept } = useQuery('templates.list', {});
  const [carried, setCarried] = useState<Placement | null>(null);
  const [past, setPast] = useState<readonly (Placement | null)[]>([]);
  const focusWanted = useRef(false);
  const imageKey = image && `${image.widthMm} ${image.heightMm}`;
  const proposed = useMemo(
    () => (proposal && kept ? choosePlace(proposal, { of, kind, image, templates: kept.templates }) : null),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the image's size stands for it
    [proposal, kept, of, kind, imageKey],
  );
  const settled = proposed && (chosen ?? proposed.placement);

  function settle(place: Placement | null): void {
    setCarried(null);
    if (samePlace(place, settled)) return;
    setPast([...past, chosen]);
    onChoose(place);
  }

  return {
    of,
    placement: carried ?? settled,
    settled,
    source: proposed && (chosen ? 'chosen' : proposed.source),
    targets: proposed && proposed.source !== 'guess' ? [proposed.placement] : [],
    carry: setCarried,
    settle,
    undo: () => {
      if (past.length === 0) return;
      setPast(past.slice(0, -1));
      onChoose(past.at(-1) ?? null);
    },
    canUndo: past.length > 0,
    reset: () => settle(null),
    focusWanted,
  };
}
