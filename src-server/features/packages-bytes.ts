import { AppFailure } from '../../src-shared/result.ts';

/** Bytes one after the other, in just the lengths that are asked for. */
export type ByteReader = {
  /** Exactly so many. Throws `AppFailure(package.damaged)` when there are fewer. */
  readonly take: (length: number) => Promise<Uint8Array>;
  /** Nothing is left. */
  readonly isAtEnd: () => Promise<boolean>;
  /** Ends the source. */
  readonly close: () => Promise<void>;
};

export function createByteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]();
  let parts: Uint8Array[] = [];
  let held = 0;

  async function fill(length: number): Promise<boolean> {
    while (held < length) {
      const next = await iterator.next();
      if (next.done === true) return false;
      parts.push(next.value);
      held += next.value.length;
    }
    return true;
  }

  return {
    take: async (length) => {
      if (!(await fill(length))) throw new AppFailure('package.damaged', { reason: 'cut-off' });
      const all = parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
      parts = length < all.length ? [all.subarray(length)] : [];
      held = all.length - length;
      return all.subarray(0, length);
    },
    isAtEnd: async () => !(await fill(1)),
    close: async () => void (await iterator.return?.()),
  };
}
