import type { OfficialColumn, OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { lineHeight, type Sheet, type Structure, type Style } from './sheet.ts';
import { printable, widestWord } from './wrap.ts';

const padding = { x: 3.5, y: 3 } as const;
const weights = { edge: 0.8, row: 0.5 } as const;
/** A table that this many rows have is told to screen readers cell by cell; longer ones would be more structure than pages (a cell takes about 150 bytes of the file and 1 KB of memory). */
export const mostTaggedRows = 5000;

export type GridOptions = { readonly columnNumbers: boolean; readonly size: number; /** What must stand on the page of the last rows. */ readonly tail: number };
type Row = { readonly cells: readonly (readonly string[])[]; readonly lines: number };

/**
 * Columns under a head that stands on each page. A row stays on one page unless it is higher than one; the last two stay with what follows them, so that no
 * signature stands on a page of its own. Returns where the table ends on its last page.
 */
export async function drawGrid(sheet: Sheet, from: number, { columns, rows }: Pick<OfficialTable, 'columns' | 'rows'>, { columnNumbers, size, tail }: GridOptions): Promise<number> {
  const body: Style = { font: 'regular', size };
  const bold: Style = { font: 'bold', size };
  const numbers: Style = { font: 'italic', size: size - 1.5 };
  const step = size * lineHeight;
  const widths = widthsOf(sheet, columns, rows, body, bold);
  const edges = widths.reduce<readonly number[]>((all, width) => [...all, (all.at(-1) ?? 0) + width], [sheet.left]);
  const titles = columns.map(({ title }, index) => sheet.balance(printable(title), (widths[index] ?? 0) - 2 * padding.x, bold));
  const head: Row = { cells: titles, lines: titles.reduce((most, lines) => Math.max(most, lines.length), 1) };
  const numbersHeight = columnNumbers ? numbers.size * lineHeight + 3 : 0;
  const headHeight = head.lines * step + 2 * padding.y + numbersHeight;
  const table = sheet.element('Table', null);
  const fresh = sheet.bottom - sheet.top - headHeight;
  let y = from;
  let top = from;
  let lines: number[] = [];

  const drawHead = (isFirst: boolean): void => {
    top = y;
    lines = [];
    const height = head.lines * step + 2 * padding.y;
    const at = (index: number): { x: number; y: number; width: number; align: 'center' } => ({ x: (edges[index] ?? 0) + padding.x, y: y + (height - (head.cells[index]?.length ?? 0) * step) / 2, width: (widths[index] ?? 0) - 2 * padding.x, align: 'center' });
    const row = isFirst ? sheet.element('TR', table) : null;
    for (const [index, cell] of head.cells.entries()) {
      const draw = (): void => void sheet.write(cell, at(index), bold);
      if (row === null) sheet.adorn(draw);
      else inCell(sheet, sheet.element('TH', row, { scope: 'Column' }), 'TH', draw, true);
    }
    row?.end();
    y += height;
    if (columnNumbers) {
      sheet.adorn(() => {
        sheet.rule(sheet.left, y, sheet.left + sheet.width, y, weights.row);
        for (const index of columns.keys()) sheet.write([`(${index + 1})`], { x: edges[index] ?? 0, y: y + 1.5, width: widths[index] ?? 0, align: 'center' }, numbers);
      });
      y += numbersHeight;
    }
    lines.push(y);
  };
  const drawFrame = (): void => sheet.adorn(() => {
    const right = sheet.left + sheet.width;
    sheet.rule(sheet.left, top, right, top, weights.edge);
    for (const [index, at] of lines.entries()) sheet.rule(sheet.left, at, right, at, index === 0 || index === lines.length - 1 ? weights.edge : weights.row);
    for (const [index, x] of edges.entries()) sheet.rule(x, top, x, y, index === 0 || index === edges.length - 1 ? weights.edge : weights.row);
  });
  const turn = async (): Promise<void> => {
    drawFrame();
    await sheet.turn();
    y = sheet.top;
    drawHead(false);
  };

  const prepared = (index: number): Row => rowOf(sheet, columns.map((_, column) => rows[index]?.[column] ?? ''), widths, body);
  const heightOf = ({ lines: count }: Row): number => count * step + 2 * padding.y;
  const firstHeight = rows.length === 0 ? 0 : Math.min(heightOf(prepared(0)), fresh);
  if (y + headHeight + firstHeight > sheet.bottom) {
    await sheet.turn();
    y = sheet.top;
  }
  drawHead(true);
  for (const index of rows.keys()) {
    const row = prepared(index);
    const isNearEnd = index === Math.max(0, rows.length - 2);
    const together = isNearEnd ? heightOf(row) + (index + 1 < rows.length ? heightOf(prepared(index + 1)) : 0) + tail : 0;
    const isFirstHere = lines.length === 1;
    if (!isFirstHere && (y + heightOf(row) > sheet.bottom || (together <= fresh && y + together > sheet.bottom))) await turn();
    const element = sheet.element('TR', table);
    const cells = columns.map(() => sheet.element('TD', element));
    for (let done = 0; done < row.lines; ) {
      const room = Math.floor((sheet.bottom - y - 2 * padding.y) / step);
      if (room < Math.min(3, row.lines - done) && lines.length > 1) {
        await turn();
        continue;
      }
      const count = Math.min(Math.max(1, room), row.lines - done);
      for (const [column, text] of row.cells.entries()) {
        const part = text.slice(done, done + count);
        const at = { x: (edges[column] ?? 0) + padding.x, y: y + padding.y, width: (widths[column] ?? 0) - 2 * padding.x, align: columns[column]?.align ?? 'left' };
        const cell = cells[column];
        if (cell !== undefined && part.some((line) => line !== '')) inCell(sheet, cell, 'TD', () => void sheet.write(part, at, body), false);
      }
      done += count;
      y += count * step + 2 * padding.y;
      lines.push(y);
      if (done < row.lines) await turn();
    }
    for (const cell of cells) cell.end();
    element.end();
  }
  drawFrame();
  table.end();
  return y;
}

function inCell(sheet: Sheet, cell: Structure, type: string, draw: () => void, ends: boolean): void {
  sheet.tell(cell, type, draw);
  if (ends) cell.end();
}

function rowOf(sheet: Sheet, texts: readonly string[], widths: readonly number[], style: Style): Row {
  const cells = texts.map((text, index) => sheet.wrap(printable(text), (widths[index] ?? 0) - 2 * padding.x, style));
  return { cells, lines: cells.reduce((most, lines) => Math.max(most, lines.length), 1) };
}

/** By their shares, but none so narrow that a word of its head, a date or a number is taken apart while another column has room to give. */
function widthsOf(sheet: Sheet, columns: readonly OfficialColumn[], rows: OfficialTable['rows'], body: Style, bold: Style): readonly number[] {
  const shares = columns.map(({ width }) => (Number.isFinite(width) && width > 0 ? width : 1));
  const sum = shares.reduce((all, share) => all + share, 0);
  const wanted = shares.map((share) => (share / sum) * sheet.width);
  const least = columns.map(({ title }, column) => {
    let widest = widestWord(printable(title), sheet.measure(bold));
    const measure = sheet.measure(body);
    for (const row of rows) for (const word of (row[column] ?? '').split(/[ \n]/)) if (word.length <= longestWhole && word.length > 1) widest = Math.max(widest, measure(printable(word)));
    return Math.ceil(widest + 2 * padding.x) + 0.5;
  });
  const missing = wanted.map((width, index) => Math.max(0, (least[index] ?? 0) - width));
  const spare = wanted.map((width, index) => Math.max(0, width - (least[index] ?? 0)));
  const [need, have] = [missing, spare].map((list) => list.reduce((all, each) => all + each, 0)) as [number, number];
  if (need === 0 || have === 0) return wanted;
  const given = Math.min(need, have);
  return wanted.map((width, index) => width + ((missing[index] ?? 0) / need) * given - ((spare[index] ?? 0) / have) * given);
}

/** `dd/mm/yyyy`. */
const longestWhole = 10;
