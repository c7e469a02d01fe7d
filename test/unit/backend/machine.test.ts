import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createMachine } from '../../../src-main/backend/machine.ts';

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-machine-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

async function answering(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const health = (date: Date): RequestListener => (_request, response) => response.writeHead(200, { date: date.toUTCString() }).end('{"ok":true,"node":"nut-1"}');
const ask = async (t: TestContext, serverUrl: string | null) => createMachine({ dir: folder(t), serverUrl, timeoutMs: 5000 }).askServer();

test('the server is asked, and its clock compared with this one', async (t) => {
  const well = await ask(t, await answering(t, (request, response) => health(new Date())(request, response)));
  assert.equal(well?.outcome, 'answers');
  assert.ok(Math.abs(well.skewMs ?? Infinity) < 2000, String(well.skewMs));
  const behind = await ask(t, await answering(t, (request, response) => health(new Date(Date.now() - 3_600_000))(request, response)));
  assert.ok(Math.abs((behind?.skewMs ?? 0) - 3_600_000) < 2000, 'this machine is an hour fast');
});

test('a wireless that wants a sign-in, a stranger’s certificate and nobody at all are told apart', async (t) => {
  assert.equal((await ask(t, await answering(t, (_request, response) => response.writeHead(200).end('<html>Đăng nhập Wi-Fi</html>'))))?.outcome, 'other');
  assert.equal((await ask(t, await answering(t, (_request, response) => response.writeHead(302, { location: 'http://portal.example/' }).end())))?.outcome, 'other');
  assert.deepEqual(await ask(t, null), null);
  const dir = folder(t);
  execFileSync('openssl', ['req', '-x509', '-nodes', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', join(dir, 'k.pem'), '-out', join(dir, 'c.pem'), '-days', '2', '-subj', '/CN=127.0.0.1'], { stdio: 'ignore' });
  const secure = createSecureServer({ key: readFileSync(join(dir, 'k.pem')), cert: readFileSync(join(dir, 'c.pem')) }, health(new Date()));
  await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve));
  t.after(() => secure.close());
  const { port } = secure.address() as AddressInfo;
  assert.equal((await ask(t, `https://127.0.0.1:${port}`))?.outcome, 'untrusted');
  secure.close();
  secure.closeAllConnections();
  await new Promise((resolve) => secure.once('close', resolve));
  const gone = await ask(t, `https://127.0.0.1:${port}`);
  assert.deepEqual([gone?.outcome, gone?.skewMs], ['unreachable', null]);
});

test('disk and files are measured, also before the desk’s folder is made', async (t) => {
  const dir = folder(t);
  const machine = createMachine({ dir, serverUrl: null, env: { https_proxy: 'http://proxy:3128' } });
  assert.equal(machine.database(), null);
  writeFileSync(join(dir, 'desk.db'), Buffer.alloc(1000));
  writeFileSync(join(dir, 'desk.db-wal'), Buffer.alloc(300));
  writeFileSync(join(dir, 'blobs.db'), Buffer.alloc(2000));
  assert.deepEqual(machine.database(), { deskBytes: 1000, contentBytes: 2000, logBytes: 300 });
  const disk = await machine.disk();
  assert.ok(disk !== null && disk.freeBytes > 0 && disk.freeBytes <= disk.totalBytes);
  assert.ok((await createMachine({ dir: join(dir, 'not', 'made', 'yet'), serverUrl: null }).disk()) !== null, 'the disk that it will be made on');
  assert.deepEqual([machine.usesProxy(), createMachine({ dir, serverUrl: null, env: {} }).usesProxy()], [true, false]);
});
