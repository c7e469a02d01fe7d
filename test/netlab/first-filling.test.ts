import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profiles } from '../support/netlab.ts';
import { openScene, options } from './scene.ts';

test('on xã-2G a new desk shows its newest letters before the rest has come, then all of them and their files', options, async (t) => {
  const { seen, lines, contents } = await openScene(t, profiles['xa-2g'], 1, 40, 400);
  const first = await seen('first');
  assert.ok(Number(first['documents']) < 40, 'not all at once');
  await seen('documents', (line) => line['documents'] === 40);
  for (const sha256 of contents) await seen('content', (line) => line['sha256'] === sha256);
  assert.equal(new Set(lines.filter(({ what }) => what === 'content').map(({ sha256 }) => sha256)).size, 40);
});
