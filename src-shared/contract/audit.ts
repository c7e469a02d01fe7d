import { z } from 'zod';
import { instant } from '../domain/ids.ts';
import { call } from './define.ts';

/** One line of what was done at this desk. `user`: a person's id; `name` as the directory has it. `subject`: an id, or what the deed was done to. */
export const auditRow = z.object({
  seq: z.int(),
  at: instant,
  user: z.string().nullable(),
  name: z.string(),
  action: z.string(),
  subject: z.string(),
  /** The document's title or number as it stands here now, for the reader: it is no part of the line. */
  about: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type AuditRow = z.infer<typeof auditRow>;

const head = z.object({ seq: z.int(), hash: z.string() }).nullable();

export const auditCalls = {
  /** The newest first; `offset` counts from the newest. */
  'audit.page': call(z.object({ offset: z.int().nonnegative(), limit: z.int().positive().max(200) }), z.object({ total: z.int(), rows: z.array(auditRow) })),
  /** Reads the whole chain. `faults`: in words, at most 20 of `faultCount`; `head`: what to write down, and to compare with what was written down before. */
  'audit.check': call(z.object({ expect: z.object({ seq: z.int().positive(), hash: z.string().regex(/^[0-9a-f]{64}$/) }).nullable() }), z.object({ lines: z.int(), faultCount: z.int(), faults: z.array(z.object({ kind: z.enum(['missing', 'inserted', 'changed', 'anchor', 'unreadable']), from: z.int(), to: z.int() })), head })),
  /** JSON lines, as `van-thu audit verify` reads them. */
  'audit.export': call(z.object({}), z.object({ fileName: z.string(), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })),
} as const;
