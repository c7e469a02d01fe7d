import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { commandOf, draftBody, newDocument, openOffice, signIn } from './office.ts';

const fresh = { workflow: 0, assignment: 0 };

test('the feed gives every document of the unit once, page by page, and then only what changed', async (t) => {
  const { url } = await openOffice(t, { limits: { pageDocuments: 3 } });
  const clerk = await signIn(url, 'communeClerk');
  const stranger = await signIn(url, 'provinceClerk');
  const content = await clerk.upload(randomBytes(100));
  const documents = Array.from({ length: 8 }, newDocument);
  await clerk.push(...documents.map((document) => commandOf('communeClerk', document, fresh, draftBody(content))));

  const seen: string[] = [];
  let cursor: string | null = null;
  for (let more = true, pages = 0; more && pages < 10; pages++) {
    const page: Awaited<ReturnType<typeof clerk.changes>> = await clerk.changes(cursor);
    seen.push(...page.changes.map((change) => change.document));
    cursor = page.next;
    more = page.hasMore;
  }
  assert.deepEqual(seen, documents);
  assert.deepEqual(await clerk.changes(cursor).then((page) => [page.changes, page.hasMore, page.next]), [[], false, cursor]);

  const [first] = documents;
  assert.ok(first !== undefined);
  await clerk.push(commandOf('communeClerk', first, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  const after = await clerk.changes(cursor);
  assert.deepEqual(after.changes.map((change) => [change.document, change.events.map((event) => event.type)]), [[first, ['drafted', 'submitted']]]);
  assert.deepEqual((await stranger.changes()).changes, []);
});

test('a document that changes while pages are read is met again, never missed', async (t) => {
  const { url } = await openOffice(t, { limits: { pageDocuments: 2 } });
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  const [a, b, c] = [newDocument(), newDocument(), newDocument()];
  await clerk.push(...[a, b, c].map((document) => commandOf('communeClerk', document, fresh, draftBody(content))));
  const first = await clerk.changes();
  await clerk.push(commandOf('communeClerk', a, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  const second = await clerk.changes(first.next);
  assert.deepEqual([first, second].map((page) => page.changes.map((change) => change.document)), [[a, b], [c, a]]);
});

test('a cursor that this database did not give asks to begin again', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  for (const cursor of ['%00', 'bm90b3Vycy4x', Buffer.from('x.-1').toString('base64url')]) {
    assert.equal((await clerk.get(`/v1/changes?cursor=${cursor}`)).status, 410);
  }
  assert.equal((await clerk.get('/v1/changes?limit=0')).status, 400);
});

test('a waiting desk is woken by a change of its own unit', async (t) => {
  const { url } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  const { next } = await clerk.changes();
  const woken = clerk.get(`/v1/changes/wait?cursor=${next}`);
  await clerk.push(commandOf('communeClerk', newDocument(), fresh, draftBody(content)));
  assert.deepEqual(await (await woken).json(), { changed: true });
  assert.deepEqual(await (await clerk.get(`/v1/changes/wait?cursor=${next}`)).json(), { changed: true });
});

test('waiting ends without a change after its time, and at once when the server closes', async (t) => {
  const short = await openOffice(t, { limits: { waitMs: 20 } });
  const clerk = await signIn(short.url, 'communeClerk');
  const { next } = await clerk.changes();
  assert.deepEqual(await (await clerk.get(`/v1/changes/wait?cursor=${next}`)).json(), { changed: false });

  let asked = () => {};
  const arrived = new Promise<void>((resolve) => (asked = resolve));
  const long = await openOffice(t, { clock: () => (asked(), new Date()) });
  const other = await signIn(long.url, 'communeClerk');
  asked = () => {};
  const gate = new Promise<void>((resolve) => (asked = resolve));
  const waiting = other.get(`/v1/changes/wait?cursor=${(await other.changes()).next}`);
  await Promise.all([arrived, gate]);
  const started = performance.now();
  await Promise.all([long.close(), waiting.then((r) => r.text(), () => '')]);
  assert.ok(performance.now() - started < 5000);
});
