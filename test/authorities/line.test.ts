import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as requestHttp, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { readProxyEnvironment } from '../../src-main/authorities/proxy.ts';
import { createTimestampClient, type TimestampClientOptions } from '../../src-main/authorities/timestamp-client.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { createTestPki, issueCertificate } from '../support/pki.ts';

let dir: string;
let authorities: Authorities;
/** The same time-stamp service behind TLS, as `localhost`. */
let secureUrl: string;
/** Sends everything on to `secureUrl`, or to what is set. */
let forwardingUrl: string;
let forwardTo: string;
let proxyUrl: string;
const proxied: string[] = [];
const ends: (() => Promise<void>)[] = [];
const imprint = createHash('sha256').update('Kính gửi').digest();

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-line-'));
  authorities = await startAuthorities(createTestPki(join(dir, 'pki')));
  const { pki } = authorities;
  const site = issueCertificate(pki, { name: 'localhost', subject: '/CN=localhost' });
  const tls = { key: readFileSync(site.key), cert: Buffer.concat([readFileSync(site.pem), readFileSync(pki.issuing.pem)]) };
  secureUrl = `https://localhost:${await listen(createSecureServer(tls, passOn))}/tsa`;
  forwardTo = secureUrl;
  forwardingUrl = `http://localhost:${await listen(createServer((_, response) => void response.writeHead(307, { location: forwardTo }).end()))}/tsa`;
  proxyUrl = `http://127.0.0.1:${await listen(createProxy())}`;
});
afterEach(() => {
  authorities.fault(null);
  authorities.release();
  proxied.length = 0;
  forwardTo = secureUrl;
});
after(async () => {
  await Promise.all(ends.map((end) => end()));
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

async function listen(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  // both families: which of them a name means is the system's business
  await new Promise<void>((resolve) => server.listen(0, resolve));
  ends.push(() => new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of open) socket.destroy();
  }));
  return (server.address() as AddressInfo).port;
}

const passOn: RequestListener = (request, response) => {
  const far = requestHttp(authorities.tsaUrl, { method: request.method ?? 'POST', headers: { 'content-type': 'application/timestamp-query' } }, (answer: IncomingMessage) => {
    response.writeHead(answer.statusCode ?? 0, answer.headers);
    answer.pipe(response);
  });
  request.pipe(far);
};

/** A forward proxy: plain requests in absolute form (RFC 9112 3.2.2), CONNECT for TLS. */
function createProxy(): Server {
  const server = createServer((request, response) => {
    proxied.push(`${request.method} ${request.url}`);
    const far = requestHttp(request.url ?? '', { method: request.method ?? 'GET', headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    far.on('error', () => response.writeHead(502).end());
    request.pipe(far);
  });
  server.on('connect', (request: IncomingMessage, near: Socket) => {
    proxied.push(`CONNECT ${request.url}`);
    const { hostname, port } = new URL(`http://${request.url ?? ''}`);
    const far = connect(Number(port), hostname, () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      far.pipe(near);
      near.pipe(far);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
    near.on('close', () => far.destroy());
  });
  return server;
}

function createClient(options: Partial<TimestampClientOptions> = {}): ReturnType<typeof createTimestampClient> {
  const tlsAuthorities = [readFileSync(authorities.pki.root.pem, 'utf8')];
  return createTimestampClient({ url: authorities.tsaUrl, proxyUrl: '', environment: {}, wait: async () => undefined, tlsAuthorities, ...options });
}

test('four calls at most are with one service at a time, and the others come in their turn', async () => {
  authorities.fault('slow', 'tsa');
  const client = createClient();
  const asked = authorities.count('tsa');
  const stamping = Promise.all(Array.from({ length: 11 }, () => client.stamp(imprint)));
  await authorities.whenHeld(4);
  assert.equal(authorities.count('tsa'), asked + 4);
  authorities.fault(null);
  authorities.release();
  const stamped = await stamping;
  assert.ok(stamped.every(({ ok }) => ok));
  assert.equal(authorities.count('tsa'), asked + 11);
  assert.equal(authorities.mostAtOnce('tsa'), 4);
});

test('who waits in line may leave it, and its deadline runs there too', async () => {
  authorities.fault('slow', 'tsa');
  const client = createClient({ perHost: 1 });
  const asked = authorities.count('tsa');
  const first = client.stamp(imprint);
  await authorities.whenHeld(1);
  const controller = new AbortController();
  const leaving = client.stamp(imprint, { signal: controller.signal });
  const late = await client.stamp(imprint, { deadlineMs: 50 });
  assert.equal(!late.ok && late.error.code, 'timestamp.timeout');
  controller.abort();
  assert.equal((await leaving).ok, false);
  authorities.fault(null);
  const last = client.stamp(imprint);
  authorities.release();
  assert.ok((await first).ok && (await last).ok);
  assert.equal(authorities.count('tsa'), asked + 2);
});

test('a proxy that a person set is asked in absolute form, and by CONNECT for TLS', async () => {
  const client = createClient({ proxyUrl });
  assert.ok((await client.stamp(imprint)).ok);
  assert.deepEqual(proxied, [`POST ${authorities.tsaUrl}`]);
  assert.ok((await createClient({ proxyUrl, url: secureUrl }).stamp(imprint)).ok);
  assert.deepEqual(proxied.slice(1), [`CONNECT ${new URL(secureUrl).host}`]);
});

test("without one the system's proxy is asked, but for the hosts that it leaves out", async () => {
  const environment = { http_proxy: new URL(proxyUrl).host, NO_PROXY: 'khac.vn' };
  assert.ok((await createClient({ environment }).stamp(imprint)).ok);
  assert.equal(proxied.length, 1);
  assert.ok((await createClient({ environment: { ...environment, NO_PROXY: '127.0.0.1' } }).stamp(imprint)).ok);
  assert.equal(proxied.length, 1);
});

test('a proxy that is not there is a service that cannot be reached, and no way around it is taken', async () => {
  const asked = authorities.count('tsa');
  const stamped = await createClient({ proxyUrl: 'http://127.0.0.1:1' }).stamp(imprint);
  assert.equal(!stamped.ok && stamped.error.code, 'timestamp.unreachable');
  assert.equal(authorities.count('tsa'), asked);
});

test('proxies are read as administrators write them, and what is no http proxy is none', () => {
  assert.deepEqual(readProxyEnvironment(' proxy.tinh.vn:8080 ', { HTTP_PROXY: 'http://other' }), { HTTP_PROXY: 'http://proxy.tinh.vn:8080', HTTPS_PROXY: 'http://proxy.tinh.vn:8080' });
  assert.deepEqual(readProxyEnvironment('', { HTTP_PROXY: 'http://upper', http_proxy: 'http://lower', HTTPS_PROXY: 'socks5://x', NO_PROXY: 'a,b' }), { HTTP_PROXY: 'http://lower', NO_PROXY: 'a,b' });
  assert.deepEqual(readProxyEnvironment('', {}), {});
});

test('a redirect to the same host under TLS is followed with the question', async () => {
  assert.ok((await createClient({ url: forwardingUrl }).stamp(imprint)).ok);
});

test('a redirect to another host, or away from TLS, or in a circle, is followed nowhere', async () => {
  const asked = authorities.count('tsa');
  for (const elsewhere of [secureUrl.replace('localhost', '127.0.0.1'), authorities.tsaUrl.replace('127.0.0.1', 'localhost'), forwardingUrl]) {
    forwardTo = elsewhere;
    assert.deepEqual(await createClient({ url: forwardingUrl }).stamp(imprint), { ok: false, error: { code: 'timestamp.refused', params: { reason: 'HTTP 307' } } }, elsewhere);
  }
  assert.equal(authorities.count('tsa'), asked);
});

test('a TLS service whose certificate leads to no trusted root is not spoken to', async () => {
  const asked = authorities.count('tsa');
  const stamped = await createTimestampClient({ url: secureUrl, proxyUrl: '', environment: {} }).stamp(imprint);
  assert.equal(!stamped.ok && stamped.error.code, 'timestamp.unreachable');
  assert.equal(authorities.count('tsa'), asked);
});

test('an answer that announces more than is ever sent is dropped before it comes', async () => {
  const announcing = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/timestamp-reply', 'content-length': '5000000000' });
    response.flushHeaders();
  });
  const url = `http://127.0.0.1:${await listen(announcing)}/`;
  assert.deepEqual(await createClient({ url }).stamp(imprint, { deadlineMs: 10_000 }), { ok: false, error: { code: 'timestamp.refused', params: { reason: 'too large' } } });
});
