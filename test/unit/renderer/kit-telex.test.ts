import assert from 'node:assert/strict';
import { test } from 'node:test';
import { composeTelex, telexKeys } from '../../e2e/support/telex-words.ts';

test('Telex composes as UniKey does, key by key', () => {
  const steps = (keys: string): readonly string[] => keys.split('').map((_, index) => composeTelex(keys.slice(0, index + 1)));
  assert.deepEqual(steps('Quyeets'), ['Q', 'Qu', 'Quy', 'Quye', 'Quyê', 'Quyêt', 'Quyết']);
  assert.deepEqual(steps('ddinhj'), ['d', 'đ', 'đi', 'đin', 'đinh', 'định']);
  assert.deepEqual(steps('thuowng'), ['t', 'th', 'thu', 'thuo', 'thuơ', 'thươn', 'thương']);
  assert.deepEqual(steps('tos'), ['t', 'to', 'tó']);
  assert.deepEqual(steps('tosan'), ['t', 'to', 'tó', 'tóa', 'toán']);
});

test('a key pressed again takes its mark back', () => {
  assert.equal(composeTelex('xooong'), 'xoong');
  assert.equal(composeTelex('buss'), 'bus');
  assert.equal(composeTelex('toansz'), 'toan');
  assert.equal(composeTelex('ww'), 'w');
});

test('every word of an office is typed and read back', () => {
  const words =
    'Quyết định ủy ban nhân dân xã Sơn Tịnh về việc tăng cường gửi nhận văn bản điện tử giữa các cơ quan hành chính nhà nước khuỷu tay nghiêng ngoài thuở huơ Đường ĐƯỜNG ĐIỀU giữ gìn gì giặt quá quý của mía hoàng hòa hoà thủy thuỷ khỏe người được những xoong loong toong yêu chuyển quyền khuya rượu bưởi Windows bus Word Excel password PDF address';
  for (const word of words.split(' ')) {
    const { keys, style } = telexKeys(word);
    assert.equal(composeTelex(keys, style), word, keys);
  }
});
