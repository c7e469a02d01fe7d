import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('load/measure.ts', import.meta.url));

const aims: Readonly<Record<string, number>> = { 'server.p99-ms': 500, 'server.reconnect-s': 60, 'server.errors-seen': 0 };
const names = ['server.commands-per-s', 'server.p50-ms', 'server.p99-ms', 'server.worst-ms', 'server.killed-p99-ms', 'server.reconnect-s', 'server.errors-seen', 'server.node-mb'] as const;

/**
 * Two nodes of the provincial server on PostgreSQL, 6,000 signed-in desks that hold their events, 300 commands a second for five minutes, one node killed in the middle, and both started anew at the end.
 * Everything on this one machine. VAN_THU_LOAD=clients,rate,seconds for another size.
 */
export const server: Subject = {
  names,
  run: (folder, wanted) => {
    const done = spawnSync(process.execPath, [measure, folder, process.env['VAN_THU_LOAD'] ?? '6000,300,300'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_800_000 });
    if (done.status !== 0) throw new Error(`the server could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row): Figure => {
      const figure = JSON.parse(row) as Figure;
      const aim = aims[figure.name];
      return aim === undefined ? figure : { ...figure, aim };
    }).filter(({ name }) => wanted.test(name));
  },
};
