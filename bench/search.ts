import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('search-measure.ts', import.meta.url));
const names = [
  'store.list-page-ms', 'store.list-page-cpu-ms', 'store.deep-page-ms', 'search.common-words-ms', 'search.common-words-cpu-ms', 'search.common-words-found', 'search.rare-word-ms', 'search.rare-word-cpu-ms',
  'search.rare-word-found', 'store.fill-docs-per-s', 'search.index-docs-per-s', 'search.index-docs-per-cpu-s',
] as const;
const aims: Readonly<Record<string, number>> = { 'store.list-page-ms': 2, 'search.common-words-ms': 50, 'search.rare-word-ms': 5 };

/** Lists and search over 300,000 documents in the encrypted store, and how fast one is filled. VAN_THU_SEARCH=FOLDER keeps the large store for the next run. */
export const search: Subject = {
  names,
  run: (folder, wanted) => {
    const done = spawnSync(process.execPath, [measure, process.env['VAN_THU_SEARCH'] ?? folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_800_000 });
    if (done.status !== 0) throw new Error(`the search could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row): Figure => {
      const figure = JSON.parse(row) as Figure;
      const aim = aims[figure.name];
      return aim === undefined ? figure : { ...figure, aim };
    }).filter(({ name }) => wanted.test(name));
  },
};
