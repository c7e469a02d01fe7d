import type { Assignment } from './document.ts';
import type { PersonId } from './ids.ts';
import type { Task, TaskPart } from './task.ts';

/** What of a task is the same for all that are given at once. */
type Given = { readonly by: PersonId; readonly at: string };

export function findTask(tasks: readonly Task[], person: PersonId): Task | null {
  return tasks.find((task) => task.person === person) ?? null;
}

/** Not finished and not given back. Whoever is only informed owes nothing. */
export function isOpen(task: Pick<Task, 'part' | 'state'>): boolean {
  return task.part !== 'inform' && (task.state === 'new' || task.state === 'accepted');
}

/** Whether the document waits for nobody who leads. */
export function isFinished(tasks: readonly Task[]): boolean {
  return tasks.some(({ part, state }) => part === 'lead' && state === 'done') && !tasks.some((task) => task.part === 'lead' && isOpen(task));
}

/** Giving a document out, for the first time or anew: who is named keeps what they have done, who is not named any more is let go with those to whom they passed it on. */
export function tasksAfterAssignment(present: readonly Task[], assigned: Assignment, given: Given): Task[] {
  const named: [PersonId, TaskPart][] = [
    [assigned.lead, 'lead'],
    ...assigned.support.map((person): [PersonId, TaskPart] => [person, 'support']),
    ...assigned.inform.map((person): [PersonId, TaskPart] => [person, 'inform']),
  ];
  const tasks: Task[] = [];
  for (const [person, part] of named) {
    if (findTask(tasks, person) !== null) continue;
    const before = findTask(present, person);
    const deadline = part === 'inform' ? null : (assigned.each?.find((one) => one.person === person)?.deadline ?? assigned.deadline);
    const kept = before !== null && before.part === part && before.state !== 'returned' ? before : null;
    tasks.push(kept === null ? freshTask(person, part, assigned.directive, deadline, given, null) : { ...kept, directive: assigned.directive, deadline, passedFrom: null });
  }
  for (let found = true; found; ) {
    const below = present.filter((task) => task.passedFrom !== null && findTask(tasks, task.passedFrom) !== null && findTask(tasks, task.person) === null);
    tasks.push(...below);
    found = below.length > 0;
  }
  return tasks;
}

export function freshTask(person: PersonId, part: TaskPart, directive: string, deadline: string | null, { by, at }: Given, passedFrom: PersonId | null): Task {
  return {
    person, part, state: 'new', directive, deadline, givenBy: by, givenAt: at, passedFrom, acceptedAt: null, doneAt: null, progress: null, extension: null,
    returnReason: null, result: null, evaluation: null, remindedAt: null,
  };
}

export function changeTask(tasks: readonly Task[], person: PersonId, change: (task: Task) => Task): Task[] {
  return tasks.map((task) => (task.person === person ? change(task) : task));
}

/** Whoever passed a task on is done when it is done: they answer for it, and it was done for them. */
export function finishUpwards(tasks: readonly Task[], person: PersonId, at: string, result: NonNullable<Task['result']>): Task[] {
  let next = [...tasks];
  const seen = new Set<PersonId>();
  for (let who: PersonId | null = person; who !== null && !seen.has(who); ) {
    const task = findTask(next, who);
    if (task === null || (who !== person && !isOpen(task))) break;
    seen.add(who);
    next = changeTask(next, who, (one) => ({ ...one, state: 'done', doneAt: at, result, acceptedAt: one.acceptedAt ?? at }));
    who = task.passedFrom;
  }
  return next;
}
