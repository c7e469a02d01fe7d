/** One row of two versions laid side by side: the same page in both, or a page that only one of them has. */
export type Sheet = { readonly signed: number | null; readonly now: number | null };

/**
 * Pairs the pages of an earlier and a later version by what they are called in the file (`12 0 R`): an update that takes a page in leaves the others their
 * names. Pages that stand in each other's place are laid side by side, whatever they are called.
 */
export function pairPages(signed: readonly string[], now: readonly string[]): readonly Sheet[] {
  const common = longestCommon(signed, now);
  const sheets: Sheet[] = [];
  let [left, right] = [0, 0];
  for (const [nextLeft, nextRight] of [...common, [signed.length, now.length] as const]) {
    for (; left < nextLeft || right < nextRight; left += Number(left < nextLeft), right += Number(right < nextRight)) {
      sheets.push({ signed: left < nextLeft ? left + 1 : null, now: right < nextRight ? right + 1 : null });
    }
    if (left < signed.length && right < now.length) sheets.push({ signed: left + 1, now: right + 1 });
    left = nextLeft + 1;
    right = nextRight + 1;
  }
  return sheets;
}

/** By their numbers alone, those with these numbers: for documents too long to ask every page for its name. */
export function pairByNumber(signed: number, now: number, only: readonly number[]): readonly Sheet[] {
  const numbers = [...new Set(only)].filter((number) => number <= Math.max(signed, now)).toSorted((one, other) => one - other);
  return (numbers.length > 0 ? numbers : [1]).map((number) => ({ signed: number <= signed ? number : null, now: number <= now ? number : null }));
}

/** Places of the longest common subsequence, in order. */
function longestCommon(one: readonly string[], other: readonly string[]): readonly (readonly [number, number])[] {
  const width = other.length + 1;
  const lengths = new Uint32Array((one.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      lengths[row * width + column] = one[row] === other[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let row = 0, column = 0; row < one.length && column < other.length; ) {
    if (one[row] === other[column]) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
