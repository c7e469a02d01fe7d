import { parentPort } from 'node:worker_threads';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import { useResources } from '../../signing/appearance/fonts.ts';
import { officialCsv } from './csv.ts';
import type { ToSheetHost } from './sheet-messages.ts';
import { officialXlsx } from './xlsx.ts';

/** The thread in which a long list becomes a sheet: ten thousand rows take seconds, in which the desk would answer nobody. It ends with its list. */
const port = parentPort;
if (port === null) throw new Error('the writer of sheets is a worker thread');

const rows: (readonly string[])[] = [];
let begun: Extract<ToSheetHost, { readonly kind: 'begin' }> | null = null;

port.on('message', (message: ToSheetHost) => {
  if (message.kind === 'begin') {
    begun = message;
    useResources(message.resources);
  } else if (message.kind === 'rows') rows.push(...message.rows);
  else void finish();
});

async function finish(): Promise<void> {
  if (begun === null) throw new Error('no sheet was begun');
  const table: OfficialTable = { ...begun.table, rows };
  const bytes = new Uint8Array(begun.format === 'xlsx' ? await officialXlsx(table) : officialCsv(table));
  port?.postMessage({ bytes }, [bytes.buffer]);
}
