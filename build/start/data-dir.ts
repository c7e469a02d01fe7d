import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

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

export type StartDirs = {
  /** The browser shell's program folder: its offices and settings. */
  readonly root: string;
  readonly practice: string;
  /** Electron's own program folder: its keys are sealed by the system, so the two shells share no store. */
  readonly electron: string;
  /** The browser window's own profile, apart from the person's. */
  readonly browser: string;
  readonly logFile: string;
};

/** `given`: a folder to keep everything in, in place of the person's own. */
export function findStartDirs(given?: string): StartDirs {
  const root = given === undefined ? findDataDir(process.platform, process.env, homedir()) : resolve(given);
  return { root, practice: join(root, 'practice'), electron: join(root, 'electron'), browser: join(root, 'browser'), logFile: join(root, 'start.log') };
}
