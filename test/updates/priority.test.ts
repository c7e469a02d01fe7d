import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { commandOf, draftBody, newDocument, signIn } from '../server/office.ts';
import { until, openDesk } from '../sync/desk.ts';
import { openSlowLine } from '../sync/slow-line.ts';
import { isReady, openScene, reached } from './scene.ts';

const xa2g = { bytesPerSecond: 8000, delayMs: 300 } as const;

test('on 64 kbit/s what a person does behind a new version is answered within 5 s, and a document’s file comes before the version goes on', async (t) => {
  const { server, open } = await openScene(t, { version: '1.2.0', sizeBytes: 3_000_000, pieceBytes: 256 * 1024 });
  const slow = await openSlowLine(t, server.url, xa2g);
  const updates = open();
  const desk = await openDesk(t, slow.url, 'communeClerk', { updates, timing: { backoffBaseMs: 1000, backoffCapMs: 5000 } });
  desk.sync.start();
  await reached(updates, ({ release }) => (release?.receivedBytes ?? 0) > 40_000);

  const content = await desk.importContent(randomBytes(2000));
  const document = newDocument();
  const began = performance.now();
  desk.act(document, draftBody(content));
  void desk.sync.kick();
  await until(desk, () => !desk.store.desk.outbox().some((item) => item.command.document === document && item.sync !== 'synced'));
  const draftMs = performance.now() - began;
  const stepBegan = performance.now();
  desk.act(document, { type: 'submit', args: { content } });
  void desk.sync.kick();
  await until(desk, () => !desk.store.desk.outbox().some((item) => item.command.document === document && item.sync !== 'synced'));
  const stepMs = performance.now() - stepBegan;
  t.diagnostic(`behind a version: a draft ${Math.round(draftMs)} ms, a step ${Math.round(stepMs)} ms`);
  assert.ok(draftMs < 5000 && stepMs < 5000, `${draftMs} and ${stepMs} ms`);

  const leader = await signIn(server.url, 'communeLeader');
  const file = await leader.upload(randomBytes(60_000));
  await leader.push(commandOf('communeLeader', newDocument(), { workflow: 0, assignment: 0 }, draftBody(file)));
  await until(desk, () => desk.sync.status().files.waiting === 1);
  const before = updates.state().release?.receivedBytes ?? 0;
  await until(desk, () => desk.store.blobs.has(file.sha256));
  const meanwhile = (updates.state().release?.receivedBytes ?? 0) - before;
  t.diagnostic(`while a file of 60,000 bytes came, ${meanwhile} bytes of the version did`);
  assert.ok(meanwhile < 20_000, 'no more than was under way already');
  assert.ok(!isReady(updates.state()));
});
