import { createDecipheriv, createHash, diffieHellman, hkdfSync, verify } from 'node:crypto';
import {
  blockNonce, blockTag, headPrefixBytes, keyInfo, lastBlockBit, maxRecordBytes, parseHeader, readHeadPrefix, records, signatureBytes, signedText, tagBytes,
  type PackageHeader,
} from '../../src-shared/protocol/package.ts';
import { AppFailure } from '../../src-shared/result.ts';
import type { Account, Storage } from '../storage/port.ts';
import { createByteReader, type ByteReader } from './packages-bytes.ts';
import { findPrivateKey, publicKeyOf } from './packages-keys.ts';
import { findStation } from './packages-stations.ts';

/** The staged file: its size, and its bytes `[start, end]`, both inclusive, as often as they are wanted. */
export type PackageFile = { readonly sizeBytes: number; readonly read: (start: number, end: number) => AsyncIterable<Uint8Array> };

export type PackageRecord = { readonly kind: number; readonly body: Uint8Array };

export type OpenedPackage = {
  readonly header: PackageHeader;
  /** Whose commands these are; in force when it was looked. */
  readonly author: Account;
  /** Decrypts block by block; ends after the last one. Throws `AppFailure(package.damaged)`. */
  readonly records: () => AsyncGenerator<PackageRecord & { readonly last: boolean; readonly number: number }, void, void>;
};

const leastBytes = headPrefixBytes + 4 + tagBytes + 1 + signatureBytes;
const maxBlockBytes = 1 + maxRecordBytes + tagBytes;

/**
 * Reads the whole file once: its form, whose it is and whether every byte is the signer's. Only what passed is decrypted.
 * Throws `AppFailure`: `package.damaged`, `package.newer`, `package.not-for-us`, `package.old-key`, `package.unknown-station`, `package.account`.
 */
export async function openPackage(storage: Storage, file: PackageFile): Promise<OpenedPackage> {
  const { header, head } = await readHead(file);
  const key = await findPrivateKey(storage, header.key);
  if (key === 'unknown') throw new AppFailure('package.not-for-us');
  if (key === 'retired') throw new AppFailure('package.old-key');
  const { station, author } = await storage.read(async (tx) => {
    const found = await findStation(tx, header.signer);
    return { station: found, author: found === null ? null : await tx.accounts.find(found.user) };
  });
  if (station === null || station.revokedAtMs !== null) throw new AppFailure('package.unknown-station');
  await checkWhole(file, head.length, station.publicKey);
  // in this order: of a header that was changed it is said that it was changed
  const isAuthor = author !== null && !author.disabled && author.person.id === header.person && author.role === header.role && author.unit.code === header.unit.code && station.station === header.station;
  if (!isAuthor) throw new AppFailure('package.account');

  const headHash = createHash('sha256').update(head).digest();
  const secret = deriveKey(key, header, headHash);
  return { header, author, records: () => decrypted(file, head.length, headHash, secret) };
}

async function readHead(file: PackageFile): Promise<{ readonly header: PackageHeader; readonly head: Uint8Array }> {
  if (file.sizeBytes < headPrefixBytes) throw new AppFailure('package.damaged', { reason: 'no-package' });
  return reading(file, 0, file.sizeBytes, async (reader) => {
    const prefix = await reader.copy(headPrefixBytes);
    const length = readHeadPrefix(prefix);
    if (length === 'version') throw new AppFailure('package.newer');
    if (typeof length === 'string') throw new AppFailure('package.damaged', { reason: length === 'magic' ? 'no-package' : 'changed' });
    const json = await reader.copy(length);
    const header = parseHeader(Buffer.from(json).toString('utf8'));
    if (header === null) throw new AppFailure('package.damaged', { reason: 'changed' });
    if (file.sizeBytes < leastBytes + length) throw new AppFailure('package.damaged', { reason: 'cut-off' });
    return { header, head: Buffer.concat([prefix, json]) };
  });
}

/** Walks the blocks to the last one, hashing, and looks at the signature that must stand right behind it. */
async function checkWhole(file: PackageFile, headBytes: number, publicKey: string): Promise<void> {
  const hash = createHash('sha256');
  const signature = await reading(file, 0, file.sizeBytes, async (reader) => {
    const add = (part: Uint8Array): void => void hash.update(part);
    await reader.pass(headBytes, add);
    for (let last = false; !last; ) {
      const prefix = await reader.take(4);
      const block = readBlockPrefix(prefix);
      add(prefix);
      await reader.pass(block.length, add);
      last = block.last;
    }
    const bytes = await reader.copy(signatureBytes);
    if (!(await reader.isAtEnd())) throw new AppFailure('package.damaged', { reason: 'changed' });
    return bytes;
  });
  if (!verify(null, signedText(hash.digest()), publicKeyOf('Ed25519', publicKey), signature)) throw new AppFailure('package.damaged', { reason: 'changed' });
}

function readBlockPrefix(bytes: Uint8Array): { readonly length: number; readonly last: boolean } {
  const word = Buffer.from(bytes).readUInt32BE(0);
  const last = word >= lastBlockBit;
  const length = last ? word - lastBlockBit : word;
  if (length <= tagBytes || length > maxBlockBytes) throw new AppFailure('package.damaged', { reason: 'changed' });
  return { length, last };
}

async function* decrypted(file: PackageFile, headBytes: number, headHash: Uint8Array, secret: Uint8Array): AsyncGenerator<PackageRecord & { readonly last: boolean; readonly number: number }, void, void> {
  const reader = createByteReader(file.read(headBytes, file.sizeBytes - 1));
  try {
    for (let number = 0, ended = false; !ended; number += 1) {
      const { length, last } = readBlockPrefix(await reader.take(4));
      const plain = openBlock(secret, number, blockTag(headHash, number, last), await reader.take(length));
      const kind = plain[0];
      if (kind === undefined || (kind === records.end) !== last) throw new AppFailure('package.damaged', { reason: 'inside' });
      yield { kind, body: plain.subarray(1), last, number };
      ended = last;
    }
  } finally {
    await reader.close();
  }
}

function openBlock(secret: Uint8Array, number: number, tag: Uint8Array, text: Uint8Array): Uint8Array {
  const decipher = createDecipheriv('aes-256-gcm', secret, blockNonce(number), { authTagLength: tagBytes });
  decipher.setAAD(tag);
  decipher.setAuthTag(text.subarray(text.length - tagBytes));
  try {
    const plain = decipher.update(text.subarray(0, text.length - tagBytes));
    // GCM holds nothing back: it only judges
    decipher.final();
    return plain;
  } catch {
    // sealed with another key, or put together from pieces by the one who signed it
    throw new AppFailure('package.damaged', { reason: 'changed' });
  }
}

function deriveKey(key: { readonly privateKey: Parameters<typeof diffieHellman>[0]['privateKey']; readonly publicKey: Uint8Array }, header: PackageHeader, headHash: Uint8Array): Uint8Array {
  try {
    const shared = diffieHellman({ privateKey: key.privateKey, publicKey: publicKeyOf('X25519', header.ephemeral) });
    return new Uint8Array(hkdfSync('sha256', shared, headHash, keyInfo(Buffer.from(header.ephemeral, 'base64url'), key.publicKey), 32));
  } catch {
    // RFC 7748 6.1: a point of small order makes a secret that everybody knows; OpenSSL refuses it
    throw new AppFailure('package.damaged', { reason: 'changed' });
  }
}

async function reading<T>(file: PackageFile, from: number, until: number, work: (reader: ByteReader) => Promise<T>): Promise<T> {
  const reader = createByteReader(file.read(from, until - 1));
  try {
    return await work(reader);
  } finally {
    await reader.close();
  }
}
