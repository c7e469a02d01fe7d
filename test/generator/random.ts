/** Chance that repeats itself: the same seed draws the same numbers on every machine. */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  /** A whole number in [0, below). */
  readonly int: (below: number) => number;
  readonly between: (from: number, to: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly bytes: (count: number) => Buffer;
  readonly shuffle: <T>(items: readonly T[]) => T[];
};

/** sfc32, seeded by splitmix32. */
export function createRandom(seed: number): Random {
  let spread = seed | 0;
  const word = (): number => {
    spread = (spread + 0x9e3779b9) | 0;
    let mixed = spread ^ (spread >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let [a, b, c, counter] = [word(), word(), word(), 1];
  const next32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i += 1) next32();
  const int = (below: number): number => Math.floor((next32() / 2 ** 32) * below);
  return {
    next: () => next32() / 2 ** 32,
    int,
    between: (from, to) => from + int(to - from + 1),
    chance: (probability) => next32() / 2 ** 32 < probability,
    pick: (from) => {
      const item = from[int(from.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => int(256))),
    shuffle: (items) => {
      const left = [...items];
      for (let i = left.length - 1; i > 0; i -= 1) {
        const j = int(i + 1);
        [left[i], left[j]] = [left[j]!, left[i]!];
      }
      return left;
    },
  };
}
