import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftBody, newDocument, openOffice, signIn } from '../server/office.ts';
import { openDesk, until } from '../sync/desk.ts';
import { bytesOf, feedOf, openReadyStation, packed, stationOver } from './support.ts';

test('made through an outage, passed on by another desk, and then the author’s own line comes back: everything once, nothing sent again', async (t) => {
  const server = await openOffice(t);
  const author = await signIn(server.url, 'communeClerk');
  const desk = await openDesk(t, server.url, 'communeClerk');
  const station = stationOver(desk.store, author, desk.line.url);
  assert.ok((await station.packages.prepare()).ok);
  desk.sync.start();
  await until(desk, () => desk.sync.status().lastSyncAt !== null);

  desk.line.cut();
  const documents = [];
  for (let n = 0; n < 5; n += 1) {
    const document = newDocument();
    const content = await desk.importContent(bytesOf(`outage ${n}`, 200_000));
    const draft = desk.act(document, draftBody(content));
    desk.act(document, { type: 'submit', args: { content } });
    assert.ok(draft.id);
    documents.push(document);
  }
  await desk.sync.kick();
  assert.equal(desk.store.desk.outbox().length, 10);
  assert.deepEqual(station.packages.waiting(), { commands: 10, documents: 5, contents: 5, contentBytes: 1_000_000 });
  const file = packed(station);

  // the stick: another office's desk, which has a line
  const { station: carrier } = await openReadyStation(t, server.url, 'departmentClerk');
  const carriage = await carrier.packages.carry(file.subarray(0, 8192));
  assert.ok(carriage.ok);
  while (carriage.value.offset() < file.length) assert.ok((await carriage.value.send(file.subarray(carriage.value.offset(), carriage.value.offset() + 300_000))).ok);
  const answers = await carriage.value.finish();
  assert.ok(answers.ok);
  assert.deepEqual(answers.value.map(({ status }) => status), Array.from({ length: 10 }, () => 'applied'));
  const feed = await feedOf(author);
  assert.deepEqual([...feed.keys()].sort(), [...documents].sort());

  const before = desk.line.bytes().up;
  desk.line.mend();
  void desk.sync.kick();
  await until(desk, () => desk.store.desk.outbox().length === 0);
  assert.deepEqual([...(await feedOf(author))], [...feed], 'nothing happened a second time');
  for (const document of documents) {
    assert.equal(desk.state(document).stage, 'submitted');
    assert.deepEqual(desk.store.desk.readHistory(document).map(({ type }) => type), ['drafted', 'submitted']);
  }
  // five files of 200 kB did not cross the line again
  const sent = desk.line.bytes().up - before;
  assert.ok(sent < 60_000, `${sent} bytes up`);
  assert.deepEqual([station.packages.last()?.commands, station.packages.last()?.open], [10, 0]);
  assert.deepEqual(station.packages.waiting().commands, 0);
});
