import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileBefore, tables } from './helpers.ts';

test('step 10 makes the log, the documents and their search from an empty file', (t) => {
  const { db, step } = fileBefore(t, 10, 'desk');
  assert.deepEqual(tables(db), []);
  step();
  assert.deepEqual(tables(db), ['assignee', 'document', 'document_search', 'event', 'migration']);
  assert.throws(() => db.script("INSERT INTO event VALUES ('d', 'elsewhere', 0, NULL, '{}')"), 'an event is the server\'s or ours');
  db.script("INSERT INTO event VALUES ('d', 'server', 0, NULL, '{}')");
  assert.throws(() => db.script("INSERT INTO event VALUES ('d', 'server', 0, NULL, '{}')"), 'a place in the log is taken once');
});
