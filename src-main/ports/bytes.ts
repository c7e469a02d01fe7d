/**
 * Random access to a file's bytes without holding them all: a PDF of 500 MB is read where it is needed.
 * `read` returns exactly `[offset, offset+length)` clipped to the size.
 * `readInto`, where a source has it, fills `into` from `offset` and returns the count of bytes, clipped to the size: for one pass over
 * a large file, which would else leave a hundred megabytes of used-up slices behind it.
 */
export type ByteSource = {
  readonly sizeBytes: number;
  readonly read: (offset: number, length: number) => Uint8Array;
  readonly readInto?: (offset: number, into: Uint8Array) => number;
  /** What opens an encrypted file (ISO 32000-2 7.6.4: the user's or the owner's). It travels with the bytes and is never stored or logged. */
  readonly password?: string;
};

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, Math.min(offset + length, bytes.length)) };
}
