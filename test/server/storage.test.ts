import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { commandId, documentId } from '../../src-shared/domain/ids.ts';
import { createCore } from '../../src-server/core.ts';
import { createPasswords } from '../../src-server/features/passwords.ts';
import { createContentMemory } from '../../src-server/storage/content/memory.ts';
import { first } from '../../src-server/storage/sqlite/migrations/0001-first.ts';
import { newestVersion } from '../../src-server/storage/sqlite/migrations/index.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { createServer } from '../../src-server/server.ts';
import { commandOf, commune, contentOf, draftBody, newDocument, openOffice, personOf, province, signIn, tempDir } from './office.ts';
import { digestOf, readAll } from './reading.ts';

const fresh = { workflow: 0, assignment: 0 };

test('a commit that comes late is never skipped: whoever reads meanwhile sees nothing of it, and then all', async (t) => {
  const dir = tempDir(t);
  const storage = openSqlite({ file: path.join(dir, 'server.db') });
  t.after(() => storage.close());
  const unit = commune.code;
  const event = { type: 'submitted', at: '2026-11-22T01:00:00Z', by: null, command: null, content: contentOf(randomBytes(10)) } as const;
  const [early, late] = [newDocument(), newDocument()];
  let release = (): void => undefined;
  let begun = (): void => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const started = new Promise<void>((resolve) => (begun = resolve));
  const order: string[] = [];
  const slow = storage.transaction(async (tx) => {
    await tx.documents.append(unit, late, [event]);
    begun();
    await gate;
    await tx.documents.touch([{ unit, id: late }]);
    order.push('slow');
  });
  await started;
  const quick = storage.transaction(async (tx) => {
    await tx.documents.append(unit, early, [event]);
    await tx.documents.touch([{ unit, id: early }]);
    order.push('quick');
  });
  const look = (after: number) => storage.read((tx) => tx.documents.changesSince(unit, { had: after, after, limit: 10, maxBytes: 1 << 20 }));
  assert.deepEqual(await look(0), { changes: [], next: 0, hasMore: false });
  assert.deepEqual(await storage.read((tx) => tx.documents.readEvents(unit, late)), []);
  release();
  await Promise.all([slow, quick]);
  assert.deepEqual(order, ['slow', 'quick']);
  assert.deepEqual((await look(0)).changes.map(({ document }) => document), [late, early]);
  assert.deepEqual((await look(1)).changes.map(({ document }) => document), [early]);
});

test('a read that lasts sees what was there when it began, and holds nobody up', async (t) => {
  const storage = openSqlite({ file: path.join(tempDir(t), 'server.db') });
  t.after(() => storage.close());
  await storage.transaction((tx) => tx.settings.put('a', '1'));
  const seen = await storage.read(async (tx) => {
    const before = await tx.settings.get('a');
    await storage.transaction((other) => other.settings.put('a', '2'));
    return [before, await tx.settings.get('a')];
  });
  assert.deepEqual(seen, ['1', '1']);
  assert.equal(await storage.read((tx) => tx.settings.get('a')), '2');
});

test('a transaction that fails leaves nothing, and the next one goes on', async (t) => {
  const storage = openSqlite({ file: ':memory:' });
  t.after(() => storage.close());
  await assert.rejects(storage.transaction(async (tx) => {
    await tx.settings.put('a', '1');
    throw new Error('no');
  }), /no/);
  assert.equal(await storage.transaction((tx) => tx.settings.putNew('a', '2')), '2');
  assert.equal(await storage.transaction((tx) => tx.settings.putNew('a', '3')), '2');
});

test('of many transactions that go to the disk together one that fails takes back itself alone, and reads beyond the last reader wait', async (t) => {
  const storage = openSqlite({ file: path.join(tempDir(t), 'server.db') });
  t.after(() => storage.close());
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, (_, at) => storage.transaction(async (tx) => {
    const before = Number((await tx.settings.get('sum')) ?? 0);
    await tx.settings.put('sum', String(before + 1));
    await tx.settings.put(`key-${at}`, 'here');
    if (at % 7 === 3) throw new Error(`no ${at}`);
    return before;
  })));
  const failed = outcomes.flatMap((outcome, at) => (outcome.status === 'rejected' ? [at] : []));
  assert.deepEqual(failed, Array.from({ length: 200 }, (_, at) => at).filter((at) => at % 7 === 3));
  const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  assert.deepEqual(done, done.map((_, at) => at), 'each saw what those before it had done, and nothing of those that failed');
  const kept = await Promise.all(outcomes.map((_, at) => storage.read((tx) => tx.settings.get(`key-${at}`))));
  assert.deepEqual(kept.flatMap((value, at) => (value === null ? [at] : [])), failed);
});

test('answers are known for 400 days and then forgotten', async (t) => {
  const storage = openSqlite({ file: ':memory:' });
  t.after(() => storage.close());
  const day = 86_400_000;
  let now = 0;
  const core = createCore({ storage, content: createContentMemory(), now: () => now, randomBytes, passwords: createPasswords(randomBytes) });
  const id = commandId.parse(randomUUID());
  const known = () => storage.read((tx) => tx.answers.find(commune.code, id));
  await storage.transaction((tx) => tx.answers.put(commune.code, { id, status: 'applied' }, 'print', 0));
  now = 399 * day;
  await core.sweep();
  assert.deepEqual(await known(), { fingerprint: 'print', answer: { id, status: 'applied' } });
  now = 401 * day;
  await core.sweep();
  assert.equal(await known(), null);
});

test('a database of the first server is brought forward with everything in it, and one of a newer server is left alone', async (t) => {
  const dir = tempDir(t);
  const file = path.join(dir, 'server.db');
  const token = randomBytes(32);
  const bytes = randomBytes(10);
  const content = contentOf(bytes);
  const drafted = { at: '2026-11-22T01:00:00Z', by: null, command: null, type: 'drafted', unit: commune, ...draftBody(content).args };
  const id = documentId.parse(randomUUID());
  const old = new Database(file);
  old.exec(first);
  old.prepare('INSERT INTO meta VALUES (?, ?)').run('epoch', 'first-epoch');
  for (const office of [commune, province]) old.prepare('INSERT INTO organization VALUES (?, ?)').run(office.code, office.name);
  const person = personOf('communeClerk');
  old.prepare('INSERT INTO person VALUES (?, ?, ?)').run(person.id, person.unit, JSON.stringify(person));
  old.prepare('INSERT INTO account VALUES (?, ?, ?, ?, ?)').run('xa.vanthu', person.id, commune.code, 'clerk', 'hash');
  old.prepare('INSERT INTO session VALUES (?, ?, ?)').run(createHash('sha256').update(token).digest(), 'xa.vanthu', Date.now() + 1e6);
  old.prepare('INSERT INTO unit_feed VALUES (?, ?)').run(commune.code, 7);
  old.prepare('INSERT INTO document VALUES (?, ?, ?)').run(commune.code, id, 7);
  old.prepare('INSERT INTO event VALUES (?, ?, ?, ?)').run(commune.code, id, 0, JSON.stringify(drafted));
  old.prepare('INSERT INTO event VALUES (?, ?, ?, ?)').run(commune.code, id, 1, JSON.stringify({ at: '2026-11-22T02:00:00Z', by: null, command: null, type: 'submitted', content }));
  const command = commandOf('communeClerk', id, fresh, draftBody(content));
  old.prepare('INSERT INTO answer VALUES (?, ?, ?, ?, ?)').run(commune.code, command.id, 'print', JSON.stringify({ id: command.id, status: 'applied' }), Date.now());
  old.prepare('INSERT INTO book VALUES (?, ?, ?, ?, ?, ?, ?)').run(`${commune.code}/2026/cong-van-di`, commune.code, 1, 1, 4, 50, 'station-one');
  old.prepare('INSERT INTO book_number VALUES (?, ?, ?, ?)').run(`${commune.code}/2026/cong-van-di`, 3, 1, id);
  old.prepare('INSERT INTO unit_content VALUES (?, ?, ?)').run(commune.code, content.sha256, 1);
  old.pragma('user_version = 1');
  old.close();

  const server = await createServer({ dir });
  const auth = { authorization: `Bearer ${token.toString('base64url')}` };
  const page = await (await fetch(`${server.url}/v1/changes`, { headers: auth })).json() as { changes: { document: string; from: number; events: never[] }[]; digest: string };
  assert.deepEqual(page.changes.map(({ document, from, events }) => [document, from, events.length]), [[id, 0, 2]]);
  assert.equal(page.digest, digestOf(new Map([[id, page.changes[0]?.events ?? []]])));
  const directory = await (await fetch(`${server.url}/v1/directory`, { headers: auth })).json() as { entries: { code: string; successors: string[] }[] };
  assert.deepEqual(directory.entries.map(({ code, successors }) => [code, successors]), [[province.code, []], [commune.code, []]]);
  assert.deepEqual((await server.admin.readBook(`${commune.code}/2026/cong-van-di` as never)).map(({ number }) => number), [3]);
  const named = await fetch(`${server.url}/v1/uploads`, { method: 'POST', headers: auth, body: JSON.stringify({ sha256: content.sha256, sizeBytes: 10, base: null }) });
  assert.equal(named.status, 201, 'the bytes are not in this folder');
  await server.close();

  const again = new Database(file);
  assert.equal(again.pragma('user_version', { simple: true }), newestVersion);
  assert.deepEqual(again.prepare('SELECT value FROM meta WHERE key = ?').pluck().get('epoch'), 'first-epoch');
  again.pragma(`user_version = ${newestVersion + 1}`);
  again.close();
  assert.throws(() => openSqlite({ file }), /newer server/);
});

test('after a restart the digest goes on from where it was', async (t) => {
  const dir = tempDir(t);
  const before = await openOffice(t, { dir });
  const content = await (await signIn(before.url, 'communeClerk')).upload(randomBytes(100));
  const document = newDocument();
  await (await signIn(before.url, 'communeClerk')).push(commandOf('communeClerk', document, fresh, draftBody(content)));
  await before.close();
  const after = await createServer({ dir });
  t.after(() => after.close());
  const clerk = await signIn(after.url, 'communeClerk');
  await clerk.push(commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  const { held, digest } = await readAll(clerk);
  assert.equal(digest, digestOf(held));
});
