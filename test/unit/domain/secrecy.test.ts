import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findSecrecy, type SecrecyLevel } from '../../../src-shared/domain/secrecy.ts';

const title = (text: string) => findSecrecy({ title: text, notation: 'QĐ-UBND', firstPageText: null });
const notation = (text: string) => findSecrecy({ title: 'Báo cáo tình hình tháng 11', notation: text, firstPageText: null });
const page = (text: string) => findSecrecy({ title: 'Báo cáo tình hình tháng 11', notation: 'BC-UBND', firstPageText: text });

const markedTitles: readonly (readonly [string, SecrecyLevel])[] = [
  ['Mật', 'mat'], ['MẬT', 'mat'], ['(MẬT)', 'mat'], ['[Tối mật]', 'toi-mat'], ['TUYỆT MẬT', 'tuyet-mat'],
  ['Báo cáo tình hình an ninh trật tự (Mật)', 'mat'],
  ['Báo cáo tình hình an ninh trật tự (MẬT)', 'mat'],
  ['Báo cáo tình hình an ninh trật tự ( mật )', 'mat'],
  ['Kế hoạch phòng thủ khu vực [TỐI MẬT] năm 2026', 'toi-mat'],
  ['(Tuyệt mật) Phương án tác chiến', 'tuyet-mat'],
  ['Phương án bảo vệ mục tiêu (độ Tối mật)', 'toi-mat'],
  ['V/v trả lời văn bản (Mật)', 'mat'],
  ['MẬT - Kế hoạch tuyển quân năm 2027', 'mat'],
  ['MẬT: Danh sách cán bộ', 'mat'],
  ['TỐI MẬT. Phương án phòng thủ', 'toi-mat'],
  ['TUYỆT MẬT – Kế hoạch A2', 'tuyet-mat'],
  ['HỎA TỐC - MẬT - Lệnh điều động', 'mat'],
  ['Kế hoạch diễn tập khu vực phòng thủ - MẬT', 'mat'],
  ['Kế hoạch diễn tập khu vực phòng thủ – TUYỆT MẬT', 'tuyet-mat'],
  ['Kế hoạch diễn tập | TỐI MẬT', 'toi-mat'],
  ['V/v gửi tài liệu - MẬT', 'mat'],
  ['Báo cáo mật về tình hình biên giới', 'mat'],
  ['BÁO CÁO MẬT VỀ TÌNH HÌNH BIÊN GIỚI', 'mat'],
  ['Công văn tối mật số 12 của Bộ Chỉ huy quân sự', 'toi-mat'],
  ['Kế hoạch TUYỆT MẬT về phòng thủ', 'tuyet-mat'],
  ['Độ mật: Mật. Báo cáo tình hình', 'mat'],
  ['Báo cáo tình hình, mức độ mật: TỐI MẬT', 'toi-mat'],
  ['Báo cáo tình hình an ninh {MẬT}', 'mat'],
];

const topics: readonly string[] = [
  'Kế hoạch bảo vệ bí mật nhà nước năm 2026',
  'KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC NĂM 2026',
  'Quyết định ban hành Quy chế bảo vệ bí mật nhà nước',
  'Quyết định ban hành danh mục bí mật nhà nước độ Tuyệt mật, độ Tối mật và độ Mật thuộc lĩnh vực nội vụ',
  'V/v phổ biến danh mục bí mật nhà nước độ MẬT',
  'Hướng dẫn bảo mật thông tin khi dùng chữ ký số',
  'TĂNG CƯỜNG CÔNG TÁC BẢO MẬT',
  'V/v đổi mật khẩu thư điện tử công vụ',
  'Thông báo mật khẩu mới của hệ thống một cửa',
  'Báo cáo mật độ dân số năm 2026',
  'BÁO CÁO MẬT ĐỘ DÂN SỐ NĂM 2026',
  'Kế hoạch phát triển nghề nuôi ong lấy mật',
  'Hợp đồng mật ong rừng U Minh',
  'MẬT ONG - sản phẩm OCOP của xã',
  'V/v sử dụng sản phẩm mật mã của Ban Cơ yếu Chính phủ',
  'Quyết định mật mã dân sự',
  'Luật Bảo vệ bí mật nhà nước: tài liệu tập huấn',
  'V/v quản lý văn bản mật trên môi trường giấy',
  'Hướng dẫn đóng dấu MẬT trên văn bản giấy',
  'Hướng dẫn xử lý tài liệu TỐI MẬT',
  'Hướng dẫn xác định độ mật của văn bản',
  'Quy định các độ TUYỆT MẬT - TỐI MẬT - MẬT',
  'TUYỆT MẬT, TỐI MẬT, MẬT: cách phân biệt',
  'Quy định mật, tối mật, tuyệt mật trong ngành',
  'Độ mật: không. Báo cáo tình hình',
  'Độ mật: Mật, Tối mật hoặc Tuyệt mật: cách điền',
  'Quyết định bổ nhiệm ông Nguyễn Văn Mật',
  'V/v mối quan hệ mật thiết với nhân dân',
  'Kết quả kiểm tra điều kiện an ninh, an toàn, bảo mật',
  'Thông báo về việc giải mật tài liệu',
  'Báo cáo công tác cơ yếu và bí mật công tác',
  'Quyết định giải mật (danh mục kèm theo)',
  'Tổ chức xem phim "Tuyệt mật" cho đoàn viên',
  'V/v sửa đường Mật Sơn, phường Hạc Thành',
  'Quyết định về việc thành lập Ban Chỉ đạo',
  'V/v chặt mía lấy mật - kế hoạch niên vụ 2026',
  'Hướng dẫn đóng dấu (MẬT) trên văn bản giấy',
  'Cách ghi độ (Mật, Tối mật)',
  'Tối mất điện toàn xã',
  '',
];

describe('state secrets are refused by the mark they bear (QĐ 28/2018 Art 1.2; NĐ 30/2020 App I box 10a)', () => {
  for (const [text, level] of markedTitles) {
    test(`a title that bears a mark is refused: ${text}`, () => {
      assert.deepEqual(title(text), { level, where: 'title' });
      assert.deepEqual(title(text.normalize('NFD')), { level, where: 'title' }, 'decomposed');
    });
  }

  for (const text of topics) {
    test(`a title that only speaks of secrecy is let in: ${text}`, () => {
      assert.equal(title(text), null);
      assert.equal(title(text.normalize('NFD')), null, 'decomposed');
    });
  }

  const notations: readonly (readonly [string, SecrecyLevel | null])[] = [
    ['12/QĐ-UBND(M)', 'mat'], ['QĐ-UBND (MẬT)', 'mat'], ['12/BC-UBND(TỐI MẬT)', 'toi-mat'], ['12/MẬT-UBND', 'mat'], ['BC-UBND-TUYỆT MẬT', 'tuyet-mat'],
    ['12/QĐ-UBND', null], ['UBND-VP', null], ['7816/VPCP-TTĐT', null], ['BMNN-UBND', null], ['M-UBND', null], ['CĐ-TM', null], ['', null],
  ];
  for (const [text, level] of notations) {
    test(`the notation “${text}” ${level === null ? 'bears no mark' : 'bears one in what Art 7 leaves no place for'}`, () => {
      assert.deepEqual(notation(text), level === null ? null : { level, where: 'notation' });
      assert.deepEqual(notation(text.normalize('NFD')), level === null ? null : { level, where: 'notation' });
    });
  }

  const head = 'ỦY BAN NHÂN DÂN      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ SƠN TỊNH      Độc lập - Tự do - Hạnh phúc\nSố: 12/BC-UBND      Sơn Tịnh, ngày 22 tháng 11 năm 2026\n';
  const body = '\nBÁO CÁO\nTình hình tháng 11\nKính gửi: Ủy ban nhân dân tỉnh.\nThực hiện công tác bảo mật, bảo vệ bí mật nhà nước theo quy định.\n';
  const pages: readonly (readonly [string, string, SecrecyLevel | null])[] = [
    ['a stamp alone on its line', `${head}MẬT${body}`, 'mat'],
    ['a stamp in a drawn box', `${head}| TỐI MẬT |${body}`, 'toi-mat'],
    ['a stamp in brackets', `${head}[ TUYỆT MẬT ]${body}`, 'tuyet-mat'],
    ['a stamp with spaced letters', `${head}T Ố I  M Ậ T${body}`, 'toi-mat'],
    ['a stamp beside the date', `ỦY BAN\nMẬT        Sơn Tịnh, ngày 22 tháng 11 năm 2026${body}`, 'mat'],
    ['a stamp over two lines', `${head}TUYỆT\nMẬT${body}`, 'tuyet-mat'],
    ['a stamp with its urgency', `${head}HỎA TỐC - MẬT${body}`, 'mat'],
    ['a stamp at the end of the text, as some files give it', `${head}${body}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nMẬT\n`, 'mat'],
    ['a field that says it', `${head}Độ mật: Tối mật${body}`, 'toi-mat'],
    ['a stamp in TCVN3', `${head}TUYÖT MËT${body}`, 'tuyet-mat'],
    ['a stamp in VNI', `${head}MAÄT${body}`, 'mat'],
    ['a stamp above a table of all levels', `${head}MẬT${body}${'dòng\n'.repeat(14)}TUYỆT MẬT\nTỐI MẬT\nMẬT\n`, 'mat'],
    ['an ordinary report', `${head}${body}`, null],
    ['a heading broken before its last word', `${head}\nKẾ HOẠCH\nBẢO VỆ BÍ\nMẬT\nNHÀ NƯỚC${body}`, null],
    ['a table with a column for each level', `${head}${body}${'dòng\n'.repeat(14)}TUYỆT MẬT\nTỐI MẬT\nMẬT\nCộng\n`, null],
    ['a table of levels in one line', `${head}${body}TUYỆT MẬT      TỐI MẬT      MẬT      Cộng\n`, null],
    ['a form with boxes to tick', `${head}Độ mật: □ Mật □ Tối mật □ Tuyệt mật${body}`, null],
    ['a sentence about the mark', `${head}${body}Văn bản phải đóng dấu MẬT theo quy định.\n`, null],
    ['a small word alone', `${head}${body}mật\n`, null],
    ['a beekeeper’s list', `${head}${body}Mật ong    Sáp ong    Phấn hoa\n`, null],
    ['a stamp of urgency alone', `${head}KHẨN${body}`, null],
    ['a stamp of declassification', `${head}GIẢI MẬT${body}`, null],
  ];
  for (const [what, text, level] of pages) {
    test(`the first page: ${what} is ${level === null ? 'let in' : 'refused'}`, () => {
      assert.deepEqual(page(text), level === null ? null : { level, where: 'page' });
      assert.deepEqual(page(text.normalize('NFD')), level === null ? null : { level, where: 'page' }, 'decomposed');
    });
  }

  test('at least sixty phrases are judged each way and both ways are tried', () => {
    assert.ok(markedTitles.length + topics.length + notations.length + pages.length >= 60);
    assert.ok(markedTitles.length >= 20 && topics.length >= 30);
  });

  test('a scan without text says nothing of itself, its title still does', () => {
    assert.equal(findSecrecy({ title: 'Báo cáo', notation: '', firstPageText: null }), null);
    assert.equal(findSecrecy({ title: 'Báo cáo (Mật)', notation: '', firstPageText: null })?.level, 'mat');
  });

  test('whatever is typed is judged, soon, and the same composed or decomposed', () => {
    const word = fc.constantFrom('mật', 'MẬT', 'tối', 'TỐI', 'tuyệt', 'TUYỆT', 'độ', ':', '-', '(', ')', ' ', '   ', '\n', 'Báo cáo', 'bí', 'bảo', 'về', '12', '\u200b', 'é');
    fc.assert(fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 40 }).map((parts) => parts.join(' ')), (text) => {
      for (const find of [title, notation, page]) assert.deepEqual(find(text.normalize('NFD')), find(text.normalize('NFC')));
    }), { seed: 20_261_122, numRuns: 400 });
  });

  test('a long hostile page is read once through: with a look at every pair of its places this would not end', () => {
    for (const text of ['MẬT – TỐI MẬT, (mật '.repeat(50_000), `${' '.repeat(1_000_000)}x${'-'.repeat(1_000_000)}x`, 'M Ậ '.repeat(250_000), `${'|'.repeat(1_000_000)}x`]) assert.equal(page(text), null);
    title('MẬT - '.repeat(100_000));
  });
});
