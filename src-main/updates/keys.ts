import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { updateKeys, type UpdateKey } from '../../src-shared/protocol/update.ts';

/** The publisher's keys that came with the program. A file that is not in order knows nobody, and then nothing is taken. */
export function readUpdateKeys(file: string): readonly UpdateKey[] {
  if (!existsSync(file)) return [];
  try {
    return updateKeys.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}

/** Ed25519 alone (RFC 8032): a key of another kind verifies nothing. */
export function verifyEd25519(spki: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    // no key, or no signature: neither proves anything
    return false;
  }
}
