import { CalendarClock, TriangleAlert } from 'lucide-react';
import type { DueState } from '../../../src-shared/contract/tasks.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { formatClock, formatDate, localDay } from '../../i18n/format.ts';
import { useToday } from '../../i18n/present.ts';
import { stepWords } from './step-words.ts';

type LawProps = {
  readonly id: DocumentId;
  /** Those that are near or past, which stand above everything else; or those with time left, which wait their turn. */
  readonly pressing: boolean;
};

/** What the law asks of the document now, a quiet line each; one that is near or past has its colour, its own picture and the word. Parts of people are told where their work stands. */
export function LawDeadlines({ id, pressing }: LawProps) {
  const t = useT();
  const today = useToday();
  const { data } = useQuery('tasks.deadlines', { id });
  const open = (data?.deadlines ?? []).filter(({ state, step }) => state !== 'done' && step !== 'task' && (state !== 'running') === pressing);
  if (open.length === 0) return null;
  return (
    <ul className="law-deadlines" aria-label={t(pressing ? 'law.pressing' : 'law.heading')}>
      {open.map((deadline) => {
        const { step, article, dueAt, state } = deadline;
        const what = stepWords(deadline, t);
        const Icon = state === 'running' ? CalendarClock : TriangleAlert;
        return (
          <li key={step} className={tones[state]}>
            <Icon aria-hidden size={16} strokeWidth={1.75} />
            <span>
              {localDay(dueAt) === today ? t('law.today', { what, time: formatClock(dueAt) }) : t('law.before', { what, time: formatClock(dueAt), date: formatDate(localDay(dueAt)) })}
              {state !== 'running' && <strong> · {t(state === 'late' ? 'task.lateSinceClosedDay' : 'law.soon')}</strong>}
              <span className="quiet"> · {article}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const tones = { done: '', running: '', soon: 'text-warn', late: 'text-bad' } as const satisfies Record<DueState, string>;
