import { brotliDecompressSync } from 'node:zlib';

/** Codings of bodies, by the name in `Content-Encoding`. A decoder gives at most `limitBytes`, and throws a `RangeError` beyond. */
type Decoder = (bytes: Uint8Array, limitBytes: number) => Uint8Array;

const decoders: Readonly<Record<string, Decoder>> = {
  identity: (bytes) => bytes,
  br: (bytes, limitBytes) => brotliDecompressSync(bytes, { maxOutputLength: limitBytes }),
};

export type Decoded = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'unknown' } | { readonly kind: 'too-large' } | { readonly kind: 'damaged' };

/** One coding, or none. RFC 9110 8.4: its name is case-insensitive. */
export function decodeBody(coding: string | undefined, bytes: Uint8Array, limitBytes: number): Decoded {
  const name = (coding ?? 'identity').trim().toLowerCase();
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode === undefined) return { kind: 'unknown' };
  try {
    const plain = decode(bytes, limitBytes);
    return plain.length > limitBytes ? { kind: 'too-large' } : { kind: 'bytes', bytes: plain };
  } catch (error) {
    return { kind: (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' || error instanceof RangeError ? 'too-large' : 'damaged' };
  }
}
