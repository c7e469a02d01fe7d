import { BellRing, Check, Star, X } from 'lucide-react';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { WorkCalendar } from '../../../src-shared/domain/calendar.ts';
import { isOpen } from '../../../src-shared/domain/task-rules.ts';
import type { Task, TaskState } from '../../../src-shared/domain/task.ts';
import { useT } from '../../i18n/context.tsx';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Pill, type Tone } from '../../ui/pill.tsx';
import { AnsweredBy } from './answered-by.tsx';
import { daysLeft } from './days-left.ts';
import type { TaskAsking } from './task-asking.ts';
import type { TaskDeeds } from './use-task-deed.ts';

export const stateTones = { new: 'neutral', accepted: 'accent', returned: 'warn', done: 'ok' } as const satisfies Record<TaskState, Tone>;

type PartProps = { readonly task: Task; readonly nameOf: (person: string) => string; readonly calendar: WorkCalendar };
type CardProps = PartProps & { readonly actions: DocumentDetail['actions']; readonly deeds: TaskDeeds; readonly onAsk: (asking: TaskAsking) => void };

/** Somebody else's part, with what a leader or a clerk may do about it. */
export function TaskPartCard({ task, nameOf, calendar, actions, deeds, onAsk }: CardProps) {
  const t = useT();
  const { person, extension } = task;
  const answers = actions.includes('answerExtension') && extension !== null && extension.granted === null;
  const reminds = actions.includes('remind') && isOpen(task);
  const evaluates = actions.includes('evaluate') && task.part !== 'inform' && task.state === 'done';
  return (
    <li className="task-card">
      <PartFacts task={task} nameOf={nameOf} calendar={calendar} />
      {(answers || reminds || evaluates) && (
        <div className="task-buttons">
          {answers && <Button size="small" kind="strong" icon={Check} disabled={deeds.busy} onPress={() => void deeds.grant(person, extension.until)}>{t('task.do.grant', { date: formatDate(extension.until) })}</Button>}
          {answers && <Button size="small" icon={X} onPress={() => onAsk({ verb: 'refuseExtension', person })}>{t('task.do.refuseExtension')}</Button>}
          {reminds && <Button size="small" icon={BellRing} onPress={() => onAsk({ verb: 'remind', person })}>{t('task.do.remind')}</Button>}
          {evaluates && <Button size="small" icon={Star} onPress={() => onAsk({ verb: 'evaluate', person })}>{t(task.evaluation ? 'task.do.evaluateAgain' : 'task.do.evaluate')}</Button>}
        </div>
      )}
    </li>
  );
}

/** What is known of one part: who, as what, how far, until when, and what was said about it. */
export function PartFacts({ task, nameOf, calendar, own = false }: PartProps & { readonly own?: boolean }) {
  const t = useT();
  const { part, state, deadline, progress, extension, returnReason, result, evaluation } = task;
  const open = isOpen(task);
  const left = deadline !== null && open ? daysLeft(deadline, calendar, t) : null;
  const said: readonly (string | false | null)[] = [
    own && task.directive !== '' && t('task.directive', { text: task.directive }),
    own && t('task.givenBy', { name: nameOf(task.givenBy), at: formatInstant(task.givenAt) }),
    !own && task.passedFrom !== null && t('task.passedFrom', { name: nameOf(task.passedFrom) }),
    progress !== null && progress.text !== '' && t('task.progressSaid', { text: progress.text }),
    returnReason !== null && state === 'returned' && t('task.returnedBecause', { reason: returnReason }),
    result !== null && state === 'done' && (result.text === '' ? null : t('task.result', { text: result.text })),
    evaluation !== null && (evaluation.text === '' ? t('task.evaluated', { grade: t(`task.grade.${evaluation.grade}`) }) : t('task.evaluatedSaying', { grade: t(`task.grade.${evaluation.grade}`), text: evaluation.text })),
    task.remindedAt !== null && open && t('task.remindedAt', { at: formatInstant(task.remindedAt) }),
  ];
  return (
    <div className="task-facts">
      <p className="task-who">
        {!own && <strong>{nameOf(task.person)}</strong>}
        <span className={own ? 'task-part-own' : 'quiet'}>{t(`task.part.${part}`)}</span>
        <Pill tone={stateTones[state]}>{t(part === 'inform' && state === 'accepted' ? 'task.state.seen' : `task.state.${state}`)}</Pill>
      </p>
      {deadline !== null && (
        <p>{t('task.due', { date: formatDate(deadline) })}{left && <> · <strong className={left.tone === 'quiet' ? '' : `text-${left.tone}`}>{left.words}</strong></>}</p>
      )}
      {progress !== null && open && (
        <p className="task-progress">
          <progress max={100} value={progress.percent} aria-label={t('task.progressOf', { name: nameOf(task.person) })} />
          <span>{`${progress.percent} %`}</span>
        </p>
      )}
      {extension !== null && open && <p className={extension.granted === null ? 'task-asked' : ''}>{extensionWords()}</p>}
      {said.map((words) => words && <p key={words}>{words}</p>)}
      {state === 'done' && result !== null && result.answer !== null && <AnsweredBy id={result.answer} />}
    </div>
  );

  function extensionWords(): string {
    if (extension === null) return '';
    const date = formatDate(extension.until);
    if (extension.granted === null) return t('task.extensionAsked', { date, reason: extension.reason });
    if (extension.granted) return t('task.extensionGranted', { date });
    return t('task.extensionRefused', { date, reason: extension.answer });
  }
}
