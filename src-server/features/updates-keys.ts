import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { updateKeys, type UpdateKey } from '../../src-shared/protocol/update.ts';

/** The publisher's keys; why there are none, where the file is not in order. */
export function readUpdateKeys(file: string): readonly UpdateKey[] | string {
  try {
    const parsed = updateKeys.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.keys : `${file}: ${parsed.error.issues[0]?.message ?? ''}`;
  } catch (error) {
    return `${file}: ${(error as Error).message}`;
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
