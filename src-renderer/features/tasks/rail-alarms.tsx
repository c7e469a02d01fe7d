import { CalendarClock } from 'lucide-react';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useT } from '../../i18n/context.tsx';
import { AlarmDialog } from './alarm-dialog.tsx';
import { alarmWords } from './alarm-words.ts';
import { useAlarms } from './use-alarms.ts';

/** Under “Công việc”, quietly: how much will soon be late, which opens what it is. Nothing where nothing presses. */
export function RailAlarms() {
  const t = useT();
  const alarms = useAlarms();
  const [open, setOpen] = useState(false);
  return (
    <>
      {alarms.documents.length > 0 && (
        <AriaButton className={`rail-alarms${alarms.late > 0 ? ' rail-alarms-late' : ''}`} onPress={() => setOpen(true)}>
          <CalendarClock aria-hidden size={16} strokeWidth={1.75} />
          <span>{alarmWords(alarms, t)}</span>
        </AriaButton>
      )}
      {open && <AlarmDialog onClose={() => setOpen(false)} />}
    </>
  );
}
