/**
 * A strict reader of DER (X.690 §10): definite minimal lengths, one-byte tags, no bytes left over. What a second reader could take
 * differently is refused, so that a signature cannot mean one thing here and another elsewhere. Nothing is copied.
 */
export type DerNode = {
  readonly tag: number;
  /** Tag, length and content. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
};

export const derTag = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a, utf8String: 0x0c, utcTime: 0x17, generalizedTime: 0x18,
  sequence: 0x30, set: 0x31,
} as const;

/** Nodes that one `children` call may return: a hostile CMS of a megabyte must not become a million objects. */
const maxChildren = 10_000;

/** Reads one value at the start of `bytes`; what follows it is the caller's. Null when it is not DER. */
export function readDer(bytes: Uint8Array): DerNode | null {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return slice(bytes, tag, 2, first);
  const count = first & 0x7f;
  // 0x80 is BER's indefinite form; more than four bytes is no length of a signature.
  if (count === 0 || count > 4 || bytes.length < 2 + count) return null;
  let length = 0;
  for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[2 + i] ?? 0);
  const minimal = length >= 0x80 && (count === 1 || length >= 256 ** (count - 1));
  return minimal ? slice(bytes, tag, 2 + count, length) : null;
}

/** Reads `bytes` as exactly one value. */
export function readWholeDer(bytes: Uint8Array): DerNode | null {
  const node = readDer(bytes);
  return node !== null && node.raw.length === bytes.length ? node : null;
}

/** The values inside a constructed node, or null when its content is not a run of whole DER values. */
export function children(node: DerNode | null | undefined): readonly DerNode[] | null {
  if (node === null || node === undefined || (node.tag & 0x20) === 0) return null;
  const found: DerNode[] = [];
  for (let at = 0; at < node.content.length; ) {
    const child = readDer(node.content.subarray(at));
    if (child === null || found.length === maxChildren) return null;
    found.push(child);
    at += child.raw.length;
  }
  return found;
}

/** The values inside a SEQUENCE, or null when it is none. */
export function sequence(node: DerNode | null | undefined): readonly DerNode[] | null {
  return node?.tag === derTag.sequence ? children(node) : null;
}

/** Dotted form, or null when the node is no object identifier. */
export function readOid(node: DerNode | null | undefined): string | null {
  if (node === null || node === undefined || node.tag !== derTag.oid || node.content.length === 0 || node.content.length > 64) return null;
  const arcs: bigint[] = [];
  let arc = 0n;
  let open = false;
  for (const byte of node.content) {
    if (!open && byte === 0x80) return null;
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    open = (byte & 0x80) !== 0;
    if (!open) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const [head, ...rest] = arcs;
  if (open || head === undefined) return null;
  const root = head < 40n ? 0n : head < 80n ? 1n : 2n;
  return [root, head - root * 40n, ...rest].join('.');
}

/** A small non-negative INTEGER (versions, salt lengths, path lengths), or null. */
export function readSmallInteger(node: DerNode | null | undefined): number | null {
  if (node === null || node === undefined || node.tag !== derTag.integer || node.content.length === 0 || node.content.length > 4) return null;
  if ((node.content[0] ?? 0) & 0x80) return null;
  return node.content.reduce((value, byte) => value * 256 + byte, 0);
}

/** GeneralizedTime in the one form that RFC 3161 §2.4.2 allows (UTC, `Z`). */
export function readGeneralizedTime(node: DerNode | null | undefined): Date | null {
  if (node === null || node === undefined || node.tag !== derTag.generalizedTime) return null;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(Buffer.from(node.content).toString('latin1'));
  if (match === null) return null;
  const date = new Date(`${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Time of RFC 5280 §4.1.2.5: UTCTime until 2049, GeneralizedTime after. */
export function readTime(node: DerNode | null | undefined): Date | null {
  if (node?.tag !== derTag.utcTime) return readGeneralizedTime(node);
  const text = Buffer.from(node.content).toString('latin1');
  if (!/^\d{12}Z$/.test(text)) return null;
  const century = Number(text.slice(0, 2)) < 50 ? '20' : '19';
  return readGeneralizedTime({ ...node, tag: derTag.generalizedTime, content: Buffer.from(century + text, 'latin1') });
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}

function slice(bytes: Uint8Array, tag: number, header: number, length: number): DerNode | null {
  if (header + length > bytes.length) return null;
  return { tag, raw: bytes.subarray(0, header + length), content: bytes.subarray(header, header + length) };
}
