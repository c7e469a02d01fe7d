import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileBefore, tables } from './helpers.ts';

test('step 20 adds the outbox, the books and the cursor, and keeps the log', (t) => {
  const { db, step } = fileBefore(t, 20, 'desk');
  db.script("INSERT INTO event VALUES ('d', 'server', 0, NULL, '{}')");
  step();
  for (const name of ['outbox', 'book', 'cursor']) assert.ok(tables(db).includes(name), name);
  assert.equal(db.read<[], { n: number }>('SELECT count(*) AS n FROM event').get()?.n, 1);
  const add = (id: string, state: string, problem: string): void =>
    db.script(`INSERT INTO outbox (id, document, state, title, command, unit, problem) VALUES ('${id}', 'd', '${state}', '', '{}', '{}', ${problem})`);
  add('a', 'waiting', 'NULL');
  assert.throws(() => add('a', 'waiting', 'NULL'), 'a command is in it once');
  assert.throws(() => add('b', 'problem', 'NULL'), 'a problem says why');
  assert.throws(() => db.script("INSERT INTO cursor VALUES (2, 'x')"), 'there is one cursor');
});
