import { z } from 'zod';
import { compareVersions, programVersion } from '../domain/program-version.ts';
import { fail, ok, type Result } from '../result.ts';

export const updateChannel = z.enum(['latest', 'beta']);
export type UpdateChannel = z.infer<typeof updateChannel>;
export const updatePlatform = z.enum(['win32-x64', 'win32-ia32', 'linux-x64']);
export type UpdatePlatform = z.infer<typeof updatePlatform>;
/** A name for a URL, a folder and a command line alike: no sign that any of them reads otherwise. */
export const releaseFileName = z.string().max(110).regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:exe|AppImage)$/);

const digestBytes = 32;
const mostFileBytes = 2 ** 31;

/** What a publisher's key signs: the release whole and in pieces, so that a damaged byte is found at its piece and that piece alone is fetched again. */
export const releaseManifest = z.object({
  schema: z.literal(1),
  version: programVersion,
  channel: updateChannel,
  platform: updatePlatform,
  released: z.iso.datetime(),
  /** Installed versions before this one are to be replaced. */
  minimum: programVersion.nullable(),
  /** Of the operating system, as electron-updater compares it; null: any. */
  minimumSystem: z.string().max(40).regex(/^\d+(?:\.\d+){0,3}$/).nullable(),
  /** Versions that go back to this older one; empty: a release like any other, and no downgrade is made of it. */
  rollbackFrom: z.array(programVersion).max(20),
  notes: z.object({ vi: z.string().max(4000), en: z.string().max(4000) }),
  file: z.object({
    name: releaseFileName,
    sizeBytes: z.int().min(1).max(mostFileBytes),
    /** Of the whole, in Base64, as `latest.yml` has it. */
    sha512: z.base64().length(88),
    /** Of the whole in hex: its strong ETag. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    pieceBytes: z.int().min(16 * 1024).max(4 * 1024 * 1024),
    /** SHA-256 of each piece, one after the other, in Base64. */
    pieces: z.base64().max(400_000),
  }),
}).refine(({ file }) => Math.floor((file.pieces.replace(/=+$/, '').length * 3) / 4) === Math.ceil(file.sizeBytes / file.pieceBytes) * digestBytes, { error: 'as many pieces as the size says' });
export type ReleaseManifest = z.infer<typeof releaseManifest>;

/** The manifest travels as text, so that what was signed is what is read, byte for byte. Several keys may sign: one that the desk knows is enough, and so keys are renewed. */
export const signedRelease = z.object({
  manifest: z.string().max(500_000),
  signatures: z.array(z.object({ key: z.string().regex(/^[0-9a-f]{16}$/), /** Ed25519 (RFC 8032) over `signedText`, Base64. */ signature: z.base64().length(88) })).min(1).max(8),
});
export type SignedRelease = z.infer<typeof signedRelease>;

/** GET /v1/updates/release → this. Null: nothing that this desk is to have. */
export const updateAnswer = z.object({ release: signedRelease.nullable() });

export const updateQuestion = z.object({ station: z.string().regex(/^[\w-]{8,64}$/), installed: programVersion, channel: updateChannel, platform: updatePlatform });
export type UpdateQuestion = z.infer<typeof updateQuestion>;

/** `resources/update-keys.json`. `id`: the first 16 hex digits of the SHA-256 of the key's SubjectPublicKeyInfo. */
export const updateKeys = z.object({
  schema: z.literal(1),
  /** Authenticode names of the installers for Windows, as electron-updater's `publisherName` takes them; empty: the installers are not signed so. */
  publishers: z.array(z.string().min(1).max(200)).max(4).default([]),
  keys: z.array(z.object({ id: z.string().regex(/^[0-9a-f]{16}$/), name: z.string().max(200), /** SubjectPublicKeyInfo, DER in Base64. */ spki: z.base64().max(200) })).max(8),
});
export type UpdateKey = z.infer<typeof updateKeys>['keys'][number];

/** What is signed: the manifest's text behind a line that no other thing of ours begins with. */
export function signedText(manifest: string): string {
  return `van-thu release 1\n${manifest}`;
}

/**
 * The manifest, when a key that is known has signed it. Errors: `update.unreadable`, `update.key-unknown`, `update.signature-invalid`. A wrong signature of a known key is a
 * forgery, whatever other signatures stand beside it.
 */
export function openRelease({ manifest, signatures }: SignedRelease, keys: readonly UpdateKey[], verify: (spki: string, text: string, signature: string) => boolean): Result<ReleaseManifest> {
  let good = false;
  for (const { key: id, signature } of signatures) {
    const key = keys.find((each) => each.id === id);
    if (key === undefined) continue;
    if (!verify(key.spki, signedText(manifest), signature)) return fail('update.signature-invalid');
    good = true;
  }
  if (!good) return fail('update.key-unknown');
  let value: unknown;
  try {
    value = JSON.parse(manifest);
  } catch {
    return fail('update.unreadable');
  }
  const parsed = releaseManifest.safeParse(value);
  return parsed.success ? ok(parsed.data) : fail('update.unreadable');
}

/** Whether the release is for this machine now. Errors: `update.other-platform`, `update.not-newer`. */
export function mayReplace(release: Pick<ReleaseManifest, 'version' | 'platform' | 'rollbackFrom'>, installed: string, platform: string): Result<null> {
  if (release.platform !== platform) return fail('update.other-platform', { platform: release.platform });
  if (compareVersions(release.version, installed) > 0 || release.rollbackFrom.includes(installed)) return ok(null);
  return fail('update.not-newer', { offered: release.version, installed });
}

/** A release in one file, to be carried on a USB stick: these bytes, the length of the signed manifest (32 bits, big-endian), the manifest as JSON, the installer to the end. */
export const updatePackageMagic = 'VTCAPNHAT\r\n\x1a\x01';
export const updatePackageSuffix = '.vtupdate';
export const maxSignedBytes = 600_000;
