import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileBefore, tables } from './helpers.ts';

test('step 30 adds the directory, settings and reports, and keeps the cursor', (t) => {
  const { db, step } = fileBefore(t, 30, 'desk');
  db.script("INSERT INTO cursor VALUES (1, 'c7')");
  step();
  for (const name of ['organization', 'organization_search', 'person', 'setting', 'report']) assert.ok(tables(db).includes(name), name);
  assert.equal(db.read<[], { value: string }>('SELECT value FROM cursor').get()?.value, 'c7');
});
