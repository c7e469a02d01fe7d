import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDeskStore } from '../../../src-main/store/desk.ts';
import { fileBefore, tables } from './helpers.ts';

test('step 220 brings figures of which nothing is counted yet, and everything is to be', (t) => {
  const { db, step } = fileBefore(t, 220, 'desk');
  db.script(`INSERT INTO tally (direction, stage, documents) VALUES ('incoming', 'arrived', 3)`);
  step();
  for (const table of ['figure_word', 'figure_tally', 'figure_given', 'figure_entry', 'figure_due', 'figure_walk']) assert.ok(tables(db).includes(table), table);
  const desk = createDeskStore(db, 'nowhere');
  assert.deepEqual(desk.figureStanding(), { left: 3, total: 3 });
});
