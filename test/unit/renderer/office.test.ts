import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slugOf, withBook, withoutBook } from '../../../src-renderer/features/office/book-values.ts';
import { inOrder, standingOf, type GrantRow } from '../../../src-renderer/features/office/grant-words.ts';
import { standingOfDay, weeksOf } from '../../../src-renderer/features/office/year-days.ts';
import { changesOf, emptyPaper, findDescribedFaults, findTypedFaults } from '../../../src-renderer/features/incoming/paper-values.ts';
import { placeOf, titleOfWork } from '../../../src-renderer/features/outbox/command-words.ts';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';
import { documentId } from '../../../src-shared/domain/ids.ts';
import { checkBookRules, usualBooks } from '../../../src-shared/domain/numbering.ts';
import { catalogueCommandBody } from '../../../src-shared/domain/records/catalogue.ts';
import { dossierCommandBody } from '../../../src-shared/domain/records/dossier.ts';
import { officeCommandBody } from '../../../src-shared/domain/records/office.ts';

const t: Translate = (key, params) => translate('vi', key, params);
const record = documentId.parse('01900000-0000-7000-8000-000000000001');

test('a book’s code is made of its name, and is unlike those that are taken', () => {
  assert.equal(slugOf('Sổ quyết định', []), 'so-quyet-dinh');
  assert.equal(slugOf('Sổ quyết định', ['so-quyet-dinh']), 'so-quyet-dinh-2');
  assert.equal(slugOf('—', []), 'so');
  assert.ok(slugOf('Sổ đăng ký văn bản đi của Ủy ban nhân dân xã Sơn Tịnh', []).length <= 40);
});

test('a book that is added, renamed or taken away leaves every type in exactly one book', () => {
  const own = withBook(usualBooks, { slug: 'so-quyet-dinh', name: 'Sổ quyết định', kinds: ['quyet-dinh', 'chi-thi'] });
  assert.equal(checkBookRules(own).ok, true);
  const moved = withBook(own, { slug: 'so-chi-thi', name: 'Sổ chỉ thị', kinds: ['chi-thi'] });
  assert.deepEqual(moved.find(({ slug }) => slug === 'so-quyet-dinh')?.kinds, ['quyet-dinh']);
  assert.equal(checkBookRules(moved).ok, true);
  assert.equal(withBook(own, { slug: 'van-ban-di', name: 'Sổ chung', kinds: null }).find(({ kinds }) => kinds === null)?.name, 'Sổ chung');
  assert.deepEqual(withoutBook(own, 'so-quyet-dinh'), usualBooks);
});

test('leaves in force come first, then those to come, then those that are over', () => {
  const of = (firstDay: string, lastDay: string): GrantRow => ({ firstDay, lastDay }) as GrantRow;
  const [over, now, later] = [of('2026-01-01', '2026-01-31'), of('2026-11-01', '2026-11-22'), of('2026-11-23', '2026-12-01')];
  assert.deepEqual([over, now, later].map((one) => standingOf(one, '2026-11-22')), ['over', 'now', 'later']);
  assert.deepEqual(inOrder([over, later, now], '2026-11-22'), [now, later, over]);
});

test('a month stands in weeks from Monday on, all its days once', () => {
  for (let month = 1; month <= 12; month++) {
    const weeks = weeksOf(2028, month);
    const days = weeks.flat().filter((date) => date !== null);
    assert.equal(days.length, new Date(Date.UTC(2028, month, 0)).getUTCDate());
    assert.ok(weeks.every((week) => week.length === 7));
    for (const week of weeks) for (const [at, date] of week.entries()) if (date !== null) assert.equal((new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7, at, date);
  }
});

test('a day stands as the office set it before the country, and a Saturday worked in exchange is no weekend', () => {
  const own = new Map([['2026-04-30', { date: '2026-04-30', kind: 'working' as const, name: 'Trực' }], ['2026-03-10', { date: '2026-03-10', kind: 'off' as const, name: 'Lễ hội' }]]);
  assert.deepEqual(['2026-04-30', '2026-03-10', '2026-05-01', '2026-08-22', '2026-11-21', '2026-11-20'].map((date) => standingOfDay(date, own)), ['own-working', 'own-off', 'holiday', 'worked-weekend', 'weekend', 'work']);
});

test('what waits of the office’s records is told in words and leads to a screen, never to a document that is none', () => {
  const types = [...officeCommandBody.options.map(({ shape }) => shape.type.value), ...catalogueCommandBody.options.map(({ shape }) => shape.type.value), ...dossierCommandBody.options.map(({ shape }) => shape.type.value)];
  for (const type of types) {
    const place = placeOf({ type, document: record });
    assert.ok(['office', 'dossiers', 'registers'].includes(place.screen), `${type} leads to ${place.screen}`);
    for (const raw of ['office', 'catalogue']) assert.ok(titleOfWork({ type, title: raw }, t) !== raw || type.endsWith('Dossier') || type.endsWith('Documents'), `${type} is titled “${raw}”`);
  }
  assert.deepEqual(placeOf({ type: 'register', document: record }), { screen: 'incoming', id: record });
  assert.equal(titleOfWork({ type: 'register', title: 'Giấy mời' }, t), 'Giấy mời');
});

test('a received document needs a sender and a subject, and no day that is yet to come', () => {
  assert.deepEqual(findDescribedFaults(emptyPaper, '2026-11-22'), { from: 'paper.needFrom', title: 'draft.needTitle' });
  const whole = { ...emptyPaper, from: { code: null, name: 'Hợp tác xã' }, title: 'Đơn', issuedDate: '2026-11-23' };
  assert.deepEqual(findDescribedFaults(whole, '2026-11-22'), { issuedDate: 'paper.dateAhead' });
  assert.deepEqual(findDescribedFaults({ ...whole, issuedDate: '2026-11-22' }, '2026-11-22'), {});
});

test('a secret is told of beside the field that bears it as it is typed, and a notation of no form beside its own', () => {
  assert.deepEqual(findTypedFaults({ title: 'Kế hoạch (Tối mật)', numberText: '', notation: '' }), { title: 'draft.secret' });
  assert.deepEqual(findTypedFaults({ title: 'Bảo mật thông tin', numberText: '07a', notation: 'QĐ-UBND' }), {});
  const { notation } = findTypedFaults({ title: '', numberText: '', notation: 'QĐ UBND ?' });
  assert.ok(typeof notation === 'object' && notation.code === 'notation.malformed');
});

test('only what differs is sent, a number together with its notation', () => {
  const before = { ...emptyPaper, from: { code: null, name: 'A' }, title: 'T', numberText: '5', notation: 'UBND' };
  assert.equal(changesOf(before, { ...before, title: ' T ' }), null);
  assert.deepEqual(changesOf(before, { ...before, signer: 'S' }), { signer: 'S' });
  assert.deepEqual(changesOf(before, { ...before, numberText: '6' }), { numberText: '6', notation: 'UBND' });
});
