import { z } from 'zod';
import { commandId, documentId, grantId, instant, organizationCode, personId } from './ids.ts';
import { role } from './organization.ts';

export const actor = z.object({ person: personId, fullName: z.string(), role, unit: organizationCode });
export type Actor = z.infer<typeof actor>;

/** Counters a command was made against; a stale one is a conflict, never an overwrite (sync.md I7). */
export const versions = z.object({ workflow: z.int().nonnegative(), assignment: z.int().nonnegative() });
export type Versions = z.infer<typeof versions>;

/** What every command carries, of a document or of an office's record. */
export const commandMeta = z.object({
  id: commandId,
  document: documentId,
  unit: organizationCode,
  actor,
  /** The author's clock at the click; information only, never used for order. */
  at: instant,
  base: versions,
  dependsOn: commandId.nullable(),
  /** By whose leave, where the actor's own role would not do (a written, time-limited grant: NĐ 30/2020 Art 13). */
  byGrant: grantId.optional(),
});

export const eventMeta = z.object({ at: instant, by: actor.nullable(), command: commandId.nullable(), byGrant: grantId.optional() });
