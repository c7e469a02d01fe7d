import { z } from 'zod';
import { documentId } from '../domain/ids.ts';
import { call } from './define.ts';

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** What may go over the line by itself. Commands, numbers and what a person opens always may. */
export const linePolicy = z.object({
  /** Which files come by themselves: all, those that concern this person or are urgent, or none until they are opened. */
  contents: z.enum(['all', 'mine', 'on-opening']).catch('all'),
  /** MB (10^6 bytes) of files a day that come by themselves; null: no limit. */
  dailyMb: z.int().min(1).max(1_000_000).nullable().catch(null),
  /** Files that nobody waits for come between these hours only, in Vietnam's time, over midnight too; null: at any. */
  bulkHours: z.object({ from: hour, until: hour }).nullable().catch(null),
  /** The line is paid by the byte (a phone's): as `on-opening`, and no program updates. */
  metered: z.boolean().catch(false),
});
export type LinePolicy = z.infer<typeof linePolicy>;
export const defaultLinePolicy: LinePolicy = linePolicy.parse({});

/** Bytes of bodies on the wire, both ways, by day of Vietnam's calendar. */
export const lineDay = z.object({ day: z.iso.date(), sentBytes: z.int(), receivedBytes: z.int(), /** of them, files that came by themselves. */ bulkBytes: z.int() });
export type LineDay = z.infer<typeof lineDay>;

export const lineCalls = {
  'line.policy': call(z.object({}), linePolicy),
  'line.setPolicy': call(linePolicy, linePolicy),
  /** The newest day last, at most 31. */
  'line.usage': call(z.object({}), z.object({ days: z.array(lineDay) })),
  /** A person wants to see this document's file now: it overtakes everything that nobody waits for. Errors: `not-found`. */
  'line.fetch': call(z.object({ document: documentId }), z.object({ here: z.boolean() })),
} as const;
