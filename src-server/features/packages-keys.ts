import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { key32, keyId } from '../../src-shared/protocol/package.ts';
import type { Storage } from '../storage/port.ts';

/**
 * The server's X25519 pairs lie in the database, which all nodes share, and nowhere else: whoever holds the database holds every document that a package
 * could hide, so a file beside it would guard nothing more, and could be left behind when the province moves. A retired pair loses its private half.
 */
const keptKey = z.object({ id: keyId, publicKey: key32, /** PKCS #8, Base64; null: retired. */ privateKey: z.string().nullable() });
type KeptKey = z.infer<typeof keptKey>;

const currentSetting = 'package-key/current';
const settingOf = (id: string) => `package-key/${id}`;

/** Whom packages are sealed for from now on; made at the first question. */
export async function readPackageKey(storage: Storage): Promise<{ readonly id: string; readonly publicKey: string }> {
  const current = await storage.read(async (tx) => await tx.settings.get(currentSetting));
  const key = current === null ? await putFirst(storage) : await findKey(storage, current);
  if (key === null) throw new Error('the key for packages is gone from the database');
  return { id: key.id, publicKey: key.publicKey };
}

/** Another pair from now on. Packages sealed for the ones before are opened as long as those are not retired. */
export async function rotatePackageKey(storage: Storage): Promise<string> {
  const made = makeKey();
  await storage.transaction(async (tx) => {
    await tx.settings.put(settingOf(made.id), JSON.stringify(made));
    await tx.settings.put(currentSetting, made.id);
  });
  return made.id;
}

/** What was sealed for it is closed for ever. False: there is no such key, or it is the current one. */
export function retirePackageKey(storage: Storage, id: string): Promise<boolean> {
  return storage.transaction(async (tx) => {
    const text = await tx.settings.get(settingOf(id));
    if (text === null || (await tx.settings.get(currentSetting)) === id) return false;
    await tx.settings.put(settingOf(id), JSON.stringify({ ...keptKey.parse(JSON.parse(text)), privateKey: null }));
    return true;
  });
}

/** `unknown`: it is another server's; `retired`: it was ours. */
export async function findPrivateKey(storage: Storage, id: string): Promise<{ readonly privateKey: KeyObject; readonly publicKey: Uint8Array } | 'unknown' | 'retired'> {
  const key = await findKey(storage, id);
  if (key === null) return 'unknown';
  if (key.privateKey === null) return 'retired';
  return { privateKey: createPrivateKey({ key: Buffer.from(key.privateKey, 'base64'), format: 'der', type: 'pkcs8' }), publicKey: Buffer.from(key.publicKey, 'base64url') };
}

export function publicKeyOf(curve: 'X25519' | 'Ed25519', raw: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: curve, x: raw }, format: 'jwk' });
}

/** `keyId` of a raw public key. */
export function keyIdOf(raw: Uint8Array): string {
  return createHash('sha256').update(raw).digest('hex').slice(0, 32);
}

function makeKey(): KeptKey {
  const pair = generateKeyPairSync('x25519');
  const publicKey = String(pair.publicKey.export({ format: 'jwk' }).x);
  return { id: keyIdOf(Buffer.from(publicKey, 'base64url')), publicKey, privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') };
}

/** Of several nodes that begin at once one wins, and all say its key. */
function putFirst(storage: Storage): Promise<KeptKey | null> {
  const made = makeKey();
  return storage.transaction(async (tx) => {
    const stands = await tx.settings.putNew(currentSetting, made.id);
    if (stands === made.id) await tx.settings.put(settingOf(made.id), JSON.stringify(made));
    const text = await tx.settings.get(settingOf(stands));
    return text === null ? null : keptKey.parse(JSON.parse(text));
  });
}

async function findKey(storage: Storage, id: string): Promise<KeptKey | null> {
  const text = await storage.read(async (tx) => await tx.settings.get(settingOf(id)));
  return text === null ? null : keptKey.parse(JSON.parse(text));
}
