import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileBefore, tables } from './helpers.ts';

test('step 40 makes the content tables, and a chunk that is used cannot go', (t) => {
  const { db, step } = fileBefore(t, 40, 'blobs');
  step();
  assert.deepEqual(tables(db), ['blob', 'blob_chunk', 'chunk', 'migration', 'staging', 'staging_chunk']);
  db.script("INSERT INTO blob VALUES (1, 'aa', 3); INSERT INTO chunk VALUES (1, x'01', x'010203'); INSERT INTO blob_chunk VALUES (1, 0, 1)");
  assert.throws(() => db.script('DELETE FROM chunk'));
});
