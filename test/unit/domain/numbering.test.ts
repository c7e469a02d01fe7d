import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { documentKinds, type DocumentKind } from '../../../src-shared/domain/document.ts';
import { addDays } from '../../../src-shared/domain/holidays.ts';
import { bookOf, checkBookRules, checkClosing, checkIssueDate, numberedKinds, usualBooks, withOwnBook, type BookRule, type BookYear } from '../../../src-shared/domain/numbering.ts';
import { bookRule } from '../../../src-shared/domain/records/office.ts';
import { describeError } from '../../../src-shared/errors.ts';
import type { Result } from '../../../src-shared/result.ts';

const code = (answer: Result<null>): string | null => (answer.ok ? null : answer.error.code);
const kinds = Object.keys(documentKinds) as DocumentKind[];
const decisions = withOwnBook(usualBooks, { slug: 'quyet-dinh', name: 'Sổ quyết định', kinds: ['quyet-dinh'] });
const common = usualBooks[0] as BookRule;

describe('which book gives the number (NĐ 30/2020 Điều 15.1, 22.2; Phụ lục I Phần II.II.1c)', () => {
  test('Điều 15.1: one book for all outgoing types unless the office sets another', () => {
    for (const rules of [usualBooks, []]) assert.deepEqual([...new Set(kinds.map((kind) => bookOf(rules, kind).slug))], ['van-ban-di']);
  });

  test('Điều 22.2: incoming paper and electronic documents share one book; Phần II.II.1c: so do all forms of copies', () => {
    for (const rules of [usualBooks, decisions]) {
      assert.equal(bookOf(rules, 'incoming').slug, 'van-ban-den');
      assert.equal(bookOf(rules, 'copy').slug, 'ban-sao');
    }
  });

  test('Điều 15.1c: an office may give decisions a book of their own, and take it back', () => {
    assert.equal(bookOf(decisions, 'quyet-dinh').slug, 'quyet-dinh');
    assert.equal(bookOf(decisions, 'cong-van').slug, 'van-ban-di');
    assert.equal(code(checkBookRules(decisions)), null);
    const moved = withOwnBook(decisions, { slug: 'so-khac', name: 'Sổ khác', kinds: ['quyet-dinh', 'chi-thi'] });
    assert.deepEqual(moved.map(({ slug }) => slug), ['van-ban-di', 'so-khac'], 'a book without a type goes, the common one stays');
  });

  test('copies may have a book that the office names, alone or with some types', () => {
    const rules = withOwnBook(usualBooks, { slug: 'sao-va-giay', name: 'Sổ sao và giấy', kinds: ['copy', 'giay-moi'] });
    assert.equal(code(checkBookRules(rules)), null);
    assert.deepEqual((['copy', 'giay-moi', 'cong-van'] as const).map((kind) => bookOf(rules, kind).slug), ['sao-va-giay', 'sao-va-giay', 'van-ban-di']);
  });

  const refused: readonly (readonly [string, readonly BookRule[], string])[] = [
    ['a type in no book', [{ ...common, kinds: kinds.filter((kind) => kind !== 'to-trinh') }], 'numbering.kind-without-book'],
    ['a type in two books', [...decisions, { slug: 'khac', name: 'Sổ khác', kinds: ['quyet-dinh'] }], 'numbering.kind-in-two-books'],
    ['a type twice in one book', [common, { slug: 'khac', name: 'Sổ khác', kinds: ['copy', 'copy'] }], 'numbering.kind-in-two-books'],
    ['two books for all the rest', [common, { ...common, slug: 'chung' }], 'numbering.kind-in-two-books'],
    ['two books of one code', [common, { slug: 'van-ban-di', name: 'Sổ nữa', kinds: ['chi-thi'] }], 'numbering.book-name'],
    ['the code of the incoming book', [common, { slug: 'van-ban-den', name: 'Sổ nữa', kinds: ['chi-thi'] }], 'numbering.book-name'],
    ['the code of the copies’ book for something else', [common, { slug: 'ban-sao', name: 'Sổ nữa', kinds: ['chi-thi'] }], 'numbering.book-name'],
    ['a code that is no path', [common, { slug: '../khac', name: 'Sổ', kinds: ['copy'] }], 'numbering.book-name'],
    ['a code with marks', [common, { slug: 'sổ-sao', name: 'Sổ', kinds: ['copy'] }], 'numbering.book-name'],
    ['a book without a name', [common, { slug: 'sao', name: ' ', kinds: ['copy'] }], 'numbering.book-name'],
    ['incoming documents in a book of ours', [common, { slug: 'khac', name: 'Sổ', kinds: ['incoming'] }], 'input.invalid'],
    ['a type that the decree does not know', [common, { slug: 'khac', name: 'Sổ', kinds: ['toString'] }], 'input.invalid'],
    ['no book at all', [], 'numbering.kind-without-book'],
  ];
  for (const [what, rules, expected] of refused) {
    test(`${what} is refused with a sentence that names it`, () => {
      const answer = checkBookRules(rules);
      assert.equal(code(answer), expected);
      if (!answer.ok) assert.doesNotMatch(describeError(answer.error), /“”|undefined/);
    });
  }

  test('every type may be named, and then no book for the rest is needed', () => {
    assert.equal(code(checkBookRules([{ ...common, kinds }])), null);
  });

  test('however types are moved about, each has exactly one book', () => {
    const moves = fc.array(fc.record({ slug: fc.constantFrom('quyet-dinh', 'giay-moi', 'sao'), kinds: fc.subarray([...kinds, 'copy' as const], { minLength: 1 }) }), { maxLength: 6 });
    fc.assert(fc.property(moves, (list) => {
      // a book that is set anew keeps what it had, as a screen would do it
      const rules = list.reduce<readonly BookRule[]>((before, { slug, kinds: moved }) => {
        const had = before.find((rule) => rule.slug === slug)?.kinds ?? [];
        return withOwnBook(before, { slug, name: slug, kinds: [...new Set([...had, ...moved])] });
      }, usualBooks);
      assert.equal(code(checkBookRules(rules)), null);
      for (const kind of numberedKinds) {
        const asked = list.findLast(({ kinds: moved }) => (moved as readonly string[]).includes(kind))?.slug;
        assert.equal(bookOf(rules, kind).slug, asked ?? (kind === 'incoming' ? 'van-ban-den' : kind === 'copy' ? 'ban-sao' : 'van-ban-di'));
      }
    }), { seed: 20_261_122, numRuns: 200 });
  });

  test('the rules are those of the office’s own record', () => {
    assert.deepEqual(decisions.map((rule) => bookRule.parse(rule)), decisions);
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
  test('a book is closed when 31 December has passed, once, and never opened again', () => {
    assert.equal(code(checkClosing(book, '2026-12-30')), 'numbering.year-not-over');
    assert.equal(code(checkClosing(book, '2026-12-31')), 'numbering.year-not-over');
    assert.equal(code(checkClosing(book, '2027-01-01')), null);
    assert.equal(code(checkClosing({ ...book, closed: true }, '2027-02-01')), 'numbering.closed-for-good');
    assert.equal(code(checkClosing(book, '2026-12-29')), 'numbering.clock-back');
  });
});
