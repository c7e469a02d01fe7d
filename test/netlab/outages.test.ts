import { test } from 'node:test';
import { openScene, options } from './scene.ts';

test('a line that goes for a while again and again is gone on from where it broke', options, async (t) => {
  const { seen, contents } = await openScene(t, { rate: 64_000, delaySeconds: 0.3, outage: '30,12' }, 4, 2, 150_000);
  for (const sha256 of contents) await seen('content', (line) => line['sha256'] === sha256);
});
