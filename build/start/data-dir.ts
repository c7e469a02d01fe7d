import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this system keeps a program's data for one person. */
export function findDataDir(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  const given = (name: string, otherwise: string): string => (env[name] === undefined || env[name] === '' ? otherwise : env[name]);
  switch (platform) {
    case 'win32':
      return join(given('LOCALAPPDATA', join(home, 'AppData', 'Local')), 'VanThu');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'VanThu');
    default:
      return join(given('XDG_DATA_HOME', join(home, '.local', 'share')), 'VanThu');
  }
}

const dataDir = findDataDir(process.platform, process.env, homedir());
/** The practice office of the browser shell. */
export const practiceDir = join(dataDir, 'practice');
/** Electron's own folder: its profile's key is sealed by the system, so the two shells share no store. */
export const electronDir = join(dataDir, 'electron');
/** The browser window's own profile, apart from the person's. */
export const browserDir = join(dataDir, 'browser');
export const logFile = join(dataDir, 'practice.log');
