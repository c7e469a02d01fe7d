import { PenLine, SkipForward } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useAction, useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { ViewerHandle } from '../../pdf/viewer.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useMarkRead } from '../documents/use-mark-read.ts';
import { DraftPages } from './draft-pages.tsx';
import { useBeforeSigning } from './use-before-signing.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';
import { useDraftSignature } from './use-draft-signature.ts';

type BatchDocumentProps = { readonly batch: Batch; readonly id: DocumentId; readonly viewer: React.RefObject<ViewerHandle | null>; readonly places: ChosenPlaces };

/** One by one: the document in hand, shown before it is signed; one press signs it and brings the next. */
export function BatchDocument({ batch, id, viewer, places }: BatchDocumentProps) {
  const pane = useRef<HTMLDivElement>(null);
  const { data: detail, error } = useQuery('documents.read', { id });
  useMarkRead(detail, pane);
  if (!detail) return <div className="pane pane-page"><ErrorNote error={error} /></div>;
  return <InHand batch={batch} detail={detail} viewer={viewer} places={places} pane={pane} />;
}

type InHandProps = Omit<BatchDocumentProps, 'id'> & { readonly detail: DocumentDetail; readonly pane: React.RefObject<HTMLDivElement | null> };

function InHand({ batch, detail, viewer, places, pane }: InHandProps) {
  const t = useT();
  const { id, content } = detail.document;
  const signature = useDraftSignature(detail, places);
  const before = useBeforeSigning(id, content.sha256);
  const answer = useAction('batch.answer');
  const placement = signature.state.settled;
  const last = batch.items.filter((item) => item.status === 'waiting').length <= 1;
  const asked = batch.state === 'asking' && batch.current === id;
  const changed = before.inspection?.changedSince ?? null;
  // Only what has been drawn as it will be can be signed: a second press on the key must not sign what nobody saw
  const canSign = asked && !answer.busy && placement !== null && signature.preview.current && changed === null;

  function say(sign: boolean): void {
    void answer.run({ id, sign, placement: sign ? placement : null });
  }
  useShortcut('Ctrl+Enter', canSign ? () => say(true) : null);

  // By keys alone the pages are read first; the arrows scroll them
  const ready = signature.preview.current;
  useEffect(() => {
    if (ready && (document.activeElement === document.body || pane.current?.contains(document.activeElement) === false)) viewer.current?.focus();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each document, when its page stands
  }, [id, ready]);

  return (
    <DraftPages
      detail={detail}
      signature={signature}
      before={before}
      viewer={viewer}
      pane={pane}
      error={answer.error}
      together
      buttons={
        <>
          <Button kind="strong" size="tall" icon={PenLine} disabled={!canSign} shortcut="Ctrl ↵" onPress={() => say(true)}>{t(last ? 'batch.signLast' : 'batch.signNext')}</Button>
          <Button size="tall" icon={SkipForward} disabled={!asked || answer.busy} onPress={() => say(false)}>{t('batch.skip')}</Button>
        </>
      }
    />
  );
}
