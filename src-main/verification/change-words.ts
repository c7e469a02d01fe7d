import type { ChangeReport } from '../../src-shared/contract/verification.ts';
import type { Change } from './changes.ts';
import type { Spot } from './place.ts';

/** A change and the revision (1-based) that made it. */
export type Made = { readonly change: Change; readonly revision: number };

/** With what the signer's own rules make of it. */
export type Judged = Made & { readonly kind: ChangeReport['kind']; readonly locked: boolean };

/** Sentences of one kind before the rest is counted. What is lawful is listed longer: the places of those say where the pages may look different. */
const mostOfAKind = 40;
const mostLawful = 400;
const lawfulKinds: ReadonlySet<ChangeReport['kind']> = new Set(['signature', 'timestamp', 'field-filled', 'empty-signature-field']);

/** Worst first; what the signer closed stands with what is forbidden. */
const order: readonly ChangeReport['kind'][] = ['forbidden', 'not-examined', 'content-added', 'signature', 'field-filled', 'empty-signature-field', 'timestamp', 'dss', 'metadata', 'resaved'];

/** For the report: a sentence each, none twice, the worst first; a long list of one kind ends in a number. A field that is seen in several places has each of them. */
export function listChanges(judged: readonly Judged[]): readonly ChangeReport[] {
  const said = new Map<string, Listed>();
  for (const each of judged) {
    const spots = each.change.spots ?? [];
    const apart = lawfulKinds.has(each.kind) && spots.length > 1 ? spots.map((spot) => [spot]) : [spots];
    for (const seen of apart) {
      const message = `${describe(each.change)}${nameSpots(each.change, seen)}${each.locked ? ', trong khi người ký không cho phép' : ''}.`;
      const [spot] = seen;
      const key = apart.length > 1 ? `${message} ${JSON.stringify(spot?.place ?? null)}` : message;
      if (said.has(key)) continue;
      said.set(key, { kind: each.locked ? 'forbidden' : each.kind, revision: each.revision, message, page: spot?.page ?? null, place: spot?.place ?? null, rank: each.locked ? 0 : order.indexOf(each.kind) });
    }
  }
  return fold([...said.values()].sort((a, b) => a.rank - b.rank || a.revision - b.revision));
}

type Listed = ChangeReport & { readonly revision: number; readonly rank: number };

function fold(sorted: readonly Listed[]): readonly ChangeReport[] {
  const counts = new Map<number, number>();
  return sorted.flatMap(({ rank, ...change }): readonly ChangeReport[] => {
    const count = (counts.get(rank) ?? 0) + 1;
    counts.set(rank, count);
    const most = lawfulKinds.has(change.kind) ? mostLawful : mostOfAKind;
    if (count <= most) return [change];
    if (count > most + 1) return [];
    return [{ kind: change.kind, revision: change.revision, message: `Và ${sorted.filter((each) => each.rank === rank).length - most} thay đổi khác cùng loại.`, page: null, place: null }];
  });
}

/** A forbidden change of one page, and any sentence that names its page, says enough. */
function nameSpots(change: Change, spots: readonly Spot[]): string {
  const pages = [...new Set(spots.map(({ page }) => page))];
  if (pages.length === 0 || ('what' in change && /trang \d/i.test(change.what))) return '';
  return ` (trang ${pages.slice(0, 8).join(', ')}${pages.length > 8 ? '…' : ''})`;
}

function describe(change: Change): string {
  switch (change.kind) {
    case 'dss': return 'Thêm dữ liệu kiểm chứng lâu dài';
    case 'metadata': return 'Cập nhật thông tin mô tả của tệp';
    case 'signature': return `Thêm chữ ký: ${titleOf(change.field)}`;
    case 'timestamp': return `Thêm dấu thời gian lưu trữ “${change.field.slice(0, 60)}”`;
    case 'field-filled': return `${change.redrawn ? 'Vẽ lại' : 'Điền'} ${titleOf(change.field)}`;
    case 'empty-signature-field': return `Thêm chỗ ký trống: ${titleOf(change.field)}`;
    case 'content-added': case 'annotation-changed': case 'forbidden': case 'not-examined': return change.what;
  }
}

/** The office's own words for the fields of a prepared document; a foreign field keeps its name. */
const fieldTitles: Readonly<Record<string, string>> = {
  so_van_ban: 'số văn bản', ngay: 'ngày ban hành', thang: 'tháng ban hành', nam: 'năm ban hành', chu_ky_lanh_dao: 'chữ ký của lãnh đạo', con_dau_co_quan: 'dấu của cơ quan',
};

function titleOf(field: string): string {
  return Object.hasOwn(fieldTitles, field) ? (fieldTitles[field] ?? field) : `trường “${field.slice(0, 60)}”`;
}
