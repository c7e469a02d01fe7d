import { createCursors, type Place } from '../../../src-server/features/cursor.ts';
import type { CheckOptions } from './checks.ts';

/** I10: within an epoch no page takes a desk's cursor back. (A snapshot that is fetched because the desk differs from the server may be older than the cursor that led astray.) */
export async function checkCursors({ ledger, province }: CheckOptions): Promise<void> {
  const readers = province.epochs().map((epoch) => createCursors({ storage: { ...province.storage, epoch }, randomBytes: () => new Uint8Array(32) }));
  for (const { desk, unit, what, before, after } of ledger.moves) {
    if (what !== 'a page') continue;
    for (const reader of readers) {
      const [from, to]: [Place | null, Place | null] = [await reader.read(unit, before), await reader.read(unit, after)];
      if (from !== null && to !== null && to.after < from.after) ledger.violate('I10', `${desk}: ${what} moved the cursor from ${from.after} back to ${to.after}`);
    }
  }
}
