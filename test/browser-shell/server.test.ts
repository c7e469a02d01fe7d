import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import type { Door, EventName } from '../../src-shared/contract/index.ts';
import { decodeFrame, encodeFrame } from '../../src-shared/contract/frame.ts';
import { fail, ok } from '../../src-shared/result.ts';
import { maxFrameBytes } from './door.ts';
import { startBrowserShell, type BrowserShell } from './server.ts';

/** A door that answers with what it was given, and remembers what became of it. */
type EchoDoor = Door & { readonly emit: (name: EventName, payload: unknown) => void; closed: boolean };

const doors: EchoDoor[] = [];
let dir = '';
let shell: BrowserShell;
let host = '';
let cookie = '';

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-shell-'));
  mkdirSync(join(dir, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(dir, 'renderer', 'index.html'), '<!doctype html><title>Văn Thư</title>');
  writeFileSync(join(dir, 'renderer', 'main.js'), 'export {};');
  writeFileSync(join(dir, 'secret.txt'), 'not for the page');
  symlinkSync(join(dir, 'secret.txt'), join(dir, 'renderer', 'link.txt'));
  shell = await startBrowserShell({ rendererDir: join(dir, 'renderer'), connect: openEchoDoor });
  host = new URL(shell.url).host;
  cookie = await enter(shell.url);
});

after(async () => {
  await shell.close();
  rmSync(dir, { recursive: true });
});

describe('the way in', () => {
  test('a secret opens once and leaves a cookie that scripts and other sites cannot use', async () => {
    const address = new URL(shell.url);
    const first = await get(address.pathname + address.search);
    assert.equal(first.status, 303);
    assert.equal(first.headers.location, '/');
    const given = String(first.headers['set-cookie']);
    assert.match(given, /^van-thu-\d+=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/);
    const again = await get(address.pathname + address.search);
    assert.equal(again.status, 403);
    assert.equal(again.headers['set-cookie'], undefined);
    assert.notEqual(shell.url, address.href, 'the next browser needs a secret of its own');
  });

  test('a reload works with the cookie, and so does the used address in the same browser', async () => {
    for (const path of ['/', '/main.js', '/?secret=used']) assert.equal((await get(path, { cookie })).status, 200);
  });

  test('nothing is served without the secret or the cookie', async () => {
    for (const path of ['/', '/main.js', '/?secret=', `/?secret=${'0'.repeat(64)}`]) assert.equal((await get(path)).status, 403);
    assert.equal((await get('/', { cookie: cookie.replace(/.$/, (last) => (last === '0' ? '1' : '0')) })).status, 403);
  });

  test('another name that resolves here is refused, cookie or not (DNS rebinding)', async () => {
    for (const name of ['attacker.example', `attacker.example:${port()}`, `localhost:${port()}`, '127.0.0.1', '']) {
      assert.equal((await get('/', { cookie, host: name })).status, 421, name);
    }
  });

  test('a foreign origin is refused', async () => {
    for (const origin of ['http://attacker.example', 'null', `http://localhost:${port()}`, `https://${host}`]) {
      assert.equal((await get('/', { cookie, origin })).status, 403, origin);
    }
  });

  test('only reading is served', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) assert.equal((await get('/', { cookie }, method)).status, 403, method);
  });

  test('it listens on loopback only', async () => {
    const outside = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal);
    for (const address of [outside?.address, process.platform === 'linux' ? '127.0.0.2' : undefined].filter((given) => given !== undefined)) {
      await assert.rejects(
        new Promise((resolve, reject) => connectTcp({ host: address, port: Number(port()) }, () => resolve('connected')).once('error', reject)),
        { code: 'ECONNREFUSED' },
        address,
      );
    }
  });
});

describe('the files', () => {
  test('every file carries the policy', async () => {
    for (const path of ['/', '/index.html', '/main.js']) {
      const { status, headers } = await get(path, { cookie });
      assert.equal(status, 200);
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
    }
    assert.equal((await get('/main.js', { cookie })).headers['content-type'], 'text/javascript; charset=utf-8');
  });

  test('no path leads out of the folder', async () => {
    const paths = ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/link.txt', '/assets', '/%00', '/%zz', '//etc/passwd', '/missing.js'];
    for (const path of paths) assert.equal((await get(path, { cookie })).status, 404, path);
  });
});

describe('the door', () => {
  test('a call carries bytes both ways', async () => {
    const window = await openWindow();
    const input = { name: 'Quyết định', bytes: Uint8Array.of(0, 1, 254, 255), nested: [{ bytes: new Uint8Array() }] };
    assert.deepEqual(await call(window, 7, 'echo', input), { id: 7, result: ok(input) });
    assert.deepEqual(await call(window, 8, 'unknown', {}), { id: 8, result: fail('input.invalid', { where: 'channel' }) });
    window.close();
  });

  test('every window has a door of its own, hears its events, and closes it by leaving', async () => {
    const before = doors.length;
    const [one, two] = [await openWindow(), await openWindow()];
    assert.equal(doors.length, before + 2);
    const heard = nextFrame(two);
    doors[before + 1]?.emit('desk.switched', { desk: 'x' });
    assert.deepEqual(await heard, { event: 'desk.switched', payload: { desk: 'x' } });
    await leave(one);
    await until(() => doors[before]?.closed === true);
    assert.equal(doors[before + 1]?.closed, false);
    await leave(two);
  });

  test('a foreign page, a missing cookie and another path get no socket', async () => {
    const own = { origin: `http://${host}`, cookie };
    for (const [path, headers] of [
      ['/door', { ...own, origin: 'http://attacker.example' }],
      ['/door', { cookie }],
      ['/door', { origin: own.origin }],
      ['/door', { ...own, host: `localhost:${port()}` }],
      ['/other', own],
    ] as const) {
      await assert.rejects(open(path, headers), /403/, JSON.stringify(headers));
    }
  });

  test('what is no call ends the connection', async () => {
    for (const message of ['{', '[]', '{"id":"1","channel":"echo"}', Buffer.of(1, 2), Buffer.of(255, 255, 255, 255, 123)]) {
      const window = await openWindow();
      window.send(message);
      assert.equal(await closeCode(window), 1003, String(message));
    }
  });

  test('a frame above the limit ends the connection', async () => {
    const window = await openWindow();
    window.send(`"${'x'.repeat(maxFrameBytes)}"`);
    assert.equal(await closeCode(window), 1009);
  });
});

function openEchoDoor(): Door {
  const listeners = new Set<(name: EventName, payload: unknown) => void>();
  const door: EchoDoor = {
    closed: false,
    call: async (channel, input) => (channel === 'echo' ? ok(input) : fail('input.invalid', { where: 'channel' })),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      door.closed = true;
    },
    emit: (name, payload) => {
      for (const listener of listeners) listener(name, payload);
    },
  };
  doors.push(door);
  return door;
}

function port(): string {
  return host.split(':')[1] ?? '';
}

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders };

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: port(), path, method, headers, setHost: headers['host'] === undefined }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
    })
      .once('error', reject)
      .end();
  });
}

async function enter(url: string): Promise<string> {
  const { pathname, search } = new URL(url);
  const { headers } = await get(pathname + search);
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

function open(path: string, headers: Readonly<Record<string, string>>): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const window = new WebSocket(`ws://${host}${path}`, { headers });
    window.once('open', () => resolve(window)).once('error', reject);
  });
}

function openWindow(): Promise<WebSocket> {
  return open('/door', { origin: `http://${host}`, cookie });
}

function nextFrame(window: WebSocket): Promise<unknown> {
  return new Promise((resolve) => window.once('message', (data: Buffer, isBinary: boolean) => resolve(decodeFrame(isBinary ? data : data.toString('utf8')))));
}

function call(window: WebSocket, id: number, channel: string, input: unknown): Promise<unknown> {
  const answer = nextFrame(window);
  window.send(encodeFrame({ id, channel, input }));
  return answer;
}

function closeCode(window: WebSocket): Promise<number> {
  return new Promise((resolve) => window.once('close', resolve).once('error', () => {}));
}

function leave(window: WebSocket): Promise<number> {
  const code = closeCode(window);
  window.close();
  return code;
}

/** The server hears of a closed socket on its own turn of the loop. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1000 && !condition(); turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(condition());
}
