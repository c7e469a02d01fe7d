/**
 * Writes DER (X.690). Certificates and names go in as the bytes that they are: decoding and encoding them anew could alter what was
 * signed, and asn1js 4 drops raw members of constructed values.
 */
export function sequence(...members: readonly Uint8Array[]): Uint8Array {
  return node(0x30, Buffer.concat(members));
}

/** X.690 11.6: the members of a SET OF stand in ascending order of their encodings. */
export function setOf(members: readonly Uint8Array[]): Uint8Array {
  return node(0x31, sorted(members));
}

/** `[tag]`, constructed, around one value. */
export function explicit(tag: number, member: Uint8Array): Uint8Array {
  return node(0xa0 + tag, member);
}

/** `[tag] IMPLICIT SET OF`. */
export function implicitSet(tag: number, members: readonly Uint8Array[]): Uint8Array {
  return node(0xa0 + tag, sorted(members));
}

export function octets(bytes: Uint8Array): Uint8Array {
  return node(0x04, bytes);
}

/** 0 to 127, which is all that versions need. */
export function smallInteger(value: number): Uint8Array {
  return node(0x02, Uint8Array.of(value));
}

export const derNull: Uint8Array = Uint8Array.of(0x05, 0x00);

export function oid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const arcs = [first! * 40 + second!, ...rest];
  return node(0x06, Uint8Array.from(arcs.flatMap(base128)));
}

function node(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return [0x80 + bytes.length, ...bytes];
}

function base128(arc: number): readonly number[] {
  const bytes = [arc % 128];
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) bytes.unshift(0x80 + (left % 128));
  return bytes;
}

function sorted(members: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([...members].sort((a, b) => Buffer.compare(a, b)));
}
