import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAudit } from '../../../src-main/store/tables/audit.ts';
import { fileBefore, tables } from './helpers.ts';

test('step 190 brings an audit that begins empty, and whose lines nobody changes or takes out', (t) => {
  const { db, step } = fileBefore(t, 190, 'desk');
  step();
  assert.ok(tables(db).includes('audit'));
  const audit = createAudit(db);
  assert.equal(audit.count(), 0);
  audit.append({ atMs: 1, unit: null, user: 'mai', action: 'register', subject: 'd', detail: { number: 5 } });
  audit.append({ atMs: 2, unit: null, user: 'mai', action: 'present', subject: 'd', detail: {} });
  assert.deepEqual(audit.read(0, 9).map(({ seq, action, detail }) => [seq, action, detail]), [[1, 'register', { number: 5 }], [2, 'present', {}]]);
  assert.deepEqual(audit.read(1, 9).map(({ seq }) => seq), [2]);
  assert.throws(() => db.script("UPDATE audit SET user = 'khac'"), /stays as it is/);
  assert.throws(() => db.script('DELETE FROM audit WHERE seq = 1'), /stays/);
});
