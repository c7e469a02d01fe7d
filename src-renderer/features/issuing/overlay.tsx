import type { Placement } from '../../../src-shared/contract/signing.ts';
import { useT } from '../../i18n/context.tsx';
import { PlacementFrame } from '../../placement/frame.tsx';
import { toPx, type SizeMm } from '../../placement/geometry.ts';
import { dayText, monthText, numberText } from './date-text.ts';
import type { Issue } from './use-issue.ts';

type OverlayProps = { readonly issue: Issue; readonly number: number; readonly pxPerMm: number };

/** What the step will put on this page: number and date in the document's own face, the seal at its real size. */
export function IssueOverlay({ issue, number: page, pxPerMm }: OverlayProps) {
  const t = useT();
  const { proposal, fields, seal, sealMm } = issue;
  const size = proposal?.pages[page - 1];
  if (!proposal || !size) return null;
  const here = (place: Placement | null): Placement | null => (place?.page === page ? place : null);
  const written = [
    { key: 'number', place: here(proposal.number), text: fields.number === null ? '' : numberText(fields.number), tag: t('place.number'), italic: false },
    { key: 'day', place: here(proposal.day), text: fields.date ? dayText(fields.date) : '', tag: null, italic: true },
    { key: 'month', place: here(proposal.month), text: fields.date ? monthText(fields.date) : '', tag: t('place.date'), italic: true },
  ] as const;
  return (
    <>
      {written.map(({ key, place, text, tag, italic }) => place && (
        <div key={key} className={`written${italic ? ' written-italic' : ''}`} style={{ ...toPx(place.rect, pxPerMm), fontSize: textSizePx(place.rect.height, pxPerMm) }}>
          {text}
          {tag && <MarginTag place={place} page={size} pxPerMm={pxPerMm}>{tag}</MarginTag>}
        </div>
      ))}
      {seal.placement?.page === page && (
        <PlacementFrame
          name={t('place.frame.seal')}
          tag={t('place.seal', { mm: sealMm ?? Math.round(seal.placement.rect.width) })}
          rect={seal.placement.rect}
          page={size}
          pxPerMm={pxPerMm}
          resizable={false}
          onChange={(rect) => seal.set({ page, rect })}
        >
          {issue.sealUrl && <img src={issue.sealUrl} alt="" draggable={false} />}
        </PlacementFrame>
      )}
    </>
  );
}

// NĐ 30/2020 App I: margins of 30 mm at the left and at least 15 mm at the right; a label there hides no text.
function MarginTag({ place, page, pxPerMm, children }: { readonly place: Placement; readonly page: SizeMm; readonly pxPerMm: number; readonly children: string }) {
  const { rect } = place;
  const left = rect.x < page.widthMm / 2;
  const gap = (left ? rect.x - 27 : page.widthMm - 18 - rect.x - rect.width) * pxPerMm;
  const offset = `calc(100% + ${Math.max(10, gap)}px)`;
  return <span className="frame-tag" aria-hidden style={left ? { right: offset } : { left: offset }}>{children}</span>;
}

// NĐ 30/2020 App I: number and date are set in 13 to 14 pt; a smaller field makes its text smaller.
function textSizePx(heightMm: number, pxPerMm: number): number {
  const thirteenPtMm = (13 * 25.4) / 72;
  return Math.min(heightMm * 0.9, thirteenPtMm) * pxPerMm;
}
