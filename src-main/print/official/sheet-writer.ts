import { Worker } from 'node:worker_threads';
import type { OfficialTable } from '../../../src-shared/domain/official-table.ts';
import type { SheetWriter } from '../../ports/printing.ts';
import { resourcesFolder } from '../../signing/appearance/fonts.ts';
import { readSheetBytes, type ToSheetHost } from './sheet-messages.ts';

/** From source the host is TypeScript beside this file; in a bundled program the bundler puts `sheet-host.js` beside the bundle. */
const defaultHostUrl = new URL(import.meta.url.endsWith('.ts') ? './sheet-host.ts' : './sheet-host.js', import.meta.url);
/** Ten thousand rows of long texts take a third of it. */
const heapMb = 768;

/** A sheet whose rows come a few at a time, written in a thread of its own. */
export function beginSheet(table: Omit<OfficialTable, 'rows'>, format: 'xlsx' | 'csv', hostUrl: URL = defaultHostUrl): SheetWriter {
  const worker = new Worker(hostUrl, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: heapMb } });
  // A list that nobody takes does not keep the program open
  worker.unref();
  const send = (message: ToSheetHost): void => worker.postMessage(message);
  const ended = new Promise<Uint8Array | null>((resolve, reject) => {
    worker.once('message', (raw: unknown) => resolve(readSheetBytes(raw)));
    worker.once('error', reject);
    worker.once('exit', () => resolve(null));
  });
  // Told to who asks for the file; until then it is no thrown error
  ended.catch(() => undefined);
  send({ kind: 'begin', table, format, resources: resourcesFolder() });
  return {
    add: (rows) => send({ kind: 'rows', rows }),
    finish: async () => {
      worker.ref();
      send({ kind: 'finish' });
      try {
        return await ended;
      } finally {
        await worker.terminate();
      }
    },
    stop: () => void worker.terminate(),
  };
}
