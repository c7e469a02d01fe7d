import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { BlobStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createSync } from '../../src-main/sync/sync.ts';
import { commandOf, commune, contentOf, draftBody, newDocument, openOffice, password, people, signIn, tempDir } from '../server/office.ts';
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

test('a file that is being put together while its document is taken away does not stay (I12)', async (t) => {
  const server = await openOffice(t);
  const base = randomBytes(3000);
  // of two documents, one of which stays
  const [document] = await drafts(server.url, 'communeClerk', 2, base);
  assert.ok(document !== undefined);
  const opened = openProfileStore({ dir: tempDir(t), key: randomBytes(32) });
  assert.ok(opened.ok);
  const { desk, blobs } = opened.value;
  const [began, withdrawn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // a base of hundreds of megabytes is read for half a second
  const slow: BlobStore = { ...blobs, putWithBase: async (...given) => {
    began.resolve();
    await withdrawn.promise;
    return blobs.putWithBase(...given);
  } };
  const sync = createSync({ serverUrl: server.url, credentials: { user: people.communeLeader.user, password }, station: 'station-leader', store: { ...opened.value, blobs: slow } });
  t.after(async () => {
    await sync.stop();
    opened.value.close();
  });
  await sync.kick();
  assert.ok(blobs.has(contentOf(base).sha256));

  const clerk = await signIn(server.url, 'communeClerk');
  const signed = await clerk.upload(Buffer.concat([base, randomBytes(500)]), contentOf(base));
  await clerk.push(commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content: signed } }));
  const first = sync.kick();
  await began.promise;
  assert.equal(await server.admin.withdraw(commune.code, document, 'withdrawn'), true);
  const gone = Promise.withResolvers<void>();
  sync.onChanged(() => (desk.findDocument(document) === null ? gone.resolve() : undefined));
  const second = sync.kick();
  await gone.promise;
  withdrawn.resolve();
  await Promise.all([first, second]);
  assert.deepEqual([blobs.has(contentOf(base).sha256), blobs.has(signed.sha256)], [true, false]);
});
