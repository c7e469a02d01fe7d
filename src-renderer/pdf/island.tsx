import { FileWarning } from 'lucide-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useImperativeHandle, useRef, useState } from 'react';
import { assertNever } from '../../src-shared/result.ts';
import { useI18n } from '../i18n/context.tsx';
import { Empty } from '../ui/empty.tsx';
import { ErrorNote } from '../ui/note.tsx';
import { AddressNote } from './address-note.tsx';
import { FindBar } from './find-bar.tsx';
import { JobNote } from './job-note.tsx';
import { Overlays } from './overlays.tsx';
import { PasswordPrompt } from './password-prompt.tsx';
import { SidePages, type SideTab } from './side-pages.tsx';
import { PageSkeleton } from './skeleton.tsx';
import { Toolbar } from './toolbar.tsx';
import { useEngine } from './use-engine.ts';
import { useJobs } from './use-jobs.ts';
import { usePdf } from './use-pdf.ts';
import { useViewerKeys } from './use-viewer-keys.ts';
import type { ViewerProps } from './viewer.tsx';

export { warmUp } from './open.ts';

type IslandProps = ViewerProps & { readonly sizeBytes: number };

/** The one place that knows pdf.js. Everything else sees `PdfViewer`. */
export function PdfIsland(props: IslandProps) {
  const { t } = useI18n();
  const opened = usePdf(props.content, props.sizeBytes, props.document);
  const jobs = useJobs(props.content, props.sizeBytes, opened.state === 'open' ? opened.pdf : null);
  switch (opened.state) {
    case 'open':
      return <OpenViewer {...props} pdf={opened.pdf} jobs={jobs} />;
    case 'opening':
      return <PageSkeleton label={t('reading.opening')} />;
    case 'refused':
      return <div className="viewer-message"><ErrorNote error={opened.error} /></div>;
    case 'locked':
      return (
        <div className="viewer-message">
          <PasswordPrompt busy={opened.busy} error={opened.error} onPassword={opened.unlock} />
          <JobNote jobs={jobs} offerSave />
        </div>
      );
    case 'broken':
      return (
        <div className="viewer-message">
          <Empty icon={FileWarning}>{t('reading.broken')}</Empty>
          <JobNote jobs={jobs} offerSave />
        </div>
      );
    default:
      return assertNever(opened);
  }
}

type OpenViewerProps = IslandProps & { readonly pdf: PDFDocumentProxy; readonly jobs: ReturnType<typeof useJobs> };

function OpenViewer({ pdf, overlay, tools, title, handle, rotatable = false, jobs }: OpenViewerProps) {
  const { t } = useI18n();
  const section = useRef<HTMLElement>(null);
  const [side, setSide] = useState<SideTab | null>(null);
  const [finding, setFinding] = useState(0);
  const [address, setAddress] = useState<string | null>(null);
  const { scroller, pages, engine, view } = useEngine({ pdf, pageLabel: (page) => t('reading.pageLabel', { page }), linkLabel: () => t('viewer.link'), onAddress: setAddress });
  useViewerKeys(section, engine, { onFind: () => setFinding((times) => times + 1), onPrint: jobs.print });

  useImperativeHandle(handle, () => ({
    showPage: (page, fromTop) => {
      const box = engine?.pageView(page)?.div;
      const element = scroller.current;
      if (box && element) element.scrollTo({ top: box.offsetTop + box.offsetHeight * fromTop - element.clientHeight / 2, left: Math.max(0, box.offsetLeft + box.offsetWidth / 2 - element.clientWidth / 2) });
    },
    focus: () => scroller.current?.focus(),
  }), [engine, scroller]);

  function closeFind(): void {
    setFinding(0);
    scroller.current?.focus();
  }

  return (
    <section ref={section} className="viewer" aria-label={t('reading.label')}>
      <Toolbar
        engine={engine} view={view} pages={pdf.numPages} title={title} tools={tools} rotatable={rotatable} jobs={jobs}
        side={side} onSide={() => setSide(side ? null : 'pages')} finding={finding > 0} onFind={() => (finding > 0 ? closeFind() : setFinding(1))}
      />
      {engine && finding > 0 && <FindBar key={engine.pdf.fingerprints[0]} engine={engine} asked={finding} onClose={closeFind} />}
      {address !== null && <AddressNote address={address} onClose={() => { setAddress(null); scroller.current?.focus(); }} />}
      <JobNote jobs={jobs} />
      <div className="viewer-body">
        {engine && side && <SidePages engine={engine} view={view} tab={side} onTab={setSide} />}
        <div className="viewer-frame">
          {/* A link inside the document leads inside the document; the browser's own ways to follow one are shut. */}
          <div ref={scroller} className="viewer-pages" tabIndex={0} role="group" aria-label={t('reading.pagesOf', { pages: pdf.numPages })} onAuxClick={(event) => event.preventDefault()} onDragStart={(event) => event.preventDefault()}>
            <div ref={pages} className="pdfViewer" />
          </div>
        </div>
      </div>
      {engine && overlay && <Overlays engine={engine} view={view} overlay={overlay} />}
    </section>
  );
}
