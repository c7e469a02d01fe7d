import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleStale } from '../bundle.ts';

const root = path.resolve(import.meta.dirname, '../..');
const electronPackage = path.join(root, 'node_modules/electron');
/** A download of some 120 MB; a line that needs longer is better spent on documents. */
const downloadMs = 5 * 60_000;
const probeMs = 3_000;

export type Obtained = { readonly path: string; readonly reason: null } | { readonly path: null; readonly reason: string };

/** Electron's binary: the one that is here, else the one that its package downloads (ELECTRON_MIRROR obeyed), tried only where it can be reached. */
export async function obtainElectron(say: (sentence: string) => void): Promise<Obtained> {
  const here = findElectron();
  if (here !== null) return refuseRoot(here);
  const mirror = process.env['ELECTRON_MIRROR'];
  const source = mirror !== undefined && mirror !== '' ? mirror : 'https://github.com/electron/electron/releases/';
  if (!(await isReachable(source))) return { path: null, reason: 'máy này chưa có và nơi tải Electron không tới được; đặt ELECTRON_MIRROR nếu cơ quan có nơi tải riêng' };
  say('Đang tải Electron (chỉ lần đầu)…');
  await runBounded(process.execPath, [path.join(electronPackage, 'install.js')], downloadMs);
  const downloaded = findElectron();
  return downloaded === null ? { path: null, reason: 'tải Electron không thành công' } : refuseRoot(downloaded);
}

/** Null when the package is here without its binary. */
export function findElectron(): string | null {
  const pathFile = path.join(electronPackage, 'path.txt');
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const dist = given !== undefined && given !== '' ? given : path.join(electronPackage, 'dist');
  const program = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : process.platform === 'win32' ? 'electron.exe' : 'electron';
  const file = path.join(dist, program);
  return existsSync(file) ? file : null;
}

/** Opens the desk and waits until it is closed. Answers its exit code. */
export async function openInElectron(electron: string, { opens, dir }: { readonly opens: 'office' | 'practice'; readonly dir: string }): Promise<number> {
  await bundleStale(['renderer', 'preload', 'shell', 'backend']);
  const child = spawn(electron, [root], { stdio: 'inherit', env: { ...process.env, VAN_THU_USER_DATA: dir, VAN_THU_OPEN: opens } });
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGINT', () => {}); // the terminal tells the child itself
  return new Promise((resolve, reject) => child.once('error', reject).once('exit', (code) => resolve(code ?? 1)));
}

/** Chromium's sandbox cannot hold what root runs, and a desk that shows hostile PDFs does not go without it. */
function refuseRoot(file: string): Obtained {
  if (process.platform === 'linux' && process.getuid?.() === 0) return { path: null, reason: 'đang chạy bằng root, Electron không giữ được hộp cát' };
  return { path: file, reason: null };
}

async function isReachable(source: string): Promise<boolean> {
  try {
    await fetch(source, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

async function runBounded(file: string, words: readonly string[], limitMs: number): Promise<void> {
  const child = spawn(file, words, { stdio: ['ignore', 'inherit', 'ignore'] });
  const timer = setTimeout(() => child.kill(), limitMs);
  await new Promise((resolve) => child.once('error', resolve).once('exit', resolve));
  clearTimeout(timer);
}
