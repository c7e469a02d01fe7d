import assert from 'node:assert/strict';
import { test } from 'node:test';
import { profiles } from '../support/netlab.ts';
import { openScene, options } from './scene.ts';

test('what a person does on xã-2G arrives once, and of a signed file its tail alone goes up', options, async (t) => {
  const { desk, seen, lines } = await openScene(t, profiles['xa-2g'], 2, 0, 0);
  await seen('status', (line) => line['lastSyncAt'] !== null);
  desk.tell({ do: 'draft', bytes: 60_000 });
  await seen('settled', (line) => line['settled'] === 1);
  const before = lines.length;
  desk.tell({ do: 'revise', tail: 4000 });
  await seen('settled', (line) => line['settled'] === 2);
  const sent = lines.slice(before).filter(({ what, path }) => what === 'request' && String(path).startsWith('/v1/uploads')).reduce((sum, { bytes }) => sum + Number(bytes), 0);
  // a lost packet may have a request sent again, never the file
  assert.ok(sent < 20_000, `${sent} bytes`);
});
