import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { test } from 'node:test';
import { bookId } from '../../src-shared/domain/ids.ts';
import { bookLease } from '../../src-shared/protocol/wire.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { commandOf, commune, draftBody, newDocument, openOffice, outgoingBook, province, signIn, tempDir, type Client } from './office.ts';

const book = outgoingBook(commune);

async function lease(client: Client, station: string) {
  const response = await client.post('/v1/books/lease', { book, station });
  return response.status === 200 ? bookLease.parse(await response.json()) : response.status;
}

/** An approved document, ready to be issued (workflow version 3). */
async function approved(clerk: Client, leader: Client) {
  const document = newDocument();
  const content = await clerk.upload(randomBytes(100));
  await clerk.push(commandOf('communeClerk', document, { workflow: 0, assignment: 0 }, draftBody(content)));
  await clerk.push(commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  await leader.push(commandOf('communeLeader', document, { workflow: 2, assignment: 0 }, { type: 'approve', args: { content, signer: 'CT' } }));
  return (epoch: number, number: number, from = book) => commandOf('communeClerk', document, { workflow: 3, assignment: 0 }, {
    type: 'issue', args: { content, entry: { book: from, epoch, number }, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'CT' },
  });
}

test('a book is lent to one station, renewed by it, and refused to a second one', async (t) => {
  const server = await openOffice(t);
  await server.admin.setBookStart(book, 15);
  const clerk = await signIn(server.url, 'communeClerk');
  assert.deepEqual(await lease(clerk, 'station-one'), { book, epoch: 1, next: 15, reserveEnd: 64 });
  assert.deepEqual(await lease(clerk, 'station-one'), { book, epoch: 1, next: 15, reserveEnd: 64 });
  assert.equal(await lease(clerk, 'station-two'), 409);
});

test('a book is lent to a clerk of its own unit only', async (t) => {
  const { url } = await openOffice(t);
  assert.equal(await lease(await signIn(url, 'communeLeader'), 'station-one'), 403);
  assert.equal(await lease(await signIn(url, 'provinceClerk'), 'station-one'), 403);
  const clerk = await signIn(url, 'communeClerk');
  assert.equal((await clerk.post('/v1/books/lease', { book: `${province.code}/2026/cong-van-di`, station: 'station-one' })).status, 403);
});

test('a number is given once: the second document with it is refused', async (t) => {
  const server = await openOffice(t);
  await server.admin.setBookStart(book, 15);
  const [clerk, leader] = await Promise.all([signIn(server.url, 'communeClerk'), signIn(server.url, 'communeLeader')]);
  await lease(clerk, 'station-one');
  const [first, second] = [await approved(clerk, leader), await approved(clerk, leader)];

  assert.deepEqual((await clerk.push(first(1, 15))).map((a) => a.status), ['applied']);
  const [answer] = await clerk.push(second(1, 15));
  assert.ok(answer?.status === 'rejected');
  assert.deepEqual(answer.error, { code: 'number.taken', params: { number: 15 } });
  assert.deepEqual((await clerk.push(second(1, 16))).map((a) => a.status), ['applied']);
  assert.deepEqual(await lease(clerk, 'station-one'), { book, epoch: 1, next: 17, reserveEnd: 66 });
});

test('numbers of paper, beyond the reserve, of another unit or of no book are refused', async (t) => {
  const server = await openOffice(t);
  await server.admin.setBookStart(book, 15);
  const [clerk, leader] = await Promise.all([signIn(server.url, 'communeClerk'), signIn(server.url, 'communeLeader')]);
  await lease(clerk, 'station-one');
  const issue = await approved(clerk, leader);
  const codes = [];
  for (const command of [issue(1, 14), issue(1, 65), issue(0, 15), issue(1, 15, bookId.parse(`${commune.code}/2026/khac`)), issue(1, 1, outgoingBook(province))]) {
    const [answer] = await clerk.push(command);
    codes.push(answer?.status === 'rejected' ? answer.error.code : answer?.status);
  }
  assert.deepEqual(codes, ['number.taken', 'number.reserve-used-up', 'number.old-epoch', 'number.no-book', 'number.no-book']);
});

test('a book taken over starts after the reserve, its unused numbers are void, and the old holder is refused', async (t) => {
  const server = await openOffice(t, { limits: { bookReserve: 5 } });
  const [clerk, leader] = await Promise.all([signIn(server.url, 'communeClerk'), signIn(server.url, 'communeLeader')]);
  await lease(clerk, 'station-lost');
  await clerk.push((await approved(clerk, leader))(1, 2));

  await server.admin.releaseBook(book);
  assert.deepEqual(await lease(clerk, 'station-new'), { book, epoch: 2, next: 6, reserveEnd: 10 });
  assert.deepEqual((await server.admin.readBook(book)).map((row) => [row.number, row.document !== null]), [[1, false], [2, true], [3, false], [4, false], [5, false]]);

  const late = await clerk.push((await approved(clerk, leader))(1, 6));
  assert.equal(late[0]?.status === 'rejected' ? late[0].error.code : '', 'number.old-epoch');
  const taken = await clerk.push((await approved(clerk, leader))(1, 3));
  assert.equal(taken[0]?.status === 'rejected' ? taken[0].error.code : '', 'number.taken');
});

test('a book that is given back goes to another station at the number after the last one seen, and its old epoch gives no more', async (t) => {
  const server = await openOffice(t);
  await server.admin.setBookStart(book, 15);
  const [clerk, leader] = await Promise.all([signIn(server.url, 'communeClerk'), signIn(server.url, 'communeLeader')]);
  await lease(clerk, 'station-one');
  await clerk.push((await approved(clerk, leader))(1, 15));
  const back = (station: string, epoch: number) => clerk.post('/v1/books/return', { book, station, epoch });
  assert.equal((await back('station-two', 1)).status, 409, 'it holds nothing');
  assert.equal((await back('station-one', 0)).status, 409, 'not under this epoch');
  assert.equal((await back('station-one', 1)).status, 204);
  assert.equal((await back('station-one', 1)).status, 204, 'asked again: the answer was lost');
  assert.deepEqual(await lease(clerk, 'station-two'), { book, epoch: 2, next: 16, reserveEnd: 65 });
  const late = await clerk.push((await approved(clerk, leader))(1, 16));
  assert.equal(late[0]?.status === 'rejected' ? late[0].error.code : '', 'number.old-epoch');
  assert.equal((await back('station-one', 1)).status, 409);
  assert.deepEqual((await server.admin.readBook(book)).map((row) => [row.number, row.document !== null]), [[15, true]], 'nothing is void');
});

test('numbers that the holder left out are void when it gives the book back', async (t) => {
  const server = await openOffice(t);
  const [clerk, leader] = await Promise.all([signIn(server.url, 'communeClerk'), signIn(server.url, 'communeLeader')]);
  await lease(clerk, 'station-one');
  await clerk.push((await approved(clerk, leader))(1, 3));
  assert.equal((await clerk.post('/v1/books/return', { book, station: 'station-one', epoch: 1 })).status, 204);
  assert.deepEqual((await server.admin.readBook(book)).map((row) => [row.number, row.document !== null]), [[1, false], [2, false], [3, true]]);
  assert.equal((await leader.post('/v1/books/return', { book, station: 'station-one', epoch: 1 })).status, 403);
});

test('who was lent a book, gave it back or took it from its holder stands in the audit', async (t) => {
  const dir = tempDir(t);
  const server = await openOffice(t, { dir });
  const clerk = await signIn(server.url, 'communeClerk');
  await lease(clerk, 'station-one');
  await lease(clerk, 'station-one');
  await server.admin.releaseBook(book, 'tinh.quantri');
  await lease(clerk, 'station-two');
  await clerk.post('/v1/books/return', { book, station: 'station-two', epoch: 2 });
  await server.close();
  const storage = openSqlite({ file: path.join(dir, 'server.db') });
  t.after(() => storage.close());
  const lines = (await storage.read((tx) => tx.audit.read(0, 1000))).filter(({ subject }) => subject === book);
  assert.deepEqual(lines.map(({ action, user, detail }) => [action, user, detail]), [
    ['book.leased', 'xa.vanthu', { epoch: 1, station: 'station-one' }],
    ['book.released', 'tinh.quantri', { epoch: 1, station: 'station-one' }],
    ['book.leased', 'xa.vanthu', { epoch: 2, station: 'station-two' }],
    ['book.returned', 'xa.vanthu', { epoch: 2, station: 'station-two' }],
  ]);
});
