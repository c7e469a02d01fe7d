import { readDer } from './der.ts';

/** One value and how many bytes of the input it took: its own are others when it was written with indefinite lengths. */
export type Definite = { readonly der: Uint8Array; readonly taken: number };

/** A SignedData nests six of them deep; nobody writes more. */
const maxDepth = 12;
const maxNodes = 10_000;

/**
 * X.690 8.1.3.6: the envelope of a CMS by NSS (pdfsig, LibreOffice) has indefinite lengths, where ISO 32000-2 12.8.3.3 asks for DER. Gives the same
 * value with definite ones; what has one already is taken as it stands, so that nothing that was signed (certificates, attributes) is written anew.
 * Null for anything else that is not DER.
 */
export function readWithDefiniteLengths(bytes: Uint8Array): Definite | null {
  let nodes = 0;
  return read(0, 0);

  function read(at: number, depth: number): Definite | null {
    const tag = bytes[at];
    if (tag === undefined || depth > maxDepth || (nodes += 1) > maxNodes) return null;
    if (bytes[at + 1] !== 0x80) {
      const node = readDer(bytes.subarray(at));
      return node === null ? null : { der: node.raw, taken: node.raw.length };
    }
    // only a constructed value can have an end that is found; a universal one other than SEQUENCE and SET (a string in pieces) has two forms
    if ((tag & 0x20) === 0 || (tag & 0x1f) === 0x1f || ((tag & 0xc0) === 0 && tag !== 0x30 && tag !== 0x31)) return null;
    const parts: Uint8Array[] = [];
    let next = at + 2;
    while (bytes[next] !== 0 || bytes[next + 1] !== 0) {
      const part = read(next, depth + 1);
      if (part === null) return null;
      parts.push(part.der);
      next += part.taken;
    }
    const content = Buffer.concat(parts);
    return { der: Buffer.concat([Uint8Array.of(tag), lengthOf(content.length), content]), taken: next + 2 - at };
  }
}

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return Uint8Array.from([0x80 + bytes.length, ...bytes]);
}
