import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { markSide } from '../../../src-renderer/features/verification/mark-side.ts';
import { foldBar } from '../../../src-renderer/pdf/fold-bar.ts';
import { pageFrom } from '../../../src-renderer/pdf/page-number.ts';
import { timesWidth } from '../../../src-renderer/pdf/times-widths.ts';

describe('the viewer’s small parts', () => {
  test('a typed page number is brought into the document; what is none leads nowhere', () => {
    assert.deepEqual(['7', ' 12 ', '0', '999', '10000000000', '', 'ba', '-3', '2.5'].map((typed) => pageFrom(typed, 100)), [7, 12, 1, 100, null, null, null, null, null]);
  });

  test('the bar of đ is folded without moving any other character', () => {
    const text = 'Đường đi Điện Biên: 12/QĐ-UBND';
    assert.equal(foldBar(text), 'Dường di Diện Biên: 12/QD-UBND');
    assert.equal(foldBar(text).length, text.length);
  });

  test('a marked letter is as wide as its own base letter', () => {
    assert.equal(timesWidth('ệ'), timesWidth('e'));
    assert.equal(timesWidth('Đ'), timesWidth('D'));
    assert.ok(timesWidth('i') < timesWidth('m'));
  });

  test('the words of two marks that overlap stand on either side of them', () => {
    const seal = { page: 1, xMm: 100, widthMm: 36 };
    const signature = { page: 1, xMm: 120, widthMm: 50 };
    assert.deepEqual([markSide(seal, [seal, signature]), markSide(signature, [seal, signature])], ['left', 'right']);
    assert.equal(markSide(seal, [seal, { ...signature, page: 2 }]), 'right');
  });
});
