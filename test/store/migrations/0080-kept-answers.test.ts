import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileBefore, tables } from './helpers.ts';

test('step 80 makes room for what services said, and an answer that is used keeps its proof', (t) => {
  const { db, step } = fileBefore(t, 80, 'desk');
  db.script("INSERT INTO setting (key, value) VALUES ('station', 'một máy')");
  step();
  for (const name of ['authority_answer', 'authority_proof']) assert.ok(tables(db).includes(name), name);
  assert.equal(db.read<[], { value: string }>("SELECT value FROM setting WHERE key = 'station'").get()?.value, 'một máy');
  db.script("INSERT INTO authority_proof VALUES (1, 'ab', 'ocsp', x'30'); INSERT INTO authority_answer VALUES ('c', 'i', 1, 1, NULL, 2)");
  assert.throws(() => db.script('DELETE FROM authority_proof'));
  assert.throws(() => db.script("INSERT INTO authority_answer VALUES ('c', 'i', 1, 1, NULL, 3)"), 'one answer a certificate and issuer');
});
