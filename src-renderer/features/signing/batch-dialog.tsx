import { CircleAlert, CircleCheck, Hand } from 'lucide-react';
import { useState } from 'react';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/app-state.ts';
import { goTo } from '../../app/route.ts';
import { useAction, useBridge } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { PinFields } from './pin-dialog.tsx';
import { useBatchItems, useProgress, type BatchItem, type BatchResults } from './use-batch.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';
import { usePin } from './use-pin.ts';

type BatchDialogProps = { readonly app: AppState; readonly ids: readonly DocumentId[]; readonly places: ChosenPlaces; readonly onClose: () => void };

/** All that were read, with one PIN: names each and where its signature goes, then tells how far it is, then what came of each. */
export function BatchDialog({ app, ids, places, onClose }: BatchDialogProps) {
  const t = useT();
  const items = useBatchItems(ids, places);
  const [left, setLeft] = useState<ReadonlySet<DocumentId>>(new Set());
  const [results, setResults] = useState<BatchResults | null>(null);
  const many = useAction('signing.approveMany');
  const chosen = items.filter((item) => isPlaced(item) && !left.has(item.id));
  const pin = usePin({
    wanted: { holder: 'person', name: app.me.fullName },
    sign: (thumbprint, code) => many.run({ items: chosen.map(({ id, place }) => ({ id, placement: place?.placement ?? null })), thumbprint, pin: code }),
    onDone: (done) => setResults(done.results),
  });

  function toggle(id: DocumentId, signed: boolean): void {
    const next = new Set(left);
    if (signed) next.delete(id);
    else next.add(id);
    setLeft(next);
  }
  function open(id: DocumentId): void {
    onClose();
    goTo('signing', id);
  }

  if (results) return <Results results={results} items={items} onOpen={open} onClose={onClose} />;
  if (pin.busy) return <Running total={chosen.length} />;
  return (
    <Dialog
      title={t('queue.signRead', { count: chosen.length })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={!pin.ready || chosen.length === 0} onPress={pin.confirm}>{t('batch.confirm', { count: chosen.length })}</Button>
        </>
      }
    >
      <fieldset className="batch">
        <legend>{t('batch.what')}</legend>
        {items.map((item) => (
          <label key={item.id} className="batch-item">
            <input type="checkbox" checked={isPlaced(item) && !left.has(item.id)} disabled={!isPlaced(item)} onChange={(event) => toggle(item.id, event.target.checked)} />
            <span>
              <strong>{item.detail?.document.title}</strong>
              <small>{placeWords(item, t)}</small>
            </span>
            {item.place && !isPlaced(item) && <Button size="small" onPress={() => open(item.id)}>{t('notice.open')}</Button>}
          </label>
        ))}
      </fieldset>
      <PinFields state={pin} />
    </Dialog>
  );
}

/** A place that was only guessed is not signed unseen, nor is a content that came after the last reading. */
function isPlaced({ place, detail }: BatchItem): boolean {
  return place !== null && place.source !== 'guess' && detail?.read === true;
}

function placeWords({ place, detail }: BatchItem, t: ReturnType<typeof useT>): string {
  if (!place) return t('batch.looking');
  if (detail?.read === false) return t('batch.changed');
  if (place.source === 'guess') return t('batch.unplaced');
  return t('batch.place', { page: place.placement.page, source: t(`batch.source.${place.source}`) });
}

/** By count, and with a way out that leaves nothing half done. */
function Running({ total }: { readonly total: number }) {
  const t = useT();
  const bridge = useBridge();
  const progress = useProgress();
  const [stopping, setStopping] = useState(false);
  const done = progress?.done ?? 0;

  function stop(): void {
    setStopping(true);
    void bridge['signing.stop']({});
  }

  return (
    <Dialog
      title={t('batch.running')}
      onClose={() => undefined}
      locked
      actions={<Button icon={Hand} disabled={stopping || done >= total} onPress={stop}>{t('batch.stop')}</Button>}
    >
      <p role="status" className="batch-count">{t('batch.progress', { done, total })}</p>
      <progress className="batch-progress" value={done} max={total} aria-label={t('batch.progress', { done, total })} />
      {stopping && <Note tone="info" live>{t('batch.stopping')}</Note>}
    </Dialog>
  );
}

type ResultsProps = { readonly results: BatchResults; readonly items: readonly BatchItem[]; readonly onOpen: (id: DocumentId) => void; readonly onClose: () => void };

function Results({ results, items, onOpen, onClose }: ResultsProps) {
  const t = useT();
  const signed = results.filter((one) => one.error === null).length;
  const title = new Map(items.map((item) => [item.id, item.detail?.document.title]));
  return (
    <Dialog title={t('batch.resultTitle', { done: signed, total: results.length })} onClose={onClose} actions={<Button kind="strong" onPress={onClose}>{t('action.close')}</Button>}>
      <ul className="batch" aria-label={t('batch.results')}>
        {results.map(({ id, error }) => (
          <li key={id} className={`batch-item ${error ? 'batch-failed' : 'batch-signed'}`}>
            {error ? <CircleAlert aria-hidden size={20} strokeWidth={1.75} /> : <CircleCheck aria-hidden size={20} strokeWidth={1.75} />}
            <span>
              <strong>{title.get(id)}</strong>
              <small>{error ? error.message : t('batch.signed')}</small>
            </span>
            {error && <Button size="small" onPress={() => onOpen(id)}>{t('notice.open')}</Button>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
