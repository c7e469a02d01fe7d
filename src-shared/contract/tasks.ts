import { z } from 'zod';
import { documentState } from '../domain/document.ts';
import { documentId, instant, localDate, personId } from '../domain/ids.ts';
import { evaluationGrade, task } from '../domain/task.ts';
import { appErrorSchema } from './app-error.ts';
import { call } from './define.ts';
import { documentDetail } from './documents.ts';

const one = z.object({ id: documentId });
const reason = z.string().max(1000);
/** What becomes of a deadline on a day when the office is closed, as in `documents.assign`. */
const closedDay = z.enum(['ask', 'keep']).default('keep');

/** Where a deadline stands: of a task, or of a step that the law asks for. */
export const dueState = z.enum(['done', 'running', 'soon', 'late']);
export type DueState = z.infer<typeof dueState>;

export const legalDeadline = z.object({
  step: z.string(),
  /** What is to be done, and by whom, as the office says it; a screen in another language says it of `step` and `who`. */
  what: z.string(),
  /** Whose part of the document it is, by name; null for a step of the whole document. */
  who: z.string().nullable(),
  article: z.string(),
  dueAt: instant,
  state: dueState,
  doneAt: instant.nullable(),
});
export type LegalDeadlineView = z.infer<typeof legalDeadline>;

export const boardRow = z.object({ document: documentState, task, due: dueState, workingDaysLeft: z.int().nullable() });
export type BoardRow = z.infer<typeof boardRow>;

export const taskCalls = {
  'tasks.accept': call(one, documentDetail),
  'tasks.return': call(one.extend({ reason }), documentDetail),
  'tasks.report': call(one.extend({ percent: z.int().min(0).max(100), text: reason }), documentDetail),
  'tasks.requestExtension': call(one.extend({ until: localDate, reason, closedDay }), documentDetail),
  'tasks.answerExtension': call(one.extend({ person: personId, granted: z.boolean(), until: localDate.nullable(), reason }), documentDetail),
  /** `answer`: the document that answers it. */
  'tasks.finish': call(one.extend({ result: reason, answer: documentId.nullable() }), documentDetail),
  'tasks.reopen': call(one.extend({ reason }), documentDetail),
  'tasks.evaluate': call(one.extend({ person: personId, grade: evaluationGrade, text: reason }), documentDetail),
  'tasks.passOn': call(one.extend({ to: personId, directive: reason, deadline: localDate.nullable(), closedDay }), documentDetail),
  'tasks.remind': call(one.extend({ person: personId, text: reason }), documentDetail),
  /** Many at once: each that can be is assigned, and of each other it is said why not. */
  'tasks.assignMany': call(
    z.object({
      ids: z.array(documentId).min(1).max(500), lead: personId, support: z.array(personId), inform: z.array(personId), directive: reason, deadline: localDate.nullable(),
      each: z.array(z.object({ person: personId, deadline: localDate })).max(200).optional(), closedDay,
    }),
    z.object({ done: z.array(documentId), failed: z.array(z.object({ id: documentId, error: appErrorSchema, message: z.string() })) }),
  ),
  /** Who has what to do, late first. `person` null: everybody of the unit, which leaders and clerks may ask. */
  'tasks.board': call(
    z.object({ person: personId.nullable(), state: z.enum(['open', 'late', 'done', 'all']), offset: z.int().nonnegative(), limit: z.int().positive().max(200) }),
    z.object({ total: z.int(), rows: z.array(boardRow), people: z.array(z.object({ person: personId, open: z.int(), late: z.int() })) }),
  ),
  /** What the law asks of this document now, and what it asked before. */
  'tasks.deadlines': call(one, z.object({ deadlines: z.array(legalDeadline) })),
  /** What will be late before the end of the next working day, the most pressing first. */
  'tasks.alarms': call(z.object({}), z.object({ rows: z.array(z.object({ document: documentState, deadline: legalDeadline })) })),
} as const;

export const taskEvents = {
  /** What this person should know of before it is late: each step of each document once a day. */
  'tasks.alarm': z.object({ rows: z.array(z.object({ id: documentId, what: z.string(), dueAt: instant })) }),
} as const;
