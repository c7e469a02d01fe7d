/** What one fact adds to one figure. `by`: empty, or one dimension and its value, e.g. `person:dia-chinh`, `kind:bao-cao`, `channel:axis`. */
export type Count = { readonly day: string; readonly part: string; readonly by: string; readonly n: number };
export type Cell = Count & { readonly unit: string; readonly figure: string };

/**
 * Whole numbers by unit, day, figure, part and dimension, and nothing else: tallies are added and subtracted cell by cell, in any order and grouping, without an error of rounding. A cell of 0 is not there, so
 * equal tallies are equal maps. A server keeps one a day and puts a changed fact right by subtracting what it was and adding what it is.
 */
export type Tally = ReadonlyMap<string, number>;

export const noTally: Tally = new Map();

export function tallyOf(cells: Iterable<Cell>): Tally {
  const sums = new Map<string, number>();
  for (const cell of cells) put(sums, keyOf(cell), cell.n);
  return sums;
}

export function addTallies(...tallies: readonly Tally[]): Tally {
  const sums = new Map<string, number>();
  for (const tally of tallies) for (const [key, n] of tally) put(sums, key, n);
  return sums;
}

export function subtractTally(from: Tally, what: Tally): Tally {
  const sums = new Map(from);
  for (const [key, n] of what) put(sums, key, -n);
  return sums;
}

export function* cellsOf(tally: Tally): Generator<Cell> {
  for (const [key, n] of tally) {
    const [unit = '', day = '', figure = '', part = '', ...by] = key.split('|');
    // last, for an office names its people as it likes
    yield { unit, day, figure, part, by: by.join('|'), n };
  }
}

function keyOf({ unit, day, figure, part, by }: Cell): string {
  return `${unit}|${day}|${figure}|${part}|${by}`;
}

function put(sums: Map<string, number>, key: string, n: number): void {
  const sum = (sums.get(key) ?? 0) + n;
  if (sum === 0) sums.delete(key);
  else sums.set(key, sum);
}
