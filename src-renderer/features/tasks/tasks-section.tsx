import { useState } from 'react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { findTask } from '../../../src-shared/domain/task-rules.ts';
import { useQuery } from '../../bridge/use-query.ts';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/note.tsx';
import { useOfficeCalendar } from './days-left.ts';
import { MyPart } from './my-part.tsx';
import type { TaskAsking } from './task-asking.ts';
import { TaskDialog } from './task-dialog.tsx';
import { TaskPartCard } from './task-part.tsx';
import { useTaskDeeds } from './use-task-deed.ts';

/** Who does what about the document: one's own part with its next step on top, then everybody's. Nothing before it has been given out. */
export function TasksSection({ detail }: { readonly detail: DocumentDetail }) {
  const t = useT();
  const { document, actions } = detail;
  const { data: app } = useQuery('app.state', {});
  const { data: directory } = useQuery('directory.people', {});
  const calendar = useOfficeCalendar();
  const deeds = useTaskDeeds(document.id);
  const [asking, setAsking] = useState<TaskAsking | null>(null);
  if (document.tasks.length === 0 || !app) return null;
  const mine = findTask(document.tasks, app.me.id);
  const nameOf = (person: string): string => directory?.people.find(({ id }) => id === person)?.fullName ?? person;
  const others = document.tasks.filter((task) => task.person !== app.me.id);
  const concerned = asking === null ? null : findTask(document.tasks, asking.person ?? app.me.id);
  return (
    <section className="tasks" aria-label={t('task.heading')}>
      {mine && <MyPart task={mine} nameOf={nameOf} calendar={calendar} actions={actions} deeds={deeds} onAsk={setAsking} />}
      {others.length > 0 && <h2>{t(mine ? 'task.others' : 'task.heading')}</h2>}
      {others.length > 0 && <ul className="task-list">{others.map((task) => <TaskPartCard key={task.person} task={task} nameOf={nameOf} calendar={calendar} actions={actions} deeds={deeds} onAsk={setAsking} />)}</ul>}
      {actions.includes('reopen') && <Button size="small" onPress={() => setAsking({ verb: 'reopen', person: null })}>{t('task.do.reopen')}</Button>}
      <ErrorNote error={asking === null ? deeds.error : null} />
      {asking && <TaskDialog key={`${asking.verb} ${asking.person ?? ''}`} id={document.id} asking={asking} task={concerned} name={asking.person === null ? '' : nameOf(asking.person)} onClose={() => setAsking(null)} />}
    </section>
  );
}
