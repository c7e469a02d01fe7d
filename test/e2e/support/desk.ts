import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { practiceUnits } from '../../../src-main/practice/cast.ts';
import { openPracticeOffice } from '../../../src-main/practice/office.ts';
import type { ProfileStore } from '../../../src-main/ports/store.ts';
import { sendLetter } from '../../../src-main/practice/seed.ts';
import { openProfileStore } from '../../../src-main/store/open.ts';
import type { Channel, Input, Output } from '../../../src-shared/contract/index.ts';
import { describeError } from '../../../src-shared/errors.ts';
import type { Result } from '../../../src-shared/result.ts';
import { startBrowserShell } from '../../browser-shell/server.ts';
import { findRenderer, layPracticeOffice, practiceKey } from '../../support/kept.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A practice office of its own and a page at it, in whichever shell; all in a folder of its own. */
export type TestOffice = {
  readonly page: Page;
  /** Calls a desk's door beside the screens, for what a screen does not show (received bytes). In Electron: the desk that the window sits at. */
  readonly ask: <C extends Channel>(desk: string, channel: C, input: Input<C>) => Promise<Output<C>>;
  /** The practice root certificate. */
  readonly rootPem: string;
  readonly close: () => Promise<void>;
};

export type BrowserOffice = TestOffice & {
  /** The folder of certificates that the practice's server makes its list of trust of; not there, unless the test makes it. */
  readonly trustDir: string;
  /** The program is ended and started again on the same profile, and the page opens it anew. `meanwhile` may put things into a desk's store, and into the province's (`serverDir`). */
  readonly restart: (meanwhile?: (storeOf: (desk: string) => ProfileStore, serverDir: string) => Promise<void>) => Promise<void>;
  /** The department signs, seals and sends a letter of this title to the commune; it arrives over the line by itself. */
  readonly deliver: (title: string) => Promise<void>;
};

/** The renderer and the backend over the browser shell, in the system's Chromium. What is done goes at once, unless `holdMs` keeps it for the undo bar. */
export async function openInBrowser({ holdMs = 0 }: { readonly holdMs?: number } = {}): Promise<BrowserOffice> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-e2e-'));
  const rendererDir = await findRenderer(join(dir, 'renderer'));
  await layPracticeOffice(join(dir, 'office'));
  const key = practiceKey(join(dir, 'office'));
  const open = () => openPracticeOffice({ dir: join(dir, 'office'), resourcesDir: join(root, 'resources'), key, log: quietLog, holdMs });
  let office = await open();
  let shell = await startBrowserShell({ connect: () => office.connect(), rendererDir });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'vi-VN' });
  page.setDefaultTimeout(20_000);
  await page.goto(shell.url);
  return {
    page,
    rootPem: office.rootPem,
    trustDir: join(dir, 'office/server/trust'),
    ask: async (desk, channel, input) => {
      const door = office.connect(desk);
      try {
        const result = (await door.call(channel, input)) as Result<never>;
        if (!result.ok) throw new Error(describeError(result.error, 'en'));
        return result.value;
      } finally {
        door.close();
      }
    },
    restart: async (meanwhile) => {
      await shell.close();
      await office.close();
      await meanwhile?.((desk) => {
        const store = openProfileStore({ dir: join(dir, 'office/desks', desk), key });
        if (!store.ok) throw new Error(store.error.code);
        return store.value;
      }, join(dir, 'office/server'));
      office = await open();
      shell = await startBrowserShell({ connect: () => office.connect(), rendererDir });
      await page.goto(shell.url);
    },
    deliver: async (title) => {
      await sendLetter(office.desks, join(root, 'resources/practice'), { file: 'bao-cao-quy.pdf', title, kind: 'bao-cao', notation: 'BC-SKHCN', urgency: 'normal', from: 'department' }, [practiceUnits.commune]);
    },
    close: async () => {
      await browser.close();
      await shell.close();
      await office.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export function findChromium(): string {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const found = spawnSync('which', [name], { encoding: 'utf8' }).stdout.trim();
    if (found !== '') return found;
  }
  throw new Error('no Chromium: the tests’ set-up installs it on Debian');
}

const quietLog = (level: string, message: string, fields?: object): void => {
  if (level === 'error') console.error(message, fields ?? '');
};
