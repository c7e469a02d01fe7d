import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { documentEvent } from '../../src-shared/domain/document.ts';
import { documentId, organizationCode } from '../../src-shared/domain/ids.ts';
import { replay } from '../support/rules.ts';
import { commandOf, commune, department, draftBody, incomingBook, issueDocument, newDocument, openOffice, outgoingBook, personOf, province, signIn, type Client } from './office.ts';

async function statusOf(client: Client, document: string, recipient: string): Promise<string | undefined> {
  const change = (await client.changes()).changes.find((c) => c.document === document);
  return replay(documentId.parse(document), change?.events ?? [])?.recipients.find((r) => r.organization.code === recipient)?.status;
}

async function openBoth(t: Parameters<typeof openOffice>[0]) {
  const { url } = await openOffice(t);
  const [clerk, leader, receiver] = await Promise.all([signIn(url, 'provinceClerk'), signIn(url, 'provinceLeader'), signIn(url, 'communeClerk')]);
  const issued = await issueDocument(clerk, leader, randomBytes(5000), 15);
  return { url, clerk, receiver, ...issued };
}

test('a sent document arrives in the recipient’s unit and the sender is told 01, then 03 when it is registered and 04 when it is assigned', async (t) => {
  const { clerk, receiver, document, content } = await openBoth(t);
  const send = commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [{ ...commune, name: 'tên viết sai' }, department] } });
  assert.deepEqual(await clerk.push(send, send), [{ id: send.id, status: 'applied' }, { id: send.id, status: 'applied' }]);

  const feed = await receiver.changes();
  assert.equal(feed.changes.length, 1, 'it arrived once');
  const arrived = feed.changes[0];
  assert.ok(arrived !== undefined);
  for (const event of arrived.events) documentEvent.parse(event);
  const state = replay(arrived.document, arrived.events);
  assert.equal(state?.stage, 'arrived');
  assert.equal(state?.unit.name, commune.name, 'the directory’s name stands');
  assert.deepEqual([state?.number, state?.from.code, state?.content.sha256, state?.signer], [15, province.code, content.sha256, 'Lãnh đạo']);
  assert.equal(await statusOf(clerk, document, commune.code), '01');
  assert.equal(await statusOf(clerk, document, department.code), '01');

  const { epoch } = await (await receiver.post('/v1/books/lease', { book: incomingBook(commune), station: 'station-xa' })).json() as { epoch: number };
  const register = commandOf('communeClerk', arrived.document, { workflow: 1, assignment: 0 }, {
    type: 'register', args: { entry: { book: incomingBook(commune), epoch, number: 1 }, arrivalDate: '2026-11-22' },
  });
  const present = commandOf('communeClerk', arrived.document, { workflow: 2, assignment: 0 }, { type: 'present', args: { note: '' } }, { dependsOn: register.id });
  assert.deepEqual((await receiver.push(register, present)).map((a) => a.status), ['applied', 'applied']);
  assert.equal(await statusOf(clerk, document, commune.code), '03');

  const assign = commandOf('communeClerk', arrived.document, { workflow: 3, assignment: 0 }, {
    type: 'assign', args: { lead: personOf('communeClerk').id, support: [], inform: [], directive: '', deadline: null },
  });
  assert.deepEqual((await receiver.push(assign)).map((a) => a.status), ['applied']);
  assert.equal(await statusOf(clerk, document, commune.code), '04');
  assert.equal(await statusOf(clerk, document, department.code), '01');
});

test('a refused document goes back to the sender as 02 with the reason', async (t) => {
  const { clerk, receiver, document } = await openBoth(t);
  await clerk.push(commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [commune] } }));
  const arrived = (await receiver.changes()).changes[0];
  assert.ok(arrived !== undefined);
  await receiver.push(commandOf('communeClerk', arrived.document, { workflow: 1, assignment: 0 }, { type: 'refuse', args: { reason: 'Gửi nhầm nơi nhận' } }));
  const change = (await clerk.changes()).changes.find((c) => c.document === document);
  const state = replay(document, change?.events ?? []);
  assert.deepEqual(state?.recipients.map((r) => [r.status, r.description]), [['02', 'Gửi nhầm nơi nhận']]);
  assert.equal(state?.versions.workflow, 5, 'a report is no step of the sender’s own workflow');
});

test('sending to an office that is not in the directory is refused, and nobody receives anything', async (t) => {
  const { clerk, receiver, document } = await openBoth(t);
  const unknown = { code: organizationCode.parse('H48.99'), name: 'Không có' };
  const send = commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [commune, unknown] } });
  assert.deepEqual(await clerk.push(send), [{ id: send.id, status: 'rejected', error: { code: 'workflow.unknown-recipient', params: { org: 'H48.99' } } }]);
  assert.deepEqual((await receiver.changes()).changes, []);
});

test('an answer names, at the receiver, the receiver’s own document', async (t) => {
  const { url, clerk, receiver, document } = await openBoth(t);
  await clerk.push(commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [commune] } }));
  const arrived = (await receiver.changes()).changes[0];
  assert.ok(arrived !== undefined);
  const leader = await signIn(url, 'communeLeader');
  const answer = newDocument();
  const content = await receiver.upload(randomBytes(100));
  const { epoch } = await (await receiver.post('/v1/books/lease', { book: outgoingBook(commune), station: 'station-xa' })).json() as { epoch: number };
  const body = draftBody(content, [province]);
  await receiver.push(commandOf('communeClerk', answer, { workflow: 0, assignment: 0 }, { ...body, args: { ...body.args, inReplyTo: arrived.document } }));
  await receiver.push(commandOf('communeClerk', answer, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content } }));
  await leader.push(commandOf('communeLeader', answer, { workflow: 2, assignment: 0 }, { type: 'approve', args: { content, signer: 'CT' } }));
  const last = await receiver.push(
    commandOf('communeClerk', answer, { workflow: 3, assignment: 0 }, { type: 'issue', args: { content, entry: { book: outgoingBook(commune), epoch, number: 1 }, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'CT' } }),
    commandOf('communeClerk', answer, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [province] } }),
  );
  assert.deepEqual(last.map((a) => a.status), ['applied', 'applied']);
  const received = (await clerk.changes()).changes.find((c) => c.events[0]?.type === 'arrived');
  assert.equal(received === undefined ? null : replay(received.document, received.events)?.inReplyTo, document);
});
