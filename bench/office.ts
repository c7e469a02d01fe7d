import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('office-measure.ts', import.meta.url));
const names = ['tasks.board-ms', 'tasks.board-late-ms', 'tasks.alarms-ms', 'registers.books-ms', 'registers.page-ms', 'registers.page-of'] as const;

/** What the board of work, its alarms and a register's last page take at a desk of 300,000 documents. */
export const office: Subject = {
  names,
  run: (folder, wanted) => {
    const done = spawnSync(process.execPath, [measure, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_800_000 });
    if (done.status !== 0) throw new Error(`the office could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row) => JSON.parse(row) as Figure).filter(({ name }) => wanted.test(name));
  },
};
