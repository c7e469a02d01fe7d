import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyMissing, countApplied, type Migration } from '../../src-main/store/migrate.ts';
import { migrations } from '../../src-main/store/migrations/index.ts';
import { fileBefore, tables } from './migrations/helpers.ts';

const step = (number: number, sql: string): Migration => ({ number, name: `step ${number}`, file: 'desk', sql });

test('steps are numbered by tens, upwards, each with a name of its own', () => {
  assert.deepEqual(migrations.map((one) => one.number), [...new Set(migrations.map((one) => one.number))].sort((a, b) => a - b));
  for (const one of migrations) assert.equal(one.number % 10, 0);
  assert.equal(new Set(migrations.map((one) => one.name)).size, migrations.length);
});

test('when a step fails, none of the new ones is applied', (t) => {
  const { db } = fileBefore(t, 10, 'desk');
  assert.throws(() => applyMissing(db, [step(10, 'CREATE TABLE a (x INTEGER) STRICT'), step(20, 'CREATE NONSENSE')], 0));
  assert.deepEqual(tables(db), []);
  const known = [step(10, 'CREATE TABLE a (x INTEGER) STRICT')];
  applyMissing(db, known, 0);
  assert.deepEqual(countApplied(db, known, 'f'), { ok: true, value: 1 });
});
