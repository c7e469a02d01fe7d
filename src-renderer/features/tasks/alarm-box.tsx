import { useState } from 'react';
import { useCommand } from '../../app/commands.tsx';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { AlarmDialog } from './alarm-dialog.tsx';
import { AlarmLines } from './alarm-lines.tsx';
import { alarmWords } from './alarm-words.ts';
import { useAlarms } from './use-alarms.ts';

const inSight = 1;

/** The most pressing above the board, the rest a press away. Nothing where nothing presses. */
export function AlarmBox() {
  const t = useT();
  const alarms = useAlarms();
  const [all, setAll] = useState(false);
  const some = alarms.documents.length > 0;
  useCommand({ id: 'alarms', words: t('alarm.show'), group: 'list', run: some ? () => setAll(true) : null });
  if (!some) return null;
  return (
    <section className="alarm-box" aria-label={t('alarm.heading')}>
      <div className="alarm-head">
        <h2>{alarmWords(alarms, t)}</h2>
        {alarms.documents.length > inSight && <Button size="small" onPress={() => setAll(true)}>{t('alarm.all', { count: alarms.documents.length })}</Button>}
      </div>
      <AlarmLines documents={alarms.documents.slice(0, inSight)} />
      {all && <AlarmDialog onClose={() => setAll(false)} />}
    </section>
  );
}
