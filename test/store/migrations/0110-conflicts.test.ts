import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOutboxReader } from '../../../src-main/store/tables/outbox.ts';
import { fileBefore } from './helpers.ts';

test('step 110 makes a clash of what was in conflict before, and of nothing else', (t) => {
  const { db, step } = fileBefore(t, 110, 'desk');
  const add = db.write<[string, string, string, string | null]>("INSERT INTO outbox (id, document, state, title, command, unit, problem) VALUES (?, 'd', ?, 'Công văn', ?, '{}', ?)");
  const [clash, refused] = ['{"code":"sync.conflict"}', '{"code":"not-allowed"}'];
  add.run('lost', 'problem', '{"type":"assign"}', clash);
  add.run('refused', 'problem', '{"type":"assign"}', refused);
  add.run('added', 'problem', '{"type":"augment"}', clash);
  add.run('waits', 'waiting', '{"type":"assign"}', null);
  step();
  const outbox = createOutboxReader(db);
  assert.deepEqual(outbox.lost().map(({ command, title }) => [command, title]), [[{ type: 'assign' }, 'Công văn']]);
  assert.ok((outbox.lost()[0]?.lostAtMs ?? 0) > 1_700_000_000_000);
  assert.deepEqual(db.read<[], { state: string }>('SELECT state FROM outbox ORDER BY seq').all().map(({ state }) => state), ['problem', 'problem', 'problem', 'waiting']);
});
