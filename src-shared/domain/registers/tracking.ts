import type { OfficialTable } from '../official-table.ts';
import { formatNumber } from '../notation.ts';
import { column, dayCell, joined, linesOf, subtitleOf, wholeRegister, type RegisterHead, type RegisterPart } from './book.ts';
import { framed } from './frame.ts';

/** One incoming document and what became of it. `number`, `date`: số đến, ngày đến. Dates `yyyy-mm-dd`. */
export type TrackingEntry = {
  readonly void?: never;
  readonly number: number;
  readonly date: string;
  readonly kindName: string;
  readonly reference: string;
  readonly issuedDate: string | null;
  readonly issuer: string;
  readonly handlers: readonly string[];
  readonly deadline: string | null;
  /** In words: what has been done. */
  readonly progress: string;
  readonly finishedOn: string | null;
  /** Số, ký hiệu of each document that answers it. */
  readonly answers: readonly string[];
  readonly recalled: boolean;
  readonly notes: readonly string[];
};

/** NĐ 30/2020 App IV: the seven columns of Sổ theo dõi giải quyết văn bản đến. */
export const trackingColumns = [
  column('Số đến', 6, 'center'), column('Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan ban hành văn bản', 30), column('Đơn vị hoặc người nhận', 16), column('Thời hạn giải quyết', 10, 'center'),
  column('Tiến độ giải quyết', 16), column('Số, ký hiệu văn bản trả lời', 12), column('Ghi chú', 10),
] as const;

/** Only documents stand in it: a register of work has no void numbers. `today`: what is not finished after its deadline is noted as overdue. */
export function trackingRegister(head: RegisterHead, entries: readonly TrackingEntry[], today: string, part: RegisterPart = wholeRegister): OfficialTable {
  return trackingTable(head, linesOf(entries, [], part).lines.flatMap((line) => (line.kind === 'entry' ? [line.entry] : [])), today, part);
}

/** Of entries that are put in order and cut already. */
export function trackingTable(head: RegisterHead, shown: readonly TrackingEntry[], today: string, part: RegisterPart): OfficialTable {
  const isOverdue = ({ deadline, finishedOn, recalled }: TrackingEntry): boolean => deadline !== null && !recalled && (finishedOn ?? today) > deadline;
  const rows = shown.map((entry): readonly string[] => [
    formatNumber(entry.number),
    joined([`${joined([entry.kindName, entry.reference], ' ')}${entry.issuedDate === null ? '' : `, ngày ${dayCell(entry.issuedDate)}`}`, entry.issuer], ', '),
    joined(entry.handlers),
    dayCell(entry.deadline),
    joined([entry.progress, entry.finishedOn === null ? '' : `hoàn thành ngày ${dayCell(entry.finishedOn)}`], ', '),
    joined(entry.answers),
    joined([entry.recalled ? 'Đã thu hồi' : '', isOverdue(entry) ? (entry.finishedOn === null ? 'Quá hạn' : 'Hoàn thành sau hạn') : '', ...entry.notes]),
  ]);
  const done = shown.filter(({ finishedOn }) => finishedOn !== null).length;
  const late = shown.filter(isOverdue).length;
  const totals = shown.length === 0 ? 'Sổ chưa có văn bản nào.' : `Sổ theo dõi ${shown.length} văn bản: ${done} đã giải quyết, ${shown.length - done} đang giải quyết${late === 0 ? '' : `, ${late} quá hạn hoặc hoàn thành sau hạn`}.`;
  return framed(head, { title: 'SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN', subtitle: subtitleOf(head.year, part), columns: trackingColumns, rows, notes: [totals] });
}
