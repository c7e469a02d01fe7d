import list from '../../resources/drivers.json' with { type: 'json' };

export type Discovery = {
  /** As `process.platform`. */
  readonly platform: string;
  readonly exists: (path: string) => boolean;
  /** Paths that an administrator added: always asked, even when missing, so that a wrong path is told and not passed over. */
  readonly extra: readonly string[];
  /** File names in a folder, and whether a library is a PKCS#11 driver: with both, drivers that no list names are found by their CSP. */
  readonly namesIn?: (folder: string) => readonly string[];
  readonly isPkcs11?: (path: string) => boolean;
  readonly systemRoot?: string;
  readonly programFiles?: string;
};

/**
 * Paths of the token drivers on this machine, from the shipped list of names (`resources/drivers.json`). On Windows a driver that is
 * only in SysWOW64 is a 32-bit one; it is given all the same, so that it is named as such and not "not found".
 */
export function discoverDrivers(discovery: Discovery): readonly string[] {
  const { platform, exists, extra, systemRoot = 'C:\\Windows', programFiles = 'C:\\Program Files' } = discovery;
  const system = platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux';
  const separator = system === 'windows' ? '\\' : '/';
  const folders = list.folders[system].map((folder) => folder.replace('{systemRoot}', systemRoot).replace('{programFiles}', programFiles));
  const listed = list.drivers.flatMap((driver): readonly string[] => driver[system]);
  const given = system === 'windows' ? extra.map((path) => pairOf(path, exists)) : extra;
  const unlisted = system === 'windows' ? findUnlisted(discovery, folders) : [];
  const found = [...listed, ...unlisted].map((name) => folders.map((folder) => `${folder}${separator}${name}`).find(exists)).filter((path) => path !== undefined);
  return withoutTwins([...given, ...found], system === 'windows');
}

/** Who makes the driver with this file name; null for one not in the list. */
export function findMaker(path: string): string | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return list.drivers.find((driver) => [...driver.windows, ...driver.linux, ...driver.macos].some((one: string) => one.toLowerCase() === name))?.maker ?? null;
}

/** Makers here name their CSP `X_s.dll` and their PKCS#11 library `X.dll` (domain.md 6.3): who gives the one means the other. */
const csp = /_s(\.dll)$/i;

function pairOf(path: string, exists: (path: string) => boolean): string {
  const pair = path.replace(csp, '$1');
  return exists(pair) ? pair : path;
}

/** Libraries beside a CSP of the makers' pattern, if they are PKCS#11 drivers by what they export. */
function findUnlisted({ namesIn, isPkcs11 }: Discovery, folders: readonly string[]): readonly string[] {
  if (namesIn === undefined || isPkcs11 === undefined) return [];
  return folders.flatMap((folder) => {
    const names = namesIn(folder);
    const known = new Map(names.map((name) => [name.toLowerCase(), name]));
    return names
      .filter((name) => csp.test(name))
      .map((name) => known.get(name.replace(csp, '$1').toLowerCase()))
      .filter((name) => name !== undefined)
      .filter((name) => isPkcs11(`${folder}\\${name}`));
  });
}

/** Windows tells no case apart. */
function withoutTwins(paths: readonly string[], isWindows: boolean): readonly string[] {
  const seen = new Map(paths.toReversed().map((path) => [isWindows ? path.toLowerCase() : path, path]));
  const kept = new Set(seen.values());
  return [...new Set(paths)].filter((path) => kept.has(path));
}
