import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { serveDoor, type ConnectionPort } from '../../src-main/backend/port.ts';
import { openProgram, type Program } from '../../src-main/backend/program.ts';
import { createAdmission } from '../../src-main/shell/admission.ts';
import { createRelay } from '../../src-main/shell/relay.ts';
import type { Result } from '../../src-shared/result.ts';

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'van-thu-flood-'));
let program: Program;
const ends: (() => void)[] = [];

before(async () => {
  program = await openProgram({ rootDir: dir, resourcesDir: join(root, 'resources'), keys: { practice: new Uint8Array(32).fill(7), office: null }, open: 'practice', log: () => undefined });
});
after(async () => {
  for (const end of ends) end();
  await program.close();
  rmSync(dir, { recursive: true, force: true });
});

type Window = { readonly call: (channel: string, input: unknown) => Promise<Result<unknown>>; readonly waiting: () => number };

/** A window as the shell seats it: turnstile, relay, port, the practice office's own door. */
function openWindow(): Window {
  const { port1, port2 } = new MessageChannel();
  const adapt = (port: typeof port1): ConnectionPort & { readonly close: () => void } => ({
    postMessage: (message) => port.postMessage(message),
    on: (event: string, listener: (event: { readonly data: unknown }) => void) => (event === 'message' ? port.on('message', (data: unknown) => listener({ data })) : port.on('close', listener as () => void)),
    start: () => port.start(),
    close: () => port.close(),
  });
  serveDoor(program.connect(), adapt(port2));
  const relay = createRelay(adapt(port1), () => undefined);
  ends.push(() => relay.close());
  const admission = createAdmission();
  return { call: (channel, input) => admission.admit(channel, input, () => relay.call(channel, input)), waiting: admission.waiting };
}

test('a page that asks ten thousand things at once is told so, and a window beside it stays quick', { timeout: 120_000 }, async () => {
  const hostile = openWindow();
  const honest = openWindow();
  await honest.call('app.state', {});
  const asked = Array.from({ length: 10_000 }, () => hostile.call('documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 }));
  assert.ok(hostile.waiting() <= 2064, `${hostile.waiting()} wait`);
  const tookMs: number[] = [];
  while (hostile.waiting() > 0 && tookMs.length < 200) {
    const from = performance.now();
    assert.equal((await honest.call('app.state', {})).ok, true);
    tookMs.push(performance.now() - from);
  }
  const answers = await Promise.all(asked);
  const codes = answers.map((answer) => (answer.ok ? 'ok' : answer.error.code));
  assert.ok(codes.filter((code) => code === 'input.too-many').length >= 7_900, 'most were refused');
  assert.deepEqual(new Set(codes.slice(2064)), new Set(['input.too-many']));
  assert.equal(codes.slice(0, 2064).includes('input.too-many'), false, 'what was in line was answered');
  tookMs.sort((a, b) => a - b);
  const p95 = tookMs[Math.floor(tookMs.length * 0.95)] ?? Infinity;
  assert.ok(p95 < 500, `${p95.toFixed(0)} ms while the flood lasts`);
  process.stdout.write(`${tookMs.length} asks beside the flood: middle ${(tookMs[tookMs.length >> 1] ?? 0).toFixed(1)} ms, p95 ${p95.toFixed(1)} ms\n`);
});

test('an honest page never meets the limit: a 200 MB file saved slice by slice, a screen of a hundred questions', { timeout: 120_000 }, async () => {
  const page = openWindow();
  const screen = await Promise.all(Array.from({ length: 100 }, () => page.call('settings.read', {})));
  assert.equal(screen.every(({ ok }) => ok), true);
  const begun = await page.call('content.beginImport', { fileName: 'lon.pdf', sizeBytes: 200 * 1024 * 1024 });
  assert.equal(begun.ok, true, JSON.stringify(begun));
  const { importId } = (begun as { readonly value: { readonly importId: string } }).value;
  const slice = new Uint8Array(1024 * 1024);
  for (let at = 0; at < 200; at++) {
    const taken = await page.call('content.appendImport', { importId, bytes: slice });
    assert.equal(taken.ok, true, JSON.stringify(taken));
  }
});

test('no input brings the backend down: what is too deep for a schema is an answer, not an end', async () => {
  const door = program.connect();
  let deep: unknown = {};
  for (let level = 0; level < 100_000; level++) deep = { in: deep, children: [deep] };
  for (const channel of ['templates.save', 'forms.keep', 'documents.draft', 'batch.start', 'settings.write', 'catalogues.set', 'signing.approve']) {
    for (const input of [deep, { value: deep, form: deep, template: deep }]) {
      const answer = await door.call(channel, input);
      assert.notEqual(answer.ok ? 'ok' : answer.error.code, 'bug', channel);
    }
  }
  door.close();
});
