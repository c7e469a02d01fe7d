import type { ChangeReport } from '../../src-shared/contract/verification.ts';
import type { Change } from './changes.ts';

/** A change and the revision (1-based) that made it. */
export type Made = { readonly change: Change; readonly revision: number };

/** With what the signer's own rules make of it. */
export type Judged = Made & { readonly kind: ChangeReport['kind']; readonly locked: boolean };

/** Sentences of one kind before the rest is counted. */
const mostOfAKind = 40;

/** Worst first; what the signer closed stands with what is forbidden. */
const order: readonly ChangeReport['kind'][] = ['forbidden', 'not-examined', 'content-added', 'signature', 'field-filled', 'empty-signature-field', 'timestamp', 'dss', 'metadata', 'resaved'];

/** For the report: a sentence each, none twice, the worst first; a long list of one kind ends in a number. */
export function listChanges(judged: readonly Judged[]): readonly ChangeReport[] {
  const said = new Map<string, ChangeReport & { readonly rank: number }>();
  for (const each of judged) {
    const spot = each.change.spots?.[0] ?? null;
    const message = `${describe(each.change)}${nameSpot(each.change)}${each.locked ? ', trong khi người ký không cho phép' : ''}.`;
    if (said.has(message)) continue;
    said.set(message, { kind: each.locked ? 'forbidden' : each.kind, revision: each.revision, message, page: spot?.page ?? null, place: spot?.place ?? null, rank: each.locked ? 0 : order.indexOf(each.kind) });
  }
  const sorted = [...said.values()].sort((a, b) => a.rank - b.rank || (a.revision ?? 0) - (b.revision ?? 0));
  const counts = new Map<number, number>();
  const listed: ChangeReport[] = [];
  for (const { rank, ...change } of sorted) {
    const count = (counts.get(rank) ?? 0) + 1;
    counts.set(rank, count);
    if (count <= mostOfAKind) listed.push(change);
    else if (count === mostOfAKind + 1) listed.push({ kind: change.kind, revision: change.revision, message: foldedMessage(sorted, rank), page: null, place: null });
  }
  return listed;
}

function foldedMessage(sorted: readonly { readonly rank: number }[], rank: number): string {
  return `Và ${sorted.filter((each) => each.rank === rank).length - mostOfAKind} thay đổi khác cùng loại.`;
}

/** A forbidden change of one page, and any sentence that names its page, says enough. */
function nameSpot(change: Change): string {
  const pages = [...new Set((change.spots ?? []).map(({ page }) => page))];
  if (pages.length === 0 || ('what' in change && /trang \d/i.test(change.what))) return '';
  return ` (trang ${pages.slice(0, 8).join(', ')}${pages.length > 8 ? '…' : ''})`;
}

function describe(change: Change): string {
  switch (change.kind) {
    case 'dss': return 'Thêm dữ liệu kiểm chứng lâu dài';
    case 'metadata': return 'Cập nhật thông tin mô tả của tệp';
    case 'signature': return `Thêm chữ ký: ${titleOf(change.field)}`;
    case 'timestamp': return `Thêm dấu thời gian lưu trữ “${change.field.slice(0, 60)}”`;
    case 'field-filled': return `Điền ${titleOf(change.field)}`;
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
