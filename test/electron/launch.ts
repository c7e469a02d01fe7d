import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { join } from 'node:path';
import { bundleStale } from '../../build/bundle.ts';
import { findElectron } from '../../build/start/electron.ts';

const root = join(import.meta.dirname, '../..');

/** Why no test can run in Electron here; null when one can. */
export function whyNoElectron(): string | null {
  if (findElectron() === null) return 'Electron’s binary is not on this machine (set ELECTRON_MIRROR and run npm start to get it)';
  if (process.platform === 'linux' && process.env['DISPLAY'] === undefined) return 'Electron needs a display (run under xvfb-run)';
  return null;
}

/** The real program on a folder of its own: the practice office, the door of a real one, or what was chosen there last. */
export async function launchElectronDesk(dir: string, open: 'practice' | 'office' | 'remembered' = 'practice'): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  await bundleStale(['renderer', 'preload', 'shell', 'backend']);
  const executablePath = findElectron();
  if (executablePath === null) throw new Error('no Electron binary');
  const args = process.getuid?.() === 0 ? ['--no-sandbox', root] : [root];
  const app = await _electron.launch({ executablePath, args, env: { ...process.env, VAN_THU_USER_DATA: dir, VAN_THU_OPEN: open } as Record<string, string> });
  return { app, page: await app.firstWindow() };
}
