import { entryOf, type PdfFile, type PdfObject } from '../pdf/index.ts';
import type { Change, Touched } from './changes.ts';
import { findUses, type Role, type Use } from './uses.ts';

/** Objects named in one sentence, and pages. */
const maxNamed = 5;

const nouns: Readonly<Record<Role, (pages: string) => string>> = {
  page: (pages) => `Một phần của ${pages}`,
  content: (pages) => `Nội dung ${pages}`,
  resources: (pages) => `Tài nguyên vẽ của ${pages}`,
  font: (pages) => `Phông chữ dùng ở ${pages}`,
  image: (pages) => `Hình ảnh ở ${pages}`,
  drawing: (pages) => `Hình vẽ ở ${pages}`,
  annotation: (pages) => `Chú thích có sẵn ở ${pages}`,
  field: (pages) => `Hình hoặc thuộc tính của trường biểu mẫu ở ${pages}`,
  signature: (pages) => `Chữ ký hoặc khung chữ ký có sẵn ở ${pages}`,
};

/** What lies on no page, by its /Type or /S. */
const offPage: Readonly<Record<string, string>> = {
  Font: 'Phông chữ của biểu mẫu', FontDescriptor: 'Phông chữ của biểu mẫu', Outlines: 'Mục lục (dấu trang) của tệp', Filespec: 'Tệp đính kèm', EmbeddedFile: 'Tệp đính kèm', JavaScript: 'Mã lệnh (JavaScript) trong tệp',
  OCG: 'Lớp nội dung (ẩn, hiện) của tệp', OCMD: 'Lớp nội dung (ẩn, hiện) của tệp', Page: 'Một trang của tệp', Pages: 'Cây trang của tệp', Catalog: 'Danh mục gốc của tệp', StructElem: 'Cấu trúc trợ năng của tệp', Sig: 'Một đối tượng chữ ký',
};

/** Objects that no rule explains, in words: what they are to the pages that show them. Alike ones share a sentence. */
export function describeBlamed(file: PdfFile, blamed: ReadonlyMap<number, Touched>): readonly Change[] {
  const uses = findUses(file, new Set(blamed.keys()));
  const groups = new Map<string, { readonly use: Use | undefined; readonly subject: string; readonly deed: string; readonly nums: number[] }>();
  for (const [num, { was, now }] of blamed) {
    const use = uses.get(num);
    const subject = use === undefined ? nameOffPage(was.kind === 'null' ? now : was) : nouns[use.role](namePages(use.pages, use.more));
    const deed = was.kind === 'null' ? 'được đặt vào chỗ mà bản đã ký để trống' : now.kind === 'null' ? 'bị xóa' : 'bị thay';
    const key = `${subject} ${deed}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { use, subject, deed, nums: [num] });
    else known.nums.push(num);
  }
  return [...groups.values()].map(({ use, subject, deed, nums }): Change => ({
    kind: 'forbidden', what: `${subject} ${deed} (${nameObjects(nums)})`, spots: (use?.pages ?? []).map((page) => ({ page, place: null })),
  }));
}

/** `trang 3`, `trang 1, 2 và các trang khác`. */
export function namePages(pages: readonly number[], more = false): string {
  return `trang ${pages.join(', ')}${more ? ' và các trang khác' : ''}`;
}

function nameObjects(nums: readonly number[]): string {
  return `đối tượng ${nums.slice(0, maxNamed).join(', ')}${nums.length > maxNamed ? '…' : ''}`;
}

function nameOffPage(object: PdfObject): string {
  for (const key of ['Type', 'S']) {
    const name = entryOf(object, key);
    if (name.kind === 'name' && Object.hasOwn(offPage, name.value)) return offPage[name.value] ?? '';
  }
  return 'Phần dùng chung của tệp, ngoài các trang,';
}
