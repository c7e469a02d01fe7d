import { z } from 'zod';
import { documentId } from '../domain/ids.ts';
import { call } from './define.ts';
import { listQuery } from './documents.ts';

/** Most rows of one file: as many as a choice may hold. A list that is longer is refused, so that no file lacks rows in silence. */
export const mostExported = 10_000;

export const resultFormats = ['xlsx', 'csv'] as const;
export type ResultFormat = (typeof resultFormats)[number];

const exportId = z.uuid();

/**
 * A list as a file, row after row in the list's own order of the moment it was begun. Its rows are read a few at a time, as often as `results.step` is asked,
 * so that nobody waits behind it; one is under way at a time, and a new one ends the one before.
 */
export const resultCalls = {
  /** `ids`: only these of the list, in its order. Errors: `results.none`, `results.too-many`. */
  'results.begin': call(
    listQuery.extend({ ids: z.array(documentId).min(1).max(mostExported).nullable().default(null), format: z.enum(resultFormats) }),
    z.object({ exportId, total: z.int() }),
  ),
  'results.step': call(z.object({ exportId }), z.object({ done: z.int(), total: z.int() })),
  /** After the last step. `rows` may be fewer than `total`: what has left this desk meanwhile is not in it. */
  'results.finish': call(z.object({ exportId }), z.object({ fileName: z.string(), rows: z.int(), bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array) })),
  /** Given up: nothing of it is left. */
  'results.drop': call(z.object({ exportId }), z.object({})),
} as const;
