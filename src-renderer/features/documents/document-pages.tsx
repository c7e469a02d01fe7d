import { BadgeCheck } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, prepareViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { SignatureMarks } from '../verification/signature-marks.tsx';
import { SidePanel } from './side-panel.tsx';
import { useMarkRead } from './use-mark-read.ts';

type DocumentPagesProps = { readonly detail: DocumentDetail; readonly viewer: React.RefObject<ViewerHandle | null>; /** What can be done with the document, under its pages. */ readonly bar: ReactNode };

/** A document to be read: its pages with the signatures marked on them, and what is known of it at the side. Card and mark light each other. */
export function DocumentPages({ detail, viewer, bar }: DocumentPagesProps) {
  const t = useT();
  const { document } = detail;
  const pane = useRef<HTMLDivElement>(null);
  useMarkRead(detail, pane);
  const { data } = useQuery('verification.report', { id: document.id });
  const signatures = data?.report?.signatures ?? [];
  const [shown, setShown] = useState(true);
  const [chosen, setChosen] = useState<number | null>(null);
  const visible = signatures.some((signature) => signature.place);

  function goTo(index: number): void {
    const place = signatures[index]?.place;
    setChosen(index);
    setShown(true);
    // A4 stands for the page's height: the aim is the middle of the screen, not a millimetre.
    if (place) viewer.current?.showPage(place.page, Math.min(1, (place.yMm + place.heightMm / 2) / 297));
  }

  return (
    <>
      <div ref={pane} className="pane pane-page">
        <PdfViewer
          content={document.content}
          document={document.id}
          handle={viewer}
          rotatable
          tools={visible && (
            <button type="button" className="icon-button tool-toggle tool-worded" aria-pressed={shown} aria-label={t('marks.show')} title={t('marks.show')} onClick={() => setShown(!shown)}>
              <BadgeCheck aria-hidden size={18} strokeWidth={1.75} />
              <span className="tool-words" aria-hidden>{t('marks.show')}</span>
            </button>
          )}
          {...(shown && visible ? { overlay: ({ number, pxPerMm }) => <SignatureMarks signatures={signatures} page={number} pxPerMm={pxPerMm} chosen={chosen} onChoose={setChosen} /> } : {})}
        />
        {bar}
      </div>
      <SidePanel detail={detail} chosen={chosen} onChoose={goTo} />
    </>
  );
}

/** Fetches the viewer once the list stands, so that the first document opens at once. */
export function usePreparedViewer(): void {
  useEffect(() => {
    const idle = requestIdleCallback(prepareViewer, { timeout: 2000 });
    return () => cancelIdleCallback(idle);
  }, []);
}
