import type { OfficialTable } from '../official-table.ts';
import { formatNumber, formatReference } from '../notation.ts';
import { column, dayCell, joined, linesOf, numberRange, subtitleOf, totalsOf, unknownNote, voidNote, wholeRegister, type BookLines, type RegisterHead, type RegisterPart, type VoidNumber } from './book.ts';
import { framed } from './frame.ts';

/** One outgoing document. `date`: the date it bears. Dates `yyyy-mm-dd`. */
export type OutgoingEntry = {
  readonly void?: never;
  readonly number: number;
  readonly notation: string;
  readonly date: string;
  readonly kindName: string;
  readonly title: string;
  readonly signer: string;
  readonly recipients: readonly string[];
  /** Unit or person that keeps a copy (bản lưu). */
  readonly keptBy: readonly string[];
  /** Số lượng bản, of paper; null: none was made (an electronic document). */
  readonly copies: number | null;
  readonly sentOn: string | null;
  readonly receivedBy: string;
  /** Taken back from those who have it (Art 18.4). */
  readonly recalled: boolean;
  /** Art 18.3: the document that stands in its place, the one in whose place it stands, and the công văn that corrects its form; each as số, ký hiệu. */
  readonly replacedBy: string | null;
  readonly replaces: string | null;
  readonly correctedBy: string | null;
  readonly notes: readonly string[];
};

/** NĐ 30/2020 App IV: the ten columns of Sổ đăng ký văn bản đi; Art 16.2b: printed in full and bound. */
export const outgoingColumns = [
  column('Số, ký hiệu văn bản', 11), column('Ngày tháng văn bản', 8, 'center'), column('Tên loại và trích yếu nội dung văn bản', 24), column('Người ký', 10), column('Nơi nhận văn bản', 15),
  column('Đơn vị, người nhận bản lưu', 9), column('Số lượng bản', 5, 'right'), column('Ngày chuyển', 8, 'center'), column('Ký nhận', 6), column('Ghi chú', 11),
] as const;

export function outgoingRegister(head: RegisterHead, entries: readonly OutgoingEntry[], voids: readonly VoidNumber[] = [], part: RegisterPart = wholeRegister): OfficialTable {
  return outgoingTable(head, linesOf(entries, voids, part), part);
}

/** Of lines that are put in order already; `lines.lines` may be a page of what the totals tell of. */
export function outgoingTable(head: RegisterHead, lines: BookLines<OutgoingEntry>, part: RegisterPart): OfficialTable {
  const rows = lines.lines.map((line): readonly string[] => {
    if (line.kind === 'void') return [formatNumber(line.number), dayCell(line.date), '', '', '', '', '', '', '', voidNote(line.reason)];
    if (line.kind === 'unknown') return [numberRange(line.from, line.to), '', '', '', '', '', '', '', '', unknownNote];
    const { entry } = line;
    const marks = [
      entry.recalled ? 'Đã thu hồi' : '',
      entry.replacedBy === null ? '' : `Đã được thay thế bằng số ${entry.replacedBy}`,
      entry.replaces === null ? '' : `Thay thế số ${entry.replaces}`,
      entry.correctedBy === null ? '' : `Đã được đính chính bằng số ${entry.correctedBy}`,
    ];
    return [
      formatReference({ number: entry.number, numberText: '', notation: entry.notation }), dayCell(entry.date), joined([entry.kindName, entry.title], ' '), entry.signer, joined(entry.recipients),
      joined(entry.keptBy), entry.copies === null ? '' : formatNumber(entry.copies), dayCell(entry.sentOn), entry.receivedBy, joined([...marks, ...entry.notes]),
    ];
  });
  return framed(head, { title: 'SỔ ĐĂNG KÝ VĂN BẢN ĐI', subtitle: subtitleOf(head.year, part), columns: outgoingColumns, rows, notes: [totalsOf(lines)] });
}
