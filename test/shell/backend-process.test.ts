import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { MessagePortMain, UtilityProcess } from 'electron';
import { startBackend, type Backend } from '../../src-main/shell/backend-process.ts';
import { FakeUtilityProcess, MessageChannelMain } from './fake-electron.ts';

const start = { type: 'start', rootDir: '/p', keys: { office: null, practice: '0'.repeat(64) }, open: 'practice', resourcesDir: '/r' } as const;
let forks: FakeUtilityProcess[] = [];
let restarts = 0;
let losses = 0;
let falls: (number | null)[] = [];
let clock = 0;
let backend: Backend;

beforeEach(() => {
  [forks, restarts, losses, clock, falls] = [[], 0, 0, 0, []];
  backend = startBackend({
    fork: () => {
      const child = new FakeUtilityProcess('main.js');
      forks.push(child);
      return child as unknown as UtilityProcess;
    },
    start,
    createChannel: () => new MessageChannelMain() as unknown as { readonly port1: MessagePortMain; readonly port2: MessagePortMain },
    onRestarted: () => void restarts++,
    onFallen: (code) => void falls.push(code),
    onLost: () => void losses++,
    now: () => clock,
  });
});

const last = (): FakeUtilityProcess => forks.at(-1) ?? assert.fail('no process');

test('an end now and then is mended, ends on end are given up', () => {
  for (let time = 0; time < 10; time++) {
    clock += 120_000;
    last().emit('exit', 1);
  }
  assert.deepEqual([forks.length, restarts, losses], [11, 10, 0]);
  clock += 120_000;
  for (let time = 0; time < 4; time++) last().emit('exit', 1);
  assert.deepEqual([forks.length, restarts, losses], [14, 13, 1]);
  assert.deepEqual(falls, Array.from({ length: 14 }, () => 1), 'each of them is written down');
});

test('an office that does not open is told once and not started again', () => {
  last().emit('message', { type: 'failed' });
  last().emit('exit', 1);
  assert.deepEqual([forks.length, losses], [1, 1]);
});

test('a connection goes to the process that runs now', () => {
  last().emit('exit', 1);
  backend.connect();
  assert.deepEqual(forks[1]?.words.map(({ message }) => message), [start, { type: 'connect' }]);
  assert.equal(forks[1]?.words[1]?.ports.length, 1);
});

test('a backend that does not end in time is ended, and the program may go', async () => {
  await backend.stop(1);
  assert.equal(last().killed, true);
  assert.deepEqual(falls, [], 'an end that was asked for is none');
  assert.deepEqual([forks.length, losses], [1, 0]);
  await backend.stop(1);
});
