import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ipcCall, ipcEvent } from '../../src-shared/contract/channel-names.ts';
import { readCrashes } from '../../src-main/crashes/crashes.ts';
import type { StartWord } from '../../src-main/shell/backend-process.ts';
import { app, record, session, type BrowserWindow, type FakePort, type FakeUtilityProcess } from './fake-electron.ts';
import { loadShell } from './load-shell.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-electron-'));
let window: BrowserWindow;

before(async () => {
  process.env['VAN_THU_USER_DATA'] = dir;
  delete process.env['VAN_THU_OPEN'];
  await loadShell();
  await turn();
  assert.deepEqual(record.errors, []);
  const [opened] = record.windows;
  assert.ok(opened);
  window = opened;
});

after(() => rmSync(dir, { recursive: true }));

describe('before it is ready', () => {
  test('every renderer is sandboxed and the scheme is registered', () => {
    assert.equal(record.sandboxed, true);
    assert.deepEqual(record.order, ['sandbox', 'schemes', 'ready']);
    assert.deepEqual(record.schemes.map(({ scheme, privileges }) => [scheme, privileges?.standard, privileges?.secure, privileges?.bypassCSP, privileges?.allowServiceWorkers]), [['app', true, true, false, false]]);
  });
});

describe('the window', () => {
  test('shows our page with every power taken away', () => {
    assert.equal(window.loaded, 'app://van-thu/');
    const given = window.options.webPreferences ?? {};
    assert.match(String(given.preload), /dist[\\/]preload[\\/]bridge\.cjs$|preload[\\/]bridge\.cjs$/);
    const expected = {
      sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true,
      allowRunningInsecureContent: false, experimentalFeatures: false, webviewTag: false, navigateOnDragDrop: false, spellcheck: false, devTools: false, plugins: false, disableDialogs: true, enableWebSQL: false,
    };
    for (const [name, value] of Object.entries(expected)) assert.equal(given[name as keyof typeof given], value, name);
    assert.equal('enableBlinkFeatures' in given, false);
  });

  test('goes nowhere else, by link, redirect, frame, new window or webview', () => {
    const contents = window.webContents;
    const isStopped = (event: string, details: object): boolean => {
      let stopped = false;
      contents.emit(event, { ...details, preventDefault: () => (stopped = true) });
      return stopped;
    };
    for (const url of ['https://attacker.example/', 'file:///etc/passwd', 'app://other/', 'app://van-thu.attacker.example/', 'app://x@van-thu/', 'app://van-thu:1/', 'javascript:alert(1)', 'app://van-thu/pdfjs/x.html', 'not an address']) {
      for (const event of ['will-navigate', 'will-redirect']) assert.equal(isStopped(event, { url }), true, `${event} ${url}`);
      assert.deepEqual(contents.openHandler?.({ url }), { action: 'deny' });
    }
    assert.equal(isStopped('will-navigate', { url: 'app://van-thu/' }), false, 'the page itself may be loaded again');
    assert.equal(isStopped('will-frame-navigate', { url: 'app://van-thu/', isMainFrame: false }), true);
    assert.equal(isStopped('will-attach-webview', {}), true);
  });

  test('a second start shows the first one’s window', () => {
    app.emit('second-instance', {}, ['van-thu.exe', '--some-switch', 'văn bản.pdf', join(dir, 'b.vtgoi')], dir);
    assert.equal(window.focused, 1);
    assert.deepEqual(lastFork().words.at(-1)?.message, { type: 'open-files', paths: [join(dir, 'văn bản.pdf'), join(dir, 'b.vtgoi')] }, 'and hands on what was opened with it');
    const words = lastFork().words.length;
    app.emit('second-instance', {}, ['van-thu.exe', '--only-a-switch'], dir);
    assert.equal(lastFork().words.length, words);
  });
});

describe('the session', () => {
  const asked = session.defaultSession.asked;
  const ask = (name: string, ...words: unknown[]): unknown => (asked.get(name) as ((...given: unknown[]) => unknown) | undefined)?.(...words);

  const asks = (permission: string, url: string, isMainFrame = true): readonly unknown[] => {
    const answers: unknown[] = [];
    ask('permission', null, permission, (granted: boolean) => answers.push(granted), { requestingUrl: url, isMainFrame });
    return [...answers, ask('check', null, permission, url, { isMainFrame })];
  };

  test('lets our own page, and it alone, tell of new documents', () => {
    assert.deepEqual(asks('notifications', 'app://van-thu/'), [true, true]);
    for (const url of ['https://attacker.example/', 'app://other/', 'app://van-thu.attacker.example/', 'about:blank', 'blob:app://van-thu/1', '']) assert.deepEqual(asks('notifications', url), [false, false], url);
    assert.deepEqual(asks('notifications', 'app://van-thu/', false), [false, false], 'no frame inside it');
  });

  test('grants no other permission, known or not, and no device', () => {
    for (const permission of ['media', 'usb', 'hid', 'clipboard-read', 'openExternal', 'fullscreen', 'a-new-one', '__proto__', 'constructor']) assert.deepEqual(asks(permission, 'app://van-thu/'), [false, false], permission);
    assert.equal(ask('device', {}), false);
    ask('display', {}, (streams: unknown) => assert.equal(streams, null));
    ask('bluetooth', {}, (answer: unknown) => assert.deepEqual(answer, { confirmed: false }));
    assert.deepEqual(ask('usb', { protectedClasses: ['smart-card'] }), ['smart-card']);
  });

  test('lets no request leave', () => {
    const isCancelled = (url: string): unknown => {
      let answer: unknown;
      ask('request', { url }, (given: { readonly cancel: boolean }) => (answer = given.cancel));
      return answer;
    };
    for (const url of ['https://example.com/', 'http://127.0.0.1/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'app://other/x', 'devtools://x/']) assert.equal(isCancelled(url), true, url);
    for (const url of ['app://van-thu/main.js', 'blob:app://van-thu/1', 'data:image/png;base64,AA==']) assert.equal(isCancelled(url), false, url);
  });
});

describe('the key', () => {
  const start = (): StartWord => record.forks[0]?.words[0]?.message as StartWord;

  test('of each office is made once, sealed on disk and given to the backend', () => {
    assert.deepEqual([start().type, start().rootDir], ['start', dir]);
    for (const office of ['office', 'practice'] as const) {
      const key = start().keys[office] ?? '';
      assert.match(key, /^[0-9a-f]{64}$/);
      const file = join(dir, `${office}.key`);
      assert.ok(existsSync(file));
      assert.equal(readFileSync(file, 'utf8').includes(key), false);
    }
    assert.notEqual(start().keys.office, start().keys.practice);
  });

  test('goes with the word to open what the person chose last, unless the start says which', () => {
    assert.equal(start().open, 'remembered');
  });
});

describe('a call', () => {
  const invoke = (event: unknown, ...words: unknown[]): unknown => record.handlers.get(ipcCall)?.(event, ...words);
  const ours = (): unknown => ({ sender: window.webContents, senderFrame: window.webContents.mainFrame });

  test('goes to the backend and its answer comes back, bytes as bytes', async () => {
    const port = lastPort();
    port.on('message', ({ data }: { readonly data: { readonly id: number; readonly input: unknown } }) => port.postMessage({ id: data.id, result: { ok: true, value: data.input } }));
    port.start();
    assert.deepEqual(await invoke(ours(), 'content.read', { bytes: Uint8Array.of(1, 2) }), { ok: true, value: { bytes: Uint8Array.of(1, 2) } });
  });

  test('an event of the backend reaches the page', async () => {
    lastPort().postMessage({ event: 'desk.switched', payload: { desk: 'x' } });
    await turn();
    assert.deepEqual(window.webContents.sent.at(-1), [ipcEvent, 'desk.switched', { desk: 'x' }]);
  });

  test('is refused from a frame inside, from another page, from a frame that is gone and from other contents', () => {
    const { webContents } = window;
    const frame = (url: string, parent: unknown = null): unknown => ({ url, parent });
    const strangers = [
      { sender: webContents, senderFrame: frame('app://van-thu/', webContents.mainFrame) },
      { sender: webContents, senderFrame: frame('app://van-thu/') },
      { sender: webContents, senderFrame: null },
      { sender: { id: 999, mainFrame: webContents.mainFrame }, senderFrame: webContents.mainFrame },
    ];
    for (const stranger of strangers) assert.throws(() => invoke(stranger, 'app.state', {}), /refused/);
    for (const url of ['https://attacker.example/', 'app://other/', 'about:blank', 'null', '']) {
      const mainFrame = { url, parent: null };
      assert.throws(() => invoke({ sender: { id: webContents.id, mainFrame }, senderFrame: mainFrame }, 'app.state', {}), /refused/, url);
    }
    assert.throws(() => invoke(ours(), { toString: () => 'app.state' }, {}), /refused/);
  });
});

describe('the backend', () => {
  test('that ends unasked is started again, calls under way are answered, and the page reads anew', async () => {
    const waiting = record.handlers.get(ipcCall)?.({ sender: window.webContents, senderFrame: window.webContents.mainFrame }, 'sync.now', {});
    lastPort().removeAllListeners('message');
    const before = record.forks.length;
    lastFork().emit('exit', 1);
    assert.equal(record.forks.length, before + 1);
    assert.equal(window.webContents.reloads, 1);
    assert.deepEqual(await waiting, { ok: false, error: { code: 'bug', params: { ref: 'backend-gone' } } });
    assert.deepEqual(lastFork().words.map(({ message }) => (message as { readonly type: string }).type), ['start', 'connect']);
    assert.deepEqual(falls(), [['backend', 'ended', 1]]);
  });

  test('is let to write everything down before the program ends', async () => {
    let prevented = 0;
    const quit = (): void => void app.emit('before-quit', { preventDefault: () => prevented++ });
    quit();
    assert.equal(prevented, 1);
    assert.deepEqual(lastFork().words.at(-1)?.message, { type: 'stop' });
    const quits = record.quits;
    lastFork().emit('exit', 0);
    await turn();
    assert.equal(record.quits, quits + 1);
    quit();
    assert.equal(prevented, 1, 'the second time it goes');
    assert.equal(record.forks.at(-1), lastFork(), 'and none is started again');
    assert.equal(record.exitCode, null);
  });
});

describe('a page that falls', () => {
  test('comes back, and is given up when it falls again and again', () => {
    const before = window.webContents.reloads;
    const fall = (reason: string): void => void window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
    const writtenBefore = falls().length;
    fall('clean-exit');
    assert.equal(window.webContents.reloads, before);
    for (let time = 0; time < 3; time++) fall('crashed');
    assert.deepEqual([window.webContents.reloads, record.exitCode], [before + 3, null]);
    fall('oom');
    assert.deepEqual([window.webContents.reloads, record.exitCode], [before + 3, 1]);
    assert.match(record.errors.at(-1) ?? '', /liên tục bị dừng/);
    assert.deepEqual(falls().slice(writtenBefore), [['window', 'crashed', 5], ['window', 'crashed', 5], ['window', 'crashed', 5], ['window', 'oom', 5]]);
  });
});

/** What was written down for whoever helps. */
function falls(): readonly (readonly unknown[])[] {
  return (readCrashes(dir) ?? []).map(({ part, reason, exitCode }) => [part, reason, exitCode]);
}

function lastFork(): FakeUtilityProcess {
  const fork = record.forks.at(-1);
  assert.ok(fork);
  return fork;
}

/** The backend's end of the last connection. */
function lastPort(): FakePort {
  const port = lastFork().words.findLast(({ ports }) => ports.length > 0)?.ports[0];
  assert.ok(port);
  return port;
}

/** Everything that was queued has run. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
