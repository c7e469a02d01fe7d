import { useState } from 'react';
import type { DocumentRow, SyncState } from '../../../src-shared/contract/documents.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import { Pill, type Tone } from '../../ui/pill.tsx';
import { fullNumber } from '../documents/names.ts';
import { deliveryFilters, isOf, wordsForStatus, type DeliveryFilter } from './delivery-state.ts';
import type { Receiver } from './use-receivers.ts';

type TableProps = Pick<DocumentRow, 'document' | 'sync'> & { readonly receivers: readonly Receiver[]; readonly onClose: () => void };

/** Every receiver with its state, since when, and what the law calls late; narrowed to those that are looked for (QĐ 28/2018 Art 8.2, 10.2h). */
export function DeliveriesTable({ document, receivers, sync, onClose }: TableProps) {
  const t = useT();
  const [filter, setFilter] = useState<DeliveryFilter>('all');
  const count = (one: DeliveryFilter): number => receivers.filter((receiver) => isOf(one, receiver, receiver.late)).length;
  const shown = receivers.filter((one) => isOf(filter, one, one.late));
  return (
    <Dialog title={t('delivery.table', { number: fullNumber(document, t) })} size="wide" onClose={onClose} actions={<Button kind="strong" onPress={onClose}>{t('action.close')}</Button>}>
      <Select label={t('delivery.filter')} value={filter} onChange={setFilter} options={deliveryFilters.map((one) => ({ value: one, label: t(`delivery.filter.${one}`, { count: count(one) }) }))} />
      <div className="delivery-scroll" tabIndex={0} role="group" aria-label={t('delivery.label', { count: shown.length })}>
        <table className="delivery-table">
          <thead>
            <tr>{(['office', 'state', 'since', 'note'] as const).map((column) => <th key={column} scope="col">{t(`delivery.column.${column}`)}</th>)}</tr>
          </thead>
          <tbody>{shown.map((one) => <Row key={one.organization.code} receiver={one} sync={sync} />)}</tbody>
        </table>
        {shown.length === 0 && <p className="quiet" role="status">{t('delivery.noneShown')}</p>}
      </div>
    </Dialog>
  );
}

function Row({ receiver, sync }: { readonly receiver: Receiver; readonly sync: SyncState }) {
  const t = useT();
  const { organization, status, at, description, owed, late } = receiver;
  const waits = status === 'sent' && sync !== 'synced';
  return (
    <tr className={late ? 'delivery-late' : ''}>
      <th scope="row">{organization.name}<small>{organization.code}</small></th>
      <td><Pill tone={toneOf(receiver)}>{waits ? t('sync.waiting') : t(wordsForStatus(receiver))}</Pill></td>
      <td>{status === 'planned' ? '—' : formatInstant(at)}</td>
      <td>
        {!waits && owed && <span className={late ? 'text-bad' : 'quiet'}>{t(`delivery.owed.${owed.what}${late ? '.late' : ''}`, { due: formatInstant(owed.dueAt), article: owed.article })}</span>}
        {description && status !== '15' && <span>{t('delivery.refusedBecause', { reason: description })}</span>}
      </td>
    </tr>
  );
}

function toneOf({ status, late }: Receiver): Tone {
  if (late) return 'bad';
  switch (status) {
    case '02':
    case '16':
      return 'bad';
    case '13':
      return 'warn';
    case '06':
    case '15':
      return 'ok';
    case '03':
    case '04':
    case '05':
      return 'accent';
    default:
      return 'neutral';
  }
}
