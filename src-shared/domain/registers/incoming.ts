import type { OfficialTable } from '../official-table.ts';
import { formatNumber } from '../notation.ts';
import { column, dayCell, joined, linesOf, numberRange, subtitleOf, totalsOf, unknownNote, voidNote, wholeRegister, type BookLines, type RegisterHead, type RegisterPart, type VoidNumber } from './book.ts';
import { framed } from './frame.ts';

/** One incoming document. `number`, `date`: số đến, ngày đến. Dates `yyyy-mm-dd`. */
export type IncomingEntry = {
  readonly void?: never;
  readonly number: number;
  readonly date: string;
  /** Who issued it. */
  readonly issuer: string;
  /** Its own số, ký hiệu, as it stands on it. */
  readonly reference: string;
  readonly issuedDate: string | null;
  readonly kindName: string;
  readonly title: string;
  /** Units or persons it was handed to. */
  readonly handedTo: readonly string[];
  readonly handedOn: string | null;
  /** Who took it over where the System knows; empty: signed by hand. */
  readonly receivedBy: string;
  /** Taken back by its sender. */
  readonly recalled: boolean;
  readonly notes: readonly string[];
};

/** NĐ 30/2020 App IV: the ten columns of Sổ đăng ký văn bản đến; Art 22.3b: printed in full, signed for and bound. */
export const incomingColumns = [
  column('Ngày đến', 8, 'center'), column('Số đến', 5, 'center'), column('Tác giả', 14), column('Số, ký hiệu văn bản', 12), column('Ngày tháng văn bản', 8, 'center'),
  column('Tên loại và trích yếu nội dung văn bản', 25), column('Đơn vị hoặc người nhận', 12), column('Ngày chuyển', 8, 'center'), column('Ký nhận', 7), column('Ghi chú', 11),
] as const;

export function incomingRegister(head: RegisterHead, entries: readonly IncomingEntry[], voids: readonly VoidNumber[] = [], part: RegisterPart = wholeRegister): OfficialTable {
  return incomingTable(head, linesOf(entries, voids, part), part);
}

/** Of lines that are put in order already; `lines.lines` may be a page of what the totals tell of. */
export function incomingTable(head: RegisterHead, lines: BookLines<IncomingEntry>, part: RegisterPart): OfficialTable {
  const rows = lines.lines.map((line): readonly string[] => {
    if (line.kind === 'void') return [dayCell(line.date), formatNumber(line.number), '', '', '', '', '', '', '', voidNote(line.reason)];
    if (line.kind === 'unknown') return ['', numberRange(line.from, line.to), '', '', '', '', '', '', '', unknownNote];
    const { entry } = line;
    return [
      dayCell(entry.date), formatNumber(entry.number), entry.issuer, entry.reference, dayCell(entry.issuedDate), joined([entry.kindName, entry.title], ' '), joined(entry.handedTo),
      dayCell(entry.handedOn), entry.receivedBy, joined([entry.recalled ? 'Đã thu hồi' : '', ...entry.notes]),
    ];
  });
  return framed(head, { title: 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN', subtitle: subtitleOf(head.year, part), columns: incomingColumns, rows, notes: [totalsOf(lines)] });
}
