import type { SyncState } from '../../../src-shared/contract/documents.ts';
import type { DeliveryStatus, RecipientState } from '../../../src-shared/domain/document.ts';
import { useT } from '../../i18n/context.tsx';
import { formatInstant } from '../../i18n/format.ts';

// The way of a document at its receiver (QCVN 102:2016/BTTTT status codes); 02 is the end of another way.
const way: readonly DeliveryStatus[] = ['sent', '01', '03', '04', '05', '06'];

/** Per recipient, how far the document has come, as a line of steps that is also said in words. */
export function Deliveries({ recipients, sync }: { readonly recipients: readonly RecipientState[]; readonly sync: SyncState }) {
  const t = useT();
  const saidOf = (status: DeliveryStatus): string => (status === 'sent' && sync !== 'synced' ? t('sync.waiting') : t(`delivery.${status}`));
  return (
    <section>
      <h2>{t('delivery.label', { count: recipients.length })}</h2>
      <ul className="deliveries">
        {recipients.map((recipient) => (
          <li key={recipient.organization.code}>
            <strong>{recipient.organization.name}</strong>
            <ProgressLine status={recipient.status === 'sent' && sync !== 'synced' ? 'planned' : recipient.status} />
            <span className={recipient.status === '02' ? 'text-bad' : ''}>
              {saidOf(recipient.status)}
              {recipient.status !== 'planned' && <span className="quiet"> · {formatInstant(recipient.at)}</span>}
            </span>
            {recipient.status === '02' && recipient.description && <span>{t('delivery.refusedBecause', { reason: recipient.description })}</span>}
          </li>
        ))}
      </ul>
    </section>
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
