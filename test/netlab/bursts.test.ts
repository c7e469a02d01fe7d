import { test } from 'node:test';
import { profiles } from '../support/netlab.ts';
import { openScene, options } from './scene.ts';

test('bursts of losses delay and lose nothing', options, async (t) => {
  const { seen, contents } = await openScene(t, profiles.burst, 3, 20, 3000);
  await seen('documents', (line) => line['documents'] === 20);
  for (const sha256 of contents) await seen('content', (line) => line['sha256'] === sha256);
});
