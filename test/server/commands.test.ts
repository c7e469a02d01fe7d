import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { replay } from '../support/rules.ts';
import { commandOf, contentOf, draftBody, newDocument, openOffice, signIn, tempDir, seed } from './office.ts';
import { createServer } from '../../src-server/server.ts';

const fresh = { workflow: 0, assignment: 0 };

test('the same command pushed again has one effect and gets the first answer', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const draft = commandOf('communeClerk', newDocument(), fresh, draftBody(await clerk.upload(randomBytes(1000))));

  const first = await clerk.push(draft);
  const again = await clerk.push(draft, draft);

  assert.deepEqual(first, [{ id: draft.id, status: 'applied' }]);
  assert.deepEqual(again, [first[0], first[0]]);
  const feed = await clerk.changes();
  assert.equal(feed.changes.length, 1);
  assert.equal(feed.changes[0]?.events.length, 1);
});

test('the first answer outlives the process', async (t) => {
  const dir = tempDir(t);
  const before = await createServer({ dir });
  await seed(before);
  let clerk = await signIn(before.url, 'communeClerk');
  const draft = commandOf('communeClerk', newDocument(), fresh, draftBody(await clerk.upload(randomBytes(1000))));
  await clerk.push(draft);
  const { next } = await clerk.changes();
  await before.close();

  const after = await createServer({ dir });
  t.after(() => after.close());
  clerk = await signIn(after.url, 'communeClerk');
  assert.deepEqual(await clerk.push(draft), [{ id: draft.id, status: 'applied' }]);
  assert.deepEqual((await clerk.changes(next)).changes, [], 'the cursor of before still stands');
});

test('a command id used for other content is refused and has no effect', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(1000));
  const draft = commandOf('communeClerk', newDocument(), fresh, draftBody(content));
  await clerk.push(draft);

  const other = commandOf('communeClerk', newDocument(), fresh, draftBody(content), { id: draft.id });
  const [answer] = await clerk.push(other);

  assert.deepEqual(answer, { id: draft.id, status: 'rejected', error: { code: 'idempotency.mismatch' } });
  assert.equal((await clerk.changes()).changes.length, 1);
});

test('a command made against an older state is a conflict that says what stands', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const document = newDocument();
  const content = await clerk.upload(randomBytes(1000));
  await clerk.push(commandOf('communeClerk', document, fresh, draftBody(content)));
  await clerk.push(commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));

  const stale = commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'revise', args: { content } });
  assert.deepEqual(await clerk.push(stale), [{ id: stale.id, status: 'conflict', current: { workflow: 2, assignment: 0 } }]);
  assert.deepEqual(await clerk.push(stale), [{ id: stale.id, status: 'conflict', current: { workflow: 2, assignment: 0 } }]);
});

test('a command whose content is not on the server waits, and so does what depends on it', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const document = newDocument();
  const bytes = randomBytes(1000);
  const content = contentOf(bytes);
  const draft = commandOf('communeClerk', document, fresh, draftBody(content));
  const submit = commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }, { dependsOn: draft.id });
  const unlinked = { ...submit, dependsOn: null };

  assert.deepEqual((await clerk.push(draft, submit)).map((answer) => answer.status), ['retry', 'retry']);
  assert.deepEqual((await clerk.push(draft, unlinked)).map((answer) => answer.status), ['retry', 'retry']);
  await clerk.upload(bytes);
  assert.deepEqual((await clerk.push(draft, submit)).map((answer) => answer.status), ['applied', 'applied']);
});

test('what depends on a refused command is a conflict, and other documents go on', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(1000));
  const document = newDocument();
  // a clerk may not approve
  const approve = commandOf('communeClerk', document, fresh, { type: 'approve', args: { content, signer: 'x' } });
  const send = commandOf('communeClerk', document, { workflow: 0, assignment: 0 }, { type: 'submit', args: { content } }, { dependsOn: approve.id });
  const elsewhere = commandOf('communeClerk', newDocument(), fresh, draftBody(content));

  const answers = await clerk.push(approve, send, elsewhere);
  assert.deepEqual(answers.map((answer) => answer.status), ['rejected', 'conflict', 'applied']);
});

test('nobody gives a command in the name of another person, role or unit', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(1000));
  const mine = commandOf('communeClerk', newDocument(), fresh, draftBody(content));
  const forged = [
    commandOf('communeLeader', newDocument(), fresh, draftBody(content)),
    commandOf('provinceClerk', newDocument(), fresh, draftBody(content)),
    { ...mine, actor: { ...mine.actor, role: 'leader' as const } },
  ];
  for (const command of forged) {
    assert.deepEqual(await clerk.push(command), [{ id: command.id, status: 'rejected', error: { code: 'not-allowed' } }]);
  }
  // a stranger's try does not use up the key, and the name shown is the directory's
  const [answer] = await clerk.push({ ...mine, actor: { ...mine.actor, fullName: 'Chủ tịch tỉnh' } });
  assert.equal(answer?.status, 'applied');
  assert.equal((await clerk.changes()).changes[0]?.events[0]?.by?.fullName, 'Người xa.vanthu');
});

test('a document of one unit cannot be met or blocked from another', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const stranger = await signIn(url, 'provinceClerk');
  const document = newDocument();
  await clerk.push(commandOf('communeClerk', document, fresh, draftBody(await clerk.upload(randomBytes(10)))));

  const theirs = commandOf('provinceClerk', document, fresh, draftBody(await stranger.upload(randomBytes(10))));
  assert.deepEqual(await stranger.push(theirs), [{ id: theirs.id, status: 'applied' }]);
  const state = replay(document, (await clerk.changes()).changes[0]?.events ?? []);
  assert.equal(state?.unit.code, 'H48.60.12');
});

test('a malformed or oversized batch is refused whole, with the place', async (t) => {
  const { url } = await openOffice(t, { limits: { pushBytes: 4096 } });
  const clerk = await signIn(url, 'communeClerk');
  const malformed = await clerk.post('/v1/push', { commands: [{ id: 'x' }] });
  assert.equal(malformed.status, 400);
  assert.equal((await malformed.json() as { error: { code: string } }).error.code, 'input.invalid');
  const large = await clerk.post('/v1/push', { commands: [], padding: 'x'.repeat(5000) });
  assert.equal(large.status, 413);
  assert.equal((await clerk.post('/v1/push', { commands: [] })).status, 400);
  assert.equal((await fetch(`${url}/v1/changes`)).status, 401);
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
  assert.equal((await fetch(`${url}/v1/push`, { headers: clerk.auth })).status, 405);
});
