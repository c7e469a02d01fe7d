import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { ProgramOptions } from '../../../src-main/backend/program.ts';
import { startBrowserShell } from '../../browser-shell/server.ts';
import { openProgramAt } from '../../office/session-support.ts';
import { findRenderer } from '../../support/kept.ts';
import { findChromium } from './desk.ts';

/** A page at the real office's door, on a folder of its own. */
export type TestDoorway = {
  readonly page: Page;
  /** What the system would give the program: files that were double-clicked. */
  readonly openFiles: (paths: readonly string[]) => Promise<void>;
  /** Where the program keeps everything. */
  readonly programDir: string;
  /** The program ends and starts again on the same folder, with `between` while it is away; the page opens it anew. */
  readonly restart: (between?: () => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openDoorway(over: Partial<ProgramOptions> = {}): Promise<TestDoorway> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-door-'));
  const rendererDir = await findRenderer(join(dir, 'renderer'));
  const open = () => openProgramAt(join(dir, 'program'), { open: 'remembered', ...over });
  let program = await open();
  let shell = await startBrowserShell({ connect: () => program.connect(), rendererDir });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN', reducedMotion: 'reduce' });
  page.setDefaultTimeout(20_000);
  await page.goto(shell.url);
  return {
    page,
    openFiles: (paths) => program.openFiles(paths),
    programDir: join(dir, 'program'),
    restart: async (between) => {
      // a window closes before its program does
      await page.goto('about:blank');
      await shell.close();
      await program.close();
      await between?.();
      program = await open();
      shell = await startBrowserShell({ connect: () => program.connect(), rendererDir });
      await page.goto(shell.url);
    },
    close: async () => {
      await browser.close();
      await shell.close();
      await program.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
