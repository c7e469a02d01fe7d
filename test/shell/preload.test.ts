import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core';
import { bundlePreload } from '../../build/bundle.ts';
import { findBrowser } from '../../build/start/find-browser.ts';
import { channelNames } from '../../src-shared/contract/channel-names.ts';
import { isolatedWorldScript, mainWorldScript } from './electron-stand-in.ts';

/**
 * The built preload in a real Chromium, in a world apart from the page's as in Electron. What stands in for `contextBridge` and `ipcRenderer`
 * passes structured clones between the two worlds and nothing else.
 */
const dir = mkdtempSync(join(tmpdir(), 'van-thu-preload-'));
let browser: Browser;
let page: Page;
let cdp: CDPSession;
let isolated = 0;

before(async () => {
  const file = join(dir, 'bridge.cjs');
  await bundlePreload(file);
  browser = await chromium.launch({ executablePath: findBrowser() ?? assert.fail('no Chromium'), args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
  page = await browser.newPage();
  await page.evaluate(mainWorldScript);
  cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  ({ executionContextId: isolated } = await cdp.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'preload' }));
  await inPreload(isolatedWorldScript(readFileSync(file, 'utf8')));
});

after(async () => {
  await browser.close();
  rmSync(dir, { recursive: true });
});

describe('what the page gets', () => {
  test('is one function a call, `on`, and nothing of Electron', async () => {
    const seen = await page.evaluate(() => {
      const { vanThu } = window as unknown as { readonly vanThu: Record<string, unknown> };
      return { names: Object.keys(vanThu), kinds: [...new Set(Object.values(vanThu).map((value) => typeof value))], globals: ['require', 'process', 'ipcRenderer', 'module', 'exports'].filter((name) => name in window) };
    });
    assert.deepEqual(seen.names.sort(), [...channelNames, 'on', 'shield'].sort());
    assert.deepEqual(seen.kinds, ['function']);
    assert.deepEqual(seen.globals, []);
  });

  test('calls one channel with one input, and brings the Result back, bytes as bytes', async () => {
    const answer = await page.evaluate(async () => {
      const { vanThu } = window as unknown as { readonly vanThu: Record<string, (input: unknown) => Promise<unknown>> };
      const result = (await vanThu['content.appendImport']?.({ importId: 'x', bytes: Uint8Array.of(0, 255), none: undefined })) as { readonly value: { readonly input: { readonly bytes: Uint8Array } } };
      return { json: JSON.stringify(result), bytes: [...result.value.input.bytes], isBytes: result.value.input.bytes instanceof Uint8Array };
    });
    assert.deepEqual(answer.bytes, [0, 255]);
    assert.equal(answer.isBytes, true);
    assert.deepEqual(await inPreload('asked.at(-1).slice(0, 2)'), ['van-thu:call', 'content.appendImport']);
    assert.equal(await inPreload('asked.at(-1).length'), 3);
  });

  test('every function asks for the channel of its own name', async () => {
    await inPreload('asked.length = 0');
    await page.evaluate(async (names) => {
      const { vanThu } = window as unknown as { readonly vanThu: Record<string, (input: unknown) => Promise<unknown>> };
      for (const name of names) await vanThu[name]?.({});
    }, channelNames);
    assert.deepEqual(await inPreload('asked.map(([, channel]) => channel)'), [...channelNames]);
  });

  test('hears the events it asked for, until it leaves', async () => {
    await page.evaluate(() => {
      const holder = window as unknown as { readonly vanThu: { readonly on: (name: string, listener: (payload: unknown) => void) => () => void }; heard: unknown[]; leave: () => void };
      holder.heard = [];
      const listener = (payload: unknown): void => void holder.heard.push(payload);
      holder.leave = holder.vanThu.on('desk.switched', listener);
      holder.vanThu.on('desk.switched', listener);
    });
    const heard = (): Promise<unknown> => page.evaluate(() => (window as unknown as { readonly heard: unknown[] }).heard);
    await inPreload("emit('van-thu:event', 'desk.switched', { desk: 'a' }); emit('van-thu:event', 'documents.changed', { ids: [] }); emit('van-thu:event', '__proto__', {})");
    assert.deepEqual(await heard(), [{ desk: 'a' }, { desk: 'a' }]);
    await page.evaluate(() => (window as unknown as { readonly leave: () => void }).leave());
    await inPreload("emit('van-thu:event', 'desk.switched', { desk: 'b' })");
    assert.deepEqual(await heard(), [{ desk: 'a' }, { desk: 'a' }, { desk: 'b' }]);
  });

  test('refuses to listen to what is no event', async () => {
    for (const name of ['van-thu:event', '__proto__', 'constructor', '']) {
      const message = await page.evaluate((given) => {
        const { vanThu } = window as unknown as { readonly vanThu: { readonly on: (name: string, listener: () => void) => unknown } };
        try {
          vanThu.on(given, () => {});
          return 'listened';
        } catch (error) {
          return String(error);
        }
      }, name);
      assert.match(message, /no event/, name);
    }
  });

  test('raises the shield through a channel of its own', async () => {
    await page.evaluate(() => (window as unknown as { readonly vanThu: { readonly shield: (on: boolean) => void } }).vanThu.shield(true));
    assert.deepEqual(await inPreload('asked.at(-1)'), ['van-thu:shield', true]);
  });

  test('cannot be changed by the page', async () => {
    assert.equal(await page.evaluate(() => {
      const holder = window as unknown as { vanThu: Record<string, unknown> };
      const before = holder.vanThu['app.state'];
      try {
        holder.vanThu = {};
      } catch { /* a frozen name may also throw */ }
      return holder.vanThu['app.state'] === before;
    }), true);
  });
});

async function inPreload(expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression, contextId: isolated, returnByValue: true, awaitPromise: true });
  if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}
