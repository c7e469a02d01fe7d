import { createCipheriv, createHash } from 'node:crypto';
import type { Random } from './random.ts';
import type { Cipher } from './serialize.ts';
import { dict, name, text, word, type Dict } from './value.ts';

export const encryptions = ['none', 'rc4-128', 'aes-128', 'aes-256'] as const;
export type Encryption = (typeof encryptions)[number];

export type Passwords = { readonly user: string; readonly owner: string };
export type Protection = { readonly dict: Dict; readonly cipher: Cipher };

/** Everything is allowed but assembling, bits as in ISO 32000-2 table 22. */
const permissions = -1028;

/** The standard security handler (7.6.4): revision 3 with RC4, 4 with AES-128, 6 with AES-256. */
export function createProtection(kind: Exclude<Encryption, 'none'>, passwords: Passwords, id: Buffer, encryptMetadata: boolean, random: Random): Protection {
  return kind === 'aes-256' ? revision6(passwords, encryptMetadata, random) : revision3or4(kind, passwords, id, encryptMetadata, random);
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

/** Algorithms 2, 3, 5 and 1. */
function revision3or4(kind: 'rc4-128' | 'aes-128', passwords: Passwords, id: Buffer, encryptMetadata: boolean, random: Random): Protection {
  const isAes = kind === 'aes-128';
  const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);
  const repeated = (start: Buffer): Buffer => Array.from({ length: 50 }).reduce<Buffer>((hash) => md5(hash), start);
  const twenty = (key: Buffer, data: Buffer): Buffer => Array.from({ length: 20 }, (_, i) => key.map((byte) => byte ^ i)).reduce<Buffer>((held, each) => rc4(each, held), data);
  const owner = twenty(repeated(md5(padded(passwords.owner))), padded(passwords.user));
  const p = Buffer.alloc(4);
  p.writeInt32LE(permissions);
  const key = repeated(md5(padded(passwords.user), owner, p, id, isAes && !encryptMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0)));
  const user = Buffer.concat([twenty(key, md5(padding, id)), random.bytes(16)]);
  const crypt = (num: number, gen: number, data: Buffer): Buffer => {
    const salt = Buffer.from([num & 0xff, (num >> 8) & 0xff, (num >> 16) & 0xff, gen & 0xff, (gen >> 8) & 0xff]);
    return isAes ? aesCbc(md5(key, salt, Buffer.from('sAlT')), data, random.bytes(16)) : rc4(md5(key, salt), data);
  };
  const base = { Filter: name('Standard'), O: text(owner), U: text(user), P: word(permissions) };
  return {
    dict: dict(isAes ? { ...base, V: word(4), R: word(4), Length: word(128), ...cryptFilter('AESV2', 16), EncryptMetadata: encryptMetadata ? null : word('false') } : { ...base, V: word(2), R: word(3), Length: word(128) }),
    cipher: cipherOf(crypt, isAes && !encryptMetadata),
  };
}

/** Algorithms 2.B, 8, 9 and 10. */
function revision6({ user, owner }: Passwords, encryptMetadata: boolean, random: Random): Protection {
  const key = random.bytes(32);
  const entry = (password: string, extra: Buffer): { readonly check: Buffer; readonly wrapped: Buffer } => {
    const [validation, wrapping] = [random.bytes(8), random.bytes(8)];
    const secret = Buffer.from(password, 'utf8');
    return { check: Buffer.concat([hash2B(secret, validation, extra), validation, wrapping]), wrapped: noPadding('aes-256-cbc', hash2B(secret, wrapping, extra), Buffer.alloc(16), key) };
  };
  const u = entry(user, Buffer.alloc(0));
  const o = entry(owner, u.check);
  const perms = Buffer.alloc(16, 0xff);
  perms.writeInt32LE(permissions);
  perms.write(`${encryptMetadata ? 'T' : 'F'}adb`, 8, 'latin1');
  random.bytes(4).copy(perms, 12);
  return {
    dict: dict({
      Filter: name('Standard'), V: word(5), R: word(6), Length: word(256), ...cryptFilter('AESV3', 32), O: text(o.check), OE: text(o.wrapped), U: text(u.check), UE: text(u.wrapped),
      P: word(permissions), Perms: text(noPadding('aes-256-ecb', key, null, perms)), EncryptMetadata: encryptMetadata ? null : word('false'),
    }),
    cipher: cipherOf((_num, _gen, data) => aesCbc(key, data, random.bytes(16)), !encryptMetadata),
  };
}

function cryptFilter(method: 'AESV2' | 'AESV3', lengthBytes: number): Parameters<typeof dict>[0] {
  return { CF: dict({ StdCF: dict({ CFM: name(method), AuthEvent: name('DocOpen'), Length: word(lengthBytes) }) }), StmF: name('StdCF'), StrF: name('StdCF') };
}

function cipherOf(crypt: (num: number, gen: number, data: Buffer) => Buffer, leavesMetadata: boolean): Cipher {
  const isMetadata = (held: Dict): boolean => held.entries.some(([key, value]) => key === 'Type' && value.kind === 'name' && value.value === 'Metadata');
  return { string: crypt, stream: (num, gen, held, data) => (leavesMetadata && isMetadata(held) ? data : crypt(num, gen, data)) };
}

function hash2B(password: Buffer, salt: Buffer, extra: Buffer): Buffer {
  let k: Buffer = createHash('sha256').update(password).update(salt).update(extra).digest();
  for (let round = 1; ; round += 1) {
    const one = Buffer.concat([password, k, extra]);
    const e = noPadding('aes-128-cbc', k.subarray(0, 16), k.subarray(16, 32), Buffer.concat(Array.from({ length: 64 }, () => one)));
    const rest = e.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    k = createHash(rest === 0 ? 'sha256' : rest === 1 ? 'sha384' : 'sha512').update(e).digest();
    if (round >= 64 && e.at(-1)! <= round - 32) return k.subarray(0, 32);
  }
}

function noPadding(algorithm: string, key: Buffer, iv: Buffer | null, data: Buffer): Buffer {
  const cipher = createCipheriv(algorithm, key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

function aesCbc(key: Buffer, data: Buffer, iv: Buffer): Buffer {
  const cipher = createCipheriv(key.length === 16 ? 'aes-128-cbc' : 'aes-256-cbc', key, iv);
  return Buffer.concat([iv, cipher.update(data), cipher.final()]);
}

function md5(...parts: readonly Buffer[]): Buffer {
  return parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
}

/** By hand: OpenSSL 3 keeps RC4 in a provider that is not loaded. */
function rc4(key: Uint8Array, data: Buffer): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + state[i]! + key[i % key.length]!) & 0xff;
    [state[i], state[j]] = [state[j]!, state[i]!];
  }
  let [i, j] = [0, 0];
  return Buffer.from(data.map((byte) => {
    i = (i + 1) & 0xff;
    j = (j + state[i]!) & 0xff;
    [state[i], state[j]] = [state[j]!, state[i]!];
    return byte ^ state[(state[i]! + state[j]!) & 0xff]!;
  }));
}
