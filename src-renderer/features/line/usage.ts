import type { LineDay } from '../../../src-shared/contract/line.ts';

export type UsageSum = { readonly sentBytes: number; readonly receivedBytes: number; readonly bulkBytes: number };
/** One bar: `share` of the tallest, 0 to 1; `bulk` of it came by itself. */
export type UsageBar = UsageSum & { readonly day: string; readonly share: number; readonly bulkShare: number };

const dayMs = 86_400_000;

/** What one day used; nothing when it is not among them. `day`: `yyyy-mm-dd`. */
export function usageOfDay(days: readonly LineDay[], day: string): UsageSum {
  return sumOf(days.filter((one) => one.day === day));
}

/** What the month of `day` used, as far as the days go back. */
export function usageOfMonth(days: readonly LineDay[], day: string): UsageSum {
  return sumOf(days.filter((one) => one.day.slice(0, 7) === day.slice(0, 7)));
}

/** The last `count` days up to `today`, without gaps: a day that nothing went is a bar of no height. */
export function barsOf(days: readonly LineDay[], today: string, count: number): readonly UsageBar[] {
  const known = new Map(days.map((one) => [one.day, one]));
  const last = Date.parse(`${today}T00:00:00Z`);
  const shown = Array.from({ length: count }, (_, at) => new Date(last - (count - 1 - at) * dayMs).toISOString().slice(0, 10))
    .map((day) => ({ day, sentBytes: 0, receivedBytes: 0, bulkBytes: 0, ...known.get(day) }));
  const most = Math.max(...shown.map(bytesOf));
  return shown.map((one) => {
    const all = bytesOf(one);
    return { ...one, share: most === 0 ? 0 : all / most, bulkShare: most === 0 ? 0 : Math.min(one.bulkBytes, all) / most };
  });
}

export function bytesOf({ sentBytes, receivedBytes }: UsageSum): number {
  return sentBytes + receivedBytes;
}

function sumOf(days: readonly LineDay[]): UsageSum {
  return days.reduce<UsageSum>((sum, one) => ({ sentBytes: sum.sentBytes + one.sentBytes, receivedBytes: sum.receivedBytes + one.receivedBytes, bulkBytes: sum.bulkBytes + one.bulkBytes }), { sentBytes: 0, receivedBytes: 0, bulkBytes: 0 });
}
