/**
 * Random access to a file's bytes without holding them all: a PDF of 500 MB is read where it is needed.
 * `read` returns exactly `[offset, offset+length)` clipped to the size.
 */
export type ByteSource = {
  readonly sizeBytes: number;
  readonly read: (offset: number, length: number) => Uint8Array;
};

export function bytesSource(bytes: Uint8Array): ByteSource {
  return { sizeBytes: bytes.length, read: (offset, length) => bytes.subarray(offset, Math.min(offset + length, bytes.length)) };
}
