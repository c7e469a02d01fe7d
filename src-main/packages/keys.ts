import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { z } from 'zod';
import { keyId, key32 } from '../../src-shared/protocol/package.ts';
import type { packageKey } from '../../src-shared/protocol/wire.ts';
import type { DeskStore } from '../ports/store.ts';
import { keyIdOf, rawPublicKey } from './seal.ts';

type Settings = Pick<DeskStore, 'getSetting' | 'setSetting'>;

const stationSetting = 'packages.station-key';
const serverSetting = 'packages.server-key';

const keptStation = z.object({ privateKey: z.string(), publicKey: key32, signer: keyId, /** The server has been told. */ registered: z.boolean() });
export type StationKey = z.infer<typeof keptStation>;

const keptServer = z.object({ id: keyId, publicKey: key32 });
export type ServerKey = z.infer<typeof keptServer>;

/** This station's Ed25519 pair: made at first use, kept in the profile, which is encrypted whole. */
export function readStationKey(settings: Settings): StationKey {
  const kept = parseKept(keptStation, settings.getSetting(stationSetting));
  if (kept !== null) return kept;
  const pair = generateKeyPairSync('ed25519');
  const raw = rawPublicKey(pair.publicKey);
  return keepStationKey(settings, {
    privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'), publicKey: Buffer.from(raw).toString('base64url'), signer: keyIdOf(raw), registered: false,
  });
}

export function keepStationKey(settings: Settings, key: StationKey): StationKey {
  settings.setSetting(stationSetting, JSON.stringify(key));
  return key;
}

export function signAsStation({ privateKey }: StationKey, text: Uint8Array): Uint8Array {
  return sign(null, text, createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }));
}

/** The key that packages are sealed for; null before the first line. */
export function findServerKey(settings: Settings): ServerKey | null {
  return parseKept(keptServer, settings.getSetting(serverSetting));
}

/** False, and nothing is kept, where it is not what it says it is. */
export function keepServerKey(settings: Settings, given: z.infer<typeof packageKey>): boolean {
  const parsed = keptServer.safeParse(given);
  if (!parsed.success || keyIdOf(Buffer.from(parsed.data.publicKey, 'base64url')) !== parsed.data.id) return false;
  settings.setSetting(serverSetting, JSON.stringify(parsed.data));
  return true;
}

function parseKept<T>(schema: z.ZodType<T>, text: string | null): T | null {
  return text === null ? null : schema.parse(JSON.parse(text));
}
