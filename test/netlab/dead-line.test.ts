import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openScene, options } from './scene.ts';

test('a line that dies without a word is noticed, told, and taken up when it lives again', options, async (t) => {
  const { lab, desk, seen, lines } = await openScene(t, { rate: 256_000, delaySeconds: 0.1 }, 5, 1, 20_000);
  await seen('content');
  lab.set({ down: true });
  desk.tell({ do: 'draft', bytes: 30_000 });
  await seen('status', (line) => line['line'] === 'down');
  const from = lines.length;
  lab.set({ down: false });
  await seen('settled');
  assert.ok(lines.slice(from).some((line) => line['what'] === 'status' && line['line'] === 'up' && line['pending'] === 0) || (await seen('status', (line) => line['pending'] === 0 && line['line'] === 'up')) !== undefined);
});
