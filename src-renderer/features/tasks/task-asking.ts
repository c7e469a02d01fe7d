import { z } from 'zod';
import { documentId, localDate, personId, type PersonId } from '../../../src-shared/domain/ids.ts';
import { evaluationGrade, type Task } from '../../../src-shared/domain/task.ts';
import type { MessageKey } from '../../i18n/translate.ts';

/** What about a part needs more than a press. All but the last four are about one's own part. */
export const taskVerbs = ['return', 'report', 'extend', 'finish', 'passOn', 'remind', 'evaluate', 'refuseExtension', 'reopen'] as const;
export type TaskVerb = (typeof taskVerbs)[number];

const taskValues = z.object({
  text: z.string(),
  percent: z.int().min(0).max(100).nullable(),
  until: localDate.nullable(),
  person: personId.or(z.literal('')),
  grade: evaluationGrade.nullable(),
  /** The document of ours that answers, where there is one. */
  answer: documentId.nullable().default(null),
});
export type TaskValues = z.output<typeof taskValues>;

export function parseTaskValues(value: unknown): TaskValues | null {
  return taskValues.safeParse(value).data ?? null;
}

/** What the form begins with: for progress, where it stands already. */
export function taskValuesOf(verb: TaskVerb, task: Task | null): TaskValues {
  return {
    text: verb === 'passOn' ? (task?.directive ?? '') : '',
    percent: verb === 'report' ? (task?.progress?.percent ?? 0) : null,
    until: verb === 'passOn' ? (task?.deadline ?? null) : null,
    person: '',
    grade: verb === 'evaluate' ? (task?.evaluation?.grade ?? null) : null,
    answer: null,
  };
}

export type TaskFaults = { readonly [F in 'text' | 'percent' | 'until' | 'person' | 'grade']?: MessageKey };

const needsText: readonly TaskVerb[] = ['return', 'extend', 'refuseExtension', 'reopen'];

/** What keeps the form from being sent, a sentence a field. `today`: `yyyy-mm-dd` in Vietnam. */
export function findTaskFaults(verb: TaskVerb, values: TaskValues, task: Task | null, today: string): TaskFaults {
  const { text, percent, until, person, grade } = values;
  return {
    ...(needsText.includes(verb) && text.trim() === '' ? { text: 'task.needReason' as const } : {}),
    ...(verb === 'report' && percent === null ? { percent: 'task.needPercent' as const } : {}),
    ...(verb === 'passOn' && person === '' ? { person: 'task.needPerson' as const } : {}),
    ...(verb === 'evaluate' && grade === null ? { grade: 'task.needGrade' as const } : {}),
    ...untilFault(verb, until, task, today),
  };
}

function untilFault(verb: TaskVerb, until: string | null, task: Task | null, today: string): Pick<TaskFaults, 'until'> {
  if (verb !== 'extend') return verb === 'passOn' && until !== null && until < today ? { until: 'assign.deadlinePassed' } : {};
  if (until === null) return { until: 'task.needUntil' };
  if (until < today) return { until: 'assign.deadlinePassed' };
  return task !== null && task.deadline !== null && until <= task.deadline ? { until: 'task.untilNotLater' } : {};
}

/** Which form is open, and whose part it is about. */
export type TaskAsking = { readonly verb: TaskVerb; readonly person: PersonId | null };
