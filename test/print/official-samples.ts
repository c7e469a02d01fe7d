import type { OfficialColumn, OfficialTable } from '../../src-shared/domain/official-table.ts';

const subjects = [
  'Quyết định về việc phê duyệt kế hoạch phòng cháy, chữa cháy rừng năm 2026 trên địa bàn tỉnh', 'Giấy mời họp triển khai nhiệm vụ trọng tâm quý IV',
  'Công văn về việc tăng cường công tác bảo đảm trật tự, an toàn giao thông và chuẩn bị Tết Nguyên đán; yêu cầu báo cáo trước ngày 15 hằng tháng', 'Kế hoạch kiểm tra công tác văn thư, lưu trữ',
];
const issuers = ['Ủy ban nhân dân tỉnh Quảng Ngãi', 'Sở Nội vụ', 'Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh', 'Công an xã Sơn Tịnh'];
const column = (title: string, width: number, align: OfficialColumn['align'] = 'left'): OfficialColumn => ({ title, width, align });

/** NĐ 30/2020 App IV: the register of incoming documents with its ten columns. */
export function incomingRegister(count: number): OfficialTable {
  return {
    parentBody: 'UBND tỉnh Quảng Ngãi', body: 'Ủy ban nhân dân xã Sơn Tịnh',
    title: 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN', subtitle: `Năm 2026 · Từ ngày 01/01/2026 đến ngày 22/11/2026 · Từ số 01 đến số ${count}`,
    columns: [
      column('Ngày đến', 8, 'center'), column('Số đến', 5, 'center'), column('Tác giả', 13), column('Số, ký hiệu', 10), column('Ngày tháng', 8, 'center'), column('Tên loại và trích yếu nội dung', 26),
      column('Đơn vị hoặc người nhận', 11), column('Ngày chuyển', 8, 'center'), column('Ký nhận', 6), column('Ghi chú', 7),
    ],
    rows: Array.from({ length: count }, (_, at) => [
      `${String(1 + (at % 28)).padStart(2, '0')}/11/2026`, String(at + 1).padStart(2, '0'), issuers[at % 4] ?? '', `${at * 7 + 12}/${['QĐ-UBND', 'GM-SNV', 'CV-VPHĐND', 'KH-CAX'][at % 4] ?? ''}`, `${String(1 + (at % 27)).padStart(2, '0')}/11/2026`,
      subjects[at % 4] ?? '', ['Văn phòng HĐND và UBND', 'Phòng Kinh tế', 'Nguyễn Thị Hường'][at % 3] ?? '', `${String(1 + (at % 28)).padStart(2, '0')}/11/2026`, '', at % 9 === 4 ? 'Thay thế văn bản số 11' : '',
    ]),
    notes: [`Sổ này có ${count} văn bản.`],
    signers: [{ title: 'Người lập sổ', name: 'Trần Thị Ánh Nguyệt' }, { title: 'Chánh Văn phòng', name: '' }],
    placeAndDate: 'Sơn Tịnh, ngày 22 tháng 11 năm 2026',
  };
}

/** NĐ 30/2020 App V: the index of documents in a dossier. */
export function documentIndex(count: number): OfficialTable {
  return {
    ...incomingRegister(0), title: 'MỤC LỤC VĂN BẢN, TÀI LIỆU', subtitle: 'Hồ sơ số 01.VP: Hồ sơ về công tác phòng cháy, chữa cháy rừng năm 2026 trên địa bàn xã Sơn Tịnh',
    columns: [column('STT', 5, 'center'), column('Số, ký hiệu', 13), column('Ngày tháng', 11, 'center'), column('Tên loại và trích yếu nội dung', 36), column('Tác giả', 16), column('Tờ/Trang số', 8, 'center'), column('Ghi chú', 9)],
    rows: Array.from({ length: count }, (_, at) => [String(at + 1), `${at + 15}/QĐ-UBND`, '05/02/2026', subjects[at % 4] ?? '', issuers[at % 4] ?? '', String(at * 2 + 1), '']),
    notes: [], signers: [{ title: 'Người lập hồ sơ', name: '' }],
  };
}
