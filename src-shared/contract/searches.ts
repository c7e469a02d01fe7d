import { z } from 'zod';
import { call } from './define.ts';
import { folder, quickFilter, quickFilters } from './documents.ts';

const id = z.uuid();
// a little more than a name may have, so that one too long meets its own sentence
const name = z.string().max(400);
const asked = z.object({ folder, query: z.string().max(200), quick: z.array(quickFilter).max(quickFilters.length) });

/** Tìm đã lưu: the words as they were typed, so that what they say of today (`hạn:hôm_nay`) is said of the day on which it is opened. */
export const savedSearch = asked.extend({ id, name });
export type SavedSearch = z.infer<typeof savedSearch>;

/** Of this person at this desk alone; they never leave it. */
export const searchCalls = {
  'searches.list': call(z.object({}), z.object({ searches: z.array(savedSearch) })),
  /** At the end, or in that place (from 0), where one that was removed is put back. Errors: `search.nothing`, `search.no-name`, `search.name-too-long`, `search.name-taken`, `search.too-many`. */
  'searches.save': call(asked.extend({ name, place: z.int().nonnegative().nullable().default(null) }), savedSearch),
  'searches.rename': call(z.object({ id, name }), z.object({})),
  /** A step up or down. */
  'searches.move': call(z.object({ id, by: z.union([z.literal(-1), z.literal(1)]) }), z.object({})),
  /** `place`: where it stood. */
  'searches.remove': call(z.object({ id }), z.object({ place: z.int() })),
  /** How many documents it finds now. */
  'searches.count': call(z.object({ id }), z.object({ total: z.int() })),
} as const;
