import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import { openOffice, signIn } from '../server/office.ts';

/** A bare socket: what it is sent, and all that comes back until it is closed or `enough` is seen. */
async function talk(url: string, bytes: readonly (string | Buffer)[], enough: RegExp | null = null): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()).on('error', () => resolve()));
  const seen = new Promise<void>((resolve) => socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString('latin1');
    if (enough?.test(heard) === true) resolve();
  }));
  await once(socket, 'connect');
  for (const part of bytes) if (!socket.destroyed) socket.write(part);
  await Promise.race([closed, seen]);
  socket.destroy();
  return heard;
}

const statuses = (heard: string): readonly string[] => [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? '');

test('a body that is said to be too large is refused before it is sent', async (t) => {
  const server = await openOffice(t);
  const { session } = await signIn(server.url, 'communeClerk');
  const head = (path: string, method = 'POST') => `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${session.token}\r\nContent-Type: application/json\r\nContent-Length: 20000000000\r\n\r\n`;
  for (const path of ['/v1/push', '/v1/uploads', '/v1/books/lease', '/v1/packages', '/v1/packages/station', '/v1/session']) {
    // not one byte of the body is ever sent
    const heard = await talk(server.url, [head(path)], /\r\n\r\n/);
    assert.deepEqual(statuses(heard), ['413'], path);
    assert.match(heard, /connection: close/i, path);
  }
});

test('a body without an end is refused as soon as it is too large, and no more of it is read', async (t) => {
  const server = await openOffice(t);
  const { session } = await signIn(server.url, 'communeClerk');
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 0x20), Buffer.from('\r\n')]);
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let heard = '';
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${session.token}\r\nTransfer-Encoding: chunked\r\n\r\n`);
  let sent = 0;
  while (heard === '' && !socket.destroyed && sent < 2000) {
    sent += 1;
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined);
    else await new Promise((resolve) => setImmediate(resolve));
  }
  socket.destroy();
  assert.deepEqual(statuses(heard), ['413']);
  assert.ok(sent < 2000, `${sent} pieces of 64 KiB`);
});

test('what is left unread of a refused body is not taken for another request', async (t) => {
  const server = await openOffice(t);
  const { session } = await signIn(server.url, 'communeClerk');
  const smuggled = `DELETE /v1/session HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${session.token}\r\n\r\n`;
  const body = Buffer.concat([Buffer.alloc(2_000_000, 0x20), Buffer.from(smuggled)]);
  const heard = await talk(server.url, [`POST /v1/push HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${session.token}\r\nContent-Length: ${body.length}\r\n\r\n`, body], /\r\n\r\n/);
  assert.deepEqual(statuses(heard), ['413']);
  // nobody there, and two requests in one write: the first is refused with its body unread
  const first = `POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`;
  const second = await talk(server.url, [first, 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n']);
  assert.equal(statuses(second)[0], '401');
  assert.ok(!statuses(second).includes('204'));
  assert.equal((await fetch(`${server.url}/v1/changes`, { headers: { authorization: `Bearer ${session.token}` } })).status, 200, 'the session goes on');
});

test('lengths that contradict each other, broken heads and other protocols are refused, and the server goes on', async (t) => {
  const server = await openOffice(t);
  const heads: readonly string[] = [
    'POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde', 'POST /v1/push HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n',
    'GET /v1/changes HTTP/1.1\r\nHost: x\r\nX: a\nb: c\r\n\r\n\r\n', 'GET /v1/changes\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    `GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(50_000)}\r\n`, 'GET http://evil.example/v1/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET //evil.example/v1/changes HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'GET /v1/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ];
  for (const head of heads) {
    const heard = await talk(server.url, [Buffer.from(head, 'latin1')], /\r\n\r\n/);
    for (const status of statuses(heard)) assert.ok(status.startsWith('4'), `${head.slice(0, 60)}: ${status}`);
  }
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});

test('hundreds who send a byte now and then, or nothing, hold nobody up, and those who fall silent are let go', async (t) => {
  const server = await openOffice(t, { limits: { idleSocketMs: 400 } });
  const { hostname, port } = new URL(server.url);
  const slow = await Promise.all(Array.from({ length: 300 }, async (_, n) => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.resume();
    await once(socket, 'connect');
    // nothing at all, half a head, half a body
    if (n % 3 === 1) socket.write('POST /v1/push HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    if (n % 3 === 2) socket.write('POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"user"');
    return socket;
  }));
  const closed = Promise.all(slow.map((socket) => (socket.destroyed ? Promise.resolve() : new Promise<void>((resolve) => socket.once('close', () => resolve())))));
  const client = await signIn(server.url, 'communeClerk');
  assert.equal((await client.get('/v1/changes')).status, 200);
  await closed;
  assert.equal((await client.get('/v1/changes')).status, 200);
});

test('many connections at once are answered, all of them', async (t) => {
  const server = await openOffice(t);
  const client = await signIn(server.url, 'communeClerk');
  const answers = await Promise.all(Array.from({ length: 400 }, (_, n) => talk(server.url, [`GET ${n % 2 === 0 ? '/v1/changes' : '/healthz'} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${client.session.token}\r\nConnection: close\r\n\r\n`])));
  const odd = answers.filter((heard) => !['200', '503', '429'].includes(statuses(heard)[0] ?? 'none'));
  assert.deepEqual(odd, []);
  assert.ok(answers.filter((heard) => statuses(heard)[0] === '200').length >= 200);
});
