import { useState } from 'react';
import type { Output } from '../../src-shared/contract/index.ts';
import type { Placement } from '../../src-shared/contract/signing.ts';
import { containedIn, fitShape, type SizeMm } from './geometry.ts';

export type Proposal = Output<'signing.propose'>;

/** Where the thing stands now: what the person chose, else what the page proposes, else a fair guess on the last page. */
export function usePlacement(proposal: Proposal | undefined, of: 'signature' | 'seal', image: SizeMm | null, fixedSize: boolean): {
  readonly placement: Placement | null;
  readonly sure: boolean;
  readonly set: (placement: Placement) => void;
  readonly reset: () => void;
} {
  const [chosen, setChosen] = useState<Placement | null>(null);
  const proposed = proposal ? proposedPlace(proposal, of, image, fixedSize) : null;
  return { placement: chosen ?? proposed, sure: Boolean(proposal?.[of]), set: setChosen, reset: () => setChosen(null) };
}

/** The proposed box takes the image's own shape; a seal takes its real size about the box's middle. */
export function proposedPlace(proposal: Proposal, of: 'signature' | 'seal', image: SizeMm | null, fixedSize: boolean): Placement {
  const last = proposal.pages.length;
  const found = proposal[of] ?? { page: last, rect: guess(proposal.pages[last - 1], of) };
  const page = proposal.pages[found.page - 1] ?? { widthMm: 210, heightMm: 297 };
  const size = !image ? { width: found.rect.width, height: found.rect.height } : fixedSize ? { width: image.widthMm, height: image.heightMm } : containedIn(found.rect, image);
  return { page: found.page, rect: fitShape(found.rect, size, page) };
}

// NĐ 30/2020 App I: the signer's block stands at the lower right, the seal over its left third.
function guess(page: SizeMm = { widthMm: 210, heightMm: 297 }, of: 'signature' | 'seal'): Placement['rect'] {
  const signature = { x: page.widthMm * 0.6, y: page.heightMm * 0.7, width: 40, height: 20 };
  return of === 'signature' ? signature : { x: signature.x - 22, y: signature.y - 8, width: 36, height: 36 };
}
