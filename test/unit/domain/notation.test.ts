import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { documentKinds, type DocumentKind } from '../../../src-shared/domain/document.ts';
import { buildCopyNotation, buildNotation, checkReference, copyAbbreviations, formatDocumentDate, formatNumber, formatReference, parseReference, sameReference, suggestNotation } from '../../../src-shared/domain/notation.ts';

const runs = { seed: 20_261_122, numRuns: 500 };
const commune = { body: 'UBND', unit: 'VP' };
const kinds = Object.keys(documentKinds) as DocumentKind[];

describe('số, ký hiệu by rule (NĐ 30/2020 Điều 7, Phụ lục I, Phụ lục III)', () => {
  const built: readonly (readonly [DocumentKind, string])[] = [['quyet-dinh', 'QĐ-UBND'], ['quy-dinh', 'QyĐ-UBND'], ['chi-thi', 'CT-UBND'], ['chuong-trinh', 'CTr-UBND'], ['to-trinh', 'TTr-UBND'], ['cong-dien', 'CĐ-UBND'], ['cong-van', 'UBND-VP'], ['thu-cong', 'UBND-VP']];
  for (const [kind, expected] of built) test(`${documentKinds[kind].name} is noted ${expected}`, () => assert.equal(buildNotation(kind, commune), expected));

  test('the 29 types of Phụ lục III: 27 with an abbreviation, no two alike', () => {
    const abbreviations = kinds.map((kind) => documentKinds[kind].abbreviation).filter((text) => text !== '');
    assert.deepEqual([kinds.length, abbreviations.length, new Set([...abbreviations, ...Object.values(copyAbbreviations)].map((text) => text.toLowerCase())).size], [29, 27, 30]);
  });

  test('a công văn of an office without units bears the body alone; copies have notations of their own', () => {
    assert.equal(buildNotation('cong-van', { body: 'UBND', unit: null }), 'UBND');
    assert.deepEqual((['sao-y', 'trich-sao', 'sao-luc'] as const).map((kind) => buildCopyNotation(kind, 'UBND')), ['SY-UBND', 'TrS-UBND', 'SL-UBND']);
  });

  test('numbers below ten have a zero before them (Phụ lục I.II.3)', () => {
    assert.deepEqual([1, 9, 10, 418, 12345].map(formatNumber), ['01', '09', '10', '418', '12345']);
    assert.equal(formatReference({ number: 5, numberText: '05', notation: 'UBND-VP' }), '05/UBND-VP');
  });

  test('days below ten and the months 1 and 2 have a zero before them (Phụ lục I.II.4)', () => {
    assert.deepEqual(['2026-02-05', '2026-01-31', '2026-03-09', '2026-11-22', '2026-10-01'].map(formatDocumentDate), [
      'ngày 05 tháng 02 năm 2026', 'ngày 31 tháng 01 năm 2026', 'ngày 09 tháng 3 năm 2026', 'ngày 22 tháng 11 năm 2026', 'ngày 01 tháng 10 năm 2026',
    ]);
  });
});

describe('the notation that is offered', () => {
  const used = (...pairs: readonly (readonly [DocumentKind, string])[]) => pairs.map(([kind, notation]) => ({ kind, notation }));
  const table: readonly (readonly [string, DocumentKind, ReturnType<typeof used>, string | null])[] = [
    ['the last one of the same type', 'quyet-dinh', used(['cong-van', 'UBND-VP'], ['quyet-dinh', 'QĐ-UBND'], ['quyet-dinh', 'QĐ-ĐU']), 'QĐ-UBND'],
    ['another type, by the body of a decision', 'bao-cao', used(['quyet-dinh', 'QĐ-UBND']), 'BC-UBND'],
    ['another type, by the body of a công văn', 'to-trinh', used(['cong-van', 'HĐND-VP']), 'TTr-HĐND'],
    ['a công văn, whose unit nothing tells', 'cong-van', used(['quyet-dinh', 'QĐ-UBND']), null],
    ['a công văn as the last one', 'cong-van', used(['quyet-dinh', 'QĐ-UBND'], ['cong-van', 'UBND-KT']), 'UBND-KT'],
    ['what was not noted by the rule is passed over', 'bao-cao', used(['quyet-dinh', '2020/NĐ-CP'], ['thong-bao', ''], ['chi-thi', 'CT-UBND']), 'BC-UBND'],
    ['an office that has issued nothing', 'quyet-dinh', [], null],
  ];
  for (const [name, kind, given, expected] of table) test(`${name}: ${String(expected)}`, () => assert.equal(suggestNotation(kind, given), expected));

  test('is always one that may stand on a document', () => {
    fc.assert(fc.property(fc.constantFrom(...kinds), fc.array(fc.record({ kind: fc.constantFrom(...kinds), notation: fc.oneof(fc.constantFrom('QĐ-UBND', 'UBND-VP', '-', 'QĐ-', '2020/NĐ-CP'), fc.string({ maxLength: 12 })) }), { maxLength: 5 }), (kind, given) => {
      const notation = suggestNotation(kind, given.filter((one) => checkReference({ numberText: '', notation: one.notation }).ok));
      if (notation !== null) assert.ok(checkReference({ numberText: '', notation }).ok, notation);
    }), runs);
  });
});

describe('reading what is written', () => {
  const read: readonly (readonly [string, number | null, string, string])[] = [
    ['7816/VPCP-TTĐT', 7816, '7816', 'VPCP-TTĐT'],
    ['15/QĐ-UBND', 15, '15', 'QĐ-UBND'],
    ['05/UBND-VP', 5, '05', 'UBND-VP'],
    ['5/UBND-VP', 5, '05', 'UBND-VP'],
    ['02a/BC-UBND', null, '02a', 'BC-UBND'],
    ['02A/BC-UBND', null, '02a', 'BC-UBND'],
    [' Số:  05 / UBND – VP ', 5, '05', 'UBND-VP'],
    ['Số 05/UBND-VP', 5, '05', 'UBND-VP'],
    ['số: /QĐ-UBND', null, '', 'QĐ-UBND'],
    ['Công văn số 5/UBND-VP ngày 12/3/2026', 5, '05', 'UBND-VP'],
    ['１５／ＱＤ－ＵＢＮＤ', 15, '15', 'QD-UBND'],
    ['15/qđ-ubnd', 15, '15', 'QĐ-UBND'],
    ['15/qyđ-ubnd', 15, '15', 'QyĐ-UBND'],
    ['15/ttr-ubnd', 15, '15', 'TTr-UBND'],
    ['3/ctr-ubnd', 3, '03', 'CTr-UBND'],
    ['3/trs-ubnd', 3, '03', 'TrS-UBND'],
    ['15/TTr-UBND', 15, '15', 'TTr-UBND'],
    ['30/2020/NĐ-CP', 30, '30', '2020/NĐ-CP'],
    ['30/2020/nđ-cp', 30, '30', '2020/NĐ-CP'],
    ['15', 15, '15', ''],
    ['15/', 15, '15', ''],
    ['/QĐ-UBND', null, '', 'QĐ-UBND'],
    ['QĐ-UBND', null, '', 'QĐ-UBND'],
    ['00/QĐ-UBND', null, '00', 'QĐ-UBND'],
    ['', null, '', ''],
    ['15\u200b/QĐ\u2011UBND', 15, '15', 'QĐ-UBND'],
  ];
  for (const [written, number, numberText, notation] of read) {
    test(`“${written}” is number ${String(number)}, notation “${notation}”`, () => {
      assert.deepEqual(parseReference(written), { number, numberText, notation });
      assert.deepEqual(parseReference(written.normalize('NFD')), { number, numberText, notation }, 'decomposed');
    });
  }

  const bodies = fc.constantFrom('UBND', 'HĐND', 'VPCP', 'SNV', 'ĐU', 'BCĐ', 'UBND-VP', 'BTTTT');
  const references = fc.record({ number: fc.integer({ min: 1, max: 999_999_999 }), kind: fc.constantFrom(...kinds), body: bodies, unit: fc.option(fc.constantFrom('VP', 'KT', 'TTĐT', 'VHXH'), { nil: null }) });

  test('what the rule builds is read back the same, spaced out and in small letters too', () => {
    fc.assert(fc.property(references, ({ number, kind, body, unit }) => {
      const notation = buildNotation(kind, { body, unit });
      const reference = { number, numberText: formatNumber(number), notation };
      const text = formatReference(reference);
      assert.deepEqual(parseReference(text), reference);
      assert.deepEqual(parseReference(text.toLowerCase()), reference);
      assert.deepEqual(parseReference(`Số: ${text.split('').join(' ')}`), reference);
      assert.deepEqual(checkReference(reference), { ok: true, value: null });
      assert.ok(sameReference(text, text.toLowerCase()) && sameReference(reference, text));
    }), runs);
  });

  test('reading never fails, and a reference with a number is read again the same', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('số', '1', '0', 'a', '/', '-', ' ', 'QĐ', 'qđ', 'UBND', '\u0301', '２')).map((parts) => parts.join(''))), (text) => {
      const once = parseReference(text);
      assert.equal(once.number === null || once.numberText === formatNumber(once.number), true);
      if (once.number !== null) assert.deepEqual(parseReference(formatReference(once)), once);
    }), runs);
  });
});

describe('lengths and form (NĐ 30/2020 Phụ lục VI; Phụ lục I.II.3)', () => {
  const checks: readonly (readonly [string, string, string | null])[] = [
    ['15', 'QĐ-UBND', null], ['02a', 'BC-UBND', null], ['', '', null], ['30', '2020/NĐ-CP', null], ['15', 'KH-BCĐ389', null], ['15', 'UBND-TP.HCM', null],
    ['12345678901', 'QĐ-UBND', null], ['123456789012', 'QĐ-UBND', 'notation.number'], ['15B1', 'QĐ-UBND', 'notation.number'], ['-5', 'QĐ-UBND', 'notation.number'],
    ['15', 'A'.repeat(30), null], ['15', 'A'.repeat(31), 'notation.too-long'],
    ['15', 'QĐ - UBND', 'notation.malformed'], ['15', 'QĐ-', 'notation.malformed'], ['15', '-UBND', 'notation.malformed'], ['15', 'QĐ--UBND', 'notation.malformed'], ['15', 'QĐ_UBND', 'notation.malformed'], ['15', 'QĐ-UBND(M)', 'notation.malformed'],
  ];
  for (const [numberText, notation, code] of checks) {
    test(`“${numberText}” with “${notation}” is ${code ?? 'in order'}`, () => {
      const answer = checkReference({ numberText, notation });
      assert.equal(answer.ok ? null : answer.error.code, code);
    });
  }
  test('thirty letters are thirty, decomposed too', () => assert.ok(checkReference({ numberText: '1', notation: 'Ệ'.repeat(30).normalize('NFD') }).ok));
});

describe('duplicates (NĐ 30/2020 Phụ lục VI.III.1, Phụ lục III.I)', () => {
  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['15/QĐ-UBND', '15/QĐ-UBND', true], ['5/QĐ-UBND', '05/QĐ-UBND', true], ['15/QĐ-UBND', '15/qd-ubnd', true], ['15/QĐ-UBND', '15/QD-UBND', true], ['15/QĐ-UBND', ' Số: 15 / QĐ - UBND', true],
    ['15/TTr-UBND', '15/TTR-UBND', true], ['15/TTr-UBND', '15/ttr-ubnd', true], ['15/QyĐ-UBND', '15/QYĐ-UBND', true], ['02a/BC-UBND', '02A/BC-UBND', true], ['7816/VPCP-TTĐT', '7816/VPCP-TTDT', true],
    ['15/QĐ-UBND', '16/QĐ-UBND', false], ['02a/BC-UBND', '02/BC-UBND', false], ['15/QĐ-UBND', '15/QyĐ-UBND', false], ['15/CT-UBND', '15/CTr-UBND', false],
    ['15/ĐA-UBND', '15/DA-UBND', false], ['15/HĐ-UBND', '15/HD-UBND', false], ['15/TTr-UBND', '15/TtR-UBND', false], ['15/QĐ-UBND', '15/QĐ-HĐND', false], ['15/QĐ-UBND', '15/UBND-VP', false],
    ['30/2020/NĐ-CP', '30/2021/NĐ-CP', false], ['15', '15', false], ['15', '15/QĐ-UBND', false], ['QĐ-UBND', 'QĐ-UBND', false], ['', '', false],
  ];
  for (const [a, b, same] of pairs) {
    test(`“${a}” and “${b}” are ${same ? 'taken for one' : 'two'}`, () => {
      assert.equal(sameReference(a, b), same);
      assert.equal(sameReference(b, a), same);
      assert.equal(sameReference(a.normalize('NFD'), b), same);
    });
  }
});
