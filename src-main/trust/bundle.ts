import { derTag, readOid, readDer } from '../verification/der.ts';

const signedDataOid = '1.2.840.113549.1.7.2';
const maxDepth = 16;

type Part = { readonly tag: number; /** With its header. */ readonly raw: Uint8Array; readonly content: Uint8Array; readonly end: number };

/**
 * Certificates of a SignedData (RFC 5652 5.1), which a bundle without signers is; null when the bytes are none. Its shell may be BER: some tools stream
 * it with indefinite lengths, and nothing is proven by the shell. The certificates themselves are DER and are read strictly by whoever takes them.
 */
export function readBundle(bytes: Uint8Array): readonly Uint8Array[] | null {
  const info = readPart(bytes, 0, 0);
  if (info === null || info.end !== bytes.length || info.tag !== derTag.sequence) return null;
  const [type, content] = partsOf(info) ?? [];
  if (type === undefined || readOid(readDer(type.raw)) !== signedDataOid || content === undefined) return null;
  const [signedData] = partsOf(content) ?? [];
  const certificates = signedData === undefined ? undefined : partsOf(signedData)?.find(({ tag }) => tag === 0xa0);
  return certificates === undefined ? [] : (partsOf(certificates) ?? []).filter(({ tag }) => tag === derTag.sequence).map(({ raw }) => raw);
}

function partsOf({ content }: Part): readonly Part[] | null {
  const parts: Part[] = [];
  for (let at = 0; at < content.length; ) {
    const part = readPart(content, at, 0);
    if (part === null) return null;
    parts.push(part);
    at = part.end;
  }
  return parts;
}

/** One value that begins at `at`, X.690 8.1: definite lengths in any form, or indefinite up to its end-of-contents. */
function readPart(bytes: Uint8Array, at: number, depth: number): Part | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > maxDepth) return null;
  if (first === 0x80) return (tag & 0x20) === 0 ? null : readOpenPart(bytes, at, tag, depth);
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) return null;
  let length = count === 0 ? first : 0;
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const start = at + 2 + count;
  const end = start + length;
  return end > bytes.length ? null : { tag, raw: bytes.subarray(at, end), content: bytes.subarray(start, end), end };
}

function readOpenPart(bytes: Uint8Array, at: number, tag: number, depth: number): Part | null {
  let end = at + 2;
  while (bytes[end] !== 0 || bytes[end + 1] !== 0) {
    const inner = readPart(bytes, end, depth + 1);
    if (inner === null) return null;
    end = inner.end;
  }
  return { tag, raw: bytes.subarray(at, end + 2), content: bytes.subarray(at + 2, end), end: end + 2 };
}
