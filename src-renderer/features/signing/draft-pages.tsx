import { LocateFixed, PanelRight } from 'lucide-react';
import { useState, type ReactNode, type Ref } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import { pageOf } from '../../../src-shared/domain/place.ts';
import type { AppError } from '../../../src-shared/result.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { PlacementPanel } from '../../placement/panel.tsx';
import { ToolButton } from '../../placement/tool-button.tsx';
import { ErrorNote, Note } from '../../ui/note.tsx';
import { ConflictBar } from '../conflicts/conflict-bar.tsx';
import { SidePanel } from '../documents/side-panel.tsx';
import { BeforeSigning } from './before-signing.tsx';
import { SigningOverlay } from './overlay.tsx';
import { toldElsewhere, type Before } from './use-before-signing.ts';
import type { DraftSignature } from './use-draft-signature.ts';
import { versionOf } from './versions.ts';

type DraftPagesProps = {
  readonly detail: DocumentDetail;
  readonly signature: DraftSignature;
  readonly before: Before;
  readonly viewer: React.RefObject<ViewerHandle | null>;
  readonly pane: Ref<HTMLDivElement>;
  /** What can be done with it. */
  readonly buttons: ReactNode;
  readonly error?: AppError | null;
  /** Signed among others: changes after an earlier signature cannot be accepted here. */
  readonly together?: boolean;
};

/** From this width the facts stand beside the page without making it small. */
const roomForFactsPx = 1500;

/** A draft that a leader is about to sign: its pages with the frame on them, what should be known first, and where the frame stands. */
export function DraftPages({ detail, signature, before, viewer, pane, buttons, error = null, together = false }: DraftPagesProps) {
  const t = useT();
  const { document } = detail;
  const { proposal, state, preview, imageUrl } = signature;
  const [facts, setFacts] = useState(() => window.innerWidth >= roomForFactsPx);
  // What must be seen stands open and cannot be folded away
  const must = state.source === 'guess' || before.matters;
  const shown = facts || must;
  const { reason } = versionOf(detail.history);

  function show(place: Placement | null = state.settled): void {
    if (!place || !proposal) return;
    viewer.current?.showPage(place.page, (place.rect.y + place.rect.height / 2) / pageOf(proposal.pages, place.page).heightMm);
  }

  return (
    <>
      <div ref={pane} className="pane pane-page">
        <ConflictBar document={document.id} />
        <PdfViewer
          content={document.content}
          document={document.id}
          handle={viewer}
          tools={
            <>
              <ToolButton label={t('place.goTo.signature')} icon={LocateFixed} disabled={!state.settled} onPress={() => show()} />
              <ToolButton label={t('signing.placeAndFacts')} icon={PanelRight} disabled={must} on={shown} onPress={() => setFacts(!facts)} />
            </>
          }
          overlay={({ number, pxPerMm }) => proposal && <SigningOverlay state={state} preview={preview} proposal={proposal} imageUrl={imageUrl} page={number} pxPerMm={pxPerMm} onPage={show} />}
        />
        <div className="action-bar" role="group" aria-label={t('action.bar')}>
          <ErrorNote error={error ?? (toldElsewhere(signature.error) ? null : signature.error)} />
          <div className="action-bar-buttons">{buttons}</div>
        </div>
      </div>
      {shown && (
        <SidePanel
          detail={detail}
          top={
            <>
              <BeforeSigning state={before} alone={together} />
              {reason !== null && <Note tone="info" title={t('signing.returnedBefore')}>{reason}</Note>}
              <section>
                <h2>{t('signing.ready')}</h2>
                {signature.imageMissing && <Note tone="info">{t('place.noImage')}</Note>}
                {proposal && <PlacementPanel state={state} kind={document.kind} pages={proposal.pages} resizable />}
              </section>
            </>
          }
        />
      )}
    </>
  );
}
