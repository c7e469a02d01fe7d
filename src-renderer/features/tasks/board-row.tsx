import type { BoardRow } from '../../../src-shared/contract/tasks.ts';
import type { WorkCalendar } from '../../../src-shared/domain/calendar.ts';
import { isOpen } from '../../../src-shared/domain/task-rules.ts';
import type { Task } from '../../../src-shared/domain/task.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, formatWhen } from '../../i18n/format.ts';
import { Pill } from '../../ui/pill.tsx';
import { counterpart, fullNumber } from '../documents/names.ts';
import { UrgencyPill } from '../documents/pills.tsx';
import { daysLeft } from './days-left.ts';
import { stateTones } from './task-part.tsx';

type BoardRowProps = { readonly row: BoardRow; /** Empty on one's own board. */ readonly name: string; readonly calendar: WorkCalendar };

/** One part of one document: what, whose, how far, until when. */
export function BoardRowContent({ row: { document, task }, name, calendar }: BoardRowProps) {
  const t = useT();
  const { part, state, progress } = task;
  const who = [name, t(`task.part.${part}`)].filter(Boolean).join(' · ');
  const about = `${fullNumber(document, t)} · ${counterpart(document, t)}`;
  const percent = state === 'done' ? 100 : (progress?.percent ?? 0);
  const asks = task.extension !== null && task.extension.granted === null && isOpen(task);
  return (
    <>
      <span className="board-what">
        <span className="board-title" title={document.title}>{document.title}</span>
        <span className="board-about" title={about}>{about}</span>
      </span>
      <span className="board-who" title={who}>{who}</span>
      <span className="board-bar">
        {part !== 'inform' && <progress aria-hidden max={100} value={percent} />}
        {part !== 'inform' && <span>{`${percent} %`}</span>}
      </span>
      <span className="board-pills">
        <UrgencyPill urgency={document.urgency} />
        {asks ? <Pill tone="warn">{t('board.asksTime')}</Pill> : <Pill tone={stateTones[state]}>{t(part === 'inform' && state === 'accepted' ? 'task.state.seen' : `task.state.${state}`)}</Pill>}
      </span>
      <DueWords task={task} calendar={calendar} />
    </>
  );
}

function DueWords({ task, calendar }: { readonly task: Task; readonly calendar: WorkCalendar }) {
  const t = useT();
  const { part, deadline, doneAt } = task;
  if (!isOpen(task)) return <span className="board-due">{doneAt === null ? '' : t('board.doneOn', { when: formatWhen(doneAt, t) })}</span>;
  if (deadline === null) return <span className="board-due quiet">{part === 'inform' ? '' : t('assign.deadlineNone')}</span>;
  const { words, tone } = daysLeft(deadline, calendar, t);
  return <span className="board-due">{t('task.due', { date: formatDate(deadline).slice(0, 5) })} · <strong className={tone === 'quiet' ? '' : `text-${tone}`}>{words}</strong></span>;
}
