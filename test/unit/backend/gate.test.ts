import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGate } from '../../../src-main/backend/gate.ts';
import { createLog } from '../../../src-main/backend/log.ts';
import type { Handlers } from '../../../src-main/features/handlers.ts';
import { AppFailure, fail, ok } from '../../../src-shared/result.ts';

const lines: string[] = [];
const log = createLog('test', (line) => lines.push(line), 'info');

test('a channel that is not in the contract is refused, prototype names included', async () => {
  const gate = createGate({} as Handlers, log);
  for (const channel of ['nothing', '__proto__', 'constructor', 'toString', '']) {
    assert.deepEqual(await gate(channel, {}), { ok: false, error: { code: 'input.invalid', params: { where: 'channel' } } });
  }
});

test('an input of the wrong shape never reaches the use-case', async () => {
  let reached = false;
  const gate = createGate({ 'content.read': () => ((reached = true), fail('content.not-here')) } as unknown as Handlers, log);
  const answer = await gate('content.read', { sha256: 'not a hash', offset: 0, length: 1 });
  assert.deepEqual(answer, { ok: false, error: { code: 'input.invalid', params: { where: 'sha256' } } });
  assert.equal(reached, false);
});

test('a call that has no use-case behind this gate asks for a sign-in, and only if it is a call', async () => {
  const gate = createGate({ 'session.state': () => ok({ status: 'signed-out', office: null, practice: false }) }, log);
  assert.equal((await gate('session.state', {})).ok, true);
  assert.deepEqual(await gate('documents.counts', {}), { ok: false, error: { code: 'session.required' } });
  assert.deepEqual(await gate('documents.countries', {}), { ok: false, error: { code: 'input.invalid', params: { where: 'channel' } } });
});

test('what the contract does not list does not leave through the gate', async () => {
  const gate = createGate({ 'content.info': () => ok({ sizeBytes: 1, here: true, path: '/secret' }) } as unknown as Handlers, log);
  assert.deepEqual(await gate('content.info', { sha256: 'a'.repeat(64) }), { ok: true, value: { sizeBytes: 1, here: true } });
});

test('an expected failure keeps its code, a bug gets a reference and its input is not logged', async () => {
  const failing = createGate({ 'sync.now': () => { throw new AppFailure('sync.offline'); } } as unknown as Handlers, log);
  assert.deepEqual(await failing('sync.now', {}), { ok: false, error: { code: 'sync.offline' } });

  lines.length = 0;
  const broken = createGate({ 'signing.approve': () => { throw new Error('boom'); } } as unknown as Handlers, log);
  const answer = await broken('signing.approve', { id: '01890a5d-ac96-774b-bcce-b302099a8057', thumbprint: 't', pin: '987654321', placement: { page: 1, rect: { x: 1, y: 1, width: 1, height: 1 } } });
  assert.equal(answer.ok, false);
  assert.equal(!answer.ok && answer.error.code, 'bug');
  assert.equal(lines.length, 1);
  assert.doesNotMatch(lines.join(''), /987654321/);
});

test('the log redacts fields that could carry a PIN, a title or a text', () => {
  lines.length = 0;
  log('info', 'x', { pin: '1234', title: 'Kế hoạch', docText: 'abc', code: 'ok' });
  assert.doesNotMatch(lines.join(''), /1234|Kế hoạch|abc/);
  assert.match(lines.join(''), /"code":"ok"/);
});
