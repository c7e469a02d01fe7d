import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { commune, draftBody, newDocument, openOffice, signIn } from '../server/office.ts';
import { answering, drafts, refusing } from './answers.ts';
import { openDesk } from './desk.ts';

test('a draft that was taken away before its author’s feed had come to it, and that a snapshot passed over, leaves its author’s desk as well (I12)', async (t) => {
  const server = await openOffice(t);
  await drafts(server.url, 'communeLeader', 2);
  const document = newDocument();
  let lost: 'not yet' | 'now' | 'told' = 'not yet';
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(async ({ path, ask }) => {
    if (path === '/v1/push' && lost === 'not yet') {
      const answer = await ask();
      assert.equal(await server.admin.withdraw(commune.code, document, 'withdrawn'), true);
      lost = 'now';
      return answer;
    }
    if (path !== '/v1/changes' || lost !== 'now') return null;
    lost = 'told';
    return refusing(410, 'sync.resync');
  }) });
  await desk.sync.kick();
  const content = await desk.importContent(randomBytes(3000));
  desk.act(document, draftBody(content));
  const told: string[] = [];
  desk.sync.onChanged((ids) => told.push(...ids));
  await desk.sync.kick();
  assert.equal(desk.store.desk.findDocument(document), null);
  assert.deepEqual([desk.store.desk.outbox(), desk.store.blobs.has(content.sha256), told.at(-1)], [[], false, document]);
});

test('what took effect on a document that was taken away before the answer came leaves nothing behind', async (t) => {
  const server = await openOffice(t);
  const bytes = randomBytes(3000);
  const [document] = await drafts(server.url, 'communeClerk', 1, bytes);
  assert.ok(document !== undefined);
  let lost = true;
  const desk = await openDesk(t, server.url, 'communeLeader', { fetch: answering(async ({ path, ask }) => {
    if (path !== '/v1/push' || !lost) return null;
    lost = false;
    await ask();
    assert.equal(await server.admin.withdraw(commune.code, document, 'withdrawn'), true);
    throw new TypeError('the answer was lost');
  }) });
  await desk.sync.kick();
  const { content } = desk.state(document);
  desk.act(document, { type: 'submit', args: { content } });
  await desk.sync.kick();
  assert.equal(lost, false);
  // without a line known to be there the desk asks the feed first, and hears of the withdrawal before it hears of its own submission
  await desk.sync.kick();
  assert.deepEqual([desk.store.desk.findDocument(document), desk.store.desk.outbox(), desk.store.blobs.has(content.sha256)], [null, [], false]);
});

test('a “yes” of which the feed knows nothing is asked for once more before it is believed that the document is gone', async (t) => {
  const server = await openOffice(t);
  await drafts(server.url, 'communeLeader', 2);
  let pushes = 0;
  const desk = await openDesk(t, server.url, 'communeClerk', { fetch: answering(({ path }) => {
    if (path !== '/v1/push') return null;
    pushes += 1;
    // as from a server that was set back to what it had been before
    return pushes === 1 ? Response.json({ answers: [{ id: command.id, status: 'applied' }] }) : null;
  }) });
  await desk.sync.kick();
  const document = newDocument();
  const command = desk.act(document, draftBody(await desk.importContent(randomBytes(3000))));
  await desk.sync.kick();
  assert.equal(pushes, 2);
  assert.deepEqual(desk.store.desk.readHistory(document).map((event) => event.command), [command.id]);
  const leader = await signIn(server.url, 'communeLeader');
  assert.ok((await leader.changes()).changes.some((change) => change.document === document), 'the server has it now');
});
