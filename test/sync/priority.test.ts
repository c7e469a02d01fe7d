import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from '../../src-server/server.ts';
import { commandOf, draftBody, newDocument, openOffice, signIn } from '../server/office.ts';
import { drafts } from './answers.ts';
import { openDesk, until, type TestDesk } from './desk.ts';
import { openSlowLine } from './slow-line.ts';

/** I16, and what a person still calls at once. */
const mostMs = 5000;
const xa2g = { bytesPerSecond: 8000, delayMs: 300 } as const;

/** Looked at again and again; bytes on a line tell nobody that they pass. */
async function eventually(holds: () => boolean, what: string): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 60_000; await pause(20)) if (holds()) return;
  assert.fail(what);
}

async function scene(t: TestContext): Promise<{ readonly server: Server; readonly slow: Awaited<ReturnType<typeof openSlowLine>>; readonly desk: TestDesk }> {
  const server = await openOffice(t);
  const slow = await openSlowLine(t, server.url, xa2g);
  const desk = await openDesk(t, slow.url, 'communeClerk', { timing: { backoffBaseMs: 1000, backoffCapMs: 5000 } });
  desk.sync.start();
  await until(desk, () => desk.sync.status().lastSyncAt !== null);
  return { server, slow, desk };
}

/** Two things that a person does: a draft with a small file (asked for, sent, pushed: three questions), and a step of it, which is one. */
async function timed(desk: TestDesk): Promise<{ readonly draftMs: number; readonly stepMs: number }> {
  const content = await desk.importContent(randomBytes(2000));
  const document = newDocument();
  const settled = async (): Promise<number> => {
    const began = performance.now();
    void desk.sync.kick();
    await until(desk, () => !desk.store.desk.outbox().some((item) => item.command.document === document && item.sync !== 'synced'));
    return performance.now() - began;
  };
  desk.act(document, draftBody(content));
  const draftMs = await settled();
  desk.act(document, { type: 'submit', args: { content } });
  return { draftMs: Math.round(draftMs), stepMs: Math.round(await settled()) };
}

test('on 64 kbit/s and 600 ms there and back a command behind a large file on its way down is answered within 5 s', async (t) => {
  const { server, slow, desk } = await scene(t);
  await timed(desk);
  await drafts(server.url, 'communeLeader', 1, randomBytes(2_000_000));
  await eventually(() => desk.sync.status().files.waiting === 1, 'the file is wanted');
  const before = slow.carried().down;
  await eventually(() => slow.carried().down - before > 25_000, 'bulk is under way');
  const { draftMs, stepMs } = await timed(desk);
  t.diagnostic(`behind a download: a draft ${draftMs} ms, a step ${stepMs} ms`);
  assert.ok(draftMs < mostMs && stepMs < mostMs, `${draftMs} and ${stepMs} ms`);
  assert.equal(desk.sync.status().files.waiting, 1, 'and the file is still coming');
  const at = slow.carried().down;
  await eventually(() => slow.carried().down - at > 10_000, 'bulk goes on afterwards');
});

test('the same behind a large file on its way up, whose pieces are small on such a line', async (t) => {
  const { slow, desk } = await scene(t);
  await timed(desk);
  const large = newDocument();
  desk.act(large, draftBody(await desk.importContent(randomBytes(600_000))));
  void desk.sync.kick();
  const before = slow.carried().up;
  await eventually(() => slow.carried().up - before > 50_000, 'bulk is under way');
  const { draftMs, stepMs } = await timed(desk);
  t.diagnostic(`behind an upload: a draft ${draftMs} ms, a step ${stepMs} ms`);
  assert.ok(draftMs < mostMs && stepMs < mostMs, `${draftMs} and ${stepMs} ms`);
  assert.equal(desk.store.desk.findDocument(large)?.sync !== 'synced', true, 'and the file is still going');
  const sent = desk.sync.uploadProgress(desk.state(large).content.sha256)?.sent ?? 0;
  assert.ok(sent > 20_000, `${sent} bytes are at the server`);
});

test('what somebody else does is known within 5 s behind a large file on its way down', async (t) => {
  const { server, slow, desk } = await scene(t);
  const [id] = await drafts(server.url, 'communeLeader', 1, randomBytes(2_000_000));
  assert.ok(id !== undefined);
  await eventually(() => desk.sync.status().files.waiting === 1, 'the file is wanted');
  const before = slow.carried().down;
  await eventually(() => slow.carried().down - before > 25_000, 'bulk is under way');
  const leader = await signIn(server.url, 'communeLeader');
  const began = performance.now();
  await leader.push(commandOf('communeLeader', id, { workflow: 1, assignment: 0 }, { type: 'submit', args: { content: desk.state(id).content } }));
  await until(desk, () => desk.state(id).stage === 'submitted');
  const tookMs = performance.now() - began;
  t.diagnostic(`a submission behind a download: ${Math.round(tookMs)} ms`);
  assert.ok(tookMs < mostMs, `${Math.round(tookMs)} ms`);
});
