/** Chance that can be had again: the same seed and label give the same values on every machine. */
export type Random = {
  /** [0, 1). */
  readonly next: () => number;
  /** 0 … below − 1. */
  readonly int: (below: number) => number;
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
  readonly uuid: () => string;
  /** A stream of its own: what is drawn from one moves no other. */
  readonly fork: (label: string) => Random;
};

export function createRandom(seed: number, label = ''): Random {
  // FNV-1a over the label, so that streams of one seed have nothing to do with each other
  let hash = 2_166_136_261 ^ seed;
  for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 16_777_619);
  let [a, b, c, d] = [hash | 0, seed | 0, Math.imul(seed, 2_654_435_761) | 0, 1];

  /** sfc32 (PractRand): 128 bits of state, quick, passes what it must. */
  function word(): number {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  }
  for (let k = 0; k < 12; k++) word();

  const next = (): number => word() / 2 ** 32;
  const int = (below: number): number => Math.floor(next() * below);
  const bytes = (length: number): Uint8Array => {
    const out = Buffer.alloc(length);
    let at = 0;
    for (; at + 4 <= length; at += 4) out.writeUInt32LE(word(), at);
    for (; at < length; at++) out[at] = word() & 255;
    return out;
  };
  return {
    next,
    int,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: <T>(from: readonly T[]): T => {
      const found = from[int(from.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    bytes,
    uuid: () => {
      const hex = Buffer.from(bytes(16)).toString('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
    fork: (more) => createRandom(seed, `${label}/${more}`),
  };
}
