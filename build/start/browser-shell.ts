import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { createLog } from '../../src-main/backend/log.ts';
import { openProgram } from '../../src-main/backend/program.ts';
import { startBrowserShell } from '../../test/browser-shell/server.ts';
import { bundleStale } from '../bundle.ts';
import type { StartDirs } from './data-dir.ts';
import { findBrowser, hasDisplay } from './find-browser.ts';
import { readOfficeKey } from './office-key.ts';

const root = path.resolve(import.meta.dirname, '../..');

export type BrowserStart = { readonly opens: 'office' | 'practice'; readonly dirs: StartDirs; readonly say: (sentence: string) => void };

/** Opens the program and its desk in a browser, and stays until the window is closed or the program is told to end. Answers its exit code. */
export async function openInBrowser({ opens, dirs, say }: BrowserStart): Promise<number> {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await bundleStale(['renderer']);
  const log = createLog('start', (line) => appendFileSync(dirs.logFile, line));
  const keys = { office: readOfficeKey(path.join(dirs.root, 'office.key')) };
  const program = await openProgram({ rootDir: dirs.root, resourcesDir: path.join(root, 'resources'), keys, open: opens, log, progress: say });
  const shell = await startBrowserShell({ connect: () => program.connect(), rendererDir: path.join(root, 'dist/renderer') });
  const closed = hasDisplay() ? showWindow(shell.url, dirs.browser, say) : null;
  if (closed === null) say(`Máy này không có màn hình. Mở địa chỉ sau trên chính máy này (chỉ mở được một lần):\n${shell.url}`);
  say('Nhấn Ctrl+C để đóng Văn Thư.');
  await Promise.race([ended, ...(closed === null ? [] : [closed])]);
  await shell.close();
  await program.close();
  return 0;
}

/** A window of its own where there is a Chromium, else the system's own browser. Ends when the window does, if that can be known. */
function showWindow(url: string, profile: string, say: (sentence: string) => void): Promise<void> {
  const chromium = findBrowser();
  const never = new Promise<void>(() => {});
  if (chromium === null) {
    const [program, ...words] = openerOf(process.platform);
    say(`Mở bàn làm việc trong trình duyệt: ${url}`);
    spawn(program, [...words, url], { stdio: 'ignore' }).on('error', () => say('Không mở được trình duyệt; hãy mở địa chỉ trên bằng tay.'));
    return never;
  }
  say('Bàn làm việc đang mở trong một cửa sổ của trình duyệt.');
  // Others on this machine may read a program's arguments; the secret in the address is spent by the time the window shows
  const words = [`--app=${url}`, `--user-data-dir=${profile}`, '--window-size=1366,768', '--no-first-run', '--no-default-browser-check', '--disable-sync', '--disable-background-networking'];
  // Root cannot have Chromium's sandbox; whoever works as root has chosen so
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(chromium, [...words, ...root], { stdio: 'ignore' });
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => {
      say(`Không mở được ${chromium}; hãy mở bằng tay: ${url}`);
      void never.then(resolve);
    });
  });
}

function openerOf(platform: NodeJS.Platform): readonly [string, ...string[]] {
  switch (platform) {
    case 'win32':
      // `start` takes its first quoted word for a title
      return ['cmd', '/c', 'start', ''];
    case 'darwin':
      return ['open'];
    default:
      return ['xdg-open'];
  }
}
