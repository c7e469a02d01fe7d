import type { OfficialColumn, OfficialTable } from '../official-table.ts';
import type { FigureChange } from './compare.ts';
import { findFigure, type FigureId } from './definitions.ts';
import type { FigureValue, Report } from './report.ts';
import { changeWords, hoursOf, tenths, valueWords, wholes } from './value-words.ts';
import { lightOf, targetFor, type FigureTarget, type Light } from './targets.ts';
import { figureGroups, figureUnit, figureWords } from './words.ts';

export type ReportTableParts = {
  readonly head: Pick<OfficialTable, 'parentBody' | 'body' | 'placeAndDate' | 'signers'>;
  readonly report: Report;
  /** The period that it is laid beside; null: none. */
  readonly before: Report | null;
  readonly targets: readonly FigureTarget[];
  readonly level: 'province' | 'commune';
  /** What was told otherwise in the last report of this period. */
  readonly changes: readonly FigureChange[];
};

const lights: Readonly<Record<Light, string>> = { met: 'Đạt', near: 'Gần đạt', missed: 'Chưa đạt' };
const column = (title: string, width: number, align: OfficialColumn['align']): OfficialColumn => ({ title, width, align });
const amounts = (title: string, width: number): OfficialColumn => ({ title, width, align: 'right', amounts: true });

/** A report of an office's figures as it is printed, signed and sent: a line a figure, in the groups of `figureGroups`; what it leaves unsaid stands in the notes. */
export function reportTable({ head, report, before, targets, level, changes }: ReportTableParts): OfficialTable {
  const was = new Map(before === null ? [] : totalsOf(before));
  const is = new Map(totalsOf(report));
  const rows: (readonly string[])[] = [];
  for (const [at, { name, figures }] of figureGroups.entries()) {
    rows.push([roman[at] ?? '', name.toLocaleUpperCase('vi'), '', '', ...(before === null ? [] : ['', '']), '', '']);
    for (const [line, figure] of figures.entries()) {
      const value = is.get(figure);
      const definition = findFigure(figure);
      if (value === undefined || definition === null) continue;
      const earlier = was.get(figure);
      const target = targetFor(targets, figure, level);
      const light = target === null ? null : lightOf(value, target);
      rows.push([
        String(line + 1), figureWords[figure], figureUnit(definition), written(value), ...(before === null ? [] : [earlier === undefined ? '' : written(earlier), earlier === undefined ? '' : (changeWords(value, earlier, vietnamese) ?? '')]),
        target === null ? '' : `${target.aimPercent.toLocaleString('vi-VN')}${light === null ? '' : ` (${lights[light]})`}`, remark(value),
      ]);
    }
  }
  return {
    ...head,
    title: 'BÁO CÁO SỐ LIỆU CÔNG TÁC VĂN THƯ, LƯU TRỮ',
    subtitle: `Từ ngày ${printed(report.from)} đến ngày ${printed(report.to)}${before === null ? '' : ` · so với từ ngày ${printed(before.from)} đến ngày ${printed(before.to)}`}`,
    columns: [
      column('STT', 5, 'center'), column('Chỉ tiêu', 30, 'left'), column('Đơn vị tính', 10, 'center'), amounts('Kỳ này', 10),
      ...(before === null ? [] : [amounts('Kỳ trước', 10), amounts('Tăng, giảm', 9)]), column('Mục tiêu (%)', 12, 'center'), column('Ghi chú', 18, 'left'),
    ],
    rows,
    notes: [
      `Số liệu lấy từ phần mềm ngày ${printed(report.asOf)}; việc có hạn được xét đến hết ngày ${printed(report.judgedTo)}. Việc còn trong hạn không nằm trong tỷ lệ nào.`,
      'Thời gian tính theo giờ làm việc; “90 % xong trong” là mức mà chín phần mười số việc không vượt quá.',
      ...(changes.length === 0 ? [] : [`Khác với lần báo cáo trước của kỳ này: ${changes.map(({ figure, before: old, after, documents }) => `${figureWords[figure]} ${written(old)} → ${written(after)} (ít nhất ${documents} văn bản, hồ sơ)`).join('; ')}.`]),
    ],
  };
}

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII'] as const;

function totalsOf({ rows }: Report): readonly (readonly [FigureId, FigureValue])[] {
  return rows.filter(({ by }) => by === '').map(({ figure, value }) => [figure, value]);
}

const vietnamese = 'vi-VN';

/** `–`: nothing to judge. */
function written(value: FigureValue): string {
  return valueWords(value, vietnamese) ?? '–';
}

function remark(value: FigureValue): string {
  const unclear = value.kind === 'share' || value.kind === 'time' ? value.unclear : 0;
  const says = [
    ...(value.kind === 'share' && value.of > 0 ? [`${wholes(value.met, vietnamese)}/${wholes(value.of, vietnamese)}`] : []),
    ...(value.kind === 'time' && value.p90Minutes !== null ? [`90 % xong trong ${tenths(hoursOf(value.p90Minutes), vietnamese)} giờ${value.atLeast ? ' trở lên' : ''}`] : []),
    ...(unclear > 0 ? [`${wholes(unclear, vietnamese)} việc ghi giờ sai, không tính`] : []),
  ];
  return says.join('; ');
}

function printed(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}
