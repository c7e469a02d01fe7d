import type { Batch } from '../../../src-shared/contract/signing.ts';
import { useAction } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { countsOf } from './use-batch.ts';

type BatchPinProps = { readonly batch: Batch; readonly name: string; readonly retryFailed: boolean; readonly onClose: () => void };

/** Goes on with a run whose token was closed: its own certificate and no other. */
export function BatchPin({ batch, name, retryFailed, onClose }: BatchPinProps) {
  const t = useT();
  const resume = useAction('batch.resume');
  const { waiting, failed } = countsOf(batch);
  const count = waiting + (retryFailed ? failed : 0);
  return (
    <PinDialog
      title={t('batch.resume')}
      what={t('batch.resumeWhat', { count })}
      action={t('batch.confirm', { count })}
      wanted={{ holder: 'person', name }}
      only={batch.thumbprint}
      onClose={onClose}
      sign={(_, pin) => resume.run({ pin, retryFailed })}
      onDone={onClose}
    />
  );
}
