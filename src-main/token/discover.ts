import list from '../../resources/drivers.json' with { type: 'json' };

export type Discovery = {
  /** As `process.platform`. */
  readonly platform: string;
  readonly exists: (path: string) => boolean;
  /** Paths that an administrator added: always asked, even when missing, so that a wrong path is told and not passed over. */
  readonly extra: readonly string[];
  readonly systemRoot?: string;
  readonly programFiles?: string;
};

/**
 * Paths of the token drivers on this machine, from the shipped list of names (`resources/drivers.json`). On Windows a driver that is
 * only in SysWOW64 is a 32-bit one; it is given all the same, so that it is named as such and not "not found".
 */
export function discoverDrivers({ platform, exists, extra, systemRoot = 'C:\\Windows', programFiles = 'C:\\Program Files' }: Discovery): readonly string[] {
  const system = platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux';
  const separator = system === 'windows' ? '\\' : '/';
  const folders = list.folders[system].map((folder) => folder.replace('{systemRoot}', systemRoot).replace('{programFiles}', programFiles));
  const found = list.drivers
    .flatMap((driver): readonly string[] => driver[system])
    .map((name) => folders.map((folder) => `${folder}${separator}${name}`).find(exists))
    .filter((path) => path !== undefined);
  return [...new Set([...extra, ...found])];
}

/** Who makes the driver with this file name; null for one not in the list. */
export function findMaker(path: string): string | null {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  return list.drivers.find((driver) => [...driver.windows, ...driver.linux, ...driver.macos].some((one: string) => one.toLowerCase() === name))?.maker ?? null;
}
