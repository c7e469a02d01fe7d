import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import type { OfficialPdfOptions } from '../../ports/printing.ts';
import { plain } from '../plain-text.ts';
import { drawCharts } from './charts.ts';
import { drawLetterhead, drawTail, drawTitle, tailHeight } from './front.ts';
import { drawGrid, mostTaggedRows } from './grid.ts';
import { openSheet } from './sheet.ts';

/** A register as an office prints and binds it. The same table gives the same bytes. */
export async function officialPdf(table: OfficialTable, { orientation = 'landscape', columnNumbers = true, at = null, charts = [] }: OfficialPdfOptions = {}): Promise<Uint8Array> {
  const sheet = await openSheet({
    title: plain(table.title, 300), subject: plain(`${table.body} · ${table.subtitle}`, 600), creator: 'Văn Thư', at, orientation,
    identity: ['official-table', orientation, columnNumbers, table, ...charts], tagged: table.rows.length <= mostTaggedRows,
  });
  const start = drawTitle(sheet, drawLetterhead(sheet, table), table.title, table.subtitle);
  const end = await drawGrid(sheet, start, table, { columnNumbers, size: 11, tail: charts.length > 0 ? 0 : tailHeight(sheet, table) });
  await drawTail(sheet, await drawCharts(sheet, end, charts), table);
  return sheet.finish();
}
