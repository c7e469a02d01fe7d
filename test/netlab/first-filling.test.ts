import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profiles } from '../support/netlab.ts';
import { openScene, options } from './scene.ts';

test('on xã-2G a new desk shows its newest letters before the rest has come, and then all of them', options, async (t) => {
  const { seen } = await openScene(t, profiles['xa-2g'], 1, 300, 400, { CONTENTS: 'on-opening' });
  const first = await seen('first');
  assert.ok(Number(first['documents']) < 300, `${String(first['documents'])} at once`);
  assert.ok(Number(first['firstFrameBytes']) <= 8192, `a first frame of ${String(first['firstFrameBytes'])} bytes`);
  await seen('documents', (line) => line['documents'] === 300);
});
