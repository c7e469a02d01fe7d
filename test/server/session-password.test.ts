import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createPasswords, defaultCost } from '../../src-server/features/passwords.ts';
import { createSessions } from '../../src-server/features/session-calls.ts';
import { createPeerBudget } from '../../src-server/features/challenge.ts';
import { createAccounts } from '../../src-server/features/accounts.ts';
import { defaultLimits } from '../../src-server/limits.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { plainEntry } from '../../src-shared/domain/organization.ts';
import { sessionResponse, sessionsResponse } from '../../src-shared/protocol/wire.ts';
import type { ServerRequest } from '../../src-server/http/call.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { commune, openOffice, password, people, personOf, post, signIn, tempDir } from './office.ts';

const { user } = people.communeClerk;
const next = 'con mèo leo cây cau';

async function openWithFirstPassword(t: TestContext) {
  const server = await openOffice(t);
  await server.admin.setPassword(user, password);
  const session = sessionResponse.parse(await (await post(`${server.url}/v1/session`, { user, password })).json());
  const auth = { authorization: `Bearer ${session.token}` };
  const change = (present: string, wanted: string) => post(`${server.url}/v1/session/password`, { present, next: wanted }, auth);
  return { server, session, auth, change };
}

test('a password that an administrator gave opens nothing but its own change', async (t) => {
  const { server, session, auth, change } = await openWithFirstPassword(t);
  assert.equal(session.mustChange, true);
  for (const [method, route] of [['GET', '/v1/changes'], ['GET', '/v1/directory'], ['POST', '/v1/push'], ['POST', '/v1/uploads'], ['GET', '/v1/trust']] as const) {
    const answer = await fetch(`${server.url}${route}`, { method, headers: auth });
    assert.deepEqual([answer.status, await answer.json()], [403, { error: { code: 'session.must-change' } }], route);
  }
  assert.equal((await change(password, next)).status, 204);
  assert.equal((await fetch(`${server.url}/v1/directory`, { headers: auth })).status, 200, 'the same session goes on');
  const again = sessionResponse.parse(await (await post(`${server.url}/v1/session`, { user, password: next })).json());
  assert.equal(again.mustChange, false);
  assert.equal((await post(`${server.url}/v1/session`, { user, password })).status, 401, 'the old one is over');
});

test('the session of a first password can be ended before it is changed', async (t) => {
  const { server, auth } = await openWithFirstPassword(t);
  assert.equal((await fetch(`${server.url}/v1/session`, { method: 'DELETE', headers: auth })).status, 204);
  assert.equal((await fetch(`${server.url}/v1/session`, { method: 'DELETE', headers: auth })).status, 401);
});

test('a new password has its rules, and nothing changes where one is broken', async (t) => {
  const { server, change } = await openWithFirstPassword(t);
  for (const weak of ['ngắn quá', password, password.normalize('NFD'), `mật khẩu của ${user.toUpperCase()}`, 'aaaaaaaaaaaaa', 'abababababab']) {
    const answer = await change(password, weak);
    assert.deepEqual([answer.status, await answer.json()], [400, { error: { code: 'session.weak-password', params: { length: 10 } } }], weak);
  }
  assert.deepEqual((await (await change('không phải', next)).json() as { error: { code: string } }).error.code, 'session.wrong-password');
  assert.equal((await post(`${server.url}/v1/session`, { user, password })).status, 200);
});

test('guessing the present password while changing it is counted like guessing it at the door', async (t) => {
  const { change } = await openWithFirstPassword(t);
  const statuses = [];
  for (let n = 0; n < 6; n++) statuses.push((await change(`sai ${n}`, next)).status);
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
});

test('another password ends the name’s other sessions and keeps the one that changed it', async (t) => {
  const { url } = await openOffice(t);
  const [one, other] = [await signIn(url, 'communeClerk'), await signIn(url, 'communeClerk')];
  assert.equal((await one.post('/v1/session/password', { present: password, next })).status, 204);
  assert.equal((await other.get('/v1/directory')).status, 401);
  assert.equal((await one.get('/v1/directory')).status, 200);
});

test('an account without a password opens with its token alone', async (t) => {
  const { url, admin } = await openOffice(t);
  await admin.addPerson({ person: personOf('communeClerk'), user: 'chi.token', password: null, role: 'clerk' });
  assert.equal((await post(`${url}/v1/session`, { user: 'chi.token', password: '' })).status, 400);
  assert.equal((await post(`${url}/v1/session`, { user: 'chi.token', password: 'bất kỳ' })).status, 401);
});

test('a closed account says so to whoever knows its password and to nobody else', async (t) => {
  const { url, admin } = await openOffice(t);
  const { get } = await signIn(url, 'communeClerk');
  await admin.setDisabled(user, true);
  assert.equal((await get('/v1/directory')).status, 401, 'at once');
  const codeOf = async (given: string): Promise<string> => (await (await post(`${url}/v1/session`, { user, password: given })).json() as { error: { code: string } }).error.code;
  assert.equal(await codeOf('sai'), 'session.wrong-password');
  assert.equal(await codeOf(password), 'session.disabled');
});

/** The calls themselves, so that a test can say who is at the other end. */
async function atPeers(t: TestContext, hasher = createPasswords(randomBytes, { memory: 64, passes: 1, parallelism: 1 }), more = 0) {
  let nowMs = Date.parse('2026-11-22T01:00:00Z');
  const storage = openSqlite({ file: join(tempDir(t), 'server.db') });
  t.after(() => storage.close());
  await storage.transaction((tx) => tx.directory.put([plainEntry(commune)]));
  const accounts = createAccounts({ storage, passwords: hasher, now: () => nowMs });
  for (const who of ['communeClerk', 'communeLeader'] as const) await accounts.addPerson({ person: personOf(who), user: people[who].user, password, role: people[who].role });
  for (let n = 0; n < more; n++) await accounts.addPerson({ person: personOf('communeClerk'), user: `nguoi-${n}`, password, role: 'clerk' });
  const sessions = createSessions({ storage, passwords: hasher, randomBytes, now: () => nowMs, limits: defaultLimits, publicHosts: [], trusted: () => null });
  const enter = async (peer: string, given: string, name: string = user): Promise<number> => {
    const body = [Buffer.from(JSON.stringify({ user: name, password: given }))];
    const request: ServerRequest = { method: 'POST', url: '/v1/session', headers: {}, body: (async function* () { yield* body; })(), destroy: () => undefined, signal: AbortSignal.timeout(60_000), peer };
    return (await sessions.open(request)).status;
  };
  return { enter, storage, pass: (ms: number) => { nowMs += ms; } };
}

test('whoever guesses from one machine locks nobody out but themselves', async (t) => {
  const { enter } = await atPeers(t);
  for (let n = 0; n < 5; n++) assert.equal(await enter('203.0.113.9', `sai ${n}`), 401);
  assert.equal(await enter('203.0.113.9', password), 429);
  assert.equal(await enter('198.51.100.4', password), 200, 'its owner, at their own desk');
});

test('guessing one name from many machines locks the name in the end', async (t) => {
  const { enter, pass } = await atPeers(t);
  let looked = 0;
  for (let peer = 1; peer <= 30; peer++) for (let n = 0; n < 4; n++) if ((await enter(`203.0.113.${peer}`, `sai ${n}`)) === 401) looked += 1;
  assert.equal(looked, 50, 'ten times what locks one peer out');
  assert.equal(await enter('198.51.100.4', password), 429);
  assert.equal(await enter('198.51.100.4', password, people.communeLeader.user), 200, 'another name is not touched');
  pass(300_001);
  assert.equal(await enter('198.51.100.4', password), 200);
});

test('guessing many names from one machine ends at the machine', async (t) => {
  const { enter, pass } = await atPeers(t);
  let looked = 0;
  for (let n = 0; n < 130; n++) if ((await enter('203.0.113.9', 'sai', `ten-${n}`)) === 401) looked += 1;
  assert.equal(looked, 100);
  assert.equal(await enter('198.51.100.4', password), 200, 'and nowhere else');
  pass(300_001);
  assert.equal(await enter('203.0.113.9', password), 200);
});

test('people who sign in well from behind one address are never held up', async (t) => {
  const { enter } = await atPeers(t);
  for (let n = 0; n < 250; n++) assert.equal(await enter('203.0.113.9', password), 200);
});

test('many who sign in well at the same moment from behind one address are let in', async (t) => {
  const { enter } = await atPeers(t, undefined, 140);
  const statuses = await Promise.all(Array.from({ length: 140 }, (_, n) => enter('203.0.113.9', password, `nguoi-${n}`)));
  assert.deepEqual([...new Set(statuses)], [200]);
});

test('more at once than this machine can hash for are asked to come back, and nobody is locked out by it', async (t) => {
  const { enter } = await atPeers(t, createPasswords(randomBytes, { memory: 1024, passes: 1, parallelism: 1 }), 60);
  const all = () => Promise.all(Array.from({ length: 420 }, (_, n) => enter('203.0.113.9', password, `nguoi-${n % 60}`)));
  const statuses = [...(await all()), ...(await all())].filter((status) => status !== 429);
  assert.deepEqual([...new Set(statuses)].sort((a, b) => a - b), [200, 503]);
  assert.equal(await enter('203.0.113.9', password), 200);
  for (let n = 0; n < 60; n++) assert.equal(await enter('203.0.113.9', password, `nguoi-${n}`), 200, 'afterwards');
});

test('a budget fills up evenly, and a clock that is set back gives nothing', () => {
  let nowMs = 1000;
  const budget = createPeerBudget({ most: 2, windowMs: 1000, now: () => nowMs });
  budget.spend('a');
  assert.deepEqual([budget.wait('a'), budget.wait('b')], [0, 0]);
  budget.spend('a');
  assert.deepEqual([budget.wait('a'), budget.wait('b')], [1, 0]);
  nowMs = 0;
  assert.ok(budget.wait('a') > 0);
  nowMs = 500;
  assert.equal(budget.wait('a'), 0);
  for (let n = 0; n < 9; n++) budget.spend('a');
  assert.equal(budget.wait('a'), 2, 'what was taken beyond it is waited for, up to as much again');
  assert.deepEqual([budget.wait(''), budget.spend('')], [0, undefined]);
});

test('a password that was hashed with lower figures is hashed anew when its owner comes, and no session ends', async (t) => {
  const dear = { ...defaultCost, memory: 128 };
  const cheap = createPasswords(randomBytes, { memory: 64, passes: 1, parallelism: 1 });
  const { storage } = await atPeers(t, cheap);
  const hasher = createPasswords(randomBytes, dear);
  const sessions = createSessions({ storage, passwords: hasher, randomBytes, now: () => Date.now(), limits: defaultLimits, publicHosts: [], trusted: () => null });
  const open = async () => {
    const request: ServerRequest = { method: 'POST', url: '/v1/session', headers: {}, body: (async function* () { yield Buffer.from(JSON.stringify({ user, password })); })(), destroy: () => undefined, signal: AbortSignal.timeout(60_000), peer: '' };
    return sessionResponse.parse((await sessions.open(request)).json);
  };
  const stored = async (): Promise<string> => (await storage.read((tx) => tx.accounts.find(user)))?.password ?? '';
  assert.match(await stored(), /^\$argon2id\$64,1,1\$/);
  await open();
  assert.match(await stored(), /^\$argon2id\$128,2,1\$/);
  const before = await stored();
  await open();
  assert.equal(await stored(), before, 'once');
  assert.equal((await storage.read((tx) => tx.sessions.list(user, Date.now()))).length, 2);
});

test('a name that is not there takes as long as one that is', async () => {
  const hasher = createPasswords(randomBytes);
  const stored = await hasher.hash(password);
  const took = async (kept: string | null): Promise<number> => {
    const from = process.cpuUsage();
    for (let n = 0; n < 5; n++) await hasher.check('sai', kept);
    const { user: used, system } = process.cpuUsage(from);
    return used + system;
  };
  await took(stored);
  const [known, unknown] = [await took(stored), await took(null)];
  assert.ok(unknown > known / 3 && unknown < known * 3, `${known} µs and ${unknown} µs of work`);
  assert.deepEqual(await hasher.check(password, stored), { ok: true, value: { right: true, stale: false } });
});

test('an administrator sees the open sessions of their unit, the province’s those of all, and ends one', async (t) => {
  const { url, admin } = await openOffice(t);
  const administrators = { xa: 'communeClerk', tinh: 'provinceClerk' } as const;
  for (const [name, who] of Object.entries(administrators)) await admin.addPerson({ person: personOf(who), user: `${name}.quantri`, password, role: 'administrator' });
  const clerk = await signIn(url, 'communeClerk');
  await signIn(url, 'departmentClerk');
  const seenBy = async (name: string) => {
    const { token } = sessionResponse.parse(await (await post(`${url}/v1/session`, { user: `${name}.quantri`, password })).json());
    const headers = { authorization: `Bearer ${token}` };
    return { headers, sessions: sessionsResponse.parse(await (await fetch(`${url}/v1/sessions`, { headers })).json()).sessions };
  };
  const atCommune = await seenBy('xa');
  assert.deepEqual(atCommune.sessions.map((one) => one.user).sort(), ['xa.quantri', user].sort());
  const atProvince = await seenBy('tinh');
  assert.deepEqual(atProvince.sessions.map((one) => one.user).sort(), ['so.vanthu', 'tinh.quantri', 'xa.quantri', user].sort());
  const end = (id: string, headers: Record<string, string>) => fetch(`${url}/v1/sessions/${id}`, { method: 'DELETE', headers });
  const ofDepartment = atProvince.sessions.find((one) => one.user === 'so.vanthu')?.id ?? '';
  assert.equal((await end(ofDepartment, atCommune.headers)).status, 404, 'another unit’s is not there');
  assert.equal((await end(atCommune.sessions.find((one) => one.user === user)?.id ?? '', atCommune.headers)).status, 204);
  assert.equal((await clerk.get('/v1/directory')).status, 401);
});
