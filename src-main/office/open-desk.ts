import { dirname, join } from 'node:path';
import type { SigningPolicy } from '../../src-shared/contract/signing.ts';
import { createBackups } from '../backup/backups.ts';
import { composeDesk } from '../backend/compose.ts';
import type { Desk } from '../backend/desk.ts';
import { version } from '../backend/version.ts';
import type { Log } from '../ports/log.ts';
import type { TokenPort } from '../ports/token.ts';
import { createTokens } from '../token/client.ts';
import { discoverHere } from '../token/discover-here.ts';
import type { Updates } from '../updates/updates.ts';
import type { GuardSettings } from './lock/guard.ts';
import type { OfficeProfile } from './profile.ts';

export type OfficeParts = {
  readonly dir: string;
  readonly resourcesDir: string;
  /** 32 bytes from the OS key store; null where the system keeps none, and then no desk is made. */
  readonly key: Uint8Array | null;
  readonly log: Log;
  /** New versions of the program; left out: this one is not updated. */
  readonly updates?: Updates;
  /** When the screen locks by itself; left out: never. */
  readonly guard?: GuardSettings;
  /** Tests only: the tokens of this machine are found by the shipped list of drivers. */
  readonly openTokens?: () => TokenPort;
};

/** This machine's tokens, by the shipped list of drivers. */
export function openMachineTokens({ openTokens, log }: Pick<OfficeParts, 'openTokens' | 'log'>): TokenPort {
  return openTokens?.() ?? createTokens({ drivers: discoverHere(), log });
}

/** The desk that the profile names, out of real parts. Throws `AppFailure(store.*)` when its store cannot be opened. */
export function openOfficeDesk(parts: OfficeParts, key: Uint8Array, profile: OfficeProfile, token: string | null): Desk {
  return composeDesk({
    dir: join(parts.dir, 'desk'),
    key,
    me: profile.person,
    role: profile.role,
    unit: profile.unit,
    serverUrl: profile.serverUrl,
    credentials: null,
    ...(token === null ? {} : { kept: { user: profile.user, token } }),
    tokens: openMachineTokens(parts),
    trust: { shippedDir: join(parts.resourcesDir, 'trust') },
    // images and place-name are the office's own, and are set at its desk
    office: { signature: null, seal: null, profile: 'office', location: '', policy: defaultPolicy },
    log: parts.log,
    crashesIn: dirname(parts.dir),
    backups: createBackups({ profileDir: parts.dir, key, program: version, now: () => new Date(), log: parts.log }),
    ...(parts.updates === undefined ? {} : { updates: parts.updates }),
  });
}

/** The government's time-stamp service (domain.md 6.1); what it is too slow for is added in the background. */
const defaultPolicy: SigningPolicy = { level: 'B-LT', digest: 'sha256', tsaUrl: 'http://tsa.ca.gov.vn', proxyUrl: '' };
