import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { openOffice } from '../server/office.ts';

const idleSocketMs = 800;

/** A socket to the server that sends `head` and then `drip` as often as told; how it ended, and after how long. */
async function talk(t: TestContext, url: string, head: string, drip: (socket: Socket, turn: number) => void, everyMs: number): Promise<{ answer: string; ms: number }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  t.after(() => socket.destroy());
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const began = performance.now();
  socket.write(head);
  let turn = 0;
  const timer = setInterval(() => drip(socket, turn++), everyMs);
  await once(socket, 'close');
  clearInterval(timer);
  return { answer, ms: performance.now() - began };
}

test('headers that come byte by byte are given ten seconds', async (t) => {
  const { url } = await openOffice(t);
  const { answer, ms } = await talk(t, url, 'POST /v1/session HTTP/1.1\r\nHost: x\r\n', (socket) => socket.write('X-A: b\r\n'), 500);
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.ok(ms > 9000 && ms < 16_000, `${ms} ms`);
});

test('a body that stops moving is let go', async (t) => {
  const { url } = await openOffice(t, { limits: { idleSocketMs } });
  const { answer, ms } = await talk(t, url, 'POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"user"', () => undefined, 1000);
  assert.equal(answer, '');
  assert.ok(ms >= idleSocketMs && ms < idleSocketMs * 4, `${ms} ms`);
});

test('a body that moves may take as long as it needs', async (t) => {
  const { url } = await openOffice(t, { limits: { idleSocketMs } });
  const body = JSON.stringify({ user: 'ai.do', password: 'x'.repeat(40) });
  const { answer, ms } = await talk(t, url, `POST /v1/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`, (socket, turn) => {
    if (turn < body.length) socket.write(body.slice(turn, turn + 1));
  }, idleSocketMs / 16);
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.ok(ms > idleSocketMs * 3, `${ms} ms`);
});

test('headers that are too long are refused before anything is read', async (t) => {
  const { url } = await openOffice(t);
  const { answer } = await talk(t, url, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, () => undefined, 1000);
  assert.match(answer, /^HTTP\/1\.1 431 /);
});

test('beyond its limits a node refuses early, by lot, and goes on telling how it is and who may sign in', async (t) => {
  const { url } = await openOffice(t, { shedding: { loopDelayMs: 0.000_001 } });
  // the delay is looked at once a second
  const seen = new Set<string | null>();
  for (let left = 200; left > 0 && seen.size < 3; left--) {
    const response = await fetch(`${url}/v1/changes`);
    if (response.status === 503) {
      seen.add(response.headers.get('retry-after'));
      assert.equal(((await response.json()) as { error: { code: string } }).error.code, 'server.busy');
    } else {
      await response.arrayBuffer();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  assert.ok(seen.size >= 3 && !seen.has(null), [...seen].join(' '));
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});
