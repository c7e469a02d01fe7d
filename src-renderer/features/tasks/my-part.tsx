import { CheckCheck, ClipboardCheck, TrendingUp } from 'lucide-react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { WorkCalendar } from '../../../src-shared/domain/calendar.ts';
import type { Task } from '../../../src-shared/domain/task.ts';
import { useCommand } from '../../app/commands.tsx';
import { useT } from '../../i18n/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { TaskAsking, TaskVerb } from './task-asking.ts';
import { PartFacts } from './task-part.tsx';
import type { TaskDeeds } from './use-task-deed.ts';

type MyPartProps = {
  readonly task: Task;
  readonly nameOf: (person: string) => string;
  readonly calendar: WorkCalendar;
  readonly actions: DocumentDetail['actions'];
  readonly deeds: TaskDeeds;
  readonly onAsk: (asking: TaskAsking) => void;
};

/** What may be done less often, behind one button. */
const rest = [['requestExtension', 'extend'], ['passOn', 'passOn'], ['returnTask', 'return']] as const satisfies readonly (readonly [DocumentDetail['actions'][number], TaskVerb])[];

/** One's own part: what is asked, until when, and the next step as the strong button: Nhận việc, then Báo cáo tiến độ or Báo hoàn thành. */
export function MyPart({ task, nameOf, calendar, actions, deeds, onAsk }: MyPartProps) {
  const t = useT();
  const can = (action: DocumentDetail['actions'][number]): boolean => actions.includes(action);
  const ask = (verb: TaskVerb): void => onAsk({ verb, person: null });
  const accepts = can('acceptTask');
  const finishes = can('finishTask');
  // Once all of it is done, only to say so is left
  const nearlyDone = task.progress?.percent === 100;
  const entries = rest.filter(([action]) => can(action)).map(([, verb]) => ({ id: verb, label: t(`task.do.${verb}`), run: () => ask(verb) }));
  const main = accepts ? 'accept' : !finishes ? null : nearlyDone ? 'finish' : 'report';
  const chord = (verb: typeof main): { readonly keys?: 'Ctrl+Enter' } => (verb === main ? { keys: 'Ctrl+Enter' } : {});
  const hint = (verb: typeof main): { readonly shortcut?: string } => (verb === main ? { shortcut: 'Ctrl ↵' } : {});
  useCommand({ id: 'task.accept', words: t('command.acceptTask'), group: 'document', run: accepts && !deeds.busy ? () => void deeds.accept() : null, ...chord('accept') });
  useCommand({ id: 'task.report', words: t('command.reportProgress'), group: 'document', run: can('reportProgress') ? () => ask('report') : null, ...chord('report') });
  useCommand({ id: 'task.finish', words: t('command.finishTask'), group: 'document', run: finishes ? () => ask('finish') : null, ...chord('finish') });
  useCommand({ id: 'task.extend', words: t('command.requestExtension'), group: 'document', run: can('requestExtension') ? () => ask('extend') : null });
  useCommand({ id: 'task.passOn', words: t('command.passOn'), group: 'document', run: can('passOn') ? () => ask('passOn') : null });
  useCommand({ id: 'task.return', words: t('command.returnTask'), group: 'document', run: can('returnTask') ? () => ask('return') : null });
  return (
    <div className="task-mine">
      <h2>{t('task.mine')}</h2>
      <PartFacts task={task} nameOf={nameOf} calendar={calendar} own />
      {(accepts || finishes) && (
        <div className="task-buttons">
          {accepts && <Button kind="strong" icon={ClipboardCheck} disabled={deeds.busy} {...hint('accept')} onPress={() => void deeds.accept()}>{t(task.part === 'inform' ? 'task.do.seen' : 'command.acceptTask')}</Button>}
          {!accepts && !nearlyDone && can('reportProgress') && <Button kind="strong" icon={TrendingUp} {...hint('report')} onPress={() => ask('report')}>{t('task.do.report')}</Button>}
          {finishes && <Button kind={!accepts && nearlyDone ? 'strong' : 'plain'} icon={CheckCheck} {...hint('finish')} onPress={() => ask('finish')}>{t('task.do.finish')}</Button>}
          {entries.length > 0 && <Menu label={t('task.more')} entries={entries} kind="quiet" />}
        </div>
      )}
    </div>
  );
}
