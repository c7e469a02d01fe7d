import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('province-measure.ts', import.meta.url));
const names = ['province.figures-count-docs-per-s', 'province.figures-day-s', 'province.figures-unit-ms', 'province.figures-all-ms'] as const;
const aims: Readonly<Record<string, number>> = { 'province.figures-day-s': 5, 'province.figures-unit-ms': 300 };

/** The figures of 550 units and three years on PostgreSQL: a day's work counted, a unit's year and all units' year told. VAN_THU_PROVINCE=documents for another size than 1.5 million. */
export const province: Subject = {
  names,
  run: (_folder, wanted) => {
    const done = spawnSync(process.execPath, [measure, process.env['VAN_THU_PROVINCE'] ?? '1500000'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 7_200_000 });
    if (done.status !== 0) throw new Error(`the province could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row): Figure => {
      const figure = JSON.parse(row) as Figure;
      const aim = aims[figure.name];
      return aim === undefined ? figure : { ...figure, aim };
    }).filter(({ name }) => wanted.test(name));
  },
};
