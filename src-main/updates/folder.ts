import { copyFileSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statfsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { compareVersions, programVersion } from '../../src-shared/domain/program-version.ts';
import { openRelease, signedRelease, type ReleaseManifest, type SignedRelease, type UpdateKey } from '../../src-shared/protocol/update.ts';
import { verifyEd25519 } from './keys.ts';
import { writeWhole } from './write-whole.ts';

const offer = z.object({ signed: signedRelease, /** Brought on a stick: the server's silence does not take it away. */ brought: z.boolean() });
const kept = z.object({ atClose: programVersion.nullable(), /** Handed to the installer at the last close. */ attempted: programVersion.nullable(), checkedAt: z.string().nullable() });
export type KeptState = z.infer<typeof kept>;
export type Offer = { readonly signed: SignedRelease; readonly manifest: ReleaseManifest; readonly brought: boolean };

/** The profile's folder of updates: one release that is fetched or here, the installers of the versions that ran, and the word to the shell. */
export function openUpdateFolder(dir: string) {
  mkdirSync(dir, { recursive: true });
  const [offerFile, stateFile, keptDir, beforeDir] = [join(dir, 'release.json'), join(dir, 'state.json'), join(dir, 'kept'), join(dir, 'before')];
  const fileOf = ({ file }: ReleaseManifest): string => join(dir, file.name);

  return {
    dir,
    fileOf,
    partOf: (manifest: ReleaseManifest): string => `${fileOf(manifest)}.part`,
    loading: join(dir, 'loading.vtupdate'),
    installFile: join(dir, 'install.json'),
    readOffer: (keys: readonly UpdateKey[]): Offer | null => {
      const read = offer.safeParse(readJson(offerFile));
      if (!read.success) return null;
      // keys may have gone since it was taken
      const opened = openRelease(read.data.signed, keys, verifyEd25519);
      return opened.ok ? { ...read.data, manifest: opened.value } : null;
    },
    writeOffer: ({ signed, brought }: Offer): void => writeWhole(offerFile, JSON.stringify({ signed, brought })),
    /** Everything of a release that is not wanted any more. */
    drop: (manifest: ReleaseManifest | null): void => {
      rmSync(offerFile, { force: true });
      if (manifest === null) return;
      for (const file of [fileOf(manifest), `${fileOf(manifest)}.part`]) rmSync(file, { force: true });
    },
    readState: (): KeptState => {
      const read = kept.safeParse(readJson(stateFile));
      return read.success ? read.data : { atClose: null, attempted: null, checkedAt: null };
    },
    writeState: (state: KeptState): void => writeWhole(stateFile, JSON.stringify(state)),
    /** The release runs now: its installer is kept as what to go back to from the next one. Two are. */
    keep: (one: Offer): void => {
      const { version, file } = one.manifest;
      const to = join(keptDir, version);
      mkdirSync(to, { recursive: true });
      if (existsSync(fileOf(one.manifest))) renameSync(fileOf(one.manifest), join(to, file.name));
      writeWhole(join(to, 'release.json'), JSON.stringify(one.signed));
      rmSync(offerFile, { force: true });
      rmSync(`${fileOf(one.manifest)}.part`, { force: true });
      for (const old of versionsIn(keptDir).slice(0, -2)) rmSync(join(keptDir, old), { recursive: true, force: true });
    },
    keptVersions: (): readonly string[] => versionsIn(keptDir),
    /** The small files of the profile as this version leaves them: a newer one migrates them, and an older one cannot read them then. One copy is kept. */
    copyBefore: (version: string, files: readonly string[]): void => {
      const to = join(beforeDir, version);
      const beside = `${to}.new`;
      rmSync(beside, { recursive: true, force: true });
      mkdirSync(beside, { recursive: true });
      // shares the blocks where the file system can
      for (const file of files) if (existsSync(file)) copyFileSync(file, join(beside, basename(file)), constants.COPYFILE_FICLONE);
      rmSync(to, { recursive: true, force: true });
      renameSync(beside, to);
      for (const old of readdirSync(beforeDir)) if (old !== version) rmSync(join(beforeDir, old), { recursive: true, force: true });
    },
    freeBytes: (): number => {
      const { bavail, bsize } = statfsSync(dir);
      return bavail * bsize;
    },
  };
}

function versionsIn(dir: string): readonly string[] {
  return existsSync(dir) ? readdirSync(dir).filter((name) => programVersion.safeParse(name).success).sort(compareVersions) : [];
}

function readJson(file: string): unknown {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    // torn: as if it were not there, and asked for anew
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
