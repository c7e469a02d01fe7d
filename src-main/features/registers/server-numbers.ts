import { z } from 'zod';
import type { BookId } from '../../../src-shared/domain/ids.ts';
import type { VoidNumber } from '../../../src-shared/domain/registers.ts';
import type { Result } from '../../../src-shared/result.ts';
import { ok } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import type { NumbersAtServer } from '../../ports/sync.ts';

const kept = z.object({ at: z.string(), voids: z.array(z.int().positive()) });
type Kept = z.infer<typeof kept>;

const settingOf = (book: BookId): string => `register.numbers ${book}`;
/** A station that gave a book back, or lost it, left these out. */
const reason = 'không cấp cho văn bản nào';

/** Asks the server, and keeps which numbers are void, so that a register shows them without a line (NĐ 30/2020 Art 15.1: no number is left out in silence). */
export async function askServerNumbers({ sync, store, now }: Pick<DeskContext, 'sync' | 'store' | 'now'>, book: BookId): Promise<Result<NumbersAtServer>> {
  const said = await sync.askNumbers(book);
  if (!said.ok) return said;
  store.setSetting(settingOf(book), JSON.stringify({ at: now().toISOString(), voids: [...said.value.voids] } satisfies Kept));
  return ok(said.value);
}

/** What was kept of the last answer; `at` null: the server was never asked for this book. */
export function serverVoids({ store }: Pick<DeskContext, 'store'>, book: BookId): { readonly at: string | null; readonly voids: readonly VoidNumber[] } {
  const text = store.getSetting(settingOf(book));
  if (text === null) return { at: null, voids: [] };
  const { at, voids } = kept.parse(JSON.parse(text));
  return { at, voids: voids.map((number) => ({ void: true, number, date: null, reason })) };
}
