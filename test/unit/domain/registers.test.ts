import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import {
  dossierDocumentIndex, dossierIndex, incomingRegister, outgoingRegister, trackingRegister, wholeRegister,
  type IncomingEntry, type OutgoingEntry, type RegisterHead, type TrackingEntry, type VoidNumber,
} from '../../../src-shared/domain/registers.ts';
import { addDays } from '../../../src-shared/domain/holidays.ts';

const head: RegisterHead = {
  parentBody: 'ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI', body: 'ỦY BAN NHÂN DÂN XÃ SƠN TỊNH', year: 2026,
  signers: [{ title: 'VĂN THƯ', name: 'Lê Thị Hoa' }, { title: 'CHÁNH VĂN PHÒNG', name: '' }], printed: { place: 'Sơn Tịnh', date: '2026-02-05' },
};
const incoming = (number: number, changes: Partial<IncomingEntry> = {}): IncomingEntry => ({
  number, date: '2026-11-20', issuer: 'Sở Nội vụ', reference: '7816/SNV-VP', issuedDate: '2026-11-19', kindName: 'Công văn', title: 'Về việc báo cáo', handedTo: ['Văn phòng'], handedOn: '2026-11-20',
  receivedBy: 'Nguyễn Văn An', recalled: false, notes: [], ...changes,
});
const outgoing = (number: number, changes: Partial<OutgoingEntry> = {}): OutgoingEntry => ({
  number, notation: 'QĐ-UBND', date: '2026-11-20', kindName: 'Quyết định', title: 'Về việc thành lập tổ công tác', signer: 'Trần Văn Bình', recipients: ['Sở Nội vụ', 'Như Điều 3'], keptBy: ['VT', 'VP'],
  copies: 5, sentOn: '2026-11-20', receivedBy: '', recalled: false, replacedBy: null, replaces: null, correctedBy: null, notes: [], ...changes,
});
const voided = (number: number, reason: string, date: string | null = null): VoidNumber => ({ void: true, number, date, reason });
const titles = (table: OfficialTable): readonly string[] => table.columns.map(({ title }) => title);
const cells = (table: OfficialTable, column: number): readonly (string | undefined)[] => table.rows.map((row) => row[column]);

describe('the registers of the decree (NĐ 30/2020 Phụ lục IV, V)', () => {
  test('Sổ đăng ký văn bản đến has the ten columns of Phụ lục IV', () => {
    const table = incomingRegister(head, [incoming(1, { recalled: true, notes: ['Văn bản giấy'] })]);
    assert.equal(table.title, 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN');
    assert.deepEqual(titles(table), ['Ngày đến', 'Số đến', 'Tác giả', 'Số, ký hiệu văn bản', 'Ngày tháng văn bản', 'Tên loại và trích yếu nội dung văn bản', 'Đơn vị hoặc người nhận', 'Ngày chuyển', 'Ký nhận', 'Ghi chú']);
    assert.deepEqual(table.rows, [['20/11/2026', '01', 'Sở Nội vụ', '7816/SNV-VP', '19/11/2026', 'Công văn Về việc báo cáo', 'Văn phòng', '20/11/2026', 'Nguyễn Văn An', 'Đã thu hồi; Văn bản giấy']]);
  });

  test('Sổ đăng ký văn bản đi has the ten columns of Phụ lục IV, “Số lượng bản” among them', () => {
    const table = outgoingRegister(head, [outgoing(5, { copies: 5 }), outgoing(6, { copies: null })]);
    assert.equal(table.title, 'SỔ ĐĂNG KÝ VĂN BẢN ĐI');
    assert.deepEqual(titles(table), [
      'Số, ký hiệu văn bản', 'Ngày tháng văn bản', 'Tên loại và trích yếu nội dung văn bản', 'Người ký', 'Nơi nhận văn bản', 'Đơn vị, người nhận bản lưu', 'Số lượng bản', 'Ngày chuyển', 'Ký nhận', 'Ghi chú',
    ]);
    assert.deepEqual(table.rows[0], ['05/QĐ-UBND', '20/11/2026', 'Quyết định Về việc thành lập tổ công tác', 'Trần Văn Bình', 'Sở Nội vụ; Như Điều 3', 'VT; VP', '05', '20/11/2026', '', '']);
    assert.equal(table.rows[1]?.[6], '', 'an electronic document has no number of copies');
  });

  test('Sổ theo dõi has the seven columns of Phụ lục IV and says what is overdue', () => {
    const entry = (number: number, changes: Partial<TrackingEntry>): TrackingEntry => ({
      number, date: '2026-11-02', kindName: 'Công văn', reference: '7816/SNV-VP', issuedDate: '2026-11-01', issuer: 'Sở Nội vụ', handlers: ['Văn phòng'], deadline: '2026-11-20', progress: 'Đang xử lý', finishedOn: null,
      answers: [], recalled: false, notes: [], ...changes,
    });
    const entries = [entry(3, {}), entry(1, { progress: 'Đã trả lời', finishedOn: '2026-11-20', answers: ['05/UBND-VP', '06/UBND-VP'] }), entry(2, { progress: '', finishedOn: '2026-11-21' }), entry(4, { recalled: true }), entry(5, { deadline: null })];
    const table = trackingRegister(head, entries, '2026-11-21');
    assert.deepEqual(titles(table), ['Số đến', 'Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan ban hành văn bản', 'Đơn vị hoặc người nhận', 'Thời hạn giải quyết', 'Tiến độ giải quyết', 'Số, ký hiệu văn bản trả lời', 'Ghi chú']);
    assert.deepEqual(table.rows[0], ['01', 'Công văn 7816/SNV-VP, ngày 01/11/2026, Sở Nội vụ', 'Văn phòng', '20/11/2026', 'Đã trả lời, hoàn thành ngày 20/11/2026', '05/UBND-VP; 06/UBND-VP', '']);
    assert.deepEqual(cells(table, 6), ['', 'Hoàn thành sau hạn', 'Quá hạn', 'Đã thu hồi', '']);
    assert.deepEqual(table.notes, ['Sổ theo dõi 5 văn bản: 2 đã giải quyết, 3 đang giải quyết, 2 quá hạn hoặc hoàn thành sau hạn.']);
    assert.deepEqual(cells(trackingRegister(head, entries, '2026-11-20'), 6)[2], '', 'its last day is not over');
  });

  test('the two indexes of Phụ lục V have seven columns each', () => {
    const dossiers = dossierIndex(head, [
      { code: '01.TCCB', title: 'Tuyển dụng năm 2026', startDate: '2026-01-05', endDate: '2026-11-20', retentionYears: null, pages: 120, notes: [] },
      { code: '02.TCCB', title: 'Nghỉ phép', startDate: '2026-01-05', endDate: null, retentionYears: 10, pages: null, notes: ['Điện tử'] },
    ]);
    assert.deepEqual(titles(dossiers), ['TT', 'Số, ký hiệu hồ sơ', 'Tiêu đề hồ sơ', 'Thời gian tài liệu', 'Thời hạn bảo quản', 'Số tờ/trang', 'Ghi chú']);
    assert.deepEqual(dossiers.rows, [['1', '01.TCCB', 'Tuyển dụng năm 2026', '05/01/2026 – 20/11/2026', 'Vĩnh viễn', '120', ''], ['2', '02.TCCB', 'Nghỉ phép', '05/01/2026', '10 năm', '', 'Điện tử']]);
    assert.deepEqual(dossiers.notes, ['Mục lục có 2 hồ sơ, trong đó 1 hồ sơ bảo quản vĩnh viễn và 1 hồ sơ bảo quản có thời hạn.']);
    const documents = dossierDocumentIndex(head, { code: '01.TCCB', title: 'Tuyển dụng' }, [{ reference: '05/QĐ-UBND', date: '2026-11-20', kindName: 'Quyết định', title: 'Tuyển dụng', author: 'UBND xã', pages: '1–3', notes: [] }]);
    assert.deepEqual(titles(documents), ['STT', 'Số, ký hiệu văn bản', 'Ngày tháng năm văn bản', 'Tên loại và trích yếu nội dung văn bản', 'Tác giả văn bản', 'Tờ số/Trang số', 'Ghi chú']);
    assert.deepEqual(documents.rows, [['1', '05/QĐ-UBND', '20/11/2026', 'Quyết định Tuyển dụng', 'UBND xã', '1–3', '']]);
    assert.equal(documents.subtitle, 'Hồ sơ số 01.TCCB: Tuyển dụng');
  });

  test('what stands above and below is the office’s, the date as the decree writes it', () => {
    const table = incomingRegister(head, []);
    assert.deepEqual([table.parentBody, table.body, table.placeAndDate, table.subtitle, table.signers.length], [head.parentBody, head.body, 'Sơn Tịnh, ngày 05 tháng 02 năm 2026', 'Năm 2026', 2]);
    assert.deepEqual(table.notes, ['Sổ chưa có văn bản nào.']);
    assert.equal(incomingRegister({ ...head, printed: null }, []).placeAndDate, '');
  });
});

describe('what became of a number (NĐ 30/2020 Điều 18.3, 18.4)', () => {
  test('recalled, replaced and corrected documents say so', () => {
    const table = outgoingRegister(head, [
      outgoing(1, { recalled: true }), outgoing(2, { replacedBy: '03/QĐ-UBND' }), outgoing(3, { replaces: '02/QĐ-UBND' }), outgoing(4, { correctedBy: '09/UBND-VP', notes: ['Gửi qua bưu điện'] }),
    ]);
    assert.deepEqual(cells(table, 9), ['Đã thu hồi', 'Đã được thay thế bằng số 03/QĐ-UBND', 'Thay thế số 02/QĐ-UBND', 'Đã được đính chính bằng số 09/UBND-VP; Gửi qua bưu điện']);
  });

  test('a void number stands in its place with the reason, what nobody knows says so', () => {
    const table = outgoingRegister(head, [outgoing(1), outgoing(4), outgoing(9)], [voided(2, 'cấp nhầm sổ', '2026-11-20'), voided(8, '')]);
    assert.deepEqual(cells(table, 0), ['01/QĐ-UBND', '02', '03', '04/QĐ-UBND', '05–07', '08', '09/QĐ-UBND']);
    assert.deepEqual(cells(table, 9), ['', 'Đã hủy số (cấp nhầm sổ)', 'Chưa có thông tin trên máy này', '', 'Chưa có thông tin trên máy này', 'Đã hủy số', '']);
    assert.deepEqual(table.notes, ['Sổ có 5 văn bản, từ số 01 đến số 09, trong đó 2 số đã hủy; 4 số chưa có thông tin trên máy này.']);
  });

  test('a year of 418 numbers, two of them void, is told in the sentence of its last page', () => {
    const entries = Array.from({ length: 418 }, (_, index) => incoming(index + 1)).filter(({ number }) => number !== 17 && number !== 200);
    const table = incomingRegister(head, entries.toReversed(), [voided(17, 'trùng'), voided(200, 'trùng')]);
    assert.deepEqual(table.notes, ['Sổ có 418 văn bản, từ số 01 đến số 418, trong đó 2 số đã hủy.']);
    assert.equal(table.rows.length, 418);
  });

  test('a number that a document bears is not void', () => {
    assert.deepEqual(incomingRegister(head, [incoming(1)], [voided(1, 'nhầm')]).rows.length, 1);
  });
});

describe('a part of a register', () => {
  const entries = Array.from({ length: 10 }, (_, index) => incoming(index + 1, { date: addDays('2026-11-01', index) })).filter(({ number }) => number !== 5 && number !== 7);
  const voids = [voided(5, 'nhầm')];
  const numbers = (part: Partial<typeof wholeRegister>): readonly (string | undefined)[] => cells(incomingRegister(head, entries, voids, { ...wholeRegister, ...part }), 1);

  test('by number and by day, both ends with it; void and unknown numbers stay with their neighbours', () => {
    assert.deepEqual(numbers({}), ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10']);
    assert.deepEqual(numbers({ fromNumber: 4, toNumber: 7 }), ['04', '05', '06', '07']);
    assert.deepEqual(numbers({ fromDate: '2026-11-04', toDate: '2026-11-08' }), ['04', '05', '06', '07', '08']);
    assert.deepEqual(numbers({ fromDate: '2026-11-06', toDate: '2026-11-06' }), ['06']);
    assert.deepEqual(numbers({ toDate: '2026-11-02' }), ['01', '02']);
    assert.deepEqual(numbers({ fromDate: '2027-01-01' }), []);
  });

  test('what part it is stands under its title', () => {
    const table = incomingRegister(head, entries, voids, { fromDate: '2026-11-04', toDate: '2026-11-08', fromNumber: null, toNumber: 9 });
    assert.equal(table.subtitle, 'Năm 2026 · Từ ngày 04/11/2026 đến ngày 08/11/2026 · Đến số 09');
    assert.deepEqual(table.notes, ['Sổ có 4 văn bản, từ số 04 đến số 08, trong đó 1 số đã hủy; 1 số chưa có thông tin trên máy này.']);
  });

  test('in every register: as many cells as columns, one line each, every number once and in order', () => {
    const texts = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('dòng một\ndòng hai', '', 'Ủy ban'.normalize('NFD')));
    const books = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 60 }), isVoid: fc.boolean(), day: fc.integer({ min: 0, max: 40 }), text: texts }), { selector: ({ number }) => number, maxLength: 40 });
    const ends = fc.option(fc.integer({ min: 1, max: 60 }), { nil: null });
    fc.assert(fc.property(books, ends, ends, ends, ends, (book, fromNumber, toNumber, fromDay, toDay) => {
      const part = { fromNumber, toNumber, fromDate: fromDay === null ? null : addDays('2026-01-01', fromDay), toDate: toDay === null ? null : addDays('2026-01-01', toDay) };
      const given = book.filter(({ isVoid }) => !isVoid);
      const void_ = book.filter(({ isVoid }) => isVoid).map(({ number, text }) => voided(number, text));
      const tables = [
        [incomingRegister(head, given.map(({ number, day, text }) => incoming(number, { date: addDays('2026-01-01', day), title: text, notes: [text] })), void_, part), 1] as const,
        [outgoingRegister(head, given.map(({ number, day, text }) => outgoing(number, { date: addDays('2026-01-01', day), title: text, recipients: [text, text] })), void_, part), 0] as const,
      ];
      for (const [table, column] of tables) {
        const shown = cells(table, column).flatMap((cell) => {
          const [from = 0, to = from] = (cell ?? '').replace(/\/.*$/, '').split('–').map(Number);
          return Array.from({ length: to - from + 1 }, (_, index) => from + index);
        });
        assert.deepEqual(shown, [...new Set(shown)].toSorted((a, b) => a - b));
        for (const number of shown) assert.ok(number >= (fromNumber ?? 1) && number <= (toNumber ?? 60));
        for (const row of table.rows) {
          assert.equal(row.length, table.columns.length);
          for (const cell of row) assert.ok(!/[\n\r\t]/.test(cell) && cell === cell.normalize('NFC'), JSON.stringify(cell));
        }
      }
      const whole = incomingRegister(head, given.map(({ number }) => incoming(number)), void_);
      const highest = Math.max(0, ...book.map(({ number }) => number));
      const lowest = Math.min(highest, ...book.map(({ number }) => number));
      const covered = cells(whole, 1).reduce<number>((sum, cell) => {
        const [from = 0, to = from] = (cell ?? '').split('–').map(Number);
        return sum + to - from + 1;
      }, 0);
      assert.equal(covered, book.length === 0 ? 0 : highest - lowest + 1, 'no number between the first and the last is passed over');
    }), { seed: 20_261_122, numRuns: 200 });
  });
});
