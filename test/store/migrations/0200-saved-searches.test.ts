import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSavedSearches } from '../../../src-main/store/tables/saved-searches.ts';
import type { PersonId } from '../../../src-shared/domain/ids.ts';
import { fileBefore, tables } from './helpers.ts';

test('step 200 brings saved searches that begin empty, each person’s own, in their order', (t) => {
  const { db, step } = fileBefore(t, 200, 'desk');
  step();
  assert.ok(tables(db).includes('saved_search'));
  const searches = createSavedSearches(db);
  const [mai, lan] = ['mai', 'lan'] as PersonId[];
  assert.ok(mai && lan);
  assert.deepEqual(searches.list(mai), []);
  const one = { id: '1', name: 'Hỏa tốc', folder: 'incoming', query: '', quick: ['express', 'unread'] } as const;
  const other = { id: '2', name: 'Sở Nội vụ', folder: 'outgoing', query: 'từ:"Sở Nội vụ"', quick: [] } as const;
  const kept = [one, other].map((each) => ({ ...each, quick: [...each.quick] }));
  searches.keep(mai, kept);
  assert.deepEqual([searches.list(mai), searches.list(lan)], [kept, []]);
  searches.keep(mai, kept.toReversed());
  assert.deepEqual(searches.list(mai).map(({ id }) => id), ['2', '1']);
});
