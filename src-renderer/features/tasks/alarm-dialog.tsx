import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { AlarmLines } from './alarm-lines.tsx';
import { useAlarms } from './use-alarms.ts';

/** Everything that will be late, or is. */
export function AlarmDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const { documents } = useAlarms();
  return (
    <Dialog title={t('alarm.heading')} size="wide" onClose={onClose} actions={<Button onPress={onClose}>{t('action.close')}</Button>}>
      {documents.length === 0 ? <p>{t('alarm.none')}</p> : <p>{t('alarm.help')}</p>}
      <AlarmLines documents={documents} onGo={onClose} />
    </Dialog>
  );
}
