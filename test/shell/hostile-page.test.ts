import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { MessageChannel as Channel } from 'node:worker_threads';
import { ipcCall, ipcShield } from '../../src-shared/contract/channel-names.ts';
import { app, FakeSession, record, type BrowserWindow, type FakePort } from './fake-electron.ts';
import { loadShell } from './load-shell.ts';

/** A page that a document has taken over, and the shell's real `main.ts` before it: it tries every door. */
const dir = mkdtempSync(join(tmpdir(), 'van-thu-hostile-page-'));
let window: BrowserWindow;
let port: FakePort;
let reached: { readonly id: number; readonly channel: string; readonly input: unknown }[] = [];

before(async () => {
  process.env['VAN_THU_USER_DATA'] = dir;
  await loadShell();
  await new Promise((resolve) => setImmediate(resolve));
  window = record.windows[0] ?? assert.fail('no window');
  port = record.forks[0]?.words.find(({ ports }) => ports.length > 0)?.ports[0] ?? assert.fail('no port');
  port.on('message', ({ data }: { readonly data: (typeof reached)[number] }) => reached.push(data));
  port.start();
});
after(() => rmSync(dir, { recursive: true }));

const page = (): { readonly sender: unknown; readonly senderFrame: unknown } => ({ sender: window.webContents, senderFrame: window.webContents.mainFrame });
type Answer = { readonly ok: boolean; readonly error?: { readonly code: string; readonly params?: Record<string, unknown> } };
const call = async (channel: unknown, input: unknown): Promise<Answer> => record.handlers.get(ipcCall)?.(page(), channel, input) as Promise<Answer>;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Refused, and the backend saw nothing of it. */
async function isRefused(channel: unknown, input: unknown, where: string, message?: string): Promise<void> {
  reached = [];
  assert.deepEqual(await call(channel, input), { ok: false, error: { code: 'input.invalid', params: { where } } }, message);
  await turn();
  assert.deepEqual(reached, [], message);
}

describe('a call', () => {
  test('by a name that is no call never reaches the backend', async () => {
    for (const channel of ['', 'no.such-call', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'app.state ', 'APP.STATE', 'app.state\u0000', 'van-thu:call', 'on', 'shield', 'a'.repeat(1e6)]) await isRefused(channel, {}, 'channel', channel.slice(0, 40));
  });

  test('by what is no name at all is thrown out', () => {
    for (const channel of [null, undefined, 7, {}, [], ['app.state'], { toString: () => 'app.state' }]) assert.throws(() => record.handlers.get(ipcCall)?.(page(), channel, {}), /refused/);
  });

  test('with a hundred megabytes of text, of bytes, or of keys is refused at the door', async () => {
    await isRefused('documents.list', 'a'.repeat(100 * 1024 * 1024), 'size');
    await isRefused('documents.list', { query: 'ă'.repeat(100 * 1024 * 1024) }, 'size');
    await isRefused('content.appendImport', { importId: 'x', bytes: new Uint8Array(100 * 1024 * 1024) }, 'size');
    await isRefused('content.appendImport', Array.from({ length: 40 }, () => new Uint8Array(1024 * 1024)), 'size');
    await isRefused('documents.list', Object.fromEntries(Array.from({ length: 250_000 }, (_, key) => [`k${key}`, 1])), 'size');
  });

  test('with lists without end, holes or one list a million times over is refused at the door', async () => {
    await isRefused('documents.read', Array.from({ length: 1_000_000 }, () => 0), 'size');
    await isRefused('documents.read', Object.assign([], { length: 4_000_000_000 }), 'size');
    let many: unknown = ['x'];
    for (let time = 0; time < 20; time++) many = [many, many, many, many];
    await isRefused('documents.read', many, 'size');
  });

  test('a hundred thousand levels deep, or without an end, is refused at the door', async () => {
    let list: unknown = [];
    let object: unknown = {};
    for (let level = 0; level < 100_000; level++) [list, object] = [[list], { in: object }];
    await isRefused('documents.draft', list, 'depth');
    await isRefused('documents.draft', object, 'depth');
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    await isRefused('documents.draft', circle, 'depth');
  });

  test('with things that are no values is refused at the door: functions, ports, buffers, maps, dates, errors', async () => {
    const { port1, port2 } = new Channel();
    const strange: readonly unknown[] = [() => 1, Symbol('x'), 10n, port1, new Map(), new Set(), new Date(), /x/, new Error('x'), Promise.resolve(), new ArrayBuffer(1), new Float64Array(1), new DataView(new ArrayBuffer(1)), new (class Own {})(), new Proxy(new Map(), {})];
    for (const value of strange) {
      await isRefused('app.state', value, 'kind', String(typeof value));
      await isRefused('app.state', { in: [value] }, 'kind');
    }
    port1.close();
    port2.close();
  });

  test('with keys that reach for an object’s own making goes on as plain data and changes nothing', async () => {
    reached = [];
    const input: unknown = JSON.parse('{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}');
    const answered = call('app.state', input);
    await turn();
    assert.equal(reached.length, 1);
    port.postMessage({ id: reached[0]?.id, result: { ok: true, value: 1 } });
    assert.deepEqual(await answered, { ok: true, value: 1 });
    assert.equal(({} as Record<string, unknown>)['isAdmin'], undefined);
  });
});

test('an answer counts once, a strange answer not at all', async () => {
  reached = [];
  const answered = call('app.state', {});
  await turn();
  const id = reached[0]?.id ?? assert.fail('it did not arrive');
  for (const strange of [null, 7, 'x', [], { id }, { result: 1 }, { id: 'x', result: 1 }, { id: id + 1, result: { ok: true, value: 'another’s' } }, { id: -1, result: 1 }]) port.postMessage(strange);
  port.postMessage({ id, result: { ok: true, value: 'first' } });
  port.postMessage({ id, result: { ok: true, value: 'second' } });
  assert.deepEqual(await answered, { ok: true, value: 'first' });
});

test('an event without a name of ours never reaches the page', async () => {
  const before = window.webContents.sent.length;
  for (const event of ['__proto__', 'constructor', 'van-thu:call', 'no.such-event', '']) port.postMessage({ event, payload: {} });
  port.postMessage({ event: 7, payload: {} });
  await turn();
  assert.equal(window.webContents.sent.length, before);
});

describe('the shield', () => {
  const shield = (on: unknown, event: unknown = page()): unknown => record.handlers.get(ipcShield)?.(event, on);

  test('is raised while a PIN is typed and let down afterwards, when the page starts anew, and when it falls', () => {
    shield(true);
    shield(true);
    shield(false);
    shield(true);
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
    window.webContents.emit('did-start-navigation', { isMainFrame: false, isSameDocument: false });
    assert.equal(window.shields.length, 3, 'another screen of the same page is no new page');
    window.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    shield(true);
    window.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    assert.deepEqual(window.shields, [true, false, true, false, true, false]);
  });

  test('answers our page alone, and takes yes and no alone', () => {
    const before = window.shields.length;
    for (const on of [1, 'true', null, undefined, {}, [true]]) assert.throws(() => shield(on), /refused/);
    assert.throws(() => shield(true, { sender: window.webContents, senderFrame: { url: 'app://van-thu/', parent: window.webContents.mainFrame } }), /refused/);
    assert.throws(() => shield(true, { sender: { id: 999 }, senderFrame: null }), /refused/);
    assert.equal(window.shields.length, before);
  });
});

test('a new window is never opened; one of the state’s pages is offered to the person’s own browser', async () => {
  record.answer = 0;
  for (const url of ['https://attacker.example/', 'file:///C:/Windows/System32/calc.exe', 'ms-settings:', 'https://ca.gov.vn/?noi-dung']) assert.deepEqual(window.webContents.openHandler?.({ url }), { action: 'deny' });
  await turn();
  assert.deepEqual([record.questions, record.opened], [[], []]);
  assert.deepEqual(window.webContents.openHandler?.({ url: 'https://ca.gov.vn/' }), { action: 'deny' });
  await turn();
  assert.equal(record.questions[0]?.detail, 'https://ca.gov.vn/');
  assert.deepEqual(record.opened, ['https://ca.gov.vn/']);
});

test('a session beside ours is guarded before it is used', () => {
  const other = new FakeSession();
  app.emit('session-created', other);
  assert.deepEqual([...other.asked.keys()].sort(), ['bluetooth', 'check', 'device', 'display', 'permission', 'request', 'usb']);
  assert.equal(other.listenerCount('will-download'), 1);
});
