import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { defaultLinePolicy, type LinePolicy } from '../../src-shared/contract/line.ts';
import { systemTime } from '../../src-main/ports/time.ts';
import { commandOf, commune, contentOf, department, draftBody, incomingBook, newDocument, openOffice, outgoingBook, personOf, signIn } from '../server/office.ts';
import { answering, drafts } from './answers.ts';
import { openDesk, until, type TestDesk } from './desk.ts';

const policy = (changes: Partial<LinePolicy>): LinePolicy => ({ ...defaultLinePolicy, ...changes });
const has = (desk: TestDesk, bytes: Uint8Array): boolean => desk.store.blobs.has(contentOf(bytes).sha256);

test('what is opened, what is mine and what is urgent comes first, each the smallest first; the rest after', async (t) => {
  const server = await openOffice(t);
  const client = await signIn(server.url, 'communeLeader');
  const files = { plain: randomBytes(2000), plainLarge: randomBytes(9000), express: randomBytes(30_000), expressLarge: randomBytes(60_000), opened: randomBytes(100_000) };
  for (const [name, bytes] of Object.entries(files)) {
    const content = await client.upload(bytes);
    const body = draftBody(content);
    await client.push(commandOf('communeLeader', newDocument(), { workflow: 0, assignment: 0 }, { ...body, args: { ...body.args, urgency: name.startsWith('express') ? 'express' : 'normal' } }));
  }
  const desk = await openDesk(t, server.url, 'communeClerk');
  const came: Sha256[] = [];
  desk.sync.onContent((sha256) => came.push(sha256));
  desk.sync.fetchNow(contentOf(files.opened));
  await desk.sync.kick();
  assert.deepEqual(came, [files.opened, files.express, files.expressLarge, files.plain, files.plainLarge].map((bytes) => contentOf(bytes).sha256));
});

test('on opening: nothing comes by itself, and says that it is held; what a person opens comes', async (t) => {
  const server = await openOffice(t);
  const [one, other] = [randomBytes(3000), randomBytes(4000)];
  await drafts(server.url, 'communeLeader', 1, one);
  await drafts(server.url, 'communeLeader', 1, other);
  for (const held of [policy({ contents: 'on-opening' }), policy({ metered: true })]) {
    const desk = await openDesk(t, server.url, 'communeClerk');
    desk.sync.setPolicy(held);
    await desk.sync.kick();
    assert.deepEqual(desk.sync.status().files, { waiting: 2, waitingBytes: 7000, held: 2 });
    desk.sync.fetchNow(contentOf(one));
    await desk.sync.kick();
    assert.deepEqual([has(desk, one), has(desk, other)], [true, false]);
    assert.equal(desk.sync.usage().at(-1)?.bulkBytes, 0, 'it did not come by itself');
    const again = await desk.restart();
    assert.deepEqual(again.sync.policy(), held, 'kept over a restart');
    again.sync.setPolicy(defaultLinePolicy);
    await again.sync.kick();
    assert.ok(has(again, other));
    assert.deepEqual(again.sync.status().files, { waiting: 0, waitingBytes: 0, held: 0 });
  }
});

test('a day has its megabytes, counted over restarts by Vietnam’s calendar; the next day has its own', async (t) => {
  const server = await openOffice(t);
  // 23:00 in Vietnam
  let nowMs = Date.parse('2026-11-22T16:00:00Z');
  const [first, second] = [randomBytes(1_100_000), randomBytes(1_200_000)];
  await drafts(server.url, 'communeLeader', 1, first);
  await drafts(server.url, 'communeLeader', 1, second);
  const time = { ...systemTime, now: () => nowMs };
  const desk = await openDesk(t, server.url, 'communeClerk', { time });
  desk.sync.setPolicy(policy({ dailyMb: 1 }));
  await desk.sync.kick();
  assert.deepEqual([has(desk, first), has(desk, second)], [true, false]);
  const [day] = desk.sync.usage();
  assert.equal(day?.day, '2026-11-22');
  assert.ok((day?.bulkBytes ?? 0) >= 1_000_000 && (day?.receivedBytes ?? 0) >= (day?.bulkBytes ?? 0) && (day?.sentBytes ?? 0) > 0);

  const again = await desk.restart();
  await again.sync.kick();
  assert.deepEqual([has(again, second), again.sync.status().files.held], [false, 1]);
  nowMs += 2 * 3_600_000;
  await again.sync.kick();
  assert.ok(has(again, second));
  assert.deepEqual(again.sync.usage().map((each) => each.day), ['2026-11-22', '2026-11-23']);
});

test('hours for bulk are Vietnam’s and may run over midnight; what is mine does not wait for them', async (t) => {
  const server = await openOffice(t);
  let nowMs = Date.parse('2026-11-22T14:59:00Z');
  const [plain, express] = [randomBytes(2000), randomBytes(2500)];
  await drafts(server.url, 'communeLeader', 1, plain);
  const client = await signIn(server.url, 'communeLeader');
  const urgent = draftBody(await client.upload(express));
  await client.push(commandOf('communeLeader', newDocument(), { workflow: 0, assignment: 0 }, { ...urgent, args: { ...urgent.args, urgency: 'express' } }));
  const desk = await openDesk(t, server.url, 'communeClerk', { time: { ...systemTime, now: () => nowMs } });
  desk.sync.setPolicy(policy({ bulkHours: { from: '22:00', until: '05:00' } }));
  await desk.sync.kick();
  assert.deepEqual([has(desk, express), has(desk, plain), desk.sync.status().files.held], [true, false, 1]);
  nowMs += 60_000;
  await desk.sync.kick();
  assert.ok(has(desk, plain), 'at 22:00');
});

test('a refused epoch ends numbering under it, and the book is asked for again', async (t) => {
  const server = await openOffice(t);
  const book = outgoingBook(commune);
  const desk = await openDesk(t, server.url, 'communeClerk');
  desk.sync.wantBooks([book]);
  await desk.sync.kick();
  const lease = desk.store.desk.findBook(book);
  assert.ok(lease !== null && lease.epoch === 1);
  await server.admin.releaseBook(book);

  const content = await desk.importContent(randomBytes(500));
  const document = newDocument();
  const leader = await openDesk(t, server.url, 'communeLeader');
  desk.act(document, draftBody(content));
  desk.act(document, { type: 'submit', args: { content } });
  await desk.sync.kick();
  await leader.sync.kick();
  leader.act(document, { type: 'approve', args: { content, signer: 'Lãnh đạo' } });
  await leader.sync.kick();
  await desk.sync.kick();
  desk.act(document, { type: 'issue', args: { content, entry: { book, epoch: 1, number: lease.next }, notation: 'UBND', issuedDate: '2026-11-22', signer: 'Lãnh đạo' } }, { id: book, used: lease.next });
  await desk.sync.kick();
  assert.equal(desk.sync.status().problems, 1);
  const after = desk.store.desk.findBook(book);
  assert.ok(after !== null && after.epoch > 1 && after.next > lease.reserveEnd, JSON.stringify(after));
});

test('a book is given back: no number more here, the next station goes on; not while a number waits to be sent', async (t) => {
  const server = await openOffice(t);
  const book = incomingBook(commune);
  const desk = await openDesk(t, server.url, 'communeClerk');
  desk.sync.wantBooks([book]);
  await desk.sync.kick();
  assert.deepEqual(await desk.sync.returnBook(outgoingBook(department)), { ok: false, error: { code: 'number.no-book' } });
  assert.deepEqual(await desk.sync.returnBook(book), { ok: true, value: null });
  const closed = desk.store.desk.findBook(book);
  assert.ok(closed === null || closed.reserveEnd < closed.next);
  await desk.sync.kick();
  assert.ok((desk.store.desk.findBook(book)?.reserveEnd ?? 0) < (desk.store.desk.findBook(book)?.next ?? 1), 'and it is not taken back by itself');

  const other = await openDesk(t, server.url, 'communeClerk', { station: 'station-second' });
  other.sync.wantBooks([book]);
  await other.sync.kick();
  const lease = other.store.desk.findBook(book);
  assert.deepEqual([lease?.next, (lease?.epoch ?? 0) > 1], [1, true]);

  other.line.cut();
  assert.deepEqual(await other.sync.returnBook(book), { ok: false, error: { code: 'sync.offline' } });
  const unsure = other.store.desk.findBook(book);
  assert.ok(unsure !== null && unsure.reserveEnd < unsure.next, 'no number while the answer is not known');
  other.line.mend();
  await other.sync.kick();
  const renewed = other.store.desk.findBook(book);
  assert.ok(renewed !== null && renewed.reserveEnd >= renewed.next, 'the server’s word decides');
});

test('the directory comes by pages, goes on where it was broken off, and then only with what changed', async (t) => {
  const server = await openOffice(t, { limits: { directoryPage: 40 } });
  const office = (index: number, name = `UBND xã ${index}`) => ({ code: `H50.${index}`, name, otherCode: null, parent: null, ceasedOn: null, successors: [] }) as never;
  await server.admin.putDirectory(Array.from({ length: 200 }, (_, index) => office(1000 + index)));
  const asked: string[] = [];
  let pages = 2;
  const watch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.pathname !== '/v1/directory') return fetch(input, init);
    if (pages === 0) throw new TypeError('cut');
    pages -= 1;
    asked.push(url.search);
    return fetch(input, init);
  };
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: watch });
  await desk.sync.kick();
  assert.equal(asked.length, 2);
  assert.equal(desk.store.desk.directoryVersion(), 0);
  pages = 100;
  const again = await desk.restart();
  await again.sync.kick();
  assert.ok(asked[2]?.includes('after=') === true, 'it goes on');
  assert.equal(again.store.desk.searchOrganizations('xa 1199', 5).length, 1);
  const version = again.store.desk.directoryVersion();
  assert.ok(version > 0);

  await server.admin.putDirectory([office(1007, 'UBND xã Đổi Tên')]);
  const before = asked.length;
  const later = await again.restart();
  await later.sync.kick();
  assert.equal(asked.length, before + 1);
  assert.ok(asked.at(-1)?.includes(`since=${version}`) === true);
  assert.equal(later.store.desk.searchOrganizations('doi ten', 5)[0]?.name, 'UBND xã Đổi Tên');
});

test('what is assigned to me comes before the rest of its kind', async (t) => {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(() => null) });
  desk.sync.setPolicy(policy({ contents: 'mine' }));
  const bytes = randomBytes(5000);
  await drafts(server.url, 'communeLeader', 1, bytes);
  await desk.sync.kick();
  assert.deepEqual([has(desk, bytes), desk.sync.status().files.held], [false, 1], `nobody gave it to ${personOf('communeClerk').id}`);
  desk.sync.start();
  desk.sync.fetchNow(contentOf(bytes));
  await until(desk, () => has(desk, bytes));
});
