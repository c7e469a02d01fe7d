import { z } from 'zod';
import { binary } from '../../src-shared/contract/define.ts';
import { appError } from '../../src-shared/protocol/wire.ts';

/** To the process that makes a backup: one of the first three, once; `stop` at any time. The key goes over the pipe, never into words that a list of processes shows. */
export const toHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('make'), profileDir: z.string(), key: binary, target: z.string(), program: z.string() }),
  z.object({ kind: z.literal('sheet'), profileDir: z.string(), key: binary }),
  z.object({ kind: z.literal('check'), profileDir: z.string(), key: binary }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToHost = z.infer<typeof toHost>;

export const fromHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), doneBytes: z.int(), totalBytes: z.int() }),
  z.object({ kind: z.literal('made'), at: z.string(), place: z.string(), sizeBytes: z.int() }),
  z.object({ kind: z.literal('sheet'), number: z.string(), madeAt: z.string(), phrase: z.string() }),
  z.object({ kind: z.literal('checked'), faults: z.int(), contents: z.int() }),
  z.object({ kind: z.literal('failed'), error: appError }),
]);
export type FromHost = z.infer<typeof fromHost>;
