import { ArrowRight, Clock, FileText, LocateFixed, PenLine, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/desk.tsx';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { PlacementForm } from '../../placement/form.tsx';
import { PlacementFrame } from '../../placement/frame.tsx';
import { usePlacement } from '../../placement/use-placement.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ActionBar } from '../documents/action-bar.tsx';
import { DocumentListBox, useFolderTotal } from '../documents/list.tsx';
import { ReasonDialog } from '../documents/reason-dialog.tsx';
import { SidePanel } from '../documents/side-panel.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { useImageUrl } from './use-image.ts';

type SigningScreenProps = { readonly app: AppState; readonly id: DocumentId | null; readonly query: string };

/** The leader's queue, made for ten minutes between meetings: read, sign, return or leave for later. */
export function SigningScreen({ app, id, query }: SigningScreenProps) {
  const t = useT();
  const viewer = useRef<ViewerHandle>(null);
  const total = useFolderTotal('signing', query);
  return (
    <div className="panes panes-signing">
      <section className="pane pane-list" aria-label={t('nav.signing')}>
        <div className="list-heading"><h1>{total === null ? t('nav.signing') : t('list.queue', { count: total })}</h1></div>
        <DocumentListBox folder="signing" query={query} selected={id} onOpen={() => viewer.current?.focus()} />
      </section>
      {id ? <OpenDraft key={id} app={app} id={id} viewer={viewer} /> : <div className="pane pane-page"><Empty icon={FileText}>{t('reading.none')}</Empty></div>}
    </div>
  );
}

type OpenDraftProps = { readonly app: AppState; readonly id: DocumentId; readonly viewer: React.RefObject<ViewerHandle | null> };

/** What was just signed or returned stays in sight, with its signature checked, until the person goes on. */
function OpenDraft({ app, id, viewer }: OpenDraftProps) {
  const t = useT();
  const total = useFolderTotal('signing', '');
  const { data: detail, error } = useQuery('documents.read', { id });
  if (!detail) return <div className="pane pane-page"><ErrorNote error={error} /></div>;
  if (detail.actions.includes('approve')) return <PlaceAndSign app={app} detail={detail} viewer={viewer} />;
  return (
    <>
      <div className="pane pane-page">
        <PdfViewer content={detail.document.content} handle={viewer} />
        <ActionBar detail={detail} folder="signing" lead={total ? <Button kind="strong" size="tall" icon={ArrowRight} onPress={() => goTo('signing')}>{t('signing.next', { count: total })}</Button> : null} />
      </div>
      <SidePanel detail={detail} />
    </>
  );
}

function PlaceAndSign({ app, detail, viewer }: { readonly app: AppState; readonly detail: DocumentDetail; readonly viewer: React.RefObject<ViewerHandle | null> }) {
  const t = useT();
  const say = useToast();
  const { document } = detail;
  const { id } = document;
  const { data: proposal, error: proposalError } = useQuery('signing.propose', { id });
  const { data: images } = useQuery('signing.images', {});
  const image = images?.signature ?? null;
  const imageUrl = useImageUrl(image?.bytes);
  const { placement, sure, set, reset } = usePlacement(images ? proposal : undefined, 'signature', image, false);
  const approve = useAction('signing.approve');
  const [asking, setAsking] = useState<'pin' | 'return' | null>(null);
  const canReturn = detail.actions.includes('returnToDrafter');

  function show(): void {
    const page = placement && proposal?.pages[placement.page - 1];
    if (placement && page) viewer.current?.showPage(placement.page, (placement.rect.y + placement.rect.height / 2) / page.heightMm);
  }
  useShortcut('Ctrl+Enter', placement ? () => setAsking('pin') : null);

  return (
    <>
      <div className="pane pane-page">
        <PdfViewer
          content={document.content}
          handle={viewer}
          tools={<span className="viewer-tools-end"><IconButton label={t('place.goTo')} icon={LocateFixed} onPress={show} /></span>}
          overlay={({ number, pxPerMm }) => {
            const page = proposal?.pages[number - 1];
            return placement && page && placement.page === number && (
              <PlacementFrame
                name={t('place.frame.signature')}
                tag={t('place.signature')}
                rect={placement.rect}
                page={page}
                pxPerMm={pxPerMm}
                resizable
                onChange={(rect) => set({ page: number, rect })}
              >
                {imageUrl && <img src={imageUrl} alt="" draggable={false} />}
              </PlacementFrame>
            );
          }}
        />
        <div className="action-bar" role="group" aria-label={t('action.bar')}>
          <ErrorNote error={proposalError} />
          <div className="action-bar-buttons">
            <Button kind="strong" size="tall" icon={PenLine} disabled={!placement} shortcut="Ctrl ↵" onPress={() => setAsking('pin')}>{t('action.approve')}</Button>
            {canReturn && <Button size="tall" icon={Undo2} onPress={() => setAsking('return')}>{t('action.returnToDrafter')}</Button>}
            <Button kind="quiet" size="tall" icon={Clock} onPress={() => later(id)}>{t('action.later')}</Button>
          </div>
        </div>
      </div>
      <SidePanel
        detail={detail}
        top={
          <section>
            <h2>{t('signing.ready')}</h2>
            {proposal && !sure && <Note tone="warn">{t('place.unsure')}</Note>}
            {images && !image && <Note tone="info">{t('place.noImage')}</Note>}
            <p className="quiet">{t('place.help')}</p>
            {placement && proposal && <PlacementForm placement={placement} pages={proposal.pages} resizable onChange={set} onReset={reset} onShow={show} />}
          </section>
        }
      />
      {asking === 'return' && <ReasonDialog id={id} verb="returnToDrafter" onClose={() => setAsking(null)} />}
      {asking === 'pin' && placement && (
        <PinDialog
          title={t('pin.titleApprove')}
          what={t('pin.what', { title: document.title })}
          wanted={{ holder: 'person', name: app.me.fullName }}
          onClose={() => setAsking(null)}
          sign={(thumbprint, pin) => approve.run({ id, thumbprint, pin, placement })}
          onDone={() => {
            say(t('done.approve'));
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

/** On to the next of the queue; the one left stays where it is. */
function later(id: DocumentId): void {
  const options = [...window.document.querySelectorAll<HTMLElement>('.pane-list [role="option"]')];
  const at = options.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const next = options[at + 1] ?? options[0];
  if (next && next !== options[at]) next.click();
  else goTo('signing', id);
}
