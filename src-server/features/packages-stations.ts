import { z } from 'zod';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import { key32 } from '../../src-shared/protocol/package.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { Session, Storage, Tx } from '../storage/port.ts';
import { keyIdOf } from './packages-keys.ts';

/** A station's key, bound to the account in whose session it was shown. Bound once: another account cannot take it over. */
const station = z.object({ user: z.string(), unit: organizationCode, station: z.string(), publicKey: key32, atMs: z.number(), revokedAtMs: z.number().nullable() });
export type Station = z.infer<typeof station>;

/** Digits and letters only: an id from outside never reaches another setting. */
const settingOf = (signer: string) => `package-station/${signer}`;

/** The id that packages name the key by. Errors: `not-allowed` (it is another account's), `package.unknown-station` (it was revoked). */
export function bindStation(storage: Storage, session: Session, given: { readonly station: string; readonly publicKey: string }, nowMs: number): Promise<{ readonly signer: string } | AppError> {
  const signer = keyIdOf(Buffer.from(given.publicKey, 'base64url'));
  return storage.transaction(async (tx) => {
    const stands = parse(await tx.settings.putNew(settingOf(signer), JSON.stringify({ user: session.user, unit: session.unit.code, ...given, atMs: nowMs, revokedAtMs: null } satisfies Station)));
    if (stands.user !== session.user || stands.station !== given.station) return { code: 'not-allowed' };
    return stands.revokedAtMs === null ? { signer } : { code: 'package.unknown-station' };
  });
}

export async function findStation(tx: Tx, signer: string): Promise<Station | null> {
  const text = await tx.settings.get(settingOf(signer));
  return text === null ? null : parse(text);
}

/** From now on nothing that this key signed is taken. False: there is none that `may` be revoked by the caller. */
export function revokeStation(storage: Storage, signer: string, nowMs: number, may: (station: Station) => boolean): Promise<boolean> {
  return storage.transaction(async (tx) => {
    const stands = await findStation(tx, signer);
    if (stands === null || !may(stands)) return false;
    await tx.settings.put(settingOf(signer), JSON.stringify({ ...stands, revokedAtMs: stands.revokedAtMs ?? nowMs } satisfies Station));
    return true;
  });
}

function parse(text: string): Station {
  return station.parse(JSON.parse(text));
}
