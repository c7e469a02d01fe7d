import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('backup-measure.ts', import.meta.url));
const aims: Readonly<Record<string, number>> = { 'backup.5gb-copy-ratio': 2, 'backup.5gb-worst-call-ms': 100 };

/** A whole profile backed up while its desk is at work. VAN_THU_BACKUP_GB: another size than five. */
export const backup: Subject = {
  names: ['backup.5gb-s', 'backup.5gb-copy-ratio', 'backup.5gb-worst-call-ms'],
  run: (folder, wanted) => {
    const done = spawnSync(process.execPath, [measure, folder], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_800_000 });
    if (done.status !== 0) throw new Error(`the backup could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row): Figure => {
      const figure = JSON.parse(row) as Figure;
      const aim = aims[figure.name];
      return aim === undefined ? figure : { ...figure, aim };
    }).filter(({ name }) => wanted.test(name));
  },
};
