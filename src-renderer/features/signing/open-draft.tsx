import { ArrowRight, Clock, LocateFixed, PanelRight, PenLine, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DocumentDetail, DocumentRow } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { pageOf } from '../../../src-shared/domain/place.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { AppState } from '../../app/app-state.ts';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { PlacementPanel } from '../../placement/panel.tsx';
import { ToolButton } from '../../placement/tool-button.tsx';
import { usePlacement } from '../../placement/use-placement.ts';
import { usePreview } from '../../placement/use-preview.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ActionBar } from '../documents/action-bar.tsx';
import { ReasonDialog } from '../documents/reason-dialog.tsx';
import { SidePanel } from '../documents/side-panel.tsx';
import { useMarkRead } from '../documents/use-mark-read.ts';
import { PinDialog } from './pin-dialog.tsx';
import { SigningOverlay } from './overlay.tsx';
import type { ChosenPlaces } from './use-chosen-places.ts';
import { useImageUrl } from './use-image.ts';
import { versionOf } from './versions.ts';

type OpenDraftProps = { readonly app: AppState; readonly id: DocumentId; readonly rows: readonly DocumentRow[]; readonly viewer: React.RefObject<ViewerHandle | null>; readonly places: ChosenPlaces };

/** What was just signed or returned stays in sight, with its signature checked, until the person goes on. */
export function OpenDraft({ app, id, rows, viewer, places }: OpenDraftProps) {
  const t = useT();
  const pane = useRef<HTMLDivElement>(null);
  const { data: detail, error } = useQuery('documents.read', { id });
  useMarkRead(detail, pane);
  if (!detail) return <div className="pane pane-page"><ErrorNote error={error} /></div>;
  if (detail.actions.includes('approve')) return <PlaceAndSign app={app} detail={detail} rows={rows} viewer={viewer} places={places} pane={pane} />;
  return (
    <>
      <div ref={pane} className="pane pane-page">
        <PdfViewer content={detail.document.content} handle={viewer} />
        <ActionBar detail={detail} folder="signing" lead={rows.length > 0 ? <Button kind="strong" size="tall" icon={ArrowRight} onPress={() => goTo('signing')}>{t('signing.next', { count: rows.length })}</Button> : null} />
      </div>
      <SidePanel detail={detail} />
    </>
  );
}

/** From this width the facts stand beside the page without making it small. */
const roomForFactsPx = 1500;

type PlaceAndSignProps = Omit<OpenDraftProps, 'id'> & { readonly detail: DocumentDetail; readonly pane: React.RefObject<HTMLDivElement | null> };

function PlaceAndSign({ app, detail, rows, viewer, places, pane }: PlaceAndSignProps) {
  const t = useT();
  const say = useToast();
  const { document } = detail;
  const { id, content } = document;
  const { data: proposal, error: proposalError } = useQuery('signing.propose', { id });
  const { data: images } = useQuery('signing.images', {});
  const image = images?.signature ?? null;
  const imageUrl = useImageUrl(image?.bytes);
  const state = usePlacement({ proposal: images ? proposal : undefined, of: 'signature', kind: document.kind, image, chosen: places.find(document), onChoose: (place) => places.choose(document, place) });
  const preview = usePreview('signing.preview', content.sha256, state.settled && { id, placement: state.settled });
  const approve = useAction('signing.approve');
  const [asking, setAsking] = useState<'pin' | 'return' | null>(null);
  const [facts, setFacts] = useState(() => window.innerWidth >= roomForFactsPx);
  const unsure = state.source === 'guess';
  const shown = facts || unsure;
  const placement = state.settled;
  const { reason } = versionOf(detail.history);

  function show(place: Placement | null = placement): void {
    if (!place || !proposal) return;
    viewer.current?.showPage(place.page, (place.rect.y + place.rect.height / 2) / pageOf(proposal.pages, place.page).heightMm);
  }
  useShortcut('Ctrl+Enter', placement ? () => setAsking('pin') : null);

  return (
    <>
      <div ref={pane} className="pane pane-page">
        <PdfViewer
          content={content}
          handle={viewer}
          tools={
            <>
              <ToolButton label={t('place.goTo.signature')} icon={LocateFixed} disabled={!placement} onPress={() => show()} />
              <ToolButton label={t('signing.placeAndFacts')} icon={PanelRight} disabled={unsure} on={shown} onPress={() => setFacts(!facts)} />
            </>
          }
          overlay={({ number, pxPerMm }) => proposal && <SigningOverlay state={state} preview={preview} proposal={proposal} imageUrl={imageUrl} page={number} pxPerMm={pxPerMm} onPage={show} />}
        />
        <div className="action-bar" role="group" aria-label={t('action.bar')}>
          <ErrorNote error={proposalError ?? preview.error} />
          <div className="action-bar-buttons">
            <Button kind="strong" size="tall" icon={PenLine} disabled={!placement} shortcut="Ctrl ↵" onPress={() => setAsking('pin')}>{t('action.approve')}</Button>
            {detail.actions.includes('returnToDrafter') && <Button size="tall" icon={Undo2} onPress={() => setAsking('return')}>{t('action.returnToDrafter')}</Button>}
            <Button kind="quiet" size="tall" icon={Clock} onPress={() => later(id, rows, () => say(t('queue.leftForLater')))}>{t('action.later')}</Button>
          </div>
        </div>
      </div>
      {shown && (
        <SidePanel
          detail={detail}
          top={
            <>
              {reason !== null && <Note tone="info" title={t('signing.returnedBefore')}>{reason}</Note>}
              <section>
                <h2>{t('signing.ready')}</h2>
                {images && !image && <Note tone="info">{t('place.noImage')}</Note>}
                {proposal && <PlacementPanel state={state} kind={document.kind} pages={proposal.pages} resizable />}
              </section>
            </>
          }
        />
      )}
      {asking === 'return' && <ReasonDialog id={id} verb="returnToDrafter" onClose={() => setAsking(null)} />}
      {asking === 'pin' && placement && (
        <PinDialog
          title={t('pin.confirm')}
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
function later(id: DocumentId, rows: readonly DocumentRow[], onOnlyOne: () => void): void {
  const at = rows.findIndex((row) => row.document.id === id);
  const next = rows[at + 1] ?? rows[0];
  if (next && next.document.id !== id) goTo('signing', next.document.id);
  else onOnlyOne();
}
