import type { Organization, Person, Role } from '../../src-shared/domain/organization.ts';
import { AppFailure } from '../../src-shared/result.ts';
import type { SigningPolicy } from '../../src-shared/contract/signing.ts';
import { createAugmenter } from '../augmentation/augment.ts';
import { createRevocationClient } from '../authorities/revocation-client.ts';
import { createTimestampClient } from '../authorities/timestamp-client.ts';
import { createPasswords } from '../features/content/passwords.ts';
import { bookFor } from '../features/documents/books.ts';
import type { Authorities, OfficeSettings } from '../features/context.ts';
import type { Pauses } from '../features/signing/augmentation/jobs.ts';
import { vietnamDate } from '../features/vietnam-time.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { Log } from '../ports/log.ts';
import type { TokenPort } from '../ports/token.ts';
import { systemTime } from '../ports/time.ts';
import type { LookPort } from '../ports/verification.ts';
import { createPackageLine } from '../packages/line.ts';
import { createPackages } from '../packages/packages.ts';
import { createOfficialPrinter } from '../print/official/printer.ts';
import { createReportPrinter } from '../print/report.ts';
import { createSigningEngine } from '../signing/engine.ts';
import { createTextReader } from '../signing/text-reader.ts';
import { blobSource } from '../store/blob-source.ts';
import { openProfileStore } from '../store/open.ts';
import { findKeptToken, keepToken, type KeptToken } from '../sync/session.ts';
import { createSync } from '../sync/sync.ts';
import { createTrust, type TrustOptions } from '../trust/trust.ts';
import { createLook } from '../verification/look/look.ts';
import type { BackupPort } from '../ports/backup.ts';
import type { Updates } from '../updates/updates.ts';
import { createVerifier } from '../verification/verifier.ts';
import { createDesk, type Desk } from './desk.ts';
import { createMachine } from './machine.ts';
import { uuidv7 } from './uuid.ts';
import { version } from './version.ts';

export type DeskConfig = {
  readonly dir: string;
  /** 32 random bytes, kept by the OS key store. */
  readonly key: Uint8Array;
  readonly me: Person;
  readonly role: Role;
  readonly unit: Organization;
  readonly serverUrl: string;
  /** Practice only. A real office's password is held nowhere: null, and the desk lives on the token that it was given. */
  readonly credentials: { readonly user: string; readonly password: string } | null;
  /** A token just obtained, to be kept from now on; without one the store's own is used. */
  readonly kept?: KeptToken;
  readonly tokens: TokenPort;
  /** What the program ships, and what the practice office trusts besides. */
  readonly trust: Pick<TrustOptions, 'shippedDir' | 'extra'>;
  readonly office: OfficeSettings;
  /** How long what can be taken back is kept from the line; 8 s, unless told. */
  readonly holdMs?: () => number;
  /** How long a token stays logged in while a run of signatures waits for a word; 5 minutes, unless told. */
  readonly tokenIdleMs?: number;
  /** Between two tries to add long-term data; from a minute to six hours, unless told. */
  readonly augmentationPauses?: Pauses;
  /** Shared by the desks of one process; the desk's own unless told. */
  readonly look?: LookPort;
  /** New versions of the program; left out: none are asked for. */
  readonly updates?: Updates;
  /** Of the profile that holds this desk; it ends them. Left out: none are made. */
  readonly backups?: BackupPort;
  /** The program's own folder, where its falls are written down; left out: the practice. */
  readonly crashesIn?: string;
  /** Practice only: the day that it plays. The machine's clock, unless told. */
  readonly now?: () => Date;
  readonly log: Log;
};

/** Builds one desk out of real parts. Throws `AppFailure(store.*)` when its store cannot be opened. */
export function composeDesk(config: DeskConfig): Desk {
  const now = config.now ?? ((): Date => new Date());
  const nowMs = (): number => now().getTime();
  const opened = openProfileStore({ dir: config.dir, key: config.key, now: nowMs });
  if (!opened.ok) throw new AppFailure(opened.error.code, opened.error.params);
  const store = opened.value;
  if (config.kept !== undefined) keepToken(store.desk, config.kept);
  store.desk.setReader(config.me.id);
  const trust = createTrust({ ...config.trust, settings: store.desk, now, log: config.log });
  const station = readStation(store.desk);
  const sync = createSync({ serverUrl: config.serverUrl, credentials: config.credentials, said: { unit: config.unit.code, actor: { person: config.me.id, fullName: config.me.fullName, role: config.role, unit: config.unit.code } }, station, store, time: { ...systemTime, now: nowMs }, trust: trust.server, log: config.log, ...(config.updates === undefined ? {} : { updates: config.updates }) });
  if (config.role === 'clerk') {
    const year = vietnamDate(now()).slice(0, 4);
    sync.wantBooks([bookFor(config.unit.code, year, 'van-ban-di'), bookFor(config.unit.code, year, 'van-ban-den')]);
  }
  const packages = createPackages({
    desk: store.desk, blobs: store.blobs, me: config.me, role: config.role, unit: config.unit, station, now, newId: uuidv7,
    line: createPackageLine({ serverUrl: config.serverUrl, token: () => findKeptToken(store.desk)?.token ?? null }),
  });
  const passwords = createPasswords(store.desk);
  // no process runs before it is asked something
  const ownLook = createLook();
  const desk = createDesk((emit) => ({
    me: config.me,
    role: config.role,
    unit: config.unit,
    version,
    store: store.desk,
    blobs: store.blobs,
    openContent: (sha256) => withPassword(blobSource(store.blobs, sha256), passwords.find(sha256)),
    passwords,
    tokens: config.tokens,
    signing: createSigningEngine(),
    verification: createVerifier({ program: version }),
    printReport: createReportPrinter(),
    official: createOfficialPrinter(),
    look: config.look ?? ownLook,
    texts: createTextReader(),
    augmentation: createAugmenter(),
    authorities: createAuthorities(),
    sync,
    machine: createMachine({ dir: config.dir, serverUrl: config.serverUrl, ...(config.crashesIn === undefined ? {} : { crashesIn: config.crashesIn }) }),
    packages,
    trust,
    ...(config.updates === undefined ? {} : { updates: config.updates }),
    ...(config.backups === undefined ? {} : { backups: config.backups }),
    office: config.office,
    holdMs: config.holdMs ?? (() => defaultHoldMs),
    tokenIdleMs: config.tokenIdleMs ?? 300_000,
    augmentationPauses: config.augmentationPauses ?? { firstMs: 60_000, longestMs: 6 * 3600_000 },
    now,
    newId: uuidv7,
    emit,
    log: config.log,
    dropToken: () => {
      const kept = findKeptToken(store.desk);
      keepToken(store.desk, null);
      return kept?.token ?? null;
    },
    release: async () => {
      await config.backups?.close();
      await config.tokens.close();
      await ownLook.close();
      store.close();
    },
  }));
  sync.start();
  return desk;
}

function withPassword(source: ByteSource, password: string | undefined): ByteSource {
  return password === undefined ? source : { ...source, password };
}

/** Built when a policy is first used, and anew when it says otherwise: connections and answers are kept with them. */
function createAuthorities(): (policy: SigningPolicy) => Authorities {
  let made: { readonly key: string; readonly authorities: Authorities } | null = null;
  return ({ tsaUrl, proxyUrl }) => {
    const key = JSON.stringify([tsaUrl, proxyUrl]);
    if (made?.key !== key) made = { key, authorities: { timestamp: tsaUrl === '' ? null : createTimestampClient({ url: tsaUrl, proxyUrl }), revocation: createRevocationClient({ proxyUrl }) } };
    return made.authorities;
  };
}

/** Long enough to read the undo bar and find its button, short enough to wait for (8–10 s). */
const defaultHoldMs = 8000;

/** This installation's name towards the server's registers: made once, kept in the profile. */
function readStation(desk: { readonly getSetting: (key: string) => string | null; readonly setSetting: (key: string, value: string) => void }): string {
  const known = desk.getSetting('station');
  if (known !== null) return known;
  const made = uuidv7();
  desk.setSetting('station', made);
  return made;
}
