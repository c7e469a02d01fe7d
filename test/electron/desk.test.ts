import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ElectronApplication, Page } from 'playwright-core';
import { launchElectronDesk, whyNoElectron } from './launch.ts';

const reason = whyNoElectron();
const skip = reason ?? false;

describe('the desk in Electron', () => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-electron-e2e-'));
  let app: ElectronApplication;
  let page: Page;

  before(async () => {
    if (reason === null) ({ app, page } = await launchElectronDesk(dir));
  });
  after(async () => {
    if (reason === null) await app.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('opens at app://van-thu/ on the incoming documents', { skip }, async () => {
    assert.equal(page.url(), 'app://van-thu/');
    await page.getByRole('heading', { name: 'Văn bản đến' }).waitFor();
  });

  test('gives the page the bridge and no power', { skip }, async () => {
    assert.deepEqual(await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window)), []);
    assert.equal(await page.evaluate(() => typeof (window as unknown as { readonly vanThu: unknown }).vanThu), 'object');
  });

  test('carries bytes over the bridge as bytes', { skip }, async () => {
    const isBytes = await page.evaluate(async () => {
      const { vanThu } = window as unknown as { readonly vanThu: Record<string, (input: unknown) => Promise<{ readonly value: { readonly signature: { readonly bytes: unknown } } }>> };
      return (await vanThu['signing.images']?.({}))?.value.signature.bytes instanceof Uint8Array;
    });
    assert.equal(isBytes, true);
  });

  test('stays where it is when a link leads away', { skip }, async () => {
    await page.evaluate(() => {
      location.href = 'https://example.invalid/';
    });
    assert.equal(await page.evaluate(() => location.href), 'app://van-thu/');
    assert.equal(await page.evaluate(() => window.open('https://example.invalid/')), null);
    assert.equal(app.windows().length, 1);
  });

  test('cannot reach the network', { skip }, async () => {
    assert.equal(await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')), 'refused');
  });
});
