import { CalendarClock, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { hrefOf } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { formatClock, formatDate, localDay } from '../../i18n/format.ts';
import { folderOf, type AlarmRow } from './use-alarms.ts';

/** What is to be done and before when, of which document; each line leads to where it is done. */
export function AlarmLines({ rows, onGo }: { readonly rows: readonly AlarmRow[]; readonly onGo?: () => void }) {
  const t = useT();
  const [today] = useState(() => localDay(Date.now()));
  return (
    <ul className="alarm-lines">
      {rows.map((row) => {
        const { document, deadline: { step, what, article, dueAt, state } } = row;
        const late = state === 'late';
        const Icon = late ? TriangleAlert : CalendarClock;
        const day = localDay(dueAt);
        return (
          <li key={`${document.id} ${step} ${what}`} className={late ? 'text-bad' : 'text-warn'}>
            <Icon aria-hidden size={16} strokeWidth={1.75} />
            <span>
              <strong>{day === today ? t('law.today', { what, time: formatClock(dueAt) }) : t('law.before', { what, time: formatClock(dueAt), date: formatDate(day) })}</strong>
              <span> · {t(late ? 'task.lateSinceClosedDay' : 'law.soon')}</span>
              <span className="quiet"> · {article}</span>
              <a className="alarm-document" href={hrefOf(folderOf(row), document.id)} {...(onGo ? { onClick: onGo } : {})}>{document.title}</a>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
