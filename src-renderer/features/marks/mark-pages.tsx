import { LocateFixed } from 'lucide-react';
import { useRef } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { MarkKind } from '../../../src-shared/domain/mark.ts';
import { pageOf } from '../../../src-shared/domain/place.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { PlacementFrame } from '../../placement/frame.tsx';
import { PreviewLayer } from '../../placement/preview-layer.tsx';
import { ToolButton } from '../../placement/tool-button.tsx';
import { MarkForm } from './mark-form.tsx';
import { useMark } from './use-mark.ts';

type MarkPagesProps = { readonly detail: DocumentDetail; readonly kind: MarkKind; readonly onClose: () => void };

/** One mark is being written: the pages with it on them as it will be signed, and its form. */
export function MarkPages({ detail, kind, onClose }: MarkPagesProps) {
  const t = useT();
  const viewer = useRef<ViewerHandle>(null);
  const mark = useMark(detail, kind);
  const { frame, preview, pages } = mark;
  const still = preview.current && frame.placement === frame.settled;

  function show(place: Placement | null = frame.settled): void {
    if (place) viewer.current?.showPage(place.page, (place.rect.y + place.rect.height / 2) / pageOf(pages, place.page).heightMm);
  }

  return (
    <>
      <div className="pane pane-page">
        <PdfViewer
          content={detail.document.content}
          document={detail.document.id}
          handle={viewer}
          tools={<ToolButton label={t('marking.goTo')} icon={LocateFixed} disabled={!frame.settled} onPress={() => show()} />}
          overlay={({ number, pxPerMm }) => (
            <>
              {still && <PreviewLayer preview={preview} page={number} pxPerMm={pxPerMm} without={null} />}
              {frame.placement?.page === number && pages.length > 0 && (
                <PlacementFrame state={frame} placement={frame.placement} name={t(`marking.frame.${kind}`)} tag={t(`marking.tag.${kind}`)} pages={pages} pxPerMm={pxPerMm} resizable={kind === 'comment'} onPage={show}>{null}</PlacementFrame>
              )}
            </>
          )}
        />
      </div>
      <MarkForm detail={detail} mark={mark} onClose={onClose} />
    </>
  );
}
