import { createHash, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { releaseManifest, signedText, updatePackageMagic, type ReleaseManifest, type SignedRelease } from '../src-shared/protocol/update.ts';

export type ReleaseWords = Omit<ReleaseManifest, 'schema' | 'file'>;

/** The manifest of an installer: whole and piece by piece. Throws what is wrong with the words. */
export function describeRelease(file: string, words: ReleaseWords, pieceBytes = 256 * 1024): ReleaseManifest {
  const [whole, strong] = [createHash('sha512'), createHash('sha256')];
  const pieces: Buffer[] = [];
  const handle = openSync(file, 'r');
  try {
    const piece = Buffer.alloc(pieceBytes);
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      // a short read of a file is its end
      const bytes = piece.subarray(0, read);
      whole.update(bytes);
      strong.update(bytes);
      pieces.push(createHash('sha256').update(bytes).digest());
    }
  } finally {
    closeSync(handle);
  }
  return releaseManifest.parse({
    schema: 1, ...words,
    file: { name: basename(file), sizeBytes: statSync(file).size, sha512: whole.digest('base64'), sha256: strong.digest('hex'), pieceBytes, pieces: Buffer.concat(pieces).toString('base64') },
  });
}

/** Several keys may sign: the one that desks know, and the one that comes after it. */
export function signRelease(manifest: ReleaseManifest, keys: readonly KeyObject[]): SignedRelease {
  const text = JSON.stringify(manifest);
  return { manifest: text, signatures: keys.map((key) => ({ key: publicKeyOf(key).id, signature: sign(null, Buffer.from(signedText(text), 'utf8'), key).toString('base64') })) };
}

/** As `resources/update-keys.json` lists it. */
export function publicKeyOf(key: KeyObject): { readonly id: string; readonly spki: string } {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('a release key is Ed25519');
  const spki = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'der', type: 'spki' });
  return { id: createHash('sha256').update(spki).digest('hex').slice(0, 16), spki: spki.toString('base64') };
}

/** Installer and signed manifest in one file, for a USB stick. */
export async function packRelease(file: string, signed: SignedRelease, to: string): Promise<void> {
  const head = Buffer.from(JSON.stringify(signed), 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  writeFileSync(to, Buffer.concat([Buffer.from(updatePackageMagic, 'latin1'), length, head]));
  await pipeline(createReadStream(file), createWriteStream(to, { flags: 'a' }));
}
