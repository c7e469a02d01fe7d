import { z } from 'zod';
import { assignment, contentRef, stage } from '../domain/document.ts';
import { commandId, documentId, instant } from '../domain/ids.ts';
import { call } from './define.ts';

/** One side of a clash, with what it says of the thing that both changed. What it does not speak of is null. */
export const conflictSide = z.object({
  by: z.string().nullable(),
  at: instant.nullable(),
  stage: stage.nullable(),
  assignment: assignment.nullable(),
  content: contentRef.nullable(),
  /** Its words: a reason, a note, an opinion. */
  text: z.string().nullable(),
});
export type ConflictSide = z.infer<typeof conflictSide>;

/**
 * Something this person did that lost to what another did first (sync.md, rule 7). It stays until a person settles it.
 * What can be done with it: `keep-mine` does it again over what stands; `keep-both` makes a draft of one's own out of it (a draft or a file that forked).
 * `accept` is always possible.
 */
export const conflict = z.object({
  id: commandId,
  document: documentId,
  title: z.string(),
  /** The command's type. */
  type: z.string(),
  at: instant,
  mine: conflictSide,
  /** As it stands now. */
  theirs: conflictSide,
  choices: z.array(z.enum(['keep-mine', 'keep-both', 'accept'])).min(1),
});
export type Conflict = z.infer<typeof conflict>;

export const conflictCalls = {
  /** The newest last. */
  'conflicts.list': call(z.object({}), z.object({ conflicts: z.array(conflict) })),
  /** Done again as a new action over what stands now. Errors: `not-found`, those of the action itself. */
  'conflicts.keepMine': call(z.object({ id: commandId }), z.object({})),
  /** A new draft with one's own words and file; the document stays as it stands. Errors: `not-found`, `not-allowed`. */
  'conflicts.keepBoth': call(z.object({ id: commandId }), z.object({ document: documentId })),
  /** What stands, stands. Errors: `not-found`. */
  'conflicts.accept': call(z.object({ id: commandId }), z.object({})),
} as const;

export const conflictEvents = { 'conflicts.changed': z.object({ count: z.int() }) } as const;
