import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AppUpdater, NsisUpdater, UpdateInfo } from 'electron-updater';
import { z } from 'zod';
import { programVersion } from '../../src-shared/domain/program-version.ts';
import { releaseFileName, updateKeys, type UpdatePlatform } from '../../src-shared/protocol/update.ts';

/** What the backend named when it closed: agreed to by a person, checked against its publisher's signature. */
const installWord = z.object({ schema: z.literal(1), version: programVersion, file: releaseFileName, sha512: z.base64().length(88), sizeBytes: z.int().min(1), released: z.string(), minimumSystem: z.string().nullable() });
export type InstallWord = z.infer<typeof installWord>;

/** What this program was installed as; null: it runs from its sources, or from a folder that somebody unpacked. */
export function installedAs(packaged: boolean, { platform, arch, env, resourcesPath }: { readonly platform: NodeJS.Platform; readonly arch: string; readonly env: NodeJS.ProcessEnv; readonly resourcesPath?: string }): UpdatePlatform | null {
  if (!packaged) return null;
  if (platform === 'linux') return arch === 'x64' && env['APPIMAGE'] !== undefined ? 'linux-x64' : null;
  // the installer lays its remover beside the program; the portable folder has none
  if (platform !== 'win32' || resourcesPath === undefined || !readdirSync(join(resourcesPath, '..')).some((name) => /^Uninstall .+\.exe$/.test(name))) return null;
  return arch === 'ia32' ? 'win32-ia32' : 'win32-x64';
}

/** Read once: whatever becomes of it, the next closing begins anew. */
export function takeInstallWord(dir: string): InstallWord | null {
  const file = join(dir, 'install.json');
  if (!existsSync(file)) return null;
  const parsed = installWord.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  rmSync(file);
  return parsed.success ? parsed.data : null;
}

/** Names that the installer's own signature must carry (Authenticode, Windows); null: none is asked for. */
export function readPublishers(keysFile: string): readonly string[] | null {
  const { publishers } = updateKeys.parse(JSON.parse(readFileSync(keysFile, 'utf8')));
  return publishers.length === 0 ? null : publishers;
}

/**
 * Has electron-updater install a file of this disk, through all of its own checks: nothing is asked of any line (docs/adr/0031). Resolves when the installer has been
 * started; throws what electron-updater says, and then nothing was.
 */
export async function installFromDisk(updater: AppUpdater & Pick<NsisUpdater, 'install'>, dir: string, word: InstallWord, publishers: readonly string[] | null): Promise<void> {
  const file = join(dir, word.file);
  const info = { version: word.version, files: [{ url: word.file, sha512: word.sha512, size: word.sizeBytes }], path: word.file, sha512: word.sha512, releaseDate: word.released, ...(word.minimumSystem === null ? {} : { minimumSystemVersion: word.minimumSystem }) } satisfies UpdateInfo;
  const provider = {
    isUseMultipleRangeRequest: false,
    fileExtraDownloadHeaders: null,
    setRequestHeaders: () => undefined,
    getLatestVersion: () => Promise.resolve(info),
    resolveFiles: () => [{ url: pathToFileURL(file), info: info.files[0] }],
  };
  Object.assign(updater, {
    autoDownload: false, autoInstallOnAppQuit: false, disableWebInstaller: true, disableDifferentialDownload: true, logger: null,
    // the backend let an older version through because its publisher signed it as the way back
    allowDowngrade: true,
    // of this program, not of a file that anybody could write beside it
    configOnDisk: { value: Promise.resolve({ provider: 'custom', updaterCacheDirName: 'van-thu-updater', publisherName: publishers }) },
    // in the place of Electron's network
    httpExecutor: { download: (_: URL, to: string) => copyChecked(file, to, word.sha512) },
    clientPromise: Promise.resolve(provider),
  });
  const check = await updater.checkForUpdates();
  if (check?.isUpdateAvailable !== true) throw new Error('electron-updater does not take it');
  await updater.downloadUpdate();
  // the caller ends the program; the installer waits for that
  if (!updater.install(true, false)) throw new Error('the installer did not start');
}

/** What is installed is the copy, so the copy is what is hashed. */
async function copyChecked(from: string, to: string, sha512: string): Promise<string> {
  await copyFile(from, to);
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(to)) hash.update(chunk as Uint8Array);
  if (hash.digest('base64') !== sha512) throw Object.assign(new Error('sha512 checksum mismatch'), { code: 'ERR_CHECKSUM_MISMATCH' });
  return to;
}
