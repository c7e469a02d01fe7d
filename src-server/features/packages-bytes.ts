import { AppFailure } from '../../src-shared/result.ts';

/** Bytes one after the other, in just the lengths that are asked for. Everything but `copy` is good until the next call. */
export type ByteReader = {
  /** Exactly so many. Throws `AppFailure(package.damaged)` when there are fewer. */
  readonly take: (length: number) => Promise<Uint8Array>;
  /** The same, one's own to keep. */
  readonly copy: (length: number) => Promise<Uint8Array>;
  /** Hands so many over in the parts that they came in: nothing is put together. */
  readonly pass: (length: number, each: (part: Uint8Array) => void) => Promise<void>;
  /** Nothing is left. */
  readonly isAtEnd: () => Promise<boolean>;
  /** Ends the source. */
  readonly close: () => Promise<void>;
};

export function createByteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const iterator = source[Symbol.asyncIterator]();
  let part: Uint8Array = new Uint8Array();
  // one room for all that is put together: a large package would else leave as much behind for the collector
  let room = new Uint8Array();

  async function hasMore(): Promise<boolean> {
    while (part.length === 0) {
      const next = await iterator.next();
      if (next.done === true) return false;
      part = next.value;
    }
    return true;
  }

  async function pass(length: number, each: (part: Uint8Array) => void): Promise<void> {
    for (let left = length; left > 0; ) {
      if (!(await hasMore())) throw new AppFailure('package.damaged', { reason: 'cut-off' });
      const taken = part.subarray(0, left);
      part = part.subarray(taken.length);
      left -= taken.length;
      each(taken);
    }
  }

  async function fill(into: Uint8Array, length: number): Promise<Uint8Array> {
    let at = 0;
    await pass(length, (piece) => {
      into.set(piece, at);
      at += piece.length;
    });
    return into.subarray(0, length);
  }

  return {
    take: (length) => {
      if (room.length < length) room = new Uint8Array(length);
      return fill(room, length);
    },
    copy: (length) => fill(new Uint8Array(length), length),
    pass,
    isAtEnd: async () => !(await hasMore()),
    close: async () => void (await iterator.return?.()),
  };
}
