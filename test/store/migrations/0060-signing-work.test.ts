import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileBefore, tables } from './helpers.ts';

test('step 60 adds the run of signatures and the data to be added, and leaves documents, outbox and settings as they were', (t) => {
  const { db, step } = fileBefore(t, 60, 'desk');
  db.script("INSERT INTO setting (key, value) VALUES ('station', 'một máy'); INSERT INTO outbox (id, document, state, title, command, unit) VALUES ('a', 'd', 'waiting', 'Công văn', '{}', '{}')");
  step();
  for (const name of ['batch', 'batch_item', 'augmentation']) assert.ok(tables(db).includes(name), name);
  assert.equal(db.read<[], { value: string }>("SELECT value FROM setting WHERE key = 'station'").get()?.value, 'một máy');
  assert.equal(db.read<[], { title: string }>('SELECT title FROM outbox').get()?.title, 'Công văn');
  assert.deepEqual(['batch', 'batch_item', 'augmentation'].map((name) => db.read<[], { n: number }>(`SELECT count(*) AS n FROM ${name}`).get()?.n), [0, 0, 0]);
  db.script("INSERT INTO batch (row, id, mode, state, thumbprint, started_at) VALUES (1, 'b', 'all', 'running', '00', ''); INSERT INTO batch_item (batch, seq, document, title, content, status) VALUES (1, 0, 'd', '', '', 'waiting')");
  db.script('DELETE FROM batch');
  assert.equal(db.read<[], { n: number }>('SELECT count(*) AS n FROM batch_item').get()?.n, 0, 'the items go with their run');
});
