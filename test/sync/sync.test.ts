import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { systemTime } from '../../src-main/ports/time.ts';
import type { SyncStatus } from '../../src-shared/contract/office.ts';
import { commune, contentOf, draftBody, newDocument, openOffice, outgoingBook, password, people, signIn } from '../server/office.ts';
import { openDesk, pathOf, until } from './desk.ts';

test('what a person did goes up with its content, and the outbox drains', async (t) => {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, 'communeClerk');
  const document = newDocument();
  const content = await desk.importContent(randomBytes(300_000));
  desk.act(document, draftBody(content));
  desk.act(document, { type: 'submit', args: { content } });
  assert.equal(desk.sync.status().pending, 2);

  await desk.sync.kick();

  const status = desk.sync.status();
  assert.deepEqual([status.online, status.signedIn, status.pending, status.problems], [true, true, 0, 0]);
  assert.deepEqual(desk.store.desk.outbox(), []);
  const seen = await signIn(server.url, 'communeLeader');
  assert.deepEqual((await seen.changes()).changes[0]?.events.map((event) => event.type), ['drafted', 'submitted']);
});

test('a colleague’s desk receives the document and its content; after signing only the tail travels, both ways', async (t) => {
  const server = await openOffice(t);
  const clerk = await openDesk(t, server.url, 'communeClerk');
  const leader = await openDesk(t, server.url, 'communeLeader');
  const document = newDocument();
  const base = randomBytes(2_000_000);
  const content = await clerk.importContent(base);
  clerk.act(document, draftBody(content));
  clerk.act(document, { type: 'submit', args: { content } });
  await clerk.sync.kick();
  await leader.sync.kick();
  assert.equal(leader.state(document).stage, 'submitted');
  assert.deepEqual(Buffer.from(leader.store.blobs.read(content.sha256, 0, base.length)), base);

  const before = { up: leader.line.bytes().up, down: clerk.line.bytes().down };
  const signed = await leader.importContent(Buffer.concat([base, randomBytes(20_000)]), content);
  leader.act(document, { type: 'approve', args: { content: signed, signer: 'Lãnh đạo' } });
  await leader.sync.kick();
  await clerk.sync.kick();

  assert.equal(clerk.state(document).stage, 'approved');
  assert.ok(clerk.store.blobs.has(signed.sha256));
  const up = leader.line.bytes().up - before.up;
  const down = clerk.line.bytes().down - before.down;
  assert.ok(up < 30_000 && down < 30_000, `up ${up}, down ${down}`);
});

test('without a line what was done waits, says so, and goes by itself when the line is back', async (t) => {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, 'communeClerk');
  desk.sync.start();
  await until(desk, () => desk.sync.status().lastSyncAt !== null);
  assert.equal(desk.sync.status().online, true);

  desk.line.cut();
  await until(desk, () => !desk.sync.status().online);
  const document = newDocument();
  desk.act(document, draftBody(await desk.importContent(randomBytes(1000))));
  await desk.sync.kick();
  assert.equal(desk.sync.status().pending, 1);
  assert.equal(desk.store.desk.findDocument(document)?.sync, 'waiting', 'it never left, so nothing is in doubt');

  desk.line.mend();
  await until(desk, () => desk.sync.status().pending === 0);
  assert.deepEqual([desk.sync.status().online, desk.sync.status().problems], [true, 0]);
});

test('a desk is told of a change at once, and never of one twice', async (t) => {
  const server = await openOffice(t);
  const [clerk, leader] = [await openDesk(t, server.url, 'communeClerk'), await openDesk(t, server.url, 'communeLeader')];
  leader.sync.start();
  await until(leader, () => leader.sync.status().lastSyncAt !== null);
  let told = 0;
  leader.sync.onChanged(() => told++);
  const document = newDocument();
  clerk.act(document, draftBody(await clerk.importContent(randomBytes(1000))));
  await clerk.sync.kick();
  await until(leader, () => leader.store.desk.findDocument(document) !== null);
  await leader.sync.kick();
  assert.equal(told, 1);
});

test('an upload cut again and again goes on from where it was, and the command follows once', async (t) => {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, 'communeClerk');
  const bytes = randomBytes(6_000_000);
  const document = newDocument();
  desk.act(document, draftBody(await desk.importContent(bytes)));
  let cuts = 0;
  for (let i = 0; i < 20 && desk.sync.status().pending > 0; i++) {
    desk.line.cutAfterBytes(1_500_000);
    await desk.sync.kick();
    if (!desk.line.isUp()) cuts++;
    desk.line.mend();
  }
  desk.line.cutAfterBytes(Number.POSITIVE_INFINITY);
  await desk.sync.kick();
  assert.ok(cuts >= 3, `${cuts} cuts`);
  assert.deepEqual([desk.sync.status().pending, desk.sync.status().problems], [0, 0]);
  // I8: a chunk that broke is sent again from the byte that arrived, not from its start
  assert.ok(desk.line.bytes().up < bytes.length * 1.3, `${desk.line.bytes().up} bytes for ${bytes.length}`);
  assert.equal((await (await signIn(server.url, 'communeClerk')).changes()).changes.length, 1);
});

test('a download cut again and again goes on from the byte that came', async (t) => {
  const server = await openOffice(t);
  const sender = await openDesk(t, server.url, 'communeClerk');
  const bytes = randomBytes(6_000_000);
  sender.act(newDocument(), draftBody(await sender.importContent(bytes)));
  await sender.sync.kick();

  const reader = await openDesk(t, server.url, 'communeLeader');
  const { sha256 } = contentOf(bytes);
  let cuts = 0;
  for (let i = 0; i < 20 && !reader.store.blobs.has(sha256); i++) {
    reader.line.cutAfterBytes(1_500_000);
    await reader.sync.kick();
    if (!reader.line.isUp()) cuts++;
    reader.line.mend();
  }
  assert.ok(cuts >= 3, `${cuts} cuts`);
  assert.deepEqual(Buffer.from(reader.store.blobs.read(sha256, 0, bytes.length)), bytes);
  assert.ok(reader.line.bytes().down < bytes.length * 1.3, `${reader.line.bytes().down} bytes for ${bytes.length}`);
});

test('a link that stands still is broken off by the watchdog and resumed', async (t) => {
  const server = await openOffice(t);
  const sender = await openDesk(t, server.url, 'communeClerk');
  const bytes = randomBytes(8_000_000);
  sender.act(newDocument(), draftBody(await sender.importContent(bytes)));
  await sender.sync.kick();

  const reader = await openDesk(t, server.url, 'communeLeader', { timing: { noBytesMs: 100, requestMs: 100 } });
  const done = until(reader, () => reader.store.blobs.has(contentOf(bytes).sha256));
  reader.line.stallAfterBytes(1_000_000);
  reader.sync.start();
  await until(reader, () => reader.sync.status().online);
  await until(reader, () => !reader.sync.status().online);
  reader.line.mend();
  await done;
});

test('content that comes wrong is dropped, fetched again a few times, and then left', async (t) => {
  const server = await openOffice(t);
  const sender = await openDesk(t, server.url, 'communeClerk');
  const bytes = randomBytes(10_000);
  sender.act(newDocument(), draftBody(await sender.importContent(bytes)));
  await sender.sync.kick();

  let spoiled = 0;
  const spoil = (times: number): typeof fetch => async (input, init) => {
    const response = await fetch(input, init);
    if (!pathOf(input).startsWith('/v1/blobs/') || spoiled >= times) return response;
    spoiled++;
    const body = Buffer.from(await response.arrayBuffer());
    body[5000] = (body[5000] ?? 0) ^ 1;
    return new Response(body, { status: response.status, headers: response.headers });
  };
  const once = await openDesk(t, server.url, 'communeLeader', { fetch: spoil(1) });
  await once.sync.kick();
  assert.ok(once.store.blobs.has(contentOf(bytes).sha256));

  spoiled = 0;
  const always = await openDesk(t, server.url, 'communeLeader', { fetch: spoil(100) });
  await always.sync.kick();
  assert.equal(spoiled, 3);
  assert.equal(always.store.blobs.has(contentOf(bytes).sha256), false);
});

test('a command the server refuses is shown with its reason and holds back only its own document', async (t) => {
  const server = await openOffice(t);
  const one = await openDesk(t, server.url, 'communeClerk');
  const other = await openDesk(t, server.url, 'communeLeader');
  const document = newDocument();
  const content = await one.importContent(randomBytes(1000));
  one.act(document, draftBody(content));
  await one.sync.kick();
  await other.sync.kick();
  // both go on from the same state
  one.act(document, { type: 'submit', args: { content } });
  other.act(document, { type: 'submit', args: { content } });
  const free = newDocument();
  other.act(free, draftBody(await other.importContent(randomBytes(10))));
  await one.sync.kick();
  await other.sync.kick();

  assert.equal(other.sync.status().problems, 1);
  assert.equal(other.sync.status().pending, 0);
  assert.equal(other.store.desk.outbox()[0]?.problem?.code, 'sync.conflict');
  assert.equal(other.store.desk.findDocument(free)?.sync, 'synced');
  assert.equal(other.state(document).stage, 'submitted');
});

test('a wrong password is tried once and says signed out; the work stays, and goes when the right one is there', async (t) => {
  const server = await openOffice(t);
  const { user } = people.communeClerk;
  const desk = await openDesk(t, server.url, 'communeClerk', { credentials: { user, password: 'sai' } });
  desk.act(newDocument(), draftBody(await desk.importContent(randomBytes(10))));
  for (let i = 0; i < 10; i++) await desk.sync.kick();
  const { signedIn, online, pending } = desk.sync.status();
  assert.deepEqual({ signedIn, online, pending }, { signedIn: false, online: true, pending: 1 });

  const again = await desk.restart({ credentials: { user, password } });
  await again.sync.kick();
  assert.deepEqual([again.sync.status().signedIn, again.sync.status().pending], [true, 0]);
});

test('a kept session is used again without a password, and an ended one is opened anew', async (t) => {
  let now = Date.now();
  const server = await openOffice(t, { clock: () => new Date(now), limits: { sessionTtlMs: 10_000 } });
  const desk = await openDesk(t, server.url, 'communeClerk');
  await desk.sync.kick();
  const kept = await desk.restart({ credentials: null });
  kept.act(newDocument(), draftBody(await kept.importContent(randomBytes(10))));
  await kept.sync.kick();
  assert.deepEqual([kept.sync.status().pending, kept.sync.status().signedIn], [0, true]);

  now += 10_001;
  kept.act(newDocument(), draftBody(await kept.importContent(randomBytes(10))));
  await kept.sync.kick();
  assert.deepEqual([kept.sync.status().pending, kept.sync.status().signedIn], [1, false]);
  const entered = await kept.restart({ credentials: { user: people.communeClerk.user, password } });
  await entered.sync.kick();
  assert.deepEqual([entered.sync.status().pending, entered.sync.status().signedIn], [0, true]);
});

test('a page that is not the server’s is no line', async (t) => {
  const server = await openOffice(t);
  const portal: typeof fetch = () => Promise.resolve(new Response('<html>Đăng nhập Wi-Fi</html>', { headers: { 'content-type': 'text/html' } }));
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: portal });
  desk.act(newDocument(), draftBody(await desk.importContent(randomBytes(10))));
  await desk.sync.kick();
  assert.deepEqual([desk.sync.status().online, desk.sync.status().since, desk.sync.status().pending], [false, null, 1]);
});

test('Retry-After is obeyed, by kicks too', async (t) => {
  const server = await openOffice(t);
  let now = Date.now();
  let calls = 0;
  let busy = true;
  const desk = await openDesk(t, server.url, 'communeClerk', {
    time: { ...systemTime, now: () => now, elapsed: () => now },
    fetch: (input, init) => {
      calls++;
      return busy ? Promise.resolve(Response.json({ error: { code: 'bug', params: { ref: '' } } }, { status: 503, headers: { 'retry-after': '60' } })) : fetch(input, init);
    },
  });
  await desk.sync.kick();
  busy = false;
  const before = calls;
  await desk.sync.kick();
  assert.equal(calls, before, 'not one request in the meantime');
  now += 60_001;
  await desk.sync.kick();
  assert.ok(desk.sync.status().lastSyncAt !== null);
});

test('books and the directory are here before the line is needed, and the reserve grows while there is one', async (t) => {
  const server = await openOffice(t);
  const book = outgoingBook(commune);
  await server.admin.setBookStart(book, 15);
  const desk = await openDesk(t, server.url, 'communeClerk');
  desk.sync.wantBooks([book]);
  await desk.sync.kick();
  assert.deepEqual(desk.store.desk.findBook(book), { book, epoch: 1, next: 15, reserveEnd: 64 });
  assert.deepEqual(desk.store.desk.searchOrganizations('so noi vu', 5).map((o) => o.name), ['Sở Nội vụ']);
  assert.deepEqual(desk.store.desk.people().map((p) => p.id), ['xa.lanhdao', 'xa.vanthu']);

  const second = await openDesk(t, server.url, 'communeClerk', { station: 'station-other' });
  second.sync.wantBooks([book]);
  await second.sync.kick();
  assert.equal(second.store.desk.findBook(book), null, 'one station holds a book');
  assert.equal(second.sync.status().online, true);
});

test('stopping ends what is under way at once', async (t) => {
  const server = await openOffice(t);
  const sender = await openDesk(t, server.url, 'communeClerk');
  sender.act(newDocument(), draftBody(await sender.importContent(randomBytes(8_000_000))));
  await sender.sync.kick();
  const reader = await openDesk(t, server.url, 'communeLeader');
  const statuses: SyncStatus[] = [];
  reader.sync.onStatus((status) => statuses.push(status));
  reader.sync.start();
  await until(reader, () => reader.sync.status().lastSyncAt !== null);
  reader.line.stall();
  const started = performance.now();
  await reader.sync.stop();
  assert.ok(performance.now() - started < 2000);
  const told = statuses.length;
  await reader.sync.kick();
  assert.equal(statuses.length, told);
});
