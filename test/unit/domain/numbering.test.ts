import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { documentKinds, type DocumentKind } from '../../../src-shared/domain/document.ts';
import { addDays } from '../../../src-shared/domain/holidays.ts';
import { bookOf, checkBookRules, checkClosing, checkIssueDate, numberedKinds, usualBooks, withOwnBook, type BookRules, type BookYear, type NumberedKind } from '../../../src-shared/domain/numbering.ts';
import { describeError } from '../../../src-shared/errors.ts';
import type { Result } from '../../../src-shared/result.ts';

const code = (answer: Result<null>): string | null => (answer.ok ? null : answer.error.code);
const kinds = Object.keys(documentKinds) as DocumentKind[];
const decisions = withOwnBook(usualBooks, { register: 'quyet-dinh', name: 'Sổ quyết định', kinds: ['quyet-dinh'] });

describe('which book gives the number (NĐ 30/2020 Điều 15.1, 22.2; Phụ lục I Phần II.II.1c)', () => {
  test('Điều 15.1: one book for all outgoing types unless the office sets another', () => {
    assert.deepEqual([...new Set(kinds.map((kind) => bookOf(usualBooks, kind).register))], ['van-ban-di']);
  });

  test('Điều 22.2: incoming paper and electronic documents share one book; Phần II.II.1c: so do all forms of copies', () => {
    assert.equal(bookOf(usualBooks, 'incoming').register, 'van-ban-den');
    assert.equal(bookOf(usualBooks, 'copy').register, 'ban-sao');
  });

  test('Điều 15.1c: an office may give decisions a book of their own, and take it back', () => {
    assert.equal(bookOf(decisions, 'quyet-dinh').register, 'quyet-dinh');
    assert.equal(bookOf(decisions, 'cong-van').register, 'van-ban-di');
    assert.equal(code(checkBookRules(decisions)), null);
    const back = withOwnBook(decisions, { register: 'van-ban-di', name: 'Sổ đăng ký văn bản đi', kinds });
    assert.equal(code(checkBookRules(back)), null);
    assert.deepEqual(back.map(({ register }) => register).sort(), ['ban-sao', 'van-ban-den', 'van-ban-di']);
  });

  test('copies may share the book of outgoing documents, incoming ones none', () => {
    assert.equal(code(checkBookRules(withOwnBook(usualBooks, { register: 'van-ban-di', name: 'Sổ chung', kinds: [...kinds, 'copy'] }))), null);
    assert.equal(code(checkBookRules(withOwnBook(usualBooks, { register: 'van-ban-di', name: 'Sổ chung', kinds: [...kinds, 'incoming'] }))), 'numbering.book-name');
  });

  const without = (kind: NumberedKind): BookRules => usualBooks.map((rule) => ({ ...rule, kinds: rule.kinds.filter((one) => one !== kind) }));
  const refused: readonly (readonly [string, BookRules, string])[] = [
    ['a type in no book', without('to-trinh'), 'numbering.kind-without-book'],
    ['a type in two books', [...usualBooks, { register: 'to-trinh', name: 'Sổ tờ trình', kinds: ['to-trinh'] }], 'numbering.kind-in-two-books'],
    ['a type twice in one book', usualBooks.map((rule) => (rule.register === 'ban-sao' ? { ...rule, kinds: ['copy', 'copy'] as const } : rule)), 'numbering.kind-in-two-books'],
    ['two books of one code', [...usualBooks, { register: 'van-ban-di', name: 'Sổ nữa', kinds: [] }], 'numbering.book-name'],
    ['a code that is no path', [...without('copy'), { register: '../khac', name: 'Sổ', kinds: ['copy'] }], 'numbering.book-name'],
    ['a code with marks', [...without('copy'), { register: 'sổ-sao', name: 'Sổ', kinds: ['copy'] }], 'numbering.book-name'],
    ['a book without a name', [...without('copy'), { register: 'ban-sao-2', name: ' ', kinds: ['copy'] }], 'numbering.book-name'],
    ['no book at all', [], 'numbering.kind-without-book'],
  ];
  for (const [what, rules, expected] of refused) {
    test(`${what} is refused with a sentence that names it`, () => {
      const answer = checkBookRules(rules);
      assert.equal(code(answer), expected);
      if (!answer.ok) assert.doesNotMatch(describeError(answer.error), /“”|undefined/);
    });
  }

  test('however types are moved about, each has exactly one book', () => {
    const moves = fc.array(fc.record({ register: fc.constantFrom('van-ban-di', 'quyet-dinh', 'giay-moi', 'ban-sao'), kinds: fc.subarray([...kinds, 'copy' as const], { minLength: 1 }) }), { maxLength: 6 });
    fc.assert(fc.property(moves, (list) => {
      // a book that is set anew keeps what it had, as a screen would do it
      const rules = list.reduce<BookRules>((before, { register, kinds: moved }) => {
        const had = before.find((rule) => rule.register === register)?.kinds ?? [];
        return withOwnBook(before, { register, name: register, kinds: [...new Set([...had, ...moved])] });
      }, usualBooks);
      assert.equal(code(checkBookRules(rules)), null);
      for (const kind of numberedKinds) assert.equal(rules.filter((rule) => rule.kinds.includes(kind)).length, 1);
    }), { seed: 20_261_122, numRuns: 200 });
  });
});

describe('the date of a number (NĐ 30/2020 Điều 15.1, 22.2)', () => {
  const book: BookYear = { year: 2026, closed: false, previous: { number: 41, date: '2026-11-18' }, latestKnownDay: '2026-11-20' };
  const fresh: BookYear = { year: 2026, closed: false, previous: null, latestKnownDay: null };
  const table: readonly (readonly [string, BookYear, string, string, string | null])[] = [
    ['today', book, '2026-11-20', '2026-11-20', null],
    ['the day of the previous number', book, '2026-11-18', '2026-11-20', null],
    ['a day before the previous number', book, '2026-11-17', '2026-11-20', 'numbering.before-previous'],
    ['tomorrow', book, '2026-11-21', '2026-11-20', 'numbering.after-today'],
    ['a day of last year', fresh, '2025-12-31', '2026-01-05', 'numbering.other-year'],
    ['1 January', fresh, '2026-01-01', '2026-01-01', null],
    ['31 December, numbered on the day', fresh, '2026-12-31', '2026-12-31', null],
    ['31 December, numbered in January', book, '2026-12-31', '2027-01-02', null],
    ['1 January of the next year in the old book', book, '2027-01-01', '2027-01-02', 'numbering.other-year'],
    ['anything in a closed book', { ...book, closed: true }, '2026-12-31', '2027-01-02', 'numbering.book-closed'],
    ['today by a clock set back before what the server said', book, '2026-11-19', '2026-11-19', 'numbering.clock-back'],
    ['today by a clock set back before the previous number', { ...book, latestKnownDay: null }, '2026-11-17', '2026-11-17', 'numbering.clock-back'],
    ['a clock set back a year, in a closed book', { ...book, closed: true }, '2025-11-20', '2025-11-20', 'numbering.clock-back'],
  ];
  for (const [what, state, date, today, expected] of table) {
    test(`${what} is ${expected === null ? 'taken' : `refused (${expected})`}`, () => {
      const answer = checkIssueDate(state, date, today);
      assert.equal(code(answer), expected);
      if (!answer.ok) for (const locale of ['vi', 'en'] as const) assert.doesNotMatch(describeError(answer.error, locale), /[{}]|\d{4}-\d{2}-\d{2}/, 'days as people read them');
    });
  }

  test('a sentence says which number was earlier and what to choose', () => {
    const answer = checkIssueDate(book, '2026-11-17', '2026-11-20');
    assert.ok(!answer.ok);
    assert.match(describeError(answer.error), /^Ngày 17\/11\/2026 sớm hơn ngày 18\/11\/2026 của số 41 .* chọn từ ngày 18\/11\/2026 trở đi\.$/);
  });

  test('Điều 15.1: in whatever order days are tried, the numbers of a book stand in the order of time within its year', () => {
    const days = fc.array(fc.tuple(fc.integer({ min: -20, max: 400 }), fc.integer({ min: -20, max: 400 })), { maxLength: 40 });
    fc.assert(fc.property(days, (tries) => {
      let state = fresh;
      const given: string[] = [];
      for (const [day, now] of tries) {
        const [date, today] = [addDays('2026-01-01', day), addDays('2026-01-01', now)];
        if (!checkIssueDate(state, date, today).ok) continue;
        assert.ok(date <= today);
        given.push(date);
        state = { ...state, previous: { number: given.length, date }, latestKnownDay: today };
      }
      assert.deepEqual(given, given.toSorted());
      for (const date of given) assert.match(date, /^2026-/);
    }), { seed: 20_261_122, numRuns: 300 });
  });
});

describe('closing a year (NĐ 30/2020 Điều 15.1)', () => {
  const book: BookYear = { year: 2026, closed: false, previous: { number: 418, date: '2026-12-30' }, latestKnownDay: null };
  test('a book is closed on 31 December or later, once, and never opened again', () => {
    assert.equal(code(checkClosing(book, '2026-12-30')), 'numbering.year-not-over');
    assert.equal(code(checkClosing(book, '2026-12-31')), null);
    assert.equal(code(checkClosing(book, '2027-02-01')), null);
    assert.equal(code(checkClosing({ ...book, closed: true }, '2027-02-01')), 'numbering.closed-for-good');
    assert.equal(code(checkClosing(book, '2026-12-29')), 'numbering.clock-back');
  });
});
