import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A spreadsheet as LibreOffice reads it, converted in a profile of its own. `csv`: UTF-8, commas, every cell as it is shown. */
export async function officeConverts(bytes: Uint8Array, to: 'csv' | 'pdf'): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-office-'));
  try {
    await writeFile(join(dir, 'sheet.xlsx'), bytes);
    const filter = to === 'csv' ? 'csv:Text - txt - csv (StarCalc):44,34,76,1' : 'pdf';
    await run('soffice', [`-env:UserInstallation=${pathToFileURL(join(dir, 'profile')).href}`, '--headless', '--convert-to', filter, '--outdir', dir, join(dir, 'sheet.xlsx')], { timeout: 120_000 });
    return await readFile(join(dir, `sheet.${to}`));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
