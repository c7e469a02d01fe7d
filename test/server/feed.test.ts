import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { commandOf, commune, draftBody, newDocument, openOffice, signIn } from './office.ts';
import { digestOf, readAll } from './reading.ts';

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
  assert.deepEqual(after.changes.map((change) => [change.document, change.events.map((event) => event.type)]), [[first, ['submitted']]], 'only what the cursor had not');
  assert.equal(after.changes[0]?.from, 1);
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

test('of a document that changes while pages are read, all is given that the reader had not when it began', async (t) => {
  const { url } = await openOffice(t, { limits: { pageDocuments: 2 } });
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  const [a, b, c] = [newDocument(), newDocument(), newDocument()];
  const submit = (document: typeof a) => commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } });
  await clerk.push(...[a, b, c].map((document) => commandOf('communeClerk', document, fresh, draftBody(content))));
  await clerk.push(submit(a));
  const { held, cursor } = await readAll(clerk);
  assert.deepEqual(held.get(a)?.map((event) => event.type), ['drafted', 'submitted'], 'it was drafted before the first page ended');
  // the same from a cursor that is not the beginning
  const first = await clerk.push(submit(b), submit(c));
  assert.deepEqual(first.map((answer) => answer.status), ['applied', 'applied']);
  const d = newDocument();
  await clerk.push(commandOf('communeClerk', d, fresh, draftBody(content)));
  const after = await readAll(clerk, cursor, held);
  assert.deepEqual([a, b, c, d].map((id) => after.held.get(id)?.length), [2, 2, 2, 1]);
});

test('the digest of the last page is what anybody computes from the documents, and every page but the last has none', async (t) => {
  const { url, admin } = await openOffice(t, { limits: { pageDocuments: 2 } });
  const clerk = await signIn(url, 'communeClerk');
  assert.equal((await clerk.changes()).digest, '0'.repeat(32), 'nothing has the digest of nothing');
  const content = await clerk.upload(randomBytes(100));
  const documents = Array.from({ length: 5 }, newDocument);
  await clerk.push(...documents.map((document) => commandOf('communeClerk', document, fresh, draftBody(content))));
  assert.equal((await clerk.changes()).digest, undefined);
  for (let step = 0; step < 3; step++) {
    const { held, digest } = await readAll(clerk);
    assert.equal(digest, digestOf(held));
    const [next] = documents;
    assert.ok(next !== undefined);
    if (step === 0) await clerk.push(commandOf('communeClerk', next, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
    if (step === 1) await admin.withdraw(commune.code, next, 'withdrawn');
  }
});

test('a document that is withdrawn is told as gone with its reason, its content is given no more, and nothing brings it back', async (t) => {
  const { url, admin } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const content = await clerk.upload(randomBytes(100));
  const document = newDocument();
  const draft = commandOf('communeClerk', document, fresh, draftBody(content));
  await clerk.push(draft);
  const { next } = await clerk.changes();
  assert.equal((await clerk.get(`/v1/blobs/${content.sha256}`)).status, 200);

  assert.equal(await admin.withdraw(commune.code, document, 'scope', 'tinh.quantri'), true);
  const after = await clerk.changes(next);
  assert.deepEqual([after.changes, after.gone], [[], [{ document, gone: 'scope' }]]);
  assert.deepEqual((await clerk.changes()).gone, [], 'a new desk is not told of what it never had');
  assert.equal(after.digest, '0'.repeat(32));
  assert.equal((await clerk.get(`/v1/blobs/${content.sha256}`)).status, 404);
  const [again] = await clerk.push(commandOf('communeClerk', document, fresh, draftBody(content)));
  assert.deepEqual(again?.status === 'rejected' ? again.error.code : again?.status, 'not-found');
  const [submit] = await clerk.push(commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  assert.deepEqual(submit?.status === 'rejected' ? submit.error.code : submit?.status, 'not-found');
  assert.deepEqual((await clerk.push(draft))[0]?.status, 'applied', 'the first answer stands');
  assert.equal(await admin.withdraw(commune.code, document, 'withdrawn'), false);
});

test('a cursor is ours alone: forged, of another unit, of a later time or of another database it reads nothing', async (t) => {
  const { url } = await openOffice(t);
  const other = await openOffice(t);
  const [clerk, stranger, foreigner] = await Promise.all([signIn(url, 'communeClerk'), signIn(url, 'provinceClerk'), signIn(other.url, 'communeClerk')]);
  const content = await clerk.upload(randomBytes(100));
  await clerk.push(commandOf('communeClerk', newDocument(), fresh, draftBody(content)));
  const { next } = await clerk.changes();
  const [place = '', mac = ''] = next.split('.');
  const forged = [`0.${mac}`, `${place}.${mac.slice(0, -1)}${mac.endsWith('A') ? 'B' : 'A'}`, `0-${place}.${mac}`, `0${place}.${mac}`, `${place}.`, mac, (await foreigner.changes()).next];
  for (const cursor of forged) {
    const answer = await clerk.get(`/v1/changes?cursor=${encodeURIComponent(cursor)}`);
    assert.deepEqual([answer.status, (await answer.json() as { error: { code: string } }).error.code], [410, 'sync.resync'], cursor);
  }
  assert.equal((await stranger.get(`/v1/changes?cursor=${next}`)).status, 410);
  assert.equal((await stranger.get(`/v1/events?cursor=${next}`)).status, 410);
  assert.equal((await clerk.get(`/v1/changes?cursor=${next}`)).status, 200);
});
