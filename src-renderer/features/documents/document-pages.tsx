import { BadgeCheck } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, prepareViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { ConflictBar } from '../conflicts/conflict-bar.tsx';
import { CompareVersions } from '../verification/compare-versions.tsx';
import type { Shown, SignatureDeeds } from '../verification/deeds.ts';
import { EarlierVersion } from '../verification/earlier-version.tsx';
import { isWorthComparing } from '../verification/later-changes.ts';
import { LitPlace } from '../verification/lit-place.tsx';
import { SignatureMarks } from '../verification/signature-marks.tsx';
import { SidePanel } from './side-panel.tsx';
import { useMarkRead } from './use-mark-read.ts';

type DocumentPagesProps = { readonly detail: DocumentDetail; readonly viewer: React.RefObject<ViewerHandle | null>; /** What can be done with the document, under its pages. */ readonly bar: ReactNode };

/** What was opened of a signature, of which content: another content has other versions. */
type Opened = { readonly what: 'earlier' | 'compare'; readonly index: number; readonly of: string };

/** A document to be read: its pages with the signatures marked on them, and what is known of it at the side. Card and mark light each other. */
export function DocumentPages({ detail, viewer, bar }: DocumentPagesProps) {
  const t = useT();
  const { document } = detail;
  const { content } = document;
  const pane = useRef<HTMLDivElement>(null);
  useMarkRead(detail, pane);
  const { data } = useQuery('verification.report', { id: document.id });
  const signatures = data?.report?.signatures ?? [];
  const [marked, setMarked] = useState(true);
  const [chosen, setChosen] = useState<number | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const visible = signatures.some((signature) => signature.place);
  const open = opened?.of === content.sha256 ? opened : null;
  const signature = open && (signatures[open.index] ?? null);
  const earlier = open?.what === 'earlier' ? signature : null;

  function goTo(place: Shown): void {
    setOpened(null);
    // A4 stands for the page's height: the aim is the middle of the screen, not a millimetre.
    viewer.current?.showPage(place.page, place.place ? Math.min(1, (place.place.yMm + place.place.heightMm / 2) / 297) : 0);
  }
  function choose(index: number): void {
    const place = signatures[index]?.place;
    setChosen(index);
    setMarked(true);
    // The present pages come back first: what is lit on them is gone to once they stand
    setShown(earlier && place ? { page: place.page, place } : null);
    if (place) goTo({ page: place.page, place });
  }
  function show(place: Shown): void {
    setChosen(null);
    setShown(place);
    goTo(place);
  }
  const deeds: SignatureDeeds = {
    onChoose: choose,
    onShow: show,
    onEarlier: (index) => setOpened({ what: 'earlier', index, of: content.sha256 }),
    onCompare: (index) => setOpened({ what: 'compare', index, of: content.sha256 }),
  };
  const marks = (number: number, pxPerMm: number): ReactNode => (
    <>
      {marked && visible && <SignatureMarks signatures={signatures} page={number} pxPerMm={pxPerMm} chosen={chosen} onChoose={setChosen} />}
      <LitPlace shown={shown} page={number} pxPerMm={pxPerMm} />
    </>
  );

  return (
    <>
      <div ref={pane} className="pane pane-page">
        <ConflictBar document={document.id} />
        {earlier && open ? (
          <EarlierVersion
            document={document.id}
            content={content}
            signature={earlier}
            onCompare={isWorthComparing(earlier) ? () => setOpened({ ...open, what: 'compare' }) : null}
            onBack={() => setOpened(null)}
          />
        ) : (
          <>
            <PdfViewer
              content={content}
              document={document.id}
              handle={viewer}
              rotatable
              tools={visible && (
                <button type="button" className="icon-button tool-toggle tool-worded" aria-pressed={marked} aria-label={t('marks.show')} title={t('marks.show')} onClick={() => setMarked(!marked)}>
                  <BadgeCheck aria-hidden size={18} strokeWidth={1.75} />
                  <span className="tool-words" aria-hidden>{t('marks.show')}</span>
                </button>
              )}
              {...((marked && visible) || shown ? { overlay: ({ number, pxPerMm }) => marks(number, pxPerMm) } : {})}
            />
            {bar}
          </>
        )}
      </div>
      <SidePanel detail={detail} chosen={chosen} deeds={deeds} />
      {open?.what === 'compare' && signature && <CompareVersions document={document.id} content={content} signature={signature} onClose={() => setOpened(null)} />}
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
