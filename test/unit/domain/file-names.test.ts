import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { axisFileName, axisFileNames, maxAxisCharacters, maxStoredBytes, shownFileName, splitFileName, storedFileName, utf8Length } from '../../../src-shared/domain/file-names.ts';
import { withoutMarks } from '../../../src-shared/domain/transliterate.ts';

const runs = { seed: 20_261_122, numRuns: 500 };
const long = `${'Báo cáo kết quả thực hiện nhiệm vụ phát triển kinh tế xã hội, quốc phòng, an ninh '.repeat(5).slice(0, 296)}.pdf`;
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }), fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.constantFrom('ệ', 'e\u0323\u0302', 'Đ', 'a', '.', ' ', '/', '\\', ':', 'CON', 'nul', '\u202e', '\u200f', '\u0000', '\n', '👨‍👩‍👧', '.pdf', '.docx', '-', '_', '\ud800', 'a\u0300\u0301\u0302'), { maxLength: 200 }).map((parts) => parts.join('')),
);

describe('names of attachments as they are kept and shown', () => {
  const table: readonly (readonly [string, string])[] = [
    ['Báo cáo.pdf', 'Báo cáo.pdf'],
    ['Báo cáo.pdf'.normalize('NFD'), 'Báo cáo.pdf'],
    ['15/QĐ-UBND.pdf', '15-QĐ-UBND.pdf'],
    ['C:\\Users\\A\\quyet dinh.docx', 'C-Users-A-quyet dinh.docx'],
    ['../../etc/passwd', 'etc-passwd'],
    ['hop\u202efdp.exe', 'hopfdp.exe'],
    ['a\u0000b\n c.pdf', 'ab c.pdf'],
    ['CON.pdf', '_CON.pdf'], ['nul', '_nul'], ['com1.tar.gz', '_com1.tar.gz'], ['LPT9', '_LPT9'], ['console.pdf', 'console.pdf'], ['COM10.pdf', 'COM10.pdf'],
    ['  báo   cáo . . ', 'báo cáo'],
    ['báo cáo .pdf', 'báo cáo.pdf'],
    ['.pdf', 'tep.pdf'], ['', 'tep'], ['...', 'tep'], ['\u200b', 'tep'],
    ['tờ trình <1>|"hai"?*.pdf', 'tờ trình _1_hai_.pdf'],
    ['v1.2.pdf', 'v1.2.pdf'], ['Thông tư 01.2026', 'Thông tư 01.2026'],
  ];
  for (const [name, expected] of table) test(`${JSON.stringify(name)} is kept as ${expected}`, () => assert.equal(storedFileName(name), expected));

  test('three hundred characters with marks are cut to 255 bytes before the extension, never within a letter', () => {
    assert.equal(long.length, 300);
    for (const name of [long, long.normalize('NFD')]) {
      const kept = storedFileName(name);
      assert.ok(utf8Length(kept) <= maxStoredBytes && utf8Length(kept) > 245, String(utf8Length(kept)));
      assert.ok(kept.endsWith('.pdf') && long.startsWith(kept.slice(0, -4)), kept);
    }
  });

  test('the same name comes from the composed and the decomposed form, and bytes are those of UTF-8', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      assert.equal(utf8Length(text), Buffer.byteLength(text));
      assert.equal(storedFileName(text.normalize('NFD')), storedFileName(text.normalize('NFC')));
    }), runs);
  });

  test('whatever comes in, a name goes out that every system takes, and stays when it comes again', () => {
    fc.assert(fc.property(hostile, (text) => {
      const name = storedFileName(text);
      assert.ok(name !== '' && Buffer.byteLength(name) <= maxStoredBytes && name.isWellFormed(), JSON.stringify(name));
      assert.doesNotMatch(name, /[\p{Cc}\p{Cf}/\\:*?"<>|]|[. ]$|^[ .]/u);
      assert.doesNotMatch(name, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
      assert.equal(storedFileName(name), name);
      const { extension } = splitFileName(text);
      if (extension !== '' && extension !== text) assert.ok(name.endsWith(extension), `${text} → ${name}`);
    }), runs);
  });

  test('a hostile name of a million characters is read once through', () => {
    assert.equal(storedFileName(`${'. '.repeat(500_000)}x.pdf`), 'x.pdf');
    assert.equal(axisFileName(`${'_-'.repeat(500_000)}x.pdf`), 'tep.pdf', 'of what is kept of it nothing but strokes');
    assert.ok(utf8Length(storedFileName('.a'.repeat(500_000))) <= maxStoredBytes);
  });

  test('a narrow place shows both ends of a name', () => {
    assert.equal(shownFileName('Báo cáo.pdf', 30), 'Báo cáo.pdf');
    assert.equal(shownFileName('Báo cáo kết quả thực hiện nhiệm vụ năm 2026.pdf', 24), 'Báo cáo kết q…m 2026.pdf');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), fc.integer({ min: 8, max: 60 }), (name, limit) => {
      assert.ok([...new Intl.Segmenter('vi').segment(shownFileName(name, limit))].length <= limit);
    }), runs);
  });
});

describe('names of attachments on the national axis (QĐ 161/2025/QĐ-UBND Ninh Bình: 50 characters, no marks, no special characters)', () => {
  const table: readonly (readonly [string, string])[] = [
    ['Quyết định số 15/QĐ-UBND.pdf', 'Quyet_dinh_so_15-QD-UBND.pdf'],
    ['Phụ lục 1 (bổ sung).xlsx', 'Phu_luc_1_bo_sung.xlsx'],
    ['ĐẶNG thị ƠN & ưỡn.PDF', 'DANG_thi_ON_uon.pdf'],
    ['通知.pdf', 'tep.pdf'], ['', 'tep'], ['CON.pdf', 'CON.pdf'.replace('CON', '_CON')],
    ['１２ báo cáo.docx', '12_bao_cao.docx'],
  ];
  for (const [name, expected] of table) test(`${JSON.stringify(name)} travels as ${expected}`, () => assert.equal(axisFileName(name), expected));

  test('a name of 300 characters travels in 50, its extension with it', () => {
    const name = axisFileName(long);
    assert.ok(name.length <= maxAxisCharacters && name.endsWith('.pdf') && name.startsWith('Bao_cao_ket_qua'), name);
  });

  test('names that become alike are told apart, case ignored as on Windows', () => {
    assert.deepEqual(axisFileNames(['Tờ trình.pdf', 'To trinh.pdf', 'TỜ TRÌNH.PDF', 'tờ trình.docx']), ['To_trinh.pdf', 'To_trinh-2.pdf', 'TO_TRINH-3.pdf', 'to_trinh.docx']);
  });

  test('whatever a package holds, its names are plain, short and no two alike', () => {
    fc.assert(fc.property(fc.array(fc.oneof(hostile, fc.constantFrom('a.pdf', 'A.PDF', 'á.pdf', long)), { maxLength: 30 }), (names) => {
      const made = axisFileNames(names);
      assert.equal(made.length, names.length);
      assert.equal(new Set(made.map((name) => name.toLowerCase())).size, names.length);
      for (const name of made) assert.match(name, /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,48}[A-Za-z0-9])?$/);
    }), runs);
  });

  test('marks go and letters stay, đ too, composed or decomposed', () => {
    assert.equal(withoutMarks('Đường Nguyễn Huệ, quận Ơ, ÆØß'), 'Duong Nguyen Hue, quan O, AEOss');
    const vietnamese = fc.string({ unit: fc.constantFrom(...Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ')), maxLength: 30 });
    fc.assert(fc.property(vietnamese, (text) => {
      assert.match(withoutMarks(text), /^[a-z]*$/);
      assert.equal(withoutMarks(text).length, text.length);
      assert.equal(withoutMarks(text.normalize('NFD')), withoutMarks(text));
      assert.equal(withoutMarks(text.toUpperCase()), withoutMarks(text).toUpperCase());
    }), runs);
  });
});
