import { z } from 'zod';
import { instant, personId, sha256 } from '../domain/ids.ts';
import { organization, role } from '../domain/organization.ts';

/**
 * A hand-carried package (`.vtgoi`), version 1: what waits at one desk, sealed for one server, signed by the station that made it. All integers are big-endian.
 *
 *     magic     8 bytes   "VTGOI" 0D 0A 1A: a copy made as text breaks it at once
 *     version   1 byte    1
 *     length    4 bytes   of the header, ≤ 4096
 *     header    UTF-8     JSON of `packageHeader`, in the clear: who carries it may see whose it is and how much it holds, never what
 *     blocks…             each: 4 bytes of length, whose highest bit marks the last one; then AES-256-GCM ciphertext and its 16-byte tag
 *     signature 64 bytes  Ed25519 of the station over `signedText` of the SHA-256 of everything before it. Nothing follows.
 *
 * Key: X25519 between a pair made for this package alone and the server's; HKDF-SHA256 of the shared secret, salt = SHA-256 of magic…header, info = `keyInfo`.
 * Nonce of a block: 4 zeros and its number (8 bytes, from 0). AAD: `blockTag`: the same SHA-256, the number, and 1 for the last block, else 0. So no block can be moved, left out,
 * doubled or taken from another package, and an end that was cut off is seen.
 * One block is one record: its first byte says of what kind (`records`), the rest is the record.
 * Order: contents, each named by `contentRecord` and followed by its bytes, a base before what continues it; then commands in the order of the clicks; then `endRecord`, in the last block.
 */
export const packageMagic: Uint8Array = Uint8Array.of(0x56, 0x54, 0x47, 0x4f, 0x49, 0x0d, 0x0a, 0x1a);
export const packageVersion = 1;
export const packageSuffix = '.vtgoi';

export const maxHeaderBytes = 4096;
/** Plain bytes of one record. */
export const maxRecordBytes = 1 << 20;
/** Content travels in pieces of this size; the last one of a content may be smaller. */
export const pieceBytes = 256 << 10;
export const tagBytes = 16;
export const signatureBytes = 64;
export const lastBlockBit = 0x8000_0000;
/** Of one package: what one station can be made to hold in memory by it. */
export const maxPackageCommands = 5000;
export const maxPackageCommandBytes = 32 << 20;

export const records = { content: 1, bytes: 2, command: 3, end: 4 } as const;

/** 32 bytes, base64url. */
export const key32 = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
/** Of a public key: the first 32 hex digits of the SHA-256 of its 32 bytes. */
export const keyId = z.string().regex(/^[0-9a-f]{32}$/);

export const packageHeader = z.strictObject({
  id: z.uuidv7(),
  unit: organization,
  /** Whose commands these are. */
  person: personId,
  fullName: z.string().min(1).max(50),
  role,
  station: z.string().min(8).max(64),
  /** The station's key that signed it. */
  signer: keyId,
  madeAt: instant,
  /** The server's key that it is sealed for. */
  key: keyId,
  /** X25519 public key of the pair that was made for this package. */
  ephemeral: key32,
  commands: z.int().min(1).max(maxPackageCommands),
  contents: z.int().nonnegative().max(maxPackageCommands),
  /** Bytes of content in it. */
  contentBytes: z.int().nonnegative(),
});
export type PackageHeader = z.infer<typeof packageHeader>;

/** With `base`, which the server has or which came before in the package, the bytes are the tail behind it: `sizeBytes` − the base's size. Without: the whole. */
export const contentRecord = z.strictObject({ sha256, sizeBytes: z.int().positive(), base: sha256.nullable(), lengthBytes: z.int().positive() });
export type ContentRecord = z.infer<typeof contentRecord>;

export const endRecord = z.strictObject({ commands: z.int().nonnegative(), contents: z.int().nonnegative(), blocks: z.int().positive() });

// POST /v1/packages/station {station, publicKey} → 200 {signer}: from now on what this key has signed is this account's. 409 when the key is another account's.
// DELETE /v1/packages/station/{signer} → 204: its packages are refused from now on (a stick or a machine was lost); by its person, or an administrator of the unit.
export const stationRequest = z.object({ station: z.string().min(8).max(64), /** Ed25519, 32 bytes. */ publicKey: key32 });
export const stationResponse = z.object({ signer: keyId });

// POST /v1/packages  the whole package as octets. Or in pieces, so that a cut line costs nothing: HEAD /v1/packages/{id} → Upload-Offset; PATCH with Upload-Offset + octets → 204 Upload-Offset, 409 wrong offset;
// then POST /v1/packages/{id} without a body. Any signed-in person may carry; the commands act as their author.

/** `headHash`: SHA-256 of magic…header. 41 bytes. */
export function blockTag(headHash: Uint8Array, number: number, last: boolean): Uint8Array {
  const out = new Uint8Array(41);
  out.set(headHash);
  new DataView(out.buffer).setBigUint64(32, BigInt(number));
  out[40] = last ? 1 : 0;
  return out;
}

export function blockNonce(number: number): Uint8Array {
  const out = new Uint8Array(12);
  new DataView(out.buffer).setBigUint64(4, BigInt(number));
  return out;
}

/** Both public keys, 32 bytes each. */
export function keyInfo(ephemeral: Uint8Array, server: Uint8Array): Uint8Array {
  return joined(ascii('van-thu package 1 key\n'), ephemeral, server);
}

/** What the station signs. `hash`: SHA-256 of all that stands before the signature. */
export function signedText(hash: Uint8Array): Uint8Array {
  return joined(ascii('van-thu package 1\n'), hash);
}

/** Magic, version, length and header. `json`: UTF-8 of a `packageHeader`. */
export function packageHead(json: Uint8Array): Uint8Array {
  if (json.length > maxHeaderBytes) throw new Error(`package header of ${json.length} bytes`);
  const length = new Uint8Array(5);
  length[0] = packageVersion;
  new DataView(length.buffer).setUint32(1, json.length);
  return joined(packageMagic, length, json);
}

export const headPrefixBytes = 13;

/** How long the header is; why it is no package that can be read here. `version`: made by a newer program. */
export function readHeadPrefix(bytes: Uint8Array): number | 'magic' | 'version' | 'header' {
  if (bytes.length < headPrefixBytes || packageMagic.some((byte, at) => bytes[at] !== byte)) return 'magic';
  if (bytes[8] !== packageVersion) return 'version';
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(9);
  return length === 0 || length > maxHeaderBytes ? 'header' : length;
}

/** Null where it is not one. */
export function parseHeader(json: string): PackageHeader | null {
  try {
    const parsed = packageHeader.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    // not JSON
    return null;
  }
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
