import assert from 'node:assert/strict';
import { test } from 'node:test';
import { versionOf } from '../../../src-renderer/features/signing/versions.ts';
import type { DocumentEvent } from '../../../src-shared/domain/document.ts';

const of = (...events: readonly (readonly [type: string, more?: object])[]): readonly DocumentEvent[] => events.map(([type, more]) => ({ type, at: '2026-11-21T01:00:00Z', by: null, command: null, ...more }) as unknown as DocumentEvent);

test('a draft handed over once is its first version', () => {
  assert.deepEqual(versionOf(of(['drafted'], ['submitted'])), { number: 1, replaced: false, reason: null });
});

test('one that was sent back and got another file says so, with the reason', () => {
  assert.deepEqual(versionOf(of(['drafted'], ['submitted'], ['returned', { reason: 'Bổ sung mục 2' }], ['revised'], ['submitted'])), { number: 2, replaced: true, reason: 'Bổ sung mục 2' });
});

test('one that comes back with the same file says that it is the same', () => {
  assert.deepEqual(versionOf(of(['drafted'], ['submitted'], ['returned', { reason: 'a' }], ['revised'], ['submitted'], ['returned', { reason: 'b' }], ['submitted'])), { number: 3, replaced: false, reason: 'b' });
});
