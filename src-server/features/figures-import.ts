import { randomUUID } from 'node:crypto';
import { figures, type FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { organizationCode, type OrganizationCode } from '../../src-shared/domain/ids.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import { figureMonth } from '../../src-shared/protocol/figures.ts';
import { readCsv } from './csv.ts';
import type { FigureImport, ImportedCount } from '../storage/figure-table.ts';
import type { Storage, Tx } from '../storage/port.ts';
import { auditEntry } from './audit.ts';

/** Only what is counted can be told without its documents: a share or a time of an older book has no two numbers that could be added to ours. */
export const importedFigures: readonly FigureId[] = figures.filter(({ kind }) => kind === 'count').map(({ id }) => id);
export const importColumns = ['unit', 'month', 'figure', 'count'] as const;

export type ImportOutcome = { readonly imported: Pick<FigureImport, 'id' | 'rows'>; readonly faults: readonly string[] };
type Parts = { readonly storage: Storage; readonly now: () => number };
type Line = { readonly line: number; readonly count: ImportedCount };

const mostLines = 500_000;
const mostCount = 10_000_000;

/** All of the file or nothing. Faults, each with its line: what is no unit, month, figure or count; what stands twice; a month to come, one that was counted here, one that another file brought. */
export async function importCounts({ storage, now }: Parts, text: string, source: string): Promise<ImportOutcome> {
  const today = vietnamDay(now());
  const { lines, faults } = readLines(text, today.slice(0, 7));
  const nothing = { id: '', rows: 0 };
  if (faults.length > 0) return { imported: nothing, faults };
  return storage.transaction(async (tx) => {
    const wrong = await findWrong(tx, lines);
    if (wrong.length > 0) return { imported: nothing, faults: wrong };
    const head: FigureImport = { id: randomUUID().slice(0, 8), atMs: now(), by: 'van-thu-server', source, rows: lines.length };
    if (!(await tx.figures.putImport(head, lines.map(({ count }) => count)))) return { imported: nothing, faults: ['Có tháng đã được một tệp khác nhập rồi. / Another file brought some of these months already.'] };
    await tx.audit.append(auditEntry({ atMs: now(), unit: null, user: null, action: 'figures.imported', subject: head.id, detail: { rows: head.rows } }));
    return { imported: head, faults: [] };
  });
}

/** How many counts went with it; 0: there is no such import. */
export function forgetImport({ storage, now }: Parts, id: string): Promise<number> {
  return storage.transaction(async (tx) => {
    const rows = await tx.figures.dropImport(id);
    if (rows > 0) await tx.audit.append(auditEntry({ atMs: now(), unit: null, user: null, action: 'figures.forgotten', subject: id, detail: { rows } }));
    return rows;
  });
}

function readLines(text: string, thisMonth: string): { readonly lines: readonly Line[]; readonly faults: readonly string[] } {
  const [head, ...rows] = readCsv(text);
  const names = head?.fields.map((name) => name.trim()) ?? [];
  const missing = importColumns.filter((name) => !names.includes(name));
  if (missing.length > 0) return { lines: [], faults: [`Thiếu cột: ${missing.join(', ')}. / Columns are missing.`] };
  if (rows.length === 0) return { lines: [], faults: ['Tệp không có dòng nào. / The file has no lines.'] };
  if (rows.length > mostLines) return { lines: [], faults: [`Tệp có quá ${mostLines} dòng. / The file has too many lines.`] };
  const faults: string[] = [];
  const seen = new Set<string>();
  const lines: Line[] = [];
  for (const { line, fields } of rows) {
    const [unit, month, figure, count] = importColumns.map((name) => (fields[names.indexOf(name)] ?? '').trim()) as [string, string, string, string];
    const key = `${unit} ${month} ${figure}`;
    if (!organizationCode.safeParse(unit).success) faults.push(`Dòng ${line}: mã đơn vị không hợp lệ. / Line ${line}: no code of a unit.`);
    else if (!figureMonth.safeParse(month).success || month >= thisMonth) faults.push(`Dòng ${line}: tháng không hợp lệ hoặc chưa hết. / Line ${line}: no month that is over.`);
    else if (!(importedFigures as readonly string[]).includes(figure)) faults.push(`Dòng ${line}: chỉ tiêu ${figure.slice(0, 40)} không nhập được. / Line ${line}: no figure that is counted.`);
    else if (!/^\d{1,8}$/.test(count) || Number(count) > mostCount) faults.push(`Dòng ${line}: số đếm không hợp lệ. / Line ${line}: no count.`);
    else if (seen.has(key)) faults.push(`Dòng ${line}: trùng với một dòng ở trên. / Line ${line} stands twice.`);
    else lines.push({ line, count: { unit: unit as OrganizationCode, month, figure, n: Number(count) } });
    seen.add(key);
  }
  return { lines, faults };
}

/** What only the province can tell: units that are not in the directory, and months of which it has the documents. */
async function findWrong(tx: Tx, lines: readonly Line[]): Promise<readonly string[]> {
  const units = [...new Set(lines.map(({ count }) => count.unit))];
  const months = [...new Set(lines.map(({ count }) => count.month))];
  const known = new Set<string>();
  for (const unit of units) if ((await tx.directory.find(unit)) !== null) known.add(unit);
  const counted = new Set((await tx.figures.months(units, months)).map(({ unit, month }) => `${unit} ${month}`));
  return lines.flatMap(({ line, count }) => {
    if (!known.has(count.unit)) return [`Dòng ${line}: không có đơn vị ${count.unit} trong danh bạ. / Line ${line}: the directory has no such unit.`];
    return counted.has(`${count.unit} ${count.month}`) ? [`Dòng ${line}: tháng ${count.month} của ${count.unit} chương trình đã tự đếm. / Line ${line}: the program has counted this month itself.`] : [];
  });
}
