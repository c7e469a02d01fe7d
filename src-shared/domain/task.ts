import { z } from 'zod';
import { documentId, instant, localDate, personId } from './ids.ts';

/** Chủ trì · phối hợp · để biết (NĐ 30/2020 Art 23.2). */
export const taskParts = ['lead', 'support', 'inform'] as const;
export type TaskPart = (typeof taskParts)[number];

/** Mới giao · đang xử lý (of `inform`: đã xem) · đã trả lại · đã xong. */
export const taskStates = ['new', 'accepted', 'returned', 'done'] as const;
export type TaskState = (typeof taskStates)[number];

/** Tốt · đạt · chưa đạt. */
export const evaluationGrades = ['good', 'met', 'not-met'] as const;
export const evaluationGrade = z.enum(evaluationGrades);

/** What one person has to do about one document. Times are those of the clicks. */
export const task = z.object({
  person: personId,
  part: z.enum(taskParts),
  state: z.enum(taskStates),
  directive: z.string(),
  deadline: localDate.nullable(),
  givenBy: personId,
  givenAt: instant,
  /** Who passed it on within the unit: theirs stays open and is finished with it. */
  passedFrom: personId.nullable(),
  acceptedAt: instant.nullable(),
  doneAt: instant.nullable(),
  progress: z.object({ percent: z.int(), text: z.string(), at: instant }).nullable(),
  /** The last one that was asked for; `granted` null: not answered yet. */
  extension: z.object({ until: localDate, reason: z.string(), at: instant, granted: z.boolean().nullable(), answer: z.string() }).nullable(),
  returnReason: z.string().nullable(),
  result: z.object({ text: z.string(), answer: documentId.nullable() }).nullable(),
  evaluation: z.object({ grade: evaluationGrade, text: z.string() }).nullable(),
  /** When somebody last reminded of it. */
  remindedAt: instant.nullable(),
});
export type Task = z.infer<typeof task>;
