import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { explicit, implicitSet, octets, oid, sequence, setOf } from '../../src-main/signing/der.ts';
import { children, derTag, readDer, readWholeDer, sequence as members, type DerNode } from '../../src-main/verification/der.ts';

/** Revocation data: in Adobe's signed attribute, or in the `crls` field, where OCSP responses stand as RFC 5940 says. */
export type Carried = { readonly archival?: Carry; readonly field?: Carry };
export type Carry = { readonly ocsps?: readonly Uint8Array[]; readonly crls?: readonly Uint8Array[] };

/** The file with its last signature's CMS carrying revocation data. A signed attribute is signed anew, and what was stamped of the old value goes. */
export function withRevocationData(pdf: Uint8Array, keyPath: string, carried: Carried): Buffer {
  const copy = Buffer.from(pdf);
  const ranges = [...copy.toString('latin1').matchAll(/\/ByteRange ?\[0 +(\d+) +(\d+) +(\d+) *\]/g)];
  const [, start, end] = ranges.at(-1) ?? [];
  const gap = { start: Number(start), end: Number(end) };
  const der = readDer(Buffer.from(copy.toString('latin1', gap.start + 1, gap.end - 1), 'hex'));
  const made = Buffer.from(rewrap(must(der).raw, keyPath, carried)).toString('hex');
  const room = gap.end - gap.start - 2;
  if (made.length > room) throw new Error('the reserve is too small');
  copy.write(made.padEnd(room, '0'), gap.start + 1, 'latin1');
  return copy;
}

function rewrap(cms: Uint8Array, keyPath: string, { archival, field }: Carried): Uint8Array {
  const [type, wrapped] = must(members(readWholeDer(cms)));
  const parts = must(members(must(children(must(wrapped)))[0]));
  const [info] = must(children(must(parts.at(-1))));
  const signer = archival === undefined ? must(info).raw : signAnew(must(members(info)), attribute(archival), keyPath);
  const lists = field === undefined ? [] : [choices(field)];
  // RFC 5652 §5.1: version, digests, content, certificates [0], crls [1], signers
  return sequence(must(type).raw, explicit(0, sequence(...parts.slice(0, -1).map(({ raw }) => raw), ...lists, setOf([signer]))));
}

/** ECDSA over SHA-256. */
function signAnew(parts: readonly DerNode[], added: Uint8Array, keyPath: string): Uint8Array {
  const attributes = [...must(children(parts.find(({ tag }) => tag === 0xa0))).map(({ raw }) => raw), added];
  const signature = sign('sha256', setOf(attributes), createPrivateKey(readFileSync(keyPath)));
  const kept = parts.filter(({ tag }) => tag !== 0xa1);
  return sequence(...kept.map((part) => (part.tag === 0xa0 ? implicitSet(0, attributes) : part.tag === derTag.octetString ? octets(signature) : part.raw)));
}

/** RevocationInfoArchival. */
function attribute({ crls = [], ocsps = [] }: Carry): Uint8Array {
  const parts = [...(crls.length === 0 ? [] : [explicit(0, sequence(...crls))]), ...(ocsps.length === 0 ? [] : [explicit(1, sequence(...ocsps))])];
  return sequence(oid('1.2.840.113583.1.1.8'), setOf([sequence(...parts)]));
}

function choices({ crls = [], ocsps = [] }: Carry): Uint8Array {
  const others = ocsps.map((der) => {
    const other = Uint8Array.from(sequence(oid('1.3.6.1.5.5.7.16.2'), der));
    other[0] = 0xa1;
    return other;
  });
  return implicitSet(1, [...crls, ...others]);
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('no such part');
  return value;
}
