import type { Output, ParsedInput } from '../../../src-shared/contract/index.ts';
import { reportTable, type ReportTableParts } from '../../../src-shared/domain/figures/report-table.ts';
import { formatDocumentDate } from '../../../src-shared/domain/notation.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { fileOf } from '../registers/file-of.ts';
import { bodiesOf } from '../registers/head.ts';
import { vietnamDate } from '../vietnam-time.ts';

type Parts = Pick<ReportTableParts, 'report' | 'before' | 'targets' | 'level'> & { /** Documents and dossiers that are not counted yet. */ readonly left: number };

/** The report as a file: printed as an office prints it, or its numbers for another program. */
export async function reportFile(context: DeskContext, parts: Parts, format: ParsedInput<'figures.export'>['format']): Promise<Result<Output<'figures.export'>>> {
  const { report, before, targets, level, left } = parts;
  const fileName = `so-lieu-van-thu-tu-${report.from}-den-${report.to}.${format}`;
  if (format === 'json') {
    const text = JSON.stringify({ unit: context.unit.code, at: context.now().toISOString(), uncounted: left, report, before, targets }, null, 2);
    return ok({ fileName, bytes: new TextEncoder().encode(`${text}\n`) });
  }
  const head = {
    ...bodiesOf(context), placeAndDate: `${context.office.location}, ${formatDocumentDate(vietnamDate(context.now()))}`,
    signers: [{ title: 'NGƯỜI LẬP BÁO CÁO', name: context.me.fullName }, { title: 'THỦ TRƯỞNG CƠ QUAN', name: '' }],
  };
  const table = reportTable({ head, report, before, targets, level, changes: [] });
  const notes = left === 0 ? table.notes : [...table.notes, `Chưa đủ: còn ${left.toLocaleString('vi-VN')} văn bản, hồ sơ máy đang tính.`];
  const bytes = await fileOf(context, { ...table, notes }, format, 'portrait');
  return bytes.ok ? ok({ fileName, bytes: bytes.value }) : bytes;
}
