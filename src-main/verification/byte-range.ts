import { createHash } from 'node:crypto';
import type { ByteSource } from '../ports/bytes.ts';
import type { HashName } from './algorithms.ts';
import { readWithDefiniteLengths } from './ber.ts';
import type { ProblemCode } from './messages.ts';

/** ISO 32000-2 12.8.1: `[0, gapStart)` and `[gapEnd, end)` are signed; the gap holds the signature itself. */
export type ByteRange = { readonly gapStart: number; readonly gapEnd: number; readonly end: number };

export type SignedBytes = {
  readonly range: ByteRange;
  /** The CMS as DER, without the zeros that fill the reserve. */
  readonly der: Uint8Array;
  /** Whether it was written with indefinite lengths, which the standard does not allow and NSS writes. */
  readonly isBer: boolean;
};

export type ByteRangeOutcome = { readonly ok: true; readonly value: SignedBytes } | { readonly ok: false; readonly code: ProblemCode };

/** Reserve of the largest CMS with time-stamp, chains and CRLs that is in use, many times over. */
const maxGapBytes = 16 * 1024 * 1024;
const hashChunkBytes = 1024 * 1024;

/**
 * Stage 2 of signing.md §6 for one signature: `/ByteRange` as read (anything), `/Contents` as the reader decoded it (null when it is no string).
 * The gap must be one hex string and nothing else, the same one that the dictionary was read with.
 */
export function readSignedBytes(source: ByteSource, byteRange: unknown, contents: Uint8Array | null): ByteRangeOutcome {
  if (byteRange === undefined || byteRange === null) return refuse('byte-range.missing');
  if (!Array.isArray(byteRange) || byteRange.length !== 4) return refuse('byte-range.malformed');
  const numbers: readonly unknown[] = byteRange;
  if (!numbers.every((each): each is number => typeof each === 'number' && Number.isSafeInteger(each) && each >= 0)) return refuse('byte-range.malformed');
  const [start = -1, firstLength = -1, gapEnd = -1, secondLength = -1] = numbers;
  const end = gapEnd + secondLength;
  if (start !== 0 || firstLength === 0 || secondLength === 0 || gapEnd <= firstLength || end > source.sizeBytes) return refuse('byte-range.outside');
  if (contents === null) return refuse('contents.missing');
  if (contents.length === 0) return refuse('contents.malformed');
  if (gapEnd - firstLength > maxGapBytes) return refuse('byte-range.gap');

  const decoded = decodeHexToken(source.read(firstLength, gapEnd - firstLength));
  if (decoded === null || Buffer.compare(decoded, contents) !== 0) return refuse('byte-range.gap');
  const value = decoded[0] === 0x30 ? readWithDefiniteLengths(decoded) : null;
  if (value === null) return refuse('contents.malformed');
  if (decoded.subarray(value.taken).some((byte) => byte !== 0)) return refuse('contents.padding');
  return { ok: true, value: { range: { gapStart: firstLength, gapEnd, end }, der: value.der, isBer: decoded[1] === 0x80 } };
}

/** Hash of the two signed ranges, read in pieces: a file of 500 MB is never held whole. */
export function digestByteRange(source: ByteSource, range: ByteRange, hash: HashName): Uint8Array {
  const digest = createHash(hash);
  for (const [from, to] of [[0, range.gapStart], [range.gapEnd, range.end]] as const) {
    for (let at = from; at < to; at += hashChunkBytes) digest.update(source.read(at, Math.min(hashChunkBytes, to - at)));
  }
  return digest.digest();
}

/** Signatures made one after the other enclose each other: each later one signs the earlier one's gap too. */
export function rangesNest(ranges: readonly ByteRange[]): boolean {
  const ordered = [...ranges].sort((a, b) => a.end - b.end);
  return ordered.every((each, index) => index === 0 || each.gapStart >= (ordered[index - 1]?.end ?? 0));
}

/** `<…>` with an even number of hex digits and nothing else; null otherwise. White space inside is legal PDF and made by no signer: refused. */
function decodeHexToken(gap: Uint8Array): Buffer | null {
  if (gap.length < 4 || gap.length % 2 !== 0 || gap[0] !== 0x3c || gap.at(-1) !== 0x3e) return null;
  const text = Buffer.from(gap.buffer, gap.byteOffset + 1, gap.length - 2).toString('latin1');
  return /^[0-9A-Fa-f]+$/.test(text) ? Buffer.from(text, 'hex') : null;
}

function refuse(code: ProblemCode): ByteRangeOutcome {
  return { ok: false, code };
}
