import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold, foldedWords } from '../../src-shared/domain/fold.ts';

test('Vietnamese text folds to what is typed without marks', () => {
  assert.equal(fold('Quyết định về việc Đường bộ'), 'quyet dinh ve viec duong bo');
});

test('composed and decomposed text fold alike', () => {
  assert.equal(fold('Ủy ban nhân dân'.normalize('NFD')), fold('Ủy ban nhân dân'.normalize('NFC')));
});

test('a number with its notation falls into words', () => {
  assert.deepEqual(foldedWords('12/QĐ-UBND'), ['12', 'qd', 'ubnd']);
});

test('text without letters and digits has no words', () => {
  assert.deepEqual(foldedWords(' -/" * '), []);
});
