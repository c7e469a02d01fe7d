import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const room = fileURLToPath(new URL('../../src-main/sync/', import.meta.url));
const forbidden = /\b(setTimeout|setInterval|setImmediate|clearTimeout|queueMicrotask|nextTick|Date\.now|new Date\(\)|Math\.random|performance|randomUUID|randomBytes|AbortSignal\.timeout|timers)\b/;

test('the sync engine takes time, chance and the network from its ports alone, so that a seed decides a run', () => {
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  assert.ok(files.length > 8, 'the room is where it was');
  const found = files.flatMap((file) => readFileSync(path.join(room, file), 'utf8').split('\n').flatMap((line, at) => (forbidden.test(line) ? [`${file}:${at + 1} ${line.trim()}`] : [])));
  assert.deepEqual(found, []);
});
