import { join, relative } from 'node:path';
import type { ReportedTest } from './report.ts';
import { runSuite } from './run-suite.ts';
import type { Suite } from './suites.ts';

const root = join(import.meta.dirname, '../..');

/** `unsteady`: what failed the first time and passed alone the second: told at the end of the run, since it is a fault, of the test or of the program. */
export type Tried = { readonly tests: readonly ReportedTest[]; readonly unsteady: readonly ReportedTest[] };

/** Files in which something failed run once more, alone, and the second outcome counts. A fault of no file (the suite's own end) is tried by nothing. */
export async function runWithSecondTry(suite: Suite, files: readonly string[], run: typeof runSuite = runSuite): Promise<Tried> {
  const first = await run(suite, files);
  const failed = first.filter(({ outcome }) => outcome === 'failed');
  const again = [...new Set(failed.map(({ file }) => file))];
  if (failed.length === 0 || again.includes('')) return { tests: first, unsteady: [] };
  const second = await run(suite, again.map((file) => relative(root, file).replaceAll('\\', '/')));
  const nowFailing = new Set(second.filter(({ outcome }) => outcome === 'failed').map(({ file, name }) => `${file} ${name}`));
  return {
    tests: [...first.filter(({ file }) => !again.includes(file)), ...second],
    unsteady: failed.filter(({ file, name }) => !nowFailing.has(`${file} ${name}`)),
  };
}
