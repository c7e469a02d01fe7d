import type { OfficialTable } from '../official-table.ts';
import { column, dayCell, joined, type RegisterHead } from './book.ts';
import { framed } from './frame.ts';

/** A dossier in the index of what is handed over. Dates `yyyy-mm-dd`. */
export type DossierEntry = {
  /** Số, ký hiệu hồ sơ, e.g. `01.TCCB`. */
  readonly code: string;
  readonly title: string;
  readonly startDate: string;
  readonly endDate: string | null;
  /** Null: kept for ever. */
  readonly retentionYears: number | null;
  /** Sheets of paper, or pages of an electronic dossier; null: not counted. */
  readonly pages: number | null;
  readonly notes: readonly string[];
};

/** A document in the index of its dossier, in the dossier's own order. */
export type DossierDocumentEntry = {
  readonly reference: string;
  readonly date: string | null;
  readonly kindName: string;
  readonly title: string;
  readonly author: string;
  /** Where it stands: `1–3`, `4`. */
  readonly pages: string;
  readonly notes: readonly string[];
};

/** NĐ 30/2020 App V: the seven columns of Mục lục hồ sơ, tài liệu nộp lưu. */
export const dossierColumns = [
  column('TT', 5, 'center'), column('Số, ký hiệu hồ sơ', 12), column('Tiêu đề hồ sơ', 34), column('Thời gian tài liệu', 16, 'center'), column('Thời hạn bảo quản', 11, 'center'), column('Số tờ/trang', 8, 'right'), column('Ghi chú', 14),
] as const;

/** NĐ 30/2020 App V: the seven columns of Mục lục văn bản trong hồ sơ. */
export const dossierDocumentColumns = [
  column('STT', 5, 'center'), column('Số, ký hiệu văn bản', 14), column('Ngày tháng năm văn bản', 11, 'center'), column('Tên loại và trích yếu nội dung văn bản', 34), column('Tác giả văn bản', 16), column('Tờ số/Trang số', 8, 'center'), column('Ghi chú', 12),
] as const;

export function dossierIndex(head: RegisterHead, dossiers: readonly DossierEntry[]): OfficialTable {
  const rows = dossiers.map((one, index): readonly string[] => [
    String(index + 1), one.code, one.title, timeOf(one), one.retentionYears === null ? 'Vĩnh viễn' : `${one.retentionYears} năm`, one.pages === null ? '' : String(one.pages), joined(one.notes),
  ]);
  const forever = dossiers.filter(({ retentionYears }) => retentionYears === null).length;
  const totals = dossiers.length === 0 ? 'Mục lục chưa có hồ sơ nào.' : `Mục lục có ${dossiers.length} hồ sơ, trong đó ${forever} hồ sơ bảo quản vĩnh viễn và ${dossiers.length - forever} hồ sơ bảo quản có thời hạn.`;
  return framed(head, { title: 'MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU', subtitle: `Năm ${head.year}`, columns: dossierColumns, rows, notes: [totals] });
}

export function dossierDocumentIndex(head: RegisterHead, dossier: Pick<DossierEntry, 'code' | 'title'>, documents: readonly DossierDocumentEntry[]): OfficialTable {
  const rows = documents.map((one, index): readonly string[] => [
    String(index + 1), one.reference, dayCell(one.date), joined([one.kindName, one.title], ' '), one.author, one.pages, joined(one.notes),
  ]);
  const totals = documents.length === 0 ? 'Hồ sơ chưa có văn bản nào.' : `Hồ sơ có ${documents.length} văn bản, tài liệu.`;
  return framed(head, { title: 'MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ', subtitle: `Hồ sơ số ${dossier.code}: ${dossier.title}`, columns: dossierDocumentColumns, rows, notes: [totals] });
}

function timeOf({ startDate, endDate }: DossierEntry): string {
  return endDate === null || endDate === startDate ? dayCell(startDate) : `${dayCell(startDate)} – ${dayCell(endDate)}`;
}
