import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import type { CommandAnswer } from '../../src-shared/protocol/wire.ts';
import { commandOf, commune, contentOf, draftBody, newDocument, outgoingBook, people, personOf } from '../server/office.ts';
import { canary, openBadOffice, wordsOf, type Answer, type Office } from './office.ts';

const base = { workflow: 0, assignment: 0 };

async function push(office: Office, token: string, ...commands: readonly unknown[]): Promise<readonly CommandAnswer[]> {
  const answer = await office.post(token, '/v1/push', { commands });
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return (answer.json as { answers: CommandAnswer[] }).answers;
}

const get = (office: Office, token: string, url: string, headers: Record<string, string> = {}): Promise<Answer> => office.call({ method: 'GET', url, headers: { authorization: `Bearer ${token}`, ...headers } });

async function open(t: TestContext) {
  const office = await openBadOffice(t);
  const changesOf = async () => ((await get(office, office.theirs.token, '/v1/changes')).json as { changes: unknown }).changes;
  const before = await changesOf();
  assert.match(JSON.stringify(before), new RegExp(canary));
  return {
    office, clerk: office.token('communeClerk'),
    /** What the department has is to the letter what it was. */
    untouched: async () => {
      assert.deepEqual(await changesOf(), before);
      assert.deepEqual(office.bugs, []);
    },
  };
}

test('a cursor of another unit, of another place, or made up reads nothing', async (t) => {
  const { office, clerk, untouched } = await open(t);
  const { ours, theirs } = office;
  const [place = '', mac = ''] = ours.cursor.split('.');
  const forged = [theirs.cursor, `0.${mac}`, `${place}.${'A'.repeat(16)}`, `${place}.${mac.slice(0, 15)}`, `zzzzz.${mac}`, `0-${place}.${mac}`, `${place}0.${mac}`, ours.cursor.toUpperCase() + 'x'];
  for (const cursor of forged) {
    for (const path of ['/v1/changes', '/v1/events']) {
      const answer = await get(office, clerk, `${path}?cursor=${cursor}`);
      assert.equal(answer.status, 410, `${path} ${cursor}`);
      assert.ok(!wordsOf(answer).includes(canary));
    }
  }
  // replayed, it says again what it said
  const again = async () => (await get(office, clerk, `/v1/changes?cursor=${ours.cursor}`)).json as { changes: unknown; next: string };
  const once = await again();
  assert.deepEqual([(await again()).changes, (await again()).next], [once.changes, once.next]);
  await untouched();
});

test('the hash of another unit’s content opens nothing: not read, not as a base, not in a command, not said to be there', async (t) => {
  const { office, clerk, untouched } = await open(t);
  const { theirs } = office;
  for (const method of ['GET', 'HEAD']) {
    for (const headers of [{}, { range: 'bytes=0-0' }, { 'if-none-match': `"${theirs.sha256}"` }, { 'if-none-match': '*' }]) {
      assert.equal((await office.call({ method, url: `/v1/blobs/${theirs.sha256}`, headers: { authorization: `Bearer ${clerk}`, ...headers } })).status, 404);
    }
  }
  const asked = await office.post(clerk, '/v1/uploads', { sha256: theirs.sha256, sizeBytes: theirs.contentBytes, base: null });
  assert.deepEqual([asked.status, (asked.json as { state: string; offset: number }).state, (asked.json as { offset: number }).offset], [201, 'open', 0]);
  const onTop = await office.post(clerk, '/v1/uploads', { sha256: 'ab'.repeat(32), sizeBytes: theirs.contentBytes + 10, base: theirs.sha256 });
  // the whole is wanted: what the base holds is not lent
  assert.equal((onTop.json as { lengthBytes: number }).lengthBytes, theirs.contentBytes + 10);
  const content = { ...contentOf(Buffer.from('x')), sha256: theirs.sha256 as never, sizeBytes: theirs.contentBytes };
  const named = commandOf('communeClerk', newDocument(), base, draftBody(content));
  assert.deepEqual((await push(office, clerk, named)).map(({ status }) => status), ['retry']);
  assert.equal((await office.call({ method: 'GET', url: `/v1/blobs/${theirs.sha256}`, headers: { authorization: `Bearer ${clerk}` } })).status, 404);
  await untouched();
});

test('bytes that are not what they were called are dropped, and nobody’s', async (t) => {
  const { office, clerk } = await open(t);
  const bytes = Buffer.alloc(4000, 1);
  const lied = (await office.post(clerk, '/v1/uploads', { sha256: office.theirs.sha256, sizeBytes: bytes.length, base: null })).json as { upload: string };
  const patched = await office.call({ method: 'PATCH', url: `/v1/uploads/${lied.upload}`, headers: { authorization: `Bearer ${clerk}`, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0', 'tus-resumable': '1.0.0' }, body: bytes });
  assert.equal(patched.status, 422);
  assert.equal((await get(office, clerk, `/v1/blobs/${office.theirs.sha256}`)).status, 404);
  const kept = await get(office, office.theirs.token, `/v1/blobs/${office.theirs.sha256}`);
  assert.equal(kept.body.length, office.theirs.contentBytes);
});

test('another unit’s upload, package and station are not there', async (t) => {
  const { office, clerk, untouched } = await open(t);
  const { theirs } = office;
  const auth = { authorization: `Bearer ${clerk}`, 'tus-resumable': '1.0.0' };
  const octets = { ...auth, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' };
  assert.equal((await office.call({ method: 'HEAD', url: `/v1/uploads/${theirs.upload}`, headers: auth })).status, 404);
  assert.equal((await office.call({ method: 'PATCH', url: `/v1/uploads/${theirs.upload}`, headers: octets, body: Buffer.from('x') })).status, 404);
  assert.equal((await office.call({ method: 'HEAD', url: `/v1/packages/${theirs.packageId}`, headers: auth })).headers['upload-offset'], 0);
  assert.equal((await office.call({ method: 'POST', url: `/v1/packages/${theirs.packageId}`, headers: auth })).status, 404);
  assert.equal((await office.call({ method: 'DELETE', url: `/v1/packages/station/${theirs.signer}`, headers: auth })).status, 404);
  for (const { scope, hash } of [theirs.snapshot, { scope: office.ours.snapshot.scope, hash: theirs.snapshot.hash }]) {
    const answer = await get(office, clerk, `/v1/snapshot/${scope}/${hash}`);
    assert.ok([403, 404].includes(answer.status) || !wordsOf(answer).includes(canary), `${answer.status}`);
    assert.ok(!wordsOf(answer).includes(canary));
  }
  await untouched();
});

test('nobody acts as somebody else, elsewhere, or in a role that is not theirs', async (t) => {
  const { office, clerk, untouched } = await open(t);
  const { theirs, ours } = office;
  const assign = { type: 'assign', args: { lead: 'xa.vanthu', support: [], inform: [], directive: 'x', deadline: null } } as unknown as Parameters<typeof commandOf>[3];
  const clerkActor = commandOf('communeClerk', newDocument(), base, assign).actor;
  const as = (changes: object) => ({ ...commandOf('communeClerk', newDocument(), base, draftBody({ ...contentOf(Buffer.from('x')), sha256: ours.sha256 as never })), ...changes });
  const tricks: readonly unknown[] = [
    as({ actor: { ...clerkActor, person: personOf('departmentClerk').id } }), as({ actor: { ...clerkActor, unit: people.departmentClerk.unit.code } }), as({ unit: people.departmentClerk.unit.code }),
    as({ actor: { ...clerkActor, role: 'leader' } }), as({ actor: { ...clerkActor, role: 'administrator' } }), as({ unit: people.departmentClerk.unit.code, actor: commandOf('departmentClerk', newDocument(), base, assign).actor }),
    { ...theirs.command, id: randomUUID() },
  ];
  for (const answer of await push(office, clerk, ...tricks)) assert.deepEqual([answer.status, answer.status === 'rejected' && answer.error.code], ['rejected', 'not-allowed']);
  // their command's own key from here: it is not theirs that is answered
  const sameKey = await push(office, clerk, { ...as({}), id: theirs.command.id });
  assert.notEqual(sameKey[0]?.status, 'applied');
  // their document by its id is no document here
  for (const body of [assign, { type: 'refuse', args: { reason: 'x' } }] as const) {
    const [answer] = await push(office, clerk, commandOf('communeClerk', theirs.document as never, { workflow: 1, assignment: 0 }, body));
    assert.notEqual(answer?.status, 'applied');
  }
  // an administrator reads no letters
  const administrator = office.token('administrator');
  for (const [method, url] of [['GET', '/v1/changes'], ['GET', '/v1/events'], ['GET', '/v1/snapshot'], ['POST', '/v1/push'], ['GET', `/v1/blobs/${ours.sha256}`], ['POST', '/v1/uploads'], ['POST', '/v1/books/lease']] as const) {
    assert.equal((await office.call({ method, url, headers: { authorization: `Bearer ${administrator}` } })).status, 403, url);
  }
  for (const url of ['/v1/sessions', '/v1/audit']) assert.equal((await get(office, clerk, url)).status, 403, url);
  // the audit is the province's to read, not a commune's administrator's
  assert.equal((await get(office, administrator, '/v1/audit')).status, 403);
  await untouched();
});

test('a book of another unit, an old epoch and a number beyond the reserve are refused, and use nothing up', async (t) => {
  const { office, clerk, untouched } = await open(t);
  const { theirs } = office;
  for (const body of [{ book: theirs.book, station: 'station-departmentClerk' }, { book: `${commune.code}/2026/../../H48.05/2026/cong-van-di`, station: 'station-communeClerk' }, { book: `${commune.code}/2026/cong-van-di/x`, station: 'station-communeClerk' }]) {
    assert.equal((await office.post(clerk, '/v1/books/lease', body)).status, 403, JSON.stringify(body));
    assert.notEqual((await office.post(clerk, '/v1/books/return', { ...body, epoch: theirs.epoch })).status, 204);
  }
  const book = outgoingBook(commune);
  // another station, with the holder's own epoch or a later one
  for (const epoch of [0, 1, 2, 99]) assert.notEqual((await office.post(clerk, '/v1/books/return', { book, station: 'station-somebody', epoch })).status, 204);
  assert.equal((await office.post(clerk, '/v1/books/lease', { book, station: 'station-somebody' })).status, 409);
  await office.core.admin.releaseBook(book);
  const next = (await office.post(clerk, '/v1/books/lease', { book, station: 'station-new' })).json as { epoch: number; next: number };

  const content = { ...contentOf(Buffer.from('x')), sha256: office.ours.sha256 as never, sizeBytes: Buffer.from('%PDF-1.7 của xã '.repeat(200)).length };
  const document = newDocument();
  const draft = commandOf('communeClerk', document, base, draftBody(content));
  const submit = commandOf('communeClerk', document, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }, { dependsOn: draft.id });
  assert.deepEqual((await push(office, clerk, draft, submit)).map(({ status }) => status), ['applied', 'applied']);
  const approve = commandOf('communeLeader', document, { workflow: 2, assignment: 0 }, { type: 'approve', args: { content, signer: 'Lãnh đạo' } });
  assert.deepEqual((await push(office, office.token('communeLeader'), approve)).map(({ status }) => status), ['applied']);
  const issue = (entry: object) => commandOf('communeClerk', document, { workflow: 3, assignment: 0 }, { type: 'issue', args: { content, entry: entry as never, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'Lãnh đạo' } });
  const stolen = [{ book, epoch: next.epoch - 1, number: 1 }, { book, epoch: next.epoch + 1, number: next.next }, { book, epoch: next.epoch, number: 1 }, { book, epoch: next.epoch, number: 1_000_000 }, { book: theirs.book, epoch: theirs.epoch, number: 1 }];
  const answers = await push(office, clerk, ...stolen.map(issue));
  assert.deepEqual(answers.map(({ status }) => status), stolen.map(() => 'rejected'), JSON.stringify(answers));
  const [right] = await push(office, clerk, issue({ book, epoch: next.epoch, number: next.next }));
  assert.equal(right?.status, 'applied');
  const numbers = await office.core.admin.readBook(book);
  assert.deepEqual(numbers.filter(({ document: one }) => one !== null).map(({ number }) => number), [next.next]);
  await untouched();
});
