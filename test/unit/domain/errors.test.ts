import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeError, errorCodes, errorTexts } from '../../../src-shared/errors.ts';

test('every error has a Vietnamese and an English sentence with the same blanks', () => {
  for (const code of errorCodes) {
    const { vi, en } = errorTexts[code];
    const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').sort();
    assert.deepEqual(blanks(vi), blanks(en), code);
    assert.match(vi, /[.}]$/, `${code} is a sentence`);
  }
});

test('a sentence is filled from the params, and a missing one leaves no brace', () => {
  assert.match(describeError({ code: 'pdf.no-such-page', params: { pages: 2, page: 9 } }), /2 trang.*trang 9/);
  assert.doesNotMatch(describeError({ code: 'token.pin-wrong' }), /[{}]/);
});
