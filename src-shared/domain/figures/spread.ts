/** A quarter of an hour of office time; a percentile is told as the end of its quarter, so it is never told too short and less than fifteen minutes too long. */
export const quarterMinutes = 15;
/** 250 working days of 7.5 hours, a year of work. Whatever took longer is counted here, and the report says so. */
export const longestQuarters = 7_500;

export function quartersOf(minutes: number): number {
  return Math.min(Math.ceil(minutes / quarterMinutes), longestQuarters);
}

/** The nearest rank: the smallest value that `percent` of all do not exceed. Null: there is none. Exact over merged counts, for values are counted one by one. */
export function percentileOf(counts: ReadonlyMap<number, number>, percent: number): number | null {
  const values = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b);
  const total = values.reduce((sum, [, n]) => sum + n, 0);
  const rank = Math.max(1, Math.ceil((total * percent) / 100));
  let seen = 0;
  for (const [value, n] of values) {
    seen += n;
    if (seen >= rank) return value;
  }
  return null;
}
