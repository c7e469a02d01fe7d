import { FileText, LocateFixed, RotateCcw } from 'lucide-react';
import { useRef } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { pageOf } from '../../../src-shared/domain/place.ts';
import type { AppState } from '../../app/app-state.ts';
import { usePanes } from '../../app/use-panes.tsx';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { ToolButton } from '../../placement/tool-button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { ConflictBar } from '../conflicts/conflict-bar.tsx';
import { ActionBar } from '../documents/action-bar.tsx';
import { ListPane } from '../documents/list-pane.tsx';
import { SidePanel } from '../documents/side-panel.tsx';
import { useMarkRead } from '../documents/use-mark-read.ts';
import { IssueForm } from './issue-form.tsx';
import { IssueOverlay } from './overlay.tsx';
import { useIssue } from './use-issue.ts';

type IssuingScreenProps = { readonly app: AppState; readonly id: DocumentId | null; readonly query: string };

/** The clerk's step: number, date and red seal on what the leader signed, and off it goes. */
export function IssuingScreen({ app, id, query }: IssuingScreenProps) {
  const t = useT();
  const viewer = useRef<ViewerHandle>(null);
  const panes = usePanes('issuing', t('nav.issuing'), { list: 280, side: 340 });
  return (
    <div className="panes panes-issuing" style={panes.style} data-pane={panes.narrow.pane}>
      <ListPane folder="issuing" query={query} selected={id} onPick={panes.narrow.open} onOpen={() => {
        panes.narrow.open();
        viewer.current?.focus();
      }} />
      {id && panes.narrow.pane === 'page' && panes.narrow.back}
      {id ? <OpenSigned key={id} app={app} id={id} viewer={viewer} /> : <div className="pane pane-page"><Empty icon={FileText}>{t('reading.none')}</Empty></div>}
      {panes.splitters}
    </div>
  );
}

type OpenSignedProps = { readonly app: AppState; readonly id: DocumentId; readonly viewer: React.RefObject<ViewerHandle | null> };

function OpenSigned({ app, id, viewer }: OpenSignedProps) {
  const pane = useRef<HTMLDivElement>(null);
  const { data: detail, error } = useQuery('documents.read', { id });
  useMarkRead(detail, pane);
  if (!detail) return <div className="pane pane-page"><ErrorNote error={error} /></div>;
  if (detail.actions.includes('issue')) return <IssuePage key={detail.document.content.sha256} app={app} detail={detail} viewer={viewer} pane={pane} />;
  return (
    <>
      <div ref={pane} className="pane pane-page">
        <ConflictBar document={id} />
        <PdfViewer content={detail.document.content} document={id} handle={viewer} />
        <ActionBar detail={detail} folder="issuing" />
      </div>
      <SidePanel detail={detail} />
    </>
  );
}

type IssuePageProps = { readonly app: AppState; readonly detail: DocumentDetail; readonly viewer: React.RefObject<ViewerHandle | null>; readonly pane: React.RefObject<HTMLDivElement | null> };

function IssuePage({ app, detail, viewer, pane }: IssuePageProps) {
  const t = useT();
  const issue = useIssue(detail);
  const { seal, proposal } = issue;

  function show(place: Placement | null = seal.settled): void {
    if (place && proposal) viewer.current?.showPage(place.page, (place.rect.y + place.rect.height / 2) / pageOf(proposal.pages, place.page).heightMm);
  }

  return (
    <>
      <div ref={pane} className="pane pane-page">
        <ConflictBar document={detail.document.id} />
        <PdfViewer
          content={detail.document.content}
          document={detail.document.id}
          handle={viewer}
          tools={
            <>
              <ToolButton label={t('place.goTo.seal')} icon={LocateFixed} disabled={!seal.settled} onPress={() => show()} />
              <ToolButton label={t('place.reset')} icon={RotateCcw} disabled={seal.source !== 'chosen'} onPress={seal.reset} />
            </>
          }
          overlay={(page) => <IssueOverlay issue={issue} onPage={show} {...page} />}
        />
        <ActionBar detail={detail} folder="issuing" except={['issue']} />
      </div>
      <IssueForm app={app} issue={issue} />
    </>
  );
}
