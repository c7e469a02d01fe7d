import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLinks } from '../../../src-main/store/tables/links.ts';
import { life, newDocument } from '../random-logs.ts';
import { fileBefore, tables } from './helpers.ts';

test('step 100 makes room beside for a snapshot, and nothing is under way', (t) => {
  const { db, step } = fileBefore(t, 100, 'desk');
  const id = newDocument();
  createLinks(db).extend(id, life('Quyết định', 2), 0);
  step();
  for (const name of ['snapshot', 'snapshot_link', 'snapshot_event', 'snapshot_document', 'snapshot_assignee', 'snapshot_changed']) assert.ok(tables(db).includes(name), name);
  assert.equal(db.read<[], { n: number }>('SELECT count(*) AS n FROM snapshot').get()?.n, 0);
  assert.equal(createLinks(db).find(id)?.count, 2);
  assert.throws(() => db.script("INSERT INTO snapshot VALUES (2, '{}', 0, 0, '')"), 'one at a time');
});
