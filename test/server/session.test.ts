import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { openOffice, password, people, post, signIn, tempDir } from './office.ts';

const { user } = people.communeClerk;
const enter = (url: string, given: string, name: string = user) => post(`${url}/v1/session`, { user: name, password: given });

test('a session says who the person is, and its token opens the other calls until it expires', async (t) => {
  let now = Date.parse('2026-11-22T01:00:00Z');
  const { url } = await openOffice(t, { clock: () => new Date(now), limits: { sessionTtlMs: 1000 } });
  const { session, get } = await signIn(url, 'communeClerk');
  assert.deepEqual([session.person.id, session.unit.code, session.role, session.expiresAt], [user, 'H48.60.12', people.communeClerk.role, '2026-11-22T01:00:01.000Z']);
  const directory = await get('/v1/directory');
  assert.equal(directory.status, 200);
  const listed = await directory.json() as { entries: { code: string }[]; people: { id: string }[] };
  assert.deepEqual(listed.people.map((p) => p.id), ['xa.lanhdao', 'xa.vanthu'], 'the people of the caller’s unit only');
  assert.equal(listed.entries.length, 3);
  now += 1001;
  assert.equal((await get('/v1/directory')).status, 401);
});

test('the same words typed on another keyboard open the session', async (t) => {
  const { url } = await openOffice(t);
  assert.notEqual(password.normalize('NFD'), password);
  assert.equal((await enter(url, password.normalize('NFD'))).status, 200);
});

test('five wrong tries lock the account for a while, even against the right password and tries at once', async (t) => {
  let now = Date.parse('2026-11-22T01:00:00Z');
  const { url } = await openOffice(t, { clock: () => new Date(now) });
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => enter(url, 'sai')))).map((r) => r.status);
  assert.deepEqual(statuses.sort((a, b) => a - b), [401, 401, 401, 401, 401, 429, 429, 429]);
  const locked = await enter(url, password);
  assert.equal(locked.status, 429);
  assert.equal(locked.headers.get('retry-after'), '300');
  assert.equal((await locked.json() as { error: { code: string } }).error.code, 'session.locked');
  assert.equal((await enter(url, password, people.communeLeader.user)).status, 200, 'others are not locked');
  now += 300_001;
  assert.equal((await enter(url, password)).status, 200);
});

test('an unknown name is answered like a wrong password, and is locked like one', async (t) => {
  const { url } = await openOffice(t);
  for (let i = 0; i < 5; i++) {
    const response = await enter(url, 'sai', 'khong-co');
    assert.deepEqual([response.status, await response.json()], [401, { error: { code: 'session.wrong-password' } }]);
  }
  assert.equal((await enter(url, 'sai', 'khong-co')).status, 429);
});

test('neither password nor token lies readable on the disk, and the log has no words of a document', async (t) => {
  const dir = tempDir(t);
  const lines: unknown[] = [];
  const server = await openOffice(t, { dir, log: (...line) => lines.push(line) });
  const { session } = await signIn(server.url, 'communeClerk');
  await server.close();
  const bytes = Buffer.concat(readdirSync(dir).filter((name) => name.startsWith('server.db')).map((name) => readFileSync(path.join(dir, name))));
  assert.ok(bytes.includes('$argon2id$'));
  assert.ok(!bytes.includes(Buffer.from(password)) && !bytes.includes(session.token) && !bytes.includes(Buffer.from(session.token, 'base64url')));
  const log = JSON.stringify(lines);
  assert.match(log, /"route":"session","status":200/);
  assert.ok(!log.includes(password) && !log.includes(session.token));
});

test('the server’s command explains itself', () => {
  const run = (...args: string[]) => spawnSync(process.execPath, ['src-server/main.ts', ...args], { encoding: 'utf8' });
  const help = run('--help');
  assert.equal(help.status, 0);
  assert.match(help.stdout, /--dir DIR/);
  assert.equal(run().status, 2);
  assert.equal(run('--nonsense').status, 2);
});

test('the server’s command serves until it is told to end, and ends in order', async (t) => {
  const child = spawn(process.execPath, ['src-server/main.ts', '--dir', tempDir(t), '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const exited = once(child, 'exit');
  const [first] = await once(createInterface(child.stdout), 'line') as [string];
  const { url } = JSON.parse(first) as { url: string };
  assert.equal((await (await fetch(`${url}/healthz`)).json() as { ok: boolean }).ok, true);
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
});

test('a session that its owner ends is over, and their other ones go on', async (t) => {
  const { url } = await openOffice(t);
  const [one, other] = [await signIn(url, 'communeClerk'), await signIn(url, 'communeClerk')];
  assert.equal((await one.get('/v1/session', {}, { method: 'DELETE' })).status, 204);
  assert.equal((await one.get('/v1/directory')).status, 401);
  assert.equal((await one.get('/v1/session', {}, { method: 'DELETE' })).status, 401);
  assert.equal((await other.get('/v1/directory')).status, 200);
});
