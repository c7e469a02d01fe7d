import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchCommands } from '../../../src-renderer/app/match-commands.ts';

const run = (): void => undefined;
const commands = [
  { id: 'register', words: 'Vào sổ và trình', group: 'document', run },
  { id: 'settings', words: 'Cài đặt', group: 'go', run },
  { id: 'draft', words: 'Soạn văn bản', group: 'desk', keys: 'Ctrl+N', run },
  { id: 'send', words: 'Gửi văn bản', group: 'document', run: null },
] as const;
const found = (typed: string, recent: readonly string[] = []): readonly string[] => matchCommands(commands, typed, recent).map(({ id }) => id);

test('a command is found by the beginnings of its words, in any order, without marks', () => {
  assert.deepEqual(found('vao so'), ['register']);
  assert.deepEqual(found('trinh vao'), ['register']);
  assert.deepEqual(found('cai DAT'), ['settings']);
  assert.deepEqual(found('xyz'), []);
});

test('what cannot be done now is left out', () => {
  assert.deepEqual(found('van ban'), ['draft']);
});

test('what was used of late comes first, and what begins with the letters before what only holds them', () => {
  assert.deepEqual(found('', ['settings']), ['settings', 'register', 'draft']);
  assert.deepEqual(found('v'), ['register', 'draft']);
});
