import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changedWords } from '../../../src-renderer/features/conflicts/changed-words.ts';
import { differencesOf, type Sayings } from '../../../src-renderer/features/conflicts/differences.ts';
import { conflictSide, type ConflictSide } from '../../../src-shared/contract/conflicts.ts';

const say: Sayings = { person: (id) => id.toUpperCase(), date: (day) => day, stage: (stage) => stage, file: ({ fileName }, code) => (code ? `${fileName} ${code}` : fileName) };
const side = (patch: object): ConflictSide => conflictSide.parse({ by: null, at: null, stage: null, assignment: null, content: null, text: null, ...patch });
const given = (patch: object = {}): ConflictSide => side({ assignment: { lead: 'an', support: ['binh', 'chi'], inform: [], directive: 'Xem và trả lời trước thứ sáu', deadline: '2026-11-27', ...patch } });
const marked = (text: string): string => `[${text}]`;
const shown = (pieces: readonly { readonly text: string; readonly changed: boolean }[]): string => pieces.map(({ text, changed }) => (changed ? marked(text) : text)).join(' ');

describe('what two versions differ in', () => {
  test('only what differs is told apart; the rest is named as the same', () => {
    const { different, same } = differencesOf(given(), given({ lead: 'dung' }), say);
    assert.deepEqual(different.map(({ field, mine, theirs }) => [field, shown(mine), shown(theirs)]), [['lead', '[AN]', '[DUNG]']]);
    assert.deepEqual(same, ['support', 'directive', 'deadline']);
  });

  test('of several names only those that the other has not are marked', () => {
    const { different } = differencesOf(given(), given({ support: ['chi', 'em'] }), say);
    assert.deepEqual(different.map(({ mine, theirs, list }) => [shown(mine), shown(theirs), list]), [['[BINH] CHI', 'CHI [EM]', true]]);
  });

  test('of a directive only the words that changed', () => {
    const { different } = differencesOf(given(), given({ directive: 'Xem và báo cáo trước thứ sáu' }), say);
    assert.deepEqual(different.map(({ mine, theirs }) => [shown(mine), shown(theirs)]), [['Xem và [trả lời] trước thứ sáu', 'Xem và [báo cáo] trước thứ sáu']]);
  });

  test('a deadline that only one has is a difference', () => {
    const { different } = differencesOf(given({ deadline: null }), given(), say);
    assert.deepEqual(different.map(({ field, mine, theirs }) => [field, shown(mine), shown(theirs)]), [['deadline', '', '[2026-11-27]']]);
  });

  test('two files of one name are told apart by their codes', () => {
    const file = (digit: string): object => ({ content: { sha256: digit.repeat(64), sizeBytes: 10, fileName: 'du-thao.pdf', parent: null } });
    assert.deepEqual(differencesOf(side(file('a')), side(file('b')), say).different.map(({ mine, theirs }) => [shown(mine), shown(theirs)]), [['[du-thao.pdf aaaaaa]', '[du-thao.pdf bbbbbb]']]);
    assert.deepEqual(differencesOf(side(file('a')), side(file('a')), say), { different: [], same: ['file'] });
  });

  test('a deed of another kind: the step and the words of both', () => {
    const { different } = differencesOf(side({ stage: 'registered' }), side({ stage: 'refused', text: 'Sai nơi nhận' }), say);
    assert.deepEqual(different.map(({ field, mine, theirs }) => [field, shown(mine), shown(theirs)]), [['stage', '[registered]', '[refused]'], ['text', '', '[Sai nơi nhận]']]);
  });

  test('what neither speaks of is not there', () => assert.deepEqual(differencesOf(side({}), side({}), say), { different: [], same: [] }));
});

describe('changed words', () => {
  test('the longest common run of words stays unmarked, in order', () => {
    const { mine, theirs } = changedWords('a b c d e', 'a c x e b');
    assert.deepEqual([shown(mine), shown(theirs)], ['a [b] c [d] e', 'a c [x] e [b]']);
  });

  test('spaces and line ends do not differ', () => assert.deepEqual(changedWords('a  b\nc', 'a b c').mine, [{ text: 'a b c', changed: false }]));

  test('an empty text has no piece', () => assert.deepEqual(changedWords('', 'a').mine, []));

  test('a text of thousands of words is marked as a whole, at once', () => {
    const long = Array.from({ length: 5000 }, (_, at) => `w${at}`).join(' ');
    assert.deepEqual(changedWords(long, `${long} x`).theirs.map(({ changed }) => changed), [true]);
    assert.deepEqual(changedWords(long, long).mine.map(({ changed }) => changed), [false]);
  });
});
