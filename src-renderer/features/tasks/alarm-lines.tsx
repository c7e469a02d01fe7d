import { CalendarClock, TriangleAlert } from 'lucide-react';
import { hrefOf } from '../../app/route.ts';
import { useT } from '../../i18n/context.tsx';
import { formatClock, formatDate, localDay } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { stepWords } from './step-words.ts';
import { folderOf, type Alarm } from './use-alarms.ts';

/** Each document, which leads to where it is seen to, and under it what is to be done before when. */
export function AlarmLines({ documents, onGo }: { readonly documents: readonly Alarm[]; readonly onGo?: () => void }) {
  const t = useT();
  const today = useToday();
  return (
    <ul className="alarm-lines">
      {documents.map((alarm) => {
        const Icon = alarm.late ? TriangleAlert : CalendarClock;
        return (
          <li key={alarm.document.id}>
            <Icon aria-hidden size={16} strokeWidth={1.75} className={alarm.late ? 'text-bad' : 'text-warn'} />
            <div>
              <a href={hrefOf(folderOf(alarm), alarm.document.id)} {...(onGo ? { onClick: onGo } : {})}>{alarm.document.title}</a>
              {alarm.steps.map((deadline) => ({ ...deadline, what: stepWords(deadline, t) })).map(({ step, what, article, dueAt, state }) => (
                <p key={`${step} ${what}`}>
                  {localDay(dueAt) === today ? t('law.today', { what, time: formatClock(dueAt) }) : t('law.before', { what, time: formatClock(dueAt), date: formatDate(localDay(dueAt)) })}
                  <strong className={state === 'late' ? 'text-bad' : 'text-warn'}> · {t(state === 'late' ? 'task.lateSinceClosedDay' : 'law.soon')}</strong>
                  <span className="quiet"> · {article}</span>
                </p>
              ))}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
