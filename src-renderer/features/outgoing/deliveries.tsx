import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import type { DocumentRow, SyncState } from '../../../src-shared/contract/documents.ts';
import type { DeliveryStatus } from '../../../src-shared/domain/document.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveriesTable } from './deliveries-table.tsx';
import { wordsForStatus } from './delivery-state.ts';
import { useReceivers, type Receiver } from './use-receivers.ts';

// The way of a document at its receiver (QCVN 102:2016/BTTTT status codes); 02 is the end of another way.
const way: readonly DeliveryStatus[] = ['sent', '01', '03', '04', '05', '06'];

/** As many as the side of a document has room for; a circular to a thousand offices has its table. */
const mostBeside = 5;

/** Per recipient, how far the document has come, as a line of steps that is also said in words; all of them in a table, one press away. */
export function Deliveries({ document, sync }: Pick<DocumentRow, 'document' | 'sync'>) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const receivers = useReceivers(document);
  const sent = receivers.some(({ status }) => status !== 'planned');
  const late = receivers.filter((one) => one.late).length;
  return (
    <section>
      <h2>{t('delivery.label', { count: receivers.length })}</h2>
      {late > 0 && <p className="text-bad">{t('delivery.lateCount', { count: late })}</p>}
      <ul className="deliveries">
        {receivers.slice(0, mostBeside).map((one) => <Beside key={one.organization.code} receiver={one} sync={sync} />)}
      </ul>
      {receivers.length > mostBeside && <p className="quiet">{t('delivery.more', { count: receivers.length - mostBeside })}</p>}
      {sent && <Button size="small" icon={ListChecks} onPress={() => setOpen(true)}>{t('delivery.open')}</Button>}
      {open && <DeliveriesTable document={document} receivers={receivers} sync={sync} onClose={() => setOpen(false)} />}
    </section>
  );
}

function Beside({ receiver, sync }: { readonly receiver: Receiver; readonly sync: SyncState }) {
  const t = useT();
  const { organization, status, at, description, late } = receiver;
  const waits = status === 'sent' && sync !== 'synced';
  const bad = status === '02' || status === '16' || late;
  return (
    <li>
      <strong>{organization.name}</strong>
      <ProgressLine status={waits ? 'planned' : status} />
      <span className={bad ? 'text-bad' : ''}>
        {waits ? t('sync.waiting') : t(wordsForStatus(receiver))}
        {status !== 'planned' && <span className="quiet"> · {formatInstant(at)}</span>}
        {late && <strong> · {t('delivery.late')}</strong>}
      </span>
      {(status === '02' || status === '16') && description && <span>{t('delivery.refusedBecause', { reason: description })}</span>}
    </li>
  );
}

function ProgressLine({ status }: { readonly status: DeliveryStatus }) {
  const reached = status === '02' ? way.indexOf('01') : way.indexOf(status);
  return (
    <span className="delivery-line" aria-hidden>
      {way.map((step, index) => (
        <span key={step} className={`delivery-step${index <= reached ? ' delivery-reached' : ''}${status === '02' && index === reached ? ' delivery-refused' : ''}`} />
      ))}
    </span>
  );
}
