import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { Command, CommandBody } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { decide } from '../support/rules.ts';
import { commandOf, draftBody, issueDocument, newDocument, openOffice, people, province, signIn, commune, type Client } from '../server/office.ts';
import { openDesk, until, type TestDesk } from './desk.ts';

const who = 'communeClerk';

/** Recorded as an action that may be taken back until then. */
function hold(desk: TestDesk, document: DocumentId, body: CommandBody, untilMs: number): Command {
  const found = desk.store.desk.findDocument(document)?.state ?? null;
  const command = commandOf(who, document, found?.versions ?? { workflow: 0, assignment: 0 }, body);
  const events = decide(found, command, { unit: people[who].unit });
  assert.ok(events.ok);
  desk.store.desk.recordAction(command, events.value, undefined, untilMs);
  return command;
}

/** A desk with a draft that the server has, and a caller who sees what the server sees. */
async function drafted(t: TestContext) {
  const server = await openOffice(t);
  const desk = await openDesk(t, server.url, who);
  const eye = await signIn(server.url, 'communeLeader');
  const content = await desk.importContent(Buffer.from('%PDF bản một'));
  const id = newDocument();
  desk.act(id, draftBody(content, [province]));
  desk.sync.start();
  await until(desk, () => desk.store.desk.outbox().length === 0);
  return { server, desk, eye, id };
}

async function seenTypes(eye: Client, id: DocumentId): Promise<readonly string[]> {
  return (await eye.changes()).changes.find((change) => change.document === id)?.events.map((event) => event.type) ?? [];
}

test('what is held does not leave, nor its content, nor what stands on it; everything else does', async (t) => {
  const { desk, eye, id } = await drafted(t);
  const other = await desk.importContent(Buffer.from('%PDF bản hai'));
  hold(desk, id, { type: 'revise', args: { content: other } }, Date.now() + 50_000);
  desk.act(id, { type: 'submit', args: { content: other } });
  const second = newDocument();
  desk.act(second, draftBody(await desk.importContent(Buffer.from('%PDF khác'))));
  await desk.sync.kick();
  await until(desk, () => desk.store.desk.findDocument(second)?.sync === 'synced');
  assert.deepEqual(desk.store.desk.outbox().map((item) => [item.command.type, item.sync]), [['revise', 'waiting'], ['submit', 'waiting']]);
  assert.deepEqual(await seenTypes(eye, id), ['drafted']);
  assert.equal((await eye.get(`/v1/blobs/${other.sha256}`)).status, 404);
  assert.equal(desk.sync.status().pending, 2, 'it is counted as waiting');
});

test('when the hold ends it goes by itself, in order, not before', async (t) => {
  const { desk, eye, id } = await drafted(t);
  const content = desk.state(id).content;
  const end = Date.now() + 3_000;
  const held = hold(desk, id, { type: 'submit', args: { content } }, end);
  await desk.sync.kick();
  assert.ok(desk.store.desk.undoable(id).some((one) => one.command === held.id));
  await until(desk, () => desk.store.desk.findDocument(id)?.sync === 'synced');
  assert.ok(Date.now() >= end);
  assert.deepEqual(await seenTypes(eye, id), ['drafted', 'submitted']);
  assert.equal(desk.store.desk.undo(id, [held.id]), false, 'too late');
});

test('what was taken back while held is never sent', async (t) => {
  const { desk, eye, id } = await drafted(t);
  const content = desk.state(id).content;
  const held = hold(desk, id, { type: 'submit', args: { content } }, Date.now() + 50_000);
  await desk.sync.kick();
  assert.equal(desk.store.desk.undo(id, [held.id]), true);
  await desk.sync.kick();
  assert.deepEqual(await seenTypes(eye, id), ['drafted']);
  assert.equal(desk.sync.status().pending, 0);
});

test('a program that ends during the hold sends it when it starts again', async (t) => {
  const { desk, eye, id } = await drafted(t);
  hold(desk, id, { type: 'submit', args: { content: desk.state(id).content } }, Date.now() + 50_000);
  const again = await desk.restart();
  assert.equal(again.state(id).stage, 'submitted');
  again.sync.start();
  await until(again, () => again.store.desk.findDocument(id)?.sync === 'synced');
  assert.deepEqual(await seenTypes(eye, id), ['drafted', 'submitted']);
});

test('a clock that was set back holds nothing for long', async (t) => {
  const { desk, eye, id } = await drafted(t);
  hold(desk, id, { type: 'submit', args: { content: desk.state(id).content } }, Date.now() + 365 * 86_400_000);
  await desk.sync.kick();
  await until(desk, () => desk.store.desk.findDocument(id)?.sync === 'synced');
  assert.deepEqual(await seenTypes(eye, id), ['drafted', 'submitted']);
});

test('what newly came in is told once; a first filling, and what was here, is not', async (t) => {
  const { server, desk } = await drafted(t);
  const told: DocumentId[] = [];
  desk.sync.onArrived((ids) => told.push(...ids));
  const clerk = await signIn(server.url, 'provinceClerk');
  const leader = await signIn(server.url, 'provinceLeader');
  const { document } = await issueDocument(clerk, leader, Buffer.from('%PDF công văn tỉnh'), 1);
  const [sent] = await clerk.push(commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [commune] } }));
  assert.equal(sent?.status, 'applied');
  const here = () => desk.store.desk.listIds({ folder: 'incoming', me: '', text: '' }, 9).ids;
  await until(desk, () => here().length === 1);
  assert.deepEqual(told, here());
  const fresh = await openDesk(t, server.url, who);
  fresh.sync.onArrived((ids) => told.push(...ids));
  fresh.sync.start();
  await until(fresh, () => fresh.store.desk.listIds({ folder: 'incoming', me: '', text: '' }, 9).total === 1);
  assert.equal(told.length, 1);
});
