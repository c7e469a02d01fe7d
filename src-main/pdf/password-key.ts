import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { rc4 } from './rc4.ts';

/** What of an encryption dictionary the file's key is derived from (ISO 32000-2 7.6.4). */
export type KeyMaterial = {
  readonly revision: number;
  readonly keyBytes: number;
  readonly permissions: number;
  readonly encryptMetadata: boolean;
  /** /O, /U; and of revisions 5 and 6 /OE, /UE. */
  readonly owner: Uint8Array;
  readonly user: Uint8Array;
  readonly ownerKey: Uint8Array;
  readonly userKey: Uint8Array;
  /** First string of the trailer's /ID; empty where it has none. */
  readonly id: Uint8Array;
};

/** Table 22, Algorithm 2 a. */
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const maxPasswordBytes = 127;

/** The file's key when `password` is the user's or the owner's, else null. */
export function findFileKey(material: KeyMaterial, password: string): Uint8Array | null {
  for (const bytes of encodingsOf(material, password)) {
    const key = material.revision >= 5 ? modernKey(material, bytes) : legacyUserKey(material, bytes) ?? legacyUserKey(material, userPasswordFrom(material, bytes));
    if (key !== null) return key;
  }
  return null;
}

/**
 * Revisions 5 and 6 take UTF-8 after SASLprep (whose mapping is NFKC), older ones PDFDocEncoding, whose letters of a European keyboard are Latin-1's. Tools
 * keep to neither, so what was typed is tried as it stands too.
 */
function encodingsOf({ revision }: KeyMaterial, password: string): readonly Uint8Array[] {
  const forms = [...new Set([password.normalize('NFKC'), password.normalize('NFC'), password.normalize('NFD'), password])];
  const utf8 = forms.map((form) => Buffer.from(form, 'utf8').subarray(0, maxPasswordBytes));
  if (revision >= 5 || !/^[\0-\xff]*$/.test(password.normalize('NFC'))) return utf8;
  return [Buffer.from(password.normalize('NFC'), 'latin1'), ...utf8];
}

/** Algorithms 2 and 6. */
function legacyUserKey(material: KeyMaterial, password: Uint8Array): Uint8Array | null {
  const { revision, keyBytes, permissions, encryptMetadata, owner, user, id } = material;
  const bits = Buffer.alloc(4);
  bits.writeInt32LE(permissions | 0);
  let key = md5(padded(password), owner.subarray(0, 32), bits, id, revision >= 4 && !encryptMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0)).subarray(0, keyBytes);
  if (revision >= 3) for (let i = 0; i < 50; i += 1) key = md5(key).subarray(0, keyBytes);
  if (revision === 2) return same(rc4(key, padding), user.subarray(0, 32)) ? key : null;
  let check: Uint8Array = md5(padding, id);
  for (let i = 0; i < 20; i += 1) check = rc4(key.map((byte) => byte ^ i), check);
  return same(check, user.subarray(0, 16)) ? key : null;
}

/** Algorithm 7: /O is the user's password under a key made of the owner's. */
function userPasswordFrom({ revision, keyBytes, owner }: KeyMaterial, password: Uint8Array): Uint8Array {
  let digest = md5(padded(password));
  if (revision >= 3) for (let i = 0; i < 50; i += 1) digest = md5(digest);
  const key = digest.subarray(0, keyBytes);
  let value: Uint8Array = owner.subarray(0, 32);
  if (revision === 2) return rc4(key, value);
  for (let i = 19; i >= 0; i -= 1) value = rc4(key.map((byte) => byte ^ i), value);
  return value;
}

/** Algorithm 2.A: each of /U and /O is a hash, its salt, and the salt of the key that unlocks the file's. */
function modernKey({ revision, owner, user, ownerKey, userKey }: KeyMaterial, password: Uint8Array): Uint8Array | null {
  const nothing = new Uint8Array(0);
  for (const [stored, sealed, also] of [[user, userKey, nothing], [owner, ownerKey, user.subarray(0, 48)]] as const) {
    if (!same(hash(revision, password, stored.subarray(32, 40), also), stored.subarray(0, 32))) continue;
    const unlocked = createDecipheriv('aes-256-cbc', hash(revision, password, stored.subarray(40, 48), also), Buffer.alloc(16)).setAutoPadding(false);
    return Buffer.concat([unlocked.update(sealed.subarray(0, 32)), unlocked.final()]);
  }
  return null;
}

/** Algorithm 2.B; revision 5, which came before it, has the first hash alone. */
function hash(revision: number, password: Uint8Array, salt: Uint8Array, also: Uint8Array): Uint8Array {
  let key: Uint8Array = createHash('sha256').update(password).update(salt).update(also).digest();
  if (revision === 5) return key;
  for (let round = 0, last = 0; round < 64 || last > round - 32; round += 1) {
    const once = Buffer.concat([password, key, also]);
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32)).setAutoPadding(false);
    const mixed = cipher.update(Buffer.concat(Array.from({ length: 64 }, () => once)));
    // The first 16 bytes as one number, modulo 3: 256 is 1 modulo 3, so it is their sum's.
    const choice = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash(['sha256', 'sha384', 'sha512'][choice]!).update(mixed).digest();
    last = mixed.at(-1)!;
  }
  return key.subarray(0, 32);
}

function padded(password: Uint8Array): Uint8Array {
  return Buffer.concat([password, padding]).subarray(0, 32);
}

function md5(...parts: readonly Uint8Array[]): Buffer {
  const digest = createHash('md5');
  for (const part of parts) digest.update(part);
  return digest.digest();
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length > 0 && Buffer.compare(a, b) === 0;
}
