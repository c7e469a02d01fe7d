import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ariaWords } from '../../../src-renderer/ui/aria-words.ts';
import { beginsWords } from '../../../src-shared/domain/fold.ts';

type English = Readonly<Record<string, unknown>>;
const englishOf = (group: string): string => fileURLToPath(new URL(`../../../node_modules/react-aria/dist/private/intl/${group}/en-US.mjs`, import.meta.url));

describe('what react-aria says of itself', () => {
  /** Groups of the primitives that the desk has. */
  const used = ['calendar', 'combobox', 'grid', 'menu', 'numberfield', 'overlays', 'spinbutton', 'table', 'tree'];
  /** Of things that the desk's calendar and fields do not do: ranges of days. */
  const unused = ['selectedRangeDescription', 'startRangeSelectionPrompt', 'finishRangeSelectionPrompt', 'dateRange'];
  for (const group of used) {
    test(`is in Vietnamese, word for word: ${group}`, async () => {
      const english = ((await import(englishOf(group))) as { readonly default: English }).default;
      assert.deepEqual(Object.keys(ariaWords[group] ?? {}).sort(), Object.keys(english).filter((key) => !unused.includes(key)).sort());
    });
  }
  test('is of no group that react-aria does not have', () => {
    assert.deepEqual(Object.keys(ariaWords).filter((group) => !existsSync(englishOf(group))), []);
  });
});

test('words are found without marks, each by its beginning', () => {
  assert.ok(beginsWords('Đặng Quốc Hùng', 'dang quoc h'));
  assert.ok(beginsWords('Sở Khoa học và Công nghệ', 'so khoa'));
  assert.ok(beginsWords('Sở Khoa học và Công nghệ', 'công ngh'));
  assert.ok(beginsWords('Sở Nội vụ', ''));
  assert.ok(!beginsWords('Sở Nội vụ', 'khoa'));
  assert.ok(!beginsWords('Sở Nội vụ', 'ội'));
});
