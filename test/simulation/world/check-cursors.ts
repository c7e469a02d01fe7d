import { createCursors, type Place } from '../../../src-server/features/cursor.ts';
import type { CheckOptions } from './checks.ts';

/** I10: within an epoch a desk's cursor never goes back, whatever brought it. */
export async function checkCursors({ ledger, province }: CheckOptions): Promise<void> {
  const readers = province.epochs().map((epoch) => createCursors({ storage: { ...province.storage, epoch }, randomBytes: () => new Uint8Array(32) }));
  for (const { desk, unit, what, before, after } of ledger.moves) {
    for (const reader of readers) {
      const [from, to]: [Place | null, Place | null] = [await reader.read(unit, before), await reader.read(unit, after)];
      if (from !== null && to !== null && to.after < from.after) ledger.violate('I10', `${desk}: ${what} moved the cursor from ${from.after} back to ${to.after}`);
    }
  }
}
