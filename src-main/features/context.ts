import type { EventName, EventPayload } from '../../src-shared/contract/index.ts';
import type { Person, Organization, Role } from '../../src-shared/domain/organization.ts';
import type { SigningPolicy } from '../../src-shared/contract/signing.ts';
import type { AugmentationPort } from '../ports/augmentation.ts';
import type { RevocationPort, TimestampPort } from '../ports/authorities.ts';
import type { BackupPort } from '../ports/backup.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { Log } from '../ports/log.ts';
import type { MachinePort } from '../ports/machine.ts';
import type { PackagesPort } from '../ports/packages.ts';
import type { OfficialPrinter, ReportPrinter } from '../ports/printing.ts';
import type { SigningPort, SigningProfile } from '../ports/signing.ts';
import type { BlobStore, DeskStore } from '../ports/store.ts';
import type { SyncPort } from '../ports/sync.ts';
import type { TextPort } from '../ports/text.ts';
import type { TokenPort } from '../ports/token.ts';
import type { TrustPort } from '../ports/trust.ts';
import type { UpdatesPort } from '../ports/updates.ts';
import type { LookPort, VerificationPort } from '../ports/verification.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import type { Passwords } from './content/passwords.ts';
import type { Pauses } from './signing/augmentation/jobs.ts';

/** Everything a use-case may speak to. Ports only; built in `backend/compose.ts`. */
export type DeskContext = {
  readonly me: Person;
  /** The role this desk acts in: one of `me.roles`. */
  readonly role: Role;
  readonly unit: Organization;
  readonly version: string;
  readonly store: DeskStore;
  readonly blobs: BlobStore;
  /** With the password that opens it, where one was given. */
  readonly openContent: (sha256: Sha256) => ByteSource;
  readonly passwords: Passwords;
  readonly tokens: TokenPort;
  readonly signing: SigningPort;
  readonly verification: VerificationPort;
  readonly printReport: ReportPrinter;
  /** Left out: nothing of the office's registers is printed or exported. */
  readonly official?: OfficialPrinter;
  /** Left out: pages are not compared. */
  readonly look?: LookPort;
  /** Left out: contents are not searched. */
  readonly texts?: TextPort;
  readonly augmentation: AugmentationPort;
  /** The certification services, reached as the policy says. `timestamp` null: it names none. */
  readonly authorities: (policy: SigningPolicy) => Authorities;
  readonly sync: SyncPort;
  readonly packages: PackagesPort;
  readonly machine: MachinePort;
  readonly trust: TrustPort;
  /** Left out: the program is not updated from here (practice, not installed). */
  readonly updates?: UpdatesPort;
  /** Left out: nothing is backed up from here (practice). */
  readonly backups?: BackupPort;
  readonly office: OfficeSettings;
  /** How long what can be taken back is kept from the line, ms; 0: not at all. */
  readonly holdMs: () => number;
  /** How long a token stays logged in while a run of signatures waits for a word, ms. */
  readonly tokenIdleMs: number;
  readonly augmentationPauses: Pauses;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly emit: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
  readonly log: Log;
};

export type Authorities = { readonly timestamp: TimestampPort | null; readonly revocation: RevocationPort };

/** What an office sets once: its images in real size, its signing profile, its place-name. */
export type OfficeSettings = {
  readonly signature: { readonly bytes: Uint8Array; readonly widthMm: number; readonly heightMm: number } | null;
  readonly seal: { readonly bytes: Uint8Array; readonly diameterMm: number } | null;
  readonly profile: SigningProfile;
  /** Địa danh, written to /Location. */
  readonly location: string;
  /** Its whole name, as it stands on its seal and on copies; the directory's, unless told. */
  readonly organization?: string;
  /** How it signs until somebody sets it otherwise. */
  readonly policy: SigningPolicy;
};
