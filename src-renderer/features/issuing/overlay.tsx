import type { Placement } from '../../../src-shared/contract/signing.ts';
import { pageOf, type SizeMm } from '../../../src-shared/domain/place.ts';
import { useT } from '../../i18n/context.tsx';
import { PlacementFrame } from '../../placement/frame.tsx';
import { toPx } from '../../placement/geometry.ts';
import { PreviewLayer } from '../../placement/preview-layer.tsx';
import type { Issue } from './use-issue.ts';

type OverlayProps = { readonly issue: Issue; readonly number: number; readonly pxPerMm: number; readonly onPage: (place: Placement) => void };

/** What the step will put on this page, drawn as it will be; the seal alone follows the hand. */
export function IssueOverlay({ issue, number: page, pxPerMm, onPage }: OverlayProps) {
  const t = useT();
  const { proposal, seal, sealMm, preview } = issue;
  if (!proposal) return null;
  const still = preview.current && seal.placement === seal.settled;
  const written = [
    { key: 'number', place: proposal.number, tag: t('place.number') },
    { key: 'day', place: proposal.day, tag: null },
    { key: 'month', place: proposal.month, tag: t('issue.date') },
  ] as const;
  return (
    <>
      <PreviewLayer preview={preview} page={page} pxPerMm={pxPerMm} without={still || seal.settled?.page !== page ? null : seal.settled.rect} />
      {written.map(({ key, place, tag }) => place?.page === page && (
        <div key={key} className="written" style={toPx(place.rect, pxPerMm)}>
          {tag && <MarginTag place={place} page={pageOf(proposal.pages, page)} pxPerMm={pxPerMm}>{tag}</MarginTag>}
        </div>
      ))}
      {seal.placement?.page === page && (
        <PlacementFrame
          state={seal}
          placement={seal.placement}
          name={t('place.frame.seal')}
          tag={t('place.seal', { mm: sealMm ?? Math.round(seal.placement.rect.width) })}
          pages={proposal.pages}
          pxPerMm={pxPerMm}
          resizable={false}
          beside={proposal.signature?.page === page ? [proposal.signature.rect] : []}
          onPage={onPage}
        >
          {issue.sealUrl && !still && <img src={issue.sealUrl} alt="" draggable={false} />}
        </PlacementFrame>
      )}
    </>
  );
}

/** Room that the label of the date wants, px. */
const tagPx = 120;

/**
 * NĐ 30/2020 App I: the left margin is 30 mm wide and holds a label; the right one, of 15 to 20 mm, does so on a page shown large. Else the label stands
 * under the date, where the right column is blank.
 */
function MarginTag({ place, page, pxPerMm, children }: { readonly place: Placement; readonly page: SizeMm; readonly pxPerMm: number; readonly children: string }) {
  const { rect } = place;
  if (rect.x < page.widthMm / 2) return <span className="frame-tag" aria-hidden style={{ right: `calc(100% + ${Math.max(10, (rect.x - 27) * pxPerMm)}px)` }}>{children}</span>;
  if (18 * pxPerMm < tagPx) return <span className="frame-tag frame-tag-below" aria-hidden>{children}</span>;
  return <span className="frame-tag" aria-hidden style={{ left: `calc(100% + ${Math.max(10, (page.widthMm - 18 - rect.x - rect.width) * pxPerMm)}px)` }}>{children}</span>;
}
