import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyDigest } from '../../../src-shared/protocol/digest.ts';
import { createLinks } from '../../../src-main/store/tables/links.ts';
import { digestOf, life, newDocument } from '../random-logs.ts';
import { fileBefore, tables } from './helpers.ts';

test('step 90 reckons chain and digest of the logs that are here, and finds the contents that they name along an index', (t) => {
  const { db, step } = fileBefore(t, 90, 'desk');
  const logs = new Map([[newDocument(), life('Quyết định', 1)], [newDocument(), life('Công văn', 4)], [newDocument(), life('Giấy mời', 2)]]);
  const add = db.write<[string, string, number, string]>('INSERT INTO event (document, origin, position, json) VALUES (?, ?, ?, ?)');
  for (const [id, events] of logs) for (const [position, event] of events.entries()) add.run(id, 'server', position, JSON.stringify(event));
  // ours alone is no part of what the server has said
  add.run(newDocument(), 'local', 0, JSON.stringify(life('Của tôi', 1)[0]));
  db.script("INSERT INTO cursor VALUES (1, 'c7')");
  step();
  for (const name of ['link', 'standing', 'tombstone', 'dropped_content']) assert.ok(tables(db).includes(name), name);
  const links = createLinks(db);
  assert.equal(links.digest(), digestOf(logs));
  assert.notEqual(links.digest(), emptyDigest);
  assert.deepEqual([...logs.keys()].map((id) => links.find(id)?.count), [1, 4, 2]);
  assert.equal(links.scope(), null);
  assert.equal(db.read<[], { value: string }>('SELECT value FROM cursor').get()?.value, 'c7');
  const plan = db.read<[], { detail: string }>("EXPLAIN QUERY PLAN SELECT 1 FROM event WHERE json_extract(json, '$.content.sha256') = 'x'").all().map((row) => row.detail).join();
  assert.match(plan, /USING.*INDEX event_by_content/);
});

test('step 90 of an empty file has the digest of nothing', (t) => {
  const { db, step } = fileBefore(t, 90, 'desk');
  step();
  assert.equal(createLinks(db).digest(), emptyDigest);
});
