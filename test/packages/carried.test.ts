import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentOf, openOffice, signIn } from '../server/office.ts';
import { bring, bytesOf, feedOf, openReadyStation, openStation, packed, type Station } from './support.ts';
import type { Carriage } from '../../src-main/ports/packages.ts';

test('what was done without a line has its effect once, whoever brings it and however often', async (t) => {
  const server = await openOffice(t);
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  const { document, content } = await station.draft(bytesOf('draft', 700_000));
  const file = packed(station);
  const carrier = await signIn(server.url, 'departmentClerk');

  const first = await bring(carrier, server.url, file);
  assert.deepEqual(first.answers.map(({ status }) => status), ['applied', 'applied']);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  assert.equal((await client.get(`/v1/blobs/${content.sha256}`)).headers.get('content-length'), '700000');

  const again = await bring(await signIn(server.url, 'provinceClerk'), server.url, file);
  assert.deepEqual(again, first);
  const byItsAuthor = await bring(client, server.url, file);
  assert.deepEqual(byItsAuthor, first);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  // who carries gets none of it to see
  assert.deepEqual([...(await feedOf(carrier))], []);
  assert.equal((await carrier.get(`/v1/blobs/${content.sha256}`)).status, 404);
});

test('sent by line before the package arrives, it changes nothing', async (t) => {
  const server = await openOffice(t);
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  const { document, content, commands } = await station.draft(bytesOf('line', 50_000));
  const file = packed(station);
  await client.upload(bytesOf('line', 50_000));
  assert.deepEqual((await client.push(...commands)).map(({ status }) => status), ['applied', 'applied']);
  const brought = await bring(await signIn(server.url, 'departmentClerk'), server.url, file);
  assert.deepEqual(brought.answers.map(({ status }) => status), ['applied', 'applied']);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  assert.equal(content.sizeBytes, 50_000);
});

test('what is in a package can no longer be taken back, and waits for the server’s word', async (t) => {
  const server = await openOffice(t);
  const { station } = await openReadyStation(t, server.url, 'communeClerk');
  const { document } = await station.draft(bytesOf('held', 1000));
  const held = station.store.desk.undoable(document);
  assert.deepEqual(held.map(({ type }) => type), ['submit']);
  packed(station);
  assert.deepEqual(station.store.desk.undoable(document), []);
  assert.equal(station.store.desk.undo(document, held.map(({ command }) => command)), false);
  assert.equal(station.store.desk.outbox().length, 2);
  assert.ok(station.store.desk.outbox().every(({ sync }) => sync === 'sending' || sync === 'confirming'));
  assert.deepEqual([station.packages.last()?.commands, station.packages.last()?.open], [2, 2]);
});

test('of a file that continues one that the server has, only the tail is carried, unless all is asked for', async (t) => {
  const server = await openOffice(t);
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  const bytes = bytesOf('scan', 2_000_000);
  const { document, content } = await station.draft(bytes);
  await bring(client, server.url, packed(station));
  // the feed brings what is settled, as sync does it
  const page = await client.changes();
  for (const { command } of station.store.desk.outbox()) station.store.desk.settle({ id: command.id, status: 'applied' });
  station.store.desk.applyChanges(page.changes, page.next);
  assert.deepEqual(station.store.desk.outbox(), []);

  const signed = Buffer.concat([bytes, bytesOf('tail', 3000)]);
  const next = await station.keep(signed, content);
  station.act(document, { type: 'returnToDrafter', args: { reason: 'Sửa thể thức' } });
  station.act(document, { type: 'revise', args: { content: next } }, station.store.desk.outbox()[0]?.command.id ?? null);
  const tail = packed(station);
  assert.ok(tail.length < 8000, `${tail.length} bytes`);
  const whole = packed(station, true);
  assert.ok(whole.length > signed.length);
  const leader = await openReadyStation(t, server.url, 'communeLeader');
  assert.equal(leader.station.packages.waiting().commands, 0);
  assert.equal(leader.station.packages.make({ whole: false }).ok, false);
  const brought = await bring(client, server.url, tail);
  assert.equal(brought.code, null);
  assert.equal((await client.get(`/v1/blobs/${next.sha256}`, {}, { method: 'HEAD' })).status, brought.answers.every(({ status }) => status === 'applied') ? 200 : 404);
  assert.equal(next.sha256, contentOf(signed).sha256);
});

test('a carriage that was cut goes on where it was, piece by piece', async (t) => {
  const server = await openOffice(t);
  const { station, client } = await openReadyStation(t, server.url, 'communeClerk');
  const { document } = await station.draft(bytesOf('pieces', 1_500_000));
  const file = packed(station);
  // every third call is lost, before it arrives or after
  let calls = 0;
  const flaky: typeof fetch = async (input, init) => {
    calls += 1;
    if (calls % 3 === 1 && calls % 2 === 0) throw new TypeError('cut before');
    const answer = await fetch(input, init);
    if (calls % 3 === 1) throw new TypeError('cut after');
    return answer;
  };
  const carrier = await openStation(t, await signIn(server.url, 'departmentClerk'), server.url, flaky);
  const carriage = await untilOk(() => carrier.packages.carry(file.subarray(0, 8192)));
  assert.equal(carriage.header.unit.code, 'H48.60.12');
  const resumed = await sendAll(carrier, carriage, file);
  const answers = await untilOk(() => resumed.finish());
  assert.deepEqual(answers.map(({ status }) => status), ['applied', 'applied']);
  assert.deepEqual([...(await feedOf(client))], [[document, ['drafted', 'submitted']]]);
  assert.ok(calls > 8);
});

/** Begins anew after every failure, as a person does with the button. */
async function sendAll(carrier: Station, begun: Carriage, file: Uint8Array): Promise<Carriage> {
  let carriage = begun;
  for (let tries = 0; tries < 200; tries += 1) {
    const at = carriage.offset();
    if (at === file.length) return carriage;
    const sent = await carriage.send(file.subarray(at, at + 200_000));
    if (!sent.ok) carriage = await untilOk(() => carrier.packages.carry(file.subarray(0, 8192)));
  }
  throw new Error('never got through');
}

async function untilOk<T>(work: () => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: { readonly code: string } }>): Promise<T> {
  let last = '';
  for (let tries = 0; tries < 20; tries += 1) {
    const result = await work();
    if (result.ok) return result.value;
    last = result.error.code;
  }
  throw new Error(last);
}
