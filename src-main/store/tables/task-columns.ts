import type { Stage } from '../../../src-shared/domain/document.ts';
import type { Task } from '../../../src-shared/domain/task.ts';

/** A person's part in a document as `assignee` has it, in the order of `taskColumnNames`; whether it is open hangs on the document too. */
export type TaskColumns = readonly [person: string, part: string, state: string, deadline: string | null, givenAtMs: number, doneAtMs: number | null];
export const taskColumnNames = ['person', 'part', 'state', 'deadline', 'given_at_ms', 'done_at_ms'] as const;

export function taskColumns({ person, part, state, deadline, givenAt, doneAt }: Task): TaskColumns {
  return [person, part, state, deadline, Date.parse(givenAt), doneAt === null ? null : Date.parse(doneAt)];
}

/** `isOpen` of the shared rules, in SQL, of a row of `assignee` alone. */
export const isOpenSql = "(part <> 'inform' AND state IN ('new', 'accepted'))";

/** Work on what came in has ended. */
export const endedStages: readonly Stage[] = ['refused', 'sent-back', 'recalled', 'replaced', 'finished'];
export const endedStagesSql = `('${endedStages.join("', '")}')`;
/** Stages of a letter of ours that has answered; one that another replaced has answered still. */
export const answeringStagesSql = "('issued', 'sent', 'replaced')";
