import { useState } from 'react';
import type { DocumentRow } from '../../../src-shared/contract/documents.ts';
import type { Batch } from '../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import type { AppState } from '../../app/app-state.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { Button } from '../../ui/button.tsx';
import { RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CapacityField } from './capacity-field.tsx';
import { PinFields } from './pin-dialog.tsx';
import { canJoin, joinsAtFirst, useBatchItems, type BatchItem, type BatchMode } from './use-batch-items.ts';
import type { ChosenPlaces } from './use-chosen-places.ts';
import { useCapacity } from './use-capacity.ts';
import { usePin } from './use-pin.ts';

/** The contract's own bound of one run. */
const most = 500;

type BatchDialogProps = {
  readonly app: AppState;
  readonly rows: readonly DocumentRow[];
  readonly places: ChosenPlaces;
  readonly onOpen: (id: DocumentId) => void;
  readonly onStarted: (batch: Batch) => void;
  readonly onClose: () => void;
};

/** Which documents, shown one by one or not, and the one PIN for all of them. */
export function BatchDialog({ app, rows, places, onOpen, onStarted, onClose }: BatchDialogProps) {
  const t = useT();
  const items = useBatchItems(rows, places);
  const [mode, setMode] = useState<BatchMode>(rows.some((row) => row.read) ? 'all' : 'one-by-one');
  const [ticked, setTicked] = useState<ReadonlyMap<DocumentId, boolean>>(new Map());
  const start = useAction('batch.start');
  const capacity = useCapacity();
  const isChosen = (item: BatchItem): boolean => canJoin(item, mode) && (ticked.get(item.row.document.id) ?? joinsAtFirst(item, mode));
  const chosen = items.filter(isChosen).slice(0, most);
  const pin = usePin({
    wanted: { holder: 'person', name: app.me.fullName },
    sign: (thumbprint, code) => start.run({ mode, items: chosen.map(({ row, place }) => ({ id: row.document.id, placement: place && place.source !== 'guess' ? place.placement : null })), thumbprint, pin: code, as: capacity.chosen?.id }),
    onDone: onStarted,
  });

  function tick(id: DocumentId, signed: boolean): void {
    setTicked(new Map([...ticked, [id, signed]]));
  }

  return (
    <Dialog
      title={t('batch.title')}
      size="wide"
      onClose={onClose}
      locked={pin.busy}
      actions={
        <>
          <Button disabled={pin.busy} onPress={onClose}>{t('action.cancel')}</Button>
          <Button kind="strong" disabled={!pin.ready || chosen.length === 0} onPress={pin.confirm}>{pin.busy ? t('pin.opening') : t(mode === 'all' ? 'batch.confirm' : 'batch.confirmOneByOne', { count: chosen.length })}</Button>
        </>
      }
    >
      <RadioGroup
        label={t('batch.mode')}
        value={mode}
        disabled={pin.busy}
        onChange={(next) => setMode(next)}
        options={(['one-by-one', 'all'] as const).map((value) => ({ value, label: t(`batch.mode.${value}`), detail: t(`batch.modeHelp.${value}`) }))}
      />
      <fieldset className="batch" disabled={pin.busy}>
        <legend>{t('batch.what', { count: chosen.length, total: items.length })}</legend>
        <div className="batch-choices">
          {items.map((item) => (
            <label key={item.row.document.id} className="batch-choice">
              <input type="checkbox" checked={isChosen(item)} disabled={!canJoin(item, mode)} onChange={(event) => tick(item.row.document.id, event.target.checked)} />
              <span>
                <strong>{item.row.document.title}</strong>
                <small>{[t(item.row.read ? 'queue.read' : 'queue.unread'), placeWords(item, mode, t)].join(' · ')}</small>
              </span>
              {item.place && !canJoin(item, mode) && <Button size="small" onPress={() => onOpen(item.row.document.id)}>{t('notice.open')}</Button>}
            </label>
          ))}
        </div>
      </fieldset>
      <CapacityField state={capacity} disabled={pin.busy} />
      <PinFields state={pin} first={false} />
    </Dialog>
  );
}

function placeWords({ place }: BatchItem, mode: BatchMode, t: Translate): string {
  if (!place) return t('batch.looking');
  if (place.source === 'guess') return t(mode === 'all' ? 'batch.unplaced' : 'batch.placeByHand');
  return t('batch.place', { page: place.placement.page, source: t(`batch.source.${place.source}`) });
}
