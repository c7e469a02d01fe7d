import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { DirectoryEntry } from '../../src-shared/domain/organization.ts';

const places = ['Sơn Tây', 'Sơn Tịnh', 'Hòa Bình', 'Đức Phổ', 'Trà Bồng', 'Bình Minh', 'Hương Khê', 'Nghĩa Hành', 'Mộ Đức', 'Ba Tơ', 'Lý Sơn', 'Minh Long', 'Tân Thạnh', 'Phước Long', 'Vĩnh Thuận', 'Hải Hà', 'Đông Triều', 'Quảng Yên', 'Cẩm Phả', 'Tiên Yên'];
const sectors = ['Nội vụ', 'Tài chính', 'Y tế', 'Giáo dục và Đào tạo', 'Xây dựng', 'Tư pháp', 'Nông nghiệp và Môi trường', 'Khoa học và Công nghệ', 'Công Thương', 'Văn hóa, Thể thao và Du lịch'];
const below = ['Trường Mầm non', 'Trường Tiểu học số 1', 'Trường Tiểu học số 2', 'Trường THCS', 'Trạm Y tế', 'Trung tâm Phục vụ hành chính công', 'Công an', 'Ban Chỉ huy Quân sự', 'Trung tâm Văn hóa', 'Phòng Kinh tế', 'Văn phòng HĐND và UBND', 'Phòng Văn hóa - Xã hội'];

/** 63 provinces in the order of their codes, as the server tells them: departments, districts that ceased, communes, and what belongs to them. */
export function makeDirectory(count: number): readonly DirectoryEntry[] {
  const entries: DirectoryEntry[] = [];
  const perProvince = Math.ceil(count / 63);
  for (let p = 1; p <= 63; p++) {
    const province = `H${String(p).padStart(2, '0')}`;
    const add = (own: string, name: string, other: string | null, parent: string | null, ceased = false): void => {
      if (entries.length < Math.min(count, p * perProvince)) {
        entries.push({ code: own as OrganizationCode, name, otherCode: other as OrganizationCode | null, parent: parent as OrganizationCode | null, ceasedOn: ceased ? '2025-06-30' : null, successors: ceased ? [`${province}.100` as OrganizationCode] : [] });
      }
    };
    const two = (n: number): string => String(n % 100).padStart(2, '0');
    add(province, `UBND tỉnh ${places[p % places.length]}`, `000.00.00.${province}`, null);
    sectors.forEach((sector, i) => add(`${province}.${i + 1}`, `Sở ${sector} tỉnh ${places[p % places.length]}`, `000.00.${two(i + 1)}.${province}`, province));
    for (let d = 0; d < 12; d++) add(`${province}.${30 + d}`, `UBND huyện ${places[(p + d) % places.length]}`, `000.00.${two(30 + d)}.${province}`, province, true);
    for (let c = 0; entries.length < Math.min(count, p * perProvince); c++) {
      const commune = `${province}.${100 + c}`;
      const place = `${places[(p * 7 + c) % places.length]}${c < places.length ? '' : ` ${c}`}`;
      add(commune, `UBND ${c % 5 === 0 ? 'phường' : 'xã'} ${place}`, `${String(c % 1000).padStart(3, '0')}.00.${two(60 + (c % 40))}.${province}`, province);
      below.forEach((name, i) => add(`${commune}.${i + 1}`, `${name} xã ${place}`, null, commune));
    }
  }
  return entries;
}

/** What people type, letter by letter. */
export const typings = ['xa son t', 'ubnd h', 'H48.6', '000.00.00.H41', 'so noi vu', 'truong tieu hoc so 2 xa son tay', 'sở y tế tỉnh', 'cong an xa hoa binh', 'ubnd huyen son tinh', 'van phong hdnd', 'H12.105.3'] as const;
