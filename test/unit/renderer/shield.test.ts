import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdShield } from '../../../src-renderer/bridge/shield.ts';

test('the shield is raised for the first secret on the screen and let down after the last, however often each leaves', () => {
  const told: boolean[] = [];
  Object.assign(globalThis, { window: { vanThu: { shield: (on: boolean): void => void told.push(on) } } });
  const first = holdShield();
  const second = holdShield();
  first();
  first();
  assert.deepEqual(told, [true]);
  second();
  assert.deepEqual(told, [true, false]);
  holdShield()();
  assert.deepEqual(told, [true, false, true, false]);
});

test('in the browser shell there is nothing to raise, and a secret is typed all the same', () => {
  Object.assign(globalThis, { window: {} });
  holdShield()();
});
