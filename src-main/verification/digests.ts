import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { ByteSource } from '../ports/bytes.ts';
import type { HashName } from './algorithms.ts';
import type { ByteRange } from './byte-range.ts';

export type DigestOrder = { readonly range: ByteRange; readonly hash: HashName };

/** Small: what a source allocates for one slice is garbage by the next, and the collector lets tens of megabytes of it gather. */
const sliceBytes = 64 * 1024;
/** Others of this process get their turn after so much: about 50 ms. */
const turnBytes = 32 * 1024 * 1024;

/**
 * The digest of each signature's two ranges, all in one walk through the file: signatures made one after the other share all that lies before the first of
 * them, so that is hashed once and the hash copied where their ways part. Read in pieces: a file of 500 MB is never held whole.
 */
export async function digestRanges(source: ByteSource, orders: readonly DigestOrder[]): Promise<readonly Uint8Array[]> {
  const prefixes = [...new Set(orders.map(({ hash }) => hash))].map((hash) => ({ hash, running: createHash(hash), until: Math.max(...orders.filter((each) => each.hash === hash).map(({ range }) => range.gapStart)) }));
  const own = new Map<DigestOrder, Hash>();
  const stops = [...new Set([0, ...orders.flatMap(({ range }) => [range.gapStart, range.gapEnd, range.end])])].sort((a, b) => a - b);
  const slice = new Uint8Array(source.readInto === undefined ? 0 : sliceBytes);
  let sinceTurn = 0;
  for (const [index, from] of stops.entries()) {
    for (const order of orders) {
      const prefix = prefixes.find(({ hash }) => hash === order.hash);
      if (order.range.gapStart === from && prefix !== undefined) own.set(order, prefix.running.copy());
    }
    const to = stops[index + 1] ?? from;
    // a hash that no gap is left for is not fed any more; a gap that only one signature has is not read for it
    const fed = [
      ...prefixes.filter(({ until }) => to <= until).map(({ running }) => running),
      ...orders.filter(({ range }) => range.gapEnd <= from && to <= range.end).flatMap((order) => own.get(order) ?? []),
    ];
    if (fed.length === 0) continue;
    for (let at = from; at < to; at += sliceBytes) {
      const bytes = readSlice(source, at, Math.min(sliceBytes, to - at), slice);
      for (const each of fed) each.update(bytes);
      sinceTurn += bytes.length;
      if (sinceTurn < turnBytes) continue;
      sinceTurn = 0;
      await setImmediate();
    }
  }
  return orders.map((order) => {
    const digest = own.get(order);
    if (digest === undefined) throw new Error('a range without its beginning');
    return digest.digest();
  });
}

function readSlice(source: ByteSource, at: number, length: number, slice: Uint8Array): Uint8Array {
  if (source.readInto === undefined) return source.read(at, length);
  const into = length === slice.length ? slice : slice.subarray(0, length);
  return into.subarray(0, source.readInto(at, into));
}
