import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overBoth } from '../storage/backends.ts';
import { openRound } from './desks.ts';
import { commune } from './office.ts';

overBoth((backend) => {
  test('who lost sight of a document while an update of it waited is not waited for when it is then asked back', async (t) => {
    const round = await openRound(t, backend);
    const { document, arrived } = await round.deliver();
    await round.register(arrived);
    await round.sender.done(document, { type: 'askChange', args: { change: 'update', reason: 'Sai trích yếu', fields: { title: 'Tên đúng' } } });
    assert.deepEqual(await round.known(document), ['13', 'Sai trích yếu']);
    assert.equal(await round.server.admin.withdraw(commune.code, arrived, 'withdrawn'), true);
    await round.sender.done(document, { type: 'askChange', args: { change: 'recall', reason: 'Ban hành nhầm' } });
    assert.deepEqual(await round.known(document), ['03', ''], 'it stands as it stood before the first question, which nobody can answer either');
  });
});
