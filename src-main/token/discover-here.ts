import { existsSync, readdirSync } from 'node:fs';
import { delimiter } from 'node:path';
import { discoverDrivers } from './discover.ts';
import { isPkcs11Library } from './pe-exports.ts';

/**
 * The token drivers of this machine. An administrator adds paths in `VAN_THU_TOKEN_DRIVERS` (as PATH is written); they come first.
 * `SystemRoot` and `ProgramFiles` are Windows' own words for where it is.
 */
export function discoverHere(env: NodeJS.ProcessEnv = process.env): readonly string[] {
  const { SystemRoot, ProgramFiles, VAN_THU_TOKEN_DRIVERS } = env;
  return discoverDrivers({
    platform: process.platform,
    exists: existsSync,
    namesIn,
    isPkcs11: isPkcs11Library,
    extra: (VAN_THU_TOKEN_DRIVERS ?? '').split(delimiter).map((path) => path.trim()).filter((path) => path !== ''),
    ...(SystemRoot === undefined ? {} : { systemRoot: SystemRoot }),
    ...(ProgramFiles === undefined ? {} : { programFiles: ProgramFiles }),
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Most of the folders of the list are on no one machine.
    return [];
  }
}
