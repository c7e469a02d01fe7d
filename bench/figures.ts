import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('figures-measure.ts', import.meta.url));
const names = ['desk.figures-ms', 'desk.figures-cpu-ms', 'desk.figures-months-ms', 'desk.figures-drill-ms', 'desk.figures-count-docs-per-s'] as const;
const aims: Readonly<Record<string, number>> = { 'desk.figures-ms': 200, 'desk.figures-months-ms': 200, 'desk.figures-drill-ms': 200 };

/** The office's figures over 300,000 documents in the encrypted store. VAN_THU_SEARCH=FOLDER takes the store that the search's figures keep, and keeps it. */
export const figures: Subject = {
  names,
  run: (folder, wanted) => {
    const done = spawnSync(process.execPath, [measure, process.env['VAN_THU_SEARCH'] ?? folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_800_000 });
    if (done.status !== 0) throw new Error(`the figures could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row): Figure => {
      const figure = JSON.parse(row) as Figure;
      const aim = aims[figure.name];
      return aim === undefined ? figure : { ...figure, aim };
    }).filter(({ name }) => wanted.test(name));
  },
};
