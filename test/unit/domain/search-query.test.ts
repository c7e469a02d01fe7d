import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindsOf, parseSearch, readDays, readDue, readNumber, removeFault, removeTerm, searchOperators, stagesOf } from '../../../src-shared/domain/search-query.ts';

const shortly = (text: string) => {
  const { words, terms, faults } = parseSearch(text);
  return { words, terms: terms.map(({ operator, value }) => `${operator}=${value}`), faults: faults.map(({ operator, reason }) => `${operator}=${reason}`) };
};

test('operators are known with and without marks, in any case, and the rest is words', () => {
  assert.deepEqual(shortly('phòng cháy từ:"Sở Nội vụ" SO:152 lụt'), { words: 'phòng cháy lụt', terms: ['from=Sở Nội vụ', 'number=152'], faults: [] });
  assert.deepEqual(shortly('TỪ:sở tu:tỉnh Ngày>01/02/2026 ngay<2026 NGÀY:03/2026').terms, ['from=sở', 'from=tỉnh', 'date-after=01/02/2026', 'date-before=2026', 'date=03/2026']);
  assert.deepEqual(shortly('trạng_thái:đã_gửi trang_thai:nhap giao_cho:"Trần Thị Mai" có:tệp hạn:quá_hạn loai:qd').terms, [
    'stage=đã_gửi', 'stage=nhap', 'assignee=Trần Thị Mai', 'has=tệp', 'due=quá_hạn', 'kind=qd',
  ]);
});

test('marks may be typed as separate letters, as some keyboards send them', () => {
  assert.deepEqual(shortly('từ:so').terms, ['from=so']);
  assert.deepEqual(shortly('trạng_thái:đã_gửi'.normalize('NFD')).terms.length, 1);
});

test('an unknown operator, a sign in the middle and a bare sign are words', () => {
  for (const text of ['về việc:họp', 'http://a.vn', '15:30', 'số 30/2020/NĐ-CP', ': > <', 'constructor:x', '__proto__:x', 'số>5', 'họp"từ:sở']) {
    assert.deepEqual(parseSearch(text), { words: text, terms: [], faults: [] }, text);
  }
});

test('a known operator with a value that means nothing is a fault and narrows nothing', () => {
  assert.deepEqual(shortly('từ: ngày:31/02 ngày>mai số:abc loại:xyz trạng_thái:xyz có:gì hạn:mai họp'), {
    words: 'họp', terms: [],
    faults: ['from=missing', 'date=not-a-date', 'date-after=not-a-date', 'number=not-a-number', 'kind=unknown-value', 'stage=unknown-value', 'has=unknown-value', 'due=not-a-date'],
  });
});

test('a quote that is still open goes to the end', () => {
  assert.deepEqual(shortly('họp từ:"Sở Nội').terms, ['from=Sở Nội']);
  assert.deepEqual(shortly('từ:"').faults, ['from=missing']);
});

test('a chip that is taken away leaves the rest as it was', () => {
  const text = 'phòng  từ:"Sở Nội vụ" cháy số:15 loại:xyz';
  assert.equal(removeTerm(text, 0), 'phòng cháy số:15 loại:xyz');
  assert.equal(removeTerm(text, 1), 'phòng từ:"Sở Nội vụ" cháy loại:xyz');
  assert.equal(removeFault(text, 0), 'phòng từ:"Sở Nội vụ" cháy số:15');
  assert.equal(removeTerm(text, 7), text);
});

test('the pieces lie where they say', () => {
  const text = 'a từ:x  số:1 b';
  for (const { start, end, text: piece } of parseSearch(text).terms) assert.equal(text.slice(start, end), piece);
});

test('every example of the help is understood as what it stands for', () => {
  for (const { operator, example } of searchOperators) assert.deepEqual(parseSearch(example).terms.map((term) => [term.operator, term.text]), [[operator, example]]);
});

test('kinds go by name, its beginning, or abbreviation', () => {
  assert.deepEqual(kindsOf('quyết_định'), ['quyet-dinh']);
  assert.deepEqual(kindsOf('qd'), ['quyet-dinh']);
  assert.deepEqual(kindsOf('HD'), ['huong-dan', 'hop-dong']);
  assert.deepEqual(kindsOf('công'), ['cong-van', 'cong-dien']);
  assert.deepEqual(kindsOf(''), [], 'the empty abbreviation of a công văn is nobody');
});

test('stages go by their words; a whole word before a beginning', () => {
  assert.deepEqual(stagesOf('đã trình'), ['presented']);
  assert.deepEqual(stagesOf('đã_gửi'), ['sent']);
  assert.deepEqual(stagesOf('chờ'), ['submitted', 'approved', 'issued']);
});

test('days are read as they are written here', () => {
  const today = '2026-11-22';
  assert.deepEqual(readDays('5/3/2026', today), { first: '2026-03-05', last: '2026-03-05' });
  assert.deepEqual(readDays('2/2024', today), { first: '2024-02-01', last: '2024-02-29' });
  assert.deepEqual(readDays('2025', today), { first: '2025-01-01', last: '2025-12-31' });
  assert.equal(readDays('25/12', today, true)?.first, '2025-12-25', 'the last one that has been');
  assert.equal(readDays('25/12', today)?.first, '2026-12-25');
  assert.equal(readDays('29/02', today)?.first, '2024-02-29');
  for (const wrong of ['31/04/2026', '0/1/2026', '13/2026', '1/1/26', '1/2/3/2026', '', 'x', '99']) assert.equal(readDays(wrong, today), null, wrong);
});

test('a week goes from Monday to Sunday', () => {
  // 22 November 2026 is a Sunday
  assert.deepEqual(readDue('tuần_này', '2026-11-22'), { first: '2026-11-16', last: '2026-11-22' });
  assert.deepEqual(readDue('tuần này', '2026-11-23'), { first: '2026-11-23', last: '2026-11-29' });
  assert.deepEqual(readDue('hôm_nay', '2026-11-22'), { first: '2026-11-22', last: '2026-11-22' });
  assert.equal(readDue('quá hạn', '2026-11-22'), 'overdue');
});

test('a number may carry its notation', () => {
  assert.deepEqual(readNumber('0152/QĐ-UBND'), { number: 152, rest: 'QĐ-UBND' });
  assert.equal(readNumber('QĐ'), null);
});
