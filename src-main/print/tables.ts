import type { Content, CustomTableLayout, TableCell } from 'pdfmake/interfaces.js';
import { colours } from './colours.ts';
import { paperOf, type Orientation } from './paper.ts';

/** How tables of this house look. `facts`: what stands beside what; `grid`: columns under a head; `bare`: for placing things beside each other. */
export const tableLayouts = {
  facts: {
    hLineWidth: (row, node) => (row === 0 || row === node.table.body.length ? 0 : 0.4),
    vLineWidth: () => 0,
    hLineColor: () => colours.hairline,
    paddingLeft: (column) => (column === 0 ? 0 : 6),
    paddingRight: () => 0,
    paddingTop: () => 2.2,
    paddingBottom: () => 2.2,
  },
  grid: {
    hLineWidth: (row, node) => (row < (node.table.headerRows ?? 0) - 1 ? 0 : isEdge(row, node) ? 0.8 : 0.4),
    vLineWidth: () => 0.4,
    hLineColor: (row, node) => (isEdge(row, node) ? colours.ink : colours.hairline),
    vLineColor: () => colours.hairline,
    paddingLeft: () => 4,
    paddingRight: () => 4,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  },
  bare: { hLineWidth: () => 0, vLineWidth: () => 0, paddingLeft: () => 0, paddingRight: () => 0, paddingTop: () => 0, paddingBottom: () => 0 },
} as const satisfies Record<string, CustomTableLayout>;

/** Above and below the column titles, and at the end. */
function isEdge(row: number, { table: { headerRows = 0, body } }: { readonly table: { readonly headerRows?: number | undefined; readonly body: readonly unknown[] } }): boolean {
  return row === headerRows - 1 || row === headerRows || row === body.length;
}

const factNameWidth = 118;
/** Of the second column, on an upright page. Widths are given in numbers everywhere: a column that takes what is left grows with its longest word, off the page. */
export const factWidth = paperOf('portrait').width - factNameWidth - 6;

/**
 * What is known, each under its name: `[name, what]`. Rows whose `what` is null are left out. `head` stands above and again on every page that it runs over to.
 * `keepRows`: no row goes over the end of a page; to be left when one might be longer than that.
 */
export function factsTable(rows: readonly (readonly [name: string, what: Content | null])[], { head = null, keepRows = true }: { readonly head?: TableCell | null; readonly keepRows?: boolean } = {}): Content {
  const body: TableCell[][] = rows.flatMap(([name, what]) => (what === null ? [] : [[{ text: name, color: colours.quiet }, typeof what === 'string' ? { text: what } : (what as TableCell)]]));
  return {
    layout: 'facts',
    table: { widths: [factNameWidth, factWidth], dontBreakRows: keepRows, body: head === null ? body : [[{ ...(head as object), colSpan: 2 } as TableCell, ''], ...body], ...(head === null ? {} : { headerRows: 1, keepWithHeaderRows: 3 }) },
  };
}

/** `width` in pt, of the text; null takes what the others leave of the page. */
export type GridColumn = { readonly title: string; readonly width: number | null; readonly alignment?: 'left' | 'center' | 'right' };

/**
 * Columns under a head that stands again on every page; registers are this with more columns. A row is kept together on one page, and `heading`, which stands
 * above it all, with the first of them.
 */
export function gridTable(columns: readonly GridColumn[], rows: readonly (readonly Content[])[], { fontSize = 10.5, heading = null, orientation = 'portrait' }: { readonly fontSize?: number; readonly heading?: Content | null; readonly orientation?: Orientation } = {}): Content {
  const cell = (content: Content, { alignment = 'left' }: GridColumn): TableCell => (typeof content === 'string' ? { text: content, alignment } : ({ alignment, ...(content as object) } as TableCell));
  const left = paperOf(orientation).width - columns.reduce((sum, { width }) => sum + (width ?? 0) + 8, 0) - 0.4 * (columns.length + 1);
  const none: readonly [boolean, boolean, boolean, boolean] = [false, false, false, false];
  const headRows: TableCell[][] = [
    ...(heading === null ? [] : [[{ stack: [heading], colSpan: columns.length, border: [...none], margin: [-4, 0, 0, 0] } as TableCell, ...columns.slice(1).map((): TableCell => ({ text: '', border: [...none] }))]]),
    columns.map(({ title }): TableCell => ({ text: title, bold: true, alignment: 'center' })),
  ];
  return {
    layout: 'grid',
    fontSize,
    lineHeight: 1.1,
    table: {
      widths: columns.map(({ width }) => width ?? Math.max(0, left) / columns.filter((each) => each.width === null).length),
      headerRows: headRows.length,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      body: [...headRows, ...rows.map((row) => columns.map((column, index) => cell(row[index] ?? '', column)))],
    },
  };
}
