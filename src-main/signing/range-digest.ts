import { createHash, type Hash } from 'node:crypto';
import type { ByteSource } from '../ports/bytes.ts';
import type { DigestName } from '../ports/token.ts';

/** Small: what a source allocates for one slice is garbage by the next, and the collector lets tens of megabytes of it gather. */
const sliceBytes = 64 * 1024;

/** The hash of the whole input so far; `.copy()` it to go on. Reads slice by slice, once. */
export function hashInput(input: ByteSource, digest: DigestName): Hash {
  const hash = createHash(digest);
  const { readInto } = input;
  const slice = new Uint8Array(readInto === undefined ? 0 : Math.min(sliceBytes, input.sizeBytes));
  for (let at = 0; at < input.sizeBytes; at += sliceBytes) hash.update(readInto === undefined ? input.read(at, sliceBytes) : slice.subarray(0, readInto(at, slice)));
  return hash;
}

/** Digest of `input ++ tail` without the tail's `[start, end)`. */
export function digestAround(input: Hash, tail: Uint8Array, gap: { readonly start: number; readonly end: number }): Uint8Array {
  return input.copy().update(tail.subarray(0, gap.start)).update(tail.subarray(gap.end)).digest();
}
