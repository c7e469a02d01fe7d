import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSearchName, longestSearchName, moveSearch, proposeSearchName } from '../../../src-shared/domain/saved-search.ts';
import { folderWords, quickFilterWords, stageNames, syncWords, urgencyWords, verdictWords } from '../../../src-shared/domain/results-words.ts';
import { vi } from '../../../src-renderer/i18n/vi.ts';

const named = (id: string, name: string) => ({ id, name });
const codeOf = (written: string, others: readonly { readonly id: string; readonly name: string }[] = []): string => {
  const checked = checkSearchName(written, others);
  return checked.ok ? `ok:${checked.value}` : checked.error.code;
};

test('a name is kept with one space between its words and its letters composed, and is nobody else’s, marks and capitals aside', () => {
  const others = [named('a', 'Hỏa tốc tuần này')];
  for (const [written, said] of [
    ['  Sở   Nội vụ ', 'ok:Sở Nội vụ'],
    ['Sở Nội vụ'.normalize('NFD'), 'ok:Sở Nội vụ'],
    [' \n ', 'search.no-name'],
    ['hoa toc TUAN nay', 'search.name-taken'],
    ['Hỏa  tốc tuần này', 'search.name-taken'],
    ['Hỏa tốc', 'ok:Hỏa tốc'],
    ['ộ'.repeat(longestSearchName), `ok:${'ộ'.repeat(longestSearchName)}`],
    ['ộ'.normalize('NFD').repeat(longestSearchName), `ok:${'ộ'.repeat(longestSearchName)}`],
    ['ộ'.repeat(longestSearchName + 1), 'search.name-too-long'],
  ] as const) assert.equal(codeOf(written, others), said, written);
});

test('the name that is proposed is the query, or the filters where there is none, and is never too long', () => {
  assert.equal(proposeSearchName(' từ:"Sở Nội vụ"  hạn:hôm_nay ', ['Hỏa tốc']), 'từ:"Sở Nội vụ" hạn:hôm_nay');
  assert.equal(proposeSearchName('', ['Hỏa tốc', 'Chưa đọc']), 'Hỏa tốc, Chưa đọc');
  assert.ok(codeOf(proposeSearchName('văn bản '.repeat(25), [])).startsWith('ok:'));
});

test('one step up or down changes places with its neighbour; at an end, or unknown, nothing moves', () => {
  const all = ['a', 'b', 'c'].map((id) => named(id, id));
  const ids = (id: string, by: -1 | 1): string => moveSearch(all, id, by).map((one) => one.id).join('');
  assert.deepEqual([ids('b', -1), ids('b', 1), ids('a', -1), ids('c', 1), ids('x', 1)], ['bac', 'acb', 'abc', 'abc', 'abc']);
});

test('a list’s file says everything with the words of the screen', () => {
  const areas = { nav: folderWords, 'list.filter': quickFilterWords, stage: stageNames, urgency: urgencyWords, verdict: verdictWords, sync: syncWords } as const;
  const words: Readonly<Record<string, string>> = vi;
  let compared = 0;
  for (const [area, known] of Object.entries(areas)) {
    for (const [key, text] of Object.entries(known)) {
      if (area === 'sync' && key === 'synced') continue;
      assert.equal(text, words[`${area}.${key}`], `${area}.${key}`);
      compared += 1;
    }
  }
  assert.equal(compared, 5 + 5 + 16 + 4 + 7 + 4);
});
