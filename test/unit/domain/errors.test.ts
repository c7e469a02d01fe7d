import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incomingStages, outgoingStages } from '../../../src-shared/domain/document.ts';
import { describeError, errorCodes, errorTexts } from '../../../src-shared/errors.ts';
import { en } from '../../../src-renderer/i18n/en.ts';
import { vi } from '../../../src-renderer/i18n/vi.ts';

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

test('what an error names is told in the reader’s language, in the words of the lists', () => {
  for (const stage of [...outgoingStages, ...incomingStages]) {
    const error = { code: 'workflow.wrong-stage', params: { stage } } as const;
    assert.ok(describeError(error).includes(`“${vi[`stage.${stage}`]}”`), describeError(error));
    assert.ok(describeError(error, 'en').includes(`“${en[`stage.${stage}`]}”`), describeError(error, 'en'));
  }
  assert.equal(describeError({ code: 'token.pin-wrong', params: { left: 'final' } }, 'en'), 'Wrong PIN. The document is unchanged. One last try is left.');
  assert.match(describeError({ code: 'not-found', params: { what: 'document' } }), /^Không tìm thấy văn bản\./);
  assert.match(describeError({ code: 'not-found' }), /^Không tìm thấy mục này\./);
  // what no table knows is shown as it came
  assert.match(describeError({ code: 'not-found', params: { what: 'trường chữ ký S1' } }), /trường chữ ký S1/);
});
