import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingsOf } from '../../../src-renderer/features/verification/findings.ts';
import { isWorthComparing, laterChanges, wordsOf } from '../../../src-renderer/features/verification/later-changes.ts';
import { pairByNumber, pairPages } from '../../../src-renderer/features/verification/sheets.ts';
import { signatureFacts } from '../../../src-renderer/features/verification/signature-facts.ts';
import { calmPlaces, stopsOf } from '../../../src-renderer/features/verification/stops.ts';
import { wrongWith } from '../../../src-renderer/features/incoming/wrong-with.ts';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';
import type { ChangeReport, PagePlace, RevocationReport, SignatureReport } from '../../../src-shared/contract/verification.ts';

const t: Translate = (key, params) => translate('vi', key, params);
const place = (page: number, yMm: number, heightMm = 10): PagePlace => ({ page, xMm: 20, yMm, widthMm: 50, heightMm });
const change = (kind: ChangeReport['kind'], message: string, where: PagePlace | number | null): ChangeReport =>
  ({ kind, revision: 3, message, page: typeof where === 'number' ? where : (where?.page ?? null), place: typeof where === 'number' ? null : where });
const noLook: SignatureReport['look'] = { status: 'not-compared', reason: 'off', compared: 0, pages: [] };

function signature(patch: Partial<SignatureReport> = {}): SignatureReport {
  return {
    field: 'Signature1', revision: { index: 1, of: 2 }, signedBytes: 1000, subFilter: 'adbe.pkcs7.detached',
    signer: { commonName: 'Đặng Quốc Hùng', organization: 'UBND tỉnh', issuer: 'CA', serial: '1', notBefore: '2026-01-01T00:00:00Z', notAfter: '2029-01-01T00:00:00Z', thumbprint: 'a' },
    chain: [], time: { at: '2026-11-22T02:00:00Z', proven: true }, integrity: 'intact', coverage: 'whole-revision', level: 'B-T',
    trust: { status: 'trusted', revocation: 'good', detail: '' }, revocations: [], changesAfter: { status: 'none', changes: [] }, look: noLook, place: null, verdict: 'valid', problems: [], ...patch,
  };
}

describe('pages of two versions, laid beside each other', () => {
  test('the same pages stand beside each other', () => {
    assert.deepEqual(pairPages(['1', '2', '3'], ['1', '2', '3']), [1, 2, 3].map((number) => ({ signed: number, now: number })));
  });
  test('a page that was put in between stands alone, and those behind it keep their partners', () => {
    assert.deepEqual(pairPages(['1', '2'], ['1', 'x', '2']), [{ signed: 1, now: 1 }, { signed: null, now: 2 }, { signed: 2, now: 3 }]);
  });
  test('a page that was taken out leaves its side empty; one in the place of another stands beside it', () => {
    assert.deepEqual(pairPages(['1', '2', '3'], ['1', '3']), [{ signed: 1, now: 1 }, { signed: 2, now: null }, { signed: 3, now: 2 }]);
    assert.deepEqual(pairPages(['1', '2', '3'], ['1', 'x', '3']), [1, 2, 3].map((number) => ({ signed: number, now: number })));
    assert.deepEqual(pairPages(['1'], []), [{ signed: 1, now: null }]);
  });
  test('of a long document only the pages that matter, by their numbers', () => {
    assert.deepEqual(pairByNumber(300, 301, [301, 7, 7, 900]), [{ signed: 7, now: 7 }, { signed: null, now: 301 }]);
    assert.deepEqual(pairByNumber(300, 300, []), [{ signed: 1, now: 1 }]);
  });
});

describe('what came after a signature', () => {
  const added = change('content-added', 'Thêm ghi chú.', place(2, 40));
  const filled = change('field-filled', 'Điền ô “so_van_ban”.', place(1, 30));
  const metadata = change('metadata', 'Đổi thông tin tệp.', null);

  test('is told in the order of the pages, each once; what is on no page comes last', () => {
    const changes = laterChanges({ changesAfter: { status: 'content-added', changes: [metadata, added, filled, added] }, look: noLook });
    assert.deepEqual(changes.map(({ words, tone, page }) => [words, tone, page]), [[filled.message, 'calm', 1], [added.message, 'warn', 2], [metadata.message, 'calm', null]]);
  });
  test('a place that looks other is told where no change names it, and not where one does', () => {
    const look: SignatureReport['look'] = { status: 'changed', reason: null, compared: 3, pages: [{ page: 2, places: [place(2, 45), place(2, 200)] }, { page: 3, places: [] }] };
    const changes = laterChanges({ changesAfter: { status: 'content-added', changes: [added] }, look });
    assert.deepEqual(changes.map(({ words, page, place: where }) => [words, page, where?.yMm]), [[added.message, 2, 40], [null, 2, 200], [null, 3, undefined]]);
    const whole = laterChanges({ changesAfter: { status: 'forbidden', changes: [change('forbidden', 'Nội dung trang 2 bị thay.', 2)] }, look });
    assert.deepEqual(whole.map(({ page, words }) => [page, words]), [[2, 'Nội dung trang 2 bị thay.'], [3, null]]);
  });
  test('a sentence is given its page unless it names the page itself', () => {
    assert.equal(wordsOf({ page: 2, words: 'Thêm ghi chú.' }, t), 'Trang 2: Thêm ghi chú.');
    assert.equal(wordsOf({ page: 2, words: 'Thêm ghi chú (trang 2).' }, t), 'Thêm ghi chú (trang 2).');
    assert.equal(wordsOf({ page: 2, words: 'Trang 21 có ghi chú.' }, t), 'Trang 2: Trang 21 có ghi chú.');
    assert.equal(wordsOf({ page: 3, words: null }, t), 'Trang 3: trông khác lúc ký');
    assert.equal(wordsOf({ page: null, words: 'Đổi thông tin tệp.' }, t), 'Đổi thông tin tệp.');
  });
  test('only what is seen on a page is worth comparing, and only where the signed version is known', () => {
    const changed = signature({ changesAfter: { status: 'content-added', changes: [added] } });
    assert.equal(isWorthComparing(changed), true);
    assert.equal(isWorthComparing({ ...changed, signedBytes: null }), false);
    assert.equal(isWorthComparing({ ...changed, integrity: 'broken' }), false, 'what stands there is not what was signed');
    assert.equal(isWorthComparing(signature({ changesAfter: { status: 'allowed', changes: [filled, metadata] } })), false);
  });
  test('one goes from change to change over the pages, past what is lawful; added and removed pages are stops of their own', () => {
    const sheets = [{ signed: 1, now: 1 }, { signed: null, now: 2 }, { signed: 2, now: null }] as const;
    const changes = laterChanges({ changesAfter: { status: 'forbidden', changes: [added, filled, metadata] }, look: noLook });
    assert.deepEqual(stopsOf(changes, sheets).map(({ sheet, what }) => [sheet, typeof what === 'string' ? what : what.words]), [[1, 'added'], [1, added.message], [2, 'removed']]);
    assert.deepEqual(calmPlaces(changes, 1), [filled.place]);
    assert.deepEqual(calmPlaces(changes, 2), []);
  });
});

describe('what is said of a signature', () => {
  const problem = (code: string) => ({ code, message: `<${code}>` });

  test('what speaks against it stands open, what is good to know is folded, and nothing is said twice', () => {
    const added = change('content-added', 'Thêm ghi chú.', place(2, 40));
    const found = { problems: ['time.claimed', 'chain.untrusted', 'changes.content-added', 'look.not-compared', 'time.future'].map(problem), changesAfter: { status: 'content-added', changes: [added] } } as const;
    assert.deepEqual(findingsOf({ ...found, changesAfter: { ...found.changesAfter, changes: [added] } }), { open: ['<chain.untrusted>', '<time.future>'], folded: ['<time.claimed>', '<look.not-compared>'] });
    assert.deepEqual(findingsOf({ problems: [problem('changes.forbidden')], changesAfter: { status: 'forbidden', changes: [] } }).open, ['<changes.forbidden>'], 'no change is named: the sum is all there is');
  });
  test('each certificate’s standing names whose word it is, of when and from where; what could not be asked says why', () => {
    const one: RevocationReport = { commonName: 'CA con', thumbprint: 'b', status: 'good', revokedAt: null, kind: 'ocsp', source: 'dss', thisUpdate: '2026-11-21T02:14:00Z', nextUpdate: null, proof: 'c', unasked: null };
    const lines = (revocations: readonly RevocationReport[]) => signatureFacts(signature({ revocations: [...revocations] }), t, 'vi').find(({ key }) => key === 'standing')?.lines;
    assert.deepEqual(lines([one]), ['CA con: chưa bị thu hồi, theo phản hồi OCSP lúc 09:14, 21/11/2026, kèm trong tệp']);
    assert.deepEqual(lines([{ ...one, status: 'revoked', revokedAt: '2026-11-20T01:00:00Z', kind: 'crl', source: 'cache' }]), ['CA con: đã bị thu hồi lúc 08:00, 20/11/2026, theo danh sách thu hồi lúc 09:14, 21/11/2026, đã lưu trên máy này']);
    const unproven = { ...one, status: 'unproven', kind: null, source: null, thisUpdate: null } as const;
    assert.deepEqual(lines([unproven]), ['CA con: chưa biết có bị thu hồi không']);
    assert.match(lines([{ ...unproven, unasked: 'not-allowed' }])?.[0] ?? '', /^CA con: chưa biết có bị thu hồi không, Vai trò/);
    assert.deepEqual(lines([{ ...unproven, unasked: 'revocation.timeout' }]), ['CA con: chưa biết có bị thu hồi không, nơi hỏi không trả lời kịp.']);
    assert.deepEqual(lines([{ ...unproven, unasked: 'a reason of another version' }]), ['CA con: chưa biết có bị thu hồi không']);
  });
  test('the look says what was compared and why the rest was not', () => {
    const lines = (look: SignatureReport['look']) => signatureFacts(signature({ look }), t, 'vi').find(({ key }) => key === 'look')?.lines;
    assert.deepEqual(lines({ status: 'same', reason: 'pages', compared: 50, pages: [] }), ['Các trang trông như lúc ký', 'Đã so 50 trang, các trang khác chưa so: tệp có nhiều trang']);
    assert.deepEqual(lines({ status: 'changed', reason: null, compared: 4, pages: [{ page: 2, places: [] }, { page: 4, places: [] }] }), ['Trông khác lúc ký ở trang 2, 4']);
    assert.equal(lines({ status: 'nothing-later', reason: null, compared: 0, pages: [] }), undefined);
  });
});

test('what is wrong with an arrival is one sentence, of its worst signature', () => {
  const added = signature({ verdict: 'changed', changesAfter: { status: 'content-added', changes: [change('content-added', 'Thêm ghi chú.', place(2, 40))] }, problems: [{ code: 'time.claimed', message: '' }] });
  assert.deepEqual(wrongWith({ signatures: [signature(), added], problems: [] }, t), { tone: 'warn', sentence: 'Có nội dung được thêm sau chữ ký của Đặng Quốc Hùng.', details: ['Thêm ghi chú.'] });
  const sentence = (patch: Partial<SignatureReport>): string => wrongWith({ signatures: [added, signature({ verdict: 'invalid', ...patch })], problems: [] }, t).sentence;
  assert.equal(sentence({ integrity: 'broken' }), 'Nội dung mà Đặng Quốc Hùng đã ký đã bị sửa.');
  assert.equal(sentence({ changesAfter: { status: 'forbidden', changes: [] } }), 'Văn bản bị thay đổi sau chữ ký của Đặng Quốc Hùng, ngoài mức cho phép.');
  assert.equal(sentence({ trust: { status: 'trusted', revocation: 'revoked', detail: '' } }), 'Chứng thư của Đặng Quốc Hùng đã bị thu hồi.');
  assert.equal(sentence({ verdict: 'indeterminate', signer: null }), 'Chưa xác minh được chữ ký của một người ký không đọc được tên.');
  assert.deepEqual(wrongWith({ signatures: [], problems: [{ code: 'file.not-pdf', message: 'Không đọc được.' }] }, t), { tone: 'bad', sentence: 'Không kiểm tra được chữ ký của tệp này.', details: ['Không đọc được.'] });
});
