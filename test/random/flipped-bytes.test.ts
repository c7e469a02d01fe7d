import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { createTestPki } from '../support/pki.ts';
import type { FlipOutcome, FlipTask } from './support/flip-worker.ts';

const cases = 1_200;
const signedCases = 400;
/** For one file: reading, two signatures, verification. It takes a fiftieth of that. */
const deadlineMs = 5_000;

const dir = mkdtempSync(join(tmpdir(), 'van-thu-flipped-'));
createTestPki(join(dir, 'pki'));
after(() => rmSync(dir, { recursive: true }));

/** `VAN_THU_SEED=17 npm test -- --only random` repeats one file. */
const only = process.env['VAN_THU_SEED'];
const seeds = (count: number): readonly number[] => (only === undefined ? Array.from({ length: count }, (_, i) => 10_001 + i) : [Number(only)]);

test('a file with flipped bytes is refused with a reason or signed as it should be, and never hangs', async () => {
  const outcomes = await runAll(seeds(cases).map((seed) => ({ seed, of: 'input' })));
  assert.deepEqual(outcomes.filter(({ kind }) => kind === 'wrong'), []);
  if (only !== undefined) return;
  // both ways were gone often enough for the test to mean something
  assert.ok(outcomes.filter(({ kind }) => kind === 'signed').length > cases / 10, `${outcomes.filter(({ kind }) => kind === 'signed').length} signed`);
  assert.ok(outcomes.filter(({ kind }) => kind === 'refused').length > cases / 10, `${outcomes.filter(({ kind }) => kind === 'refused').length} refused`);
});

test('a signed file with flipped bytes is never read as good, and never hangs', async () => {
  const outcomes = await runAll(seeds(signedCases).map((seed) => ({ seed, of: 'signed' })));
  assert.deepEqual(outcomes.filter(({ kind }) => kind === 'wrong'), []);
});

/** One case after the other in a worker, which is put to an end when it does not answer in time: the main thread could not even notice. */
async function runAll(tasks: readonly FlipTask[]): Promise<readonly FlipOutcome[]> {
  const outcomes: FlipOutcome[] = [];
  let worker = await startWorker();
  try {
    for (const task of tasks) {
      const first = await runOne(worker, task);
      if (first !== 'no answer') {
        outcomes.push(first);
        continue;
      }
      // a machine that was busy with something else is no hang: that one comes again in a worker of its own
      await worker.terminate();
      worker = await startWorker();
      const second = await runOne(worker, task);
      assert.ok(second !== 'no answer', `VAN_THU_SEED=${task.seed} (${task.of}): twice no answer in ${deadlineMs} ms`);
      outcomes.push(second);
    }
  } finally {
    await worker.terminate();
  }
  return outcomes;
}

function runOne(worker: Worker, task: FlipTask): Promise<FlipOutcome | 'no answer'> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', died);
      act();
    };
    const answered = (outcome: FlipOutcome): void => settle(() => resolve(outcome));
    const died = (error: Error): void => settle(() => reject(new Error(`VAN_THU_SEED=${task.seed} (${task.of}): the worker died`, { cause: error })));
    const timer = setTimeout(() => settle(() => resolve('no answer')), deadlineMs);
    worker.on('message', answered).on('error', died);
    worker.postMessage(task);
  });
}

function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL('./support/flip-worker.ts', import.meta.url), { workerData: { dir } });
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve(worker));
    worker.once('error', reject);
  });
}
