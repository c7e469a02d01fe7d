import { ArrowRight, Clock, PenLine, Undo2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { DocumentDetail, DocumentRow } from '../../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/app-state.ts';
import { goTo } from '../../app/route.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PdfViewer, type ViewerHandle } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ConflictBar } from '../conflicts/conflict-bar.tsx';
import { ActionBar } from '../documents/action-bar.tsx';
import { ReasonDialog } from '../documents/reason-dialog.tsx';
import { SidePanel } from '../documents/side-panel.tsx';
import { useMarkRead } from '../documents/use-mark-read.ts';
import { DraftPages } from './draft-pages.tsx';
import { CapacityField } from './capacity-field.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { useBeforeSigning } from './use-before-signing.ts';
import { useCapacity } from './use-capacity.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';
import { useDraftSignature } from './use-draft-signature.ts';

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
        <ConflictBar document={id} />
        <PdfViewer content={detail.document.content} document={id} handle={viewer} />
        <ActionBar detail={detail} folder="signing" lead={rows.length > 0 ? <Button kind="strong" size="tall" icon={ArrowRight} onPress={() => goTo('signing')}>{t('signing.next', { count: rows.length })}</Button> : null} />
      </div>
      <SidePanel detail={detail} />
    </>
  );
}

type PlaceAndSignProps = Omit<OpenDraftProps, 'id'> & { readonly detail: DocumentDetail; readonly pane: React.RefObject<HTMLDivElement | null> };

function PlaceAndSign({ app, detail, rows, viewer, places, pane }: PlaceAndSignProps) {
  const t = useT();
  const say = useToast();
  const { id, title, content } = detail.document;
  const signature = useDraftSignature(detail, places);
  const before = useBeforeSigning(id, content.sha256);
  const approve = useAction('signing.approve');
  const capacity = useCapacity();
  const [asking, setAsking] = useState<'pin' | 'return' | null>(null);
  const placement = signature.state.settled;

  function ask(): void {
    if (before.mayGoOn()) setAsking('pin');
  }
  useShortcut('Ctrl+Enter', placement ? ask : null);

  return (
    <>
      <DraftPages
        detail={detail}
        signature={signature}
        before={before}
        viewer={viewer}
        pane={pane}
        buttons={
          <>
            <Button kind="strong" size="tall" icon={PenLine} disabled={!placement} shortcut="Ctrl ↵" onPress={ask}>{t('action.approve')}</Button>
            {detail.actions.includes('returnToDrafter') && <Button size="tall" icon={Undo2} onPress={() => setAsking('return')}>{t('action.returnToDrafter')}</Button>}
            <Button kind="quiet" size="tall" icon={Clock} onPress={() => later(id, rows, () => say(t('queue.leftForLater')))}>{t('action.later')}</Button>
          </>
        }
      />
      {asking === 'return' && <ReasonDialog id={id} verb="returnToDrafter" onClose={() => setAsking(null)} />}
      {asking === 'pin' && placement && (
        <PinDialog
          title={t('pin.confirm')}
          what={t('pin.what', { title })}
          wanted={{ holder: 'person', name: app.me.fullName }}
          above={<CapacityField state={capacity} />}
          onClose={() => setAsking(null)}
          sign={(thumbprint, pin) => approve.run({ id, thumbprint, pin, placement, accepted: before.accepted, as: capacity.chosen?.id })}
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
