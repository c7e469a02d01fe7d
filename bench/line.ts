import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

const measure = fileURLToPath(new URL('line-measure.ts', import.meta.url));

const aims: Readonly<Record<string, number>> = {
  'sync.status-change-bytes': 60,
  'sync.signed-50mb-upload-bytes': 12_000,
  'sync.first-1000-docs-s': 35,
  'sync.first-inbox-bytes': 8_192,
  'sync.first-bytes-ratio': 1.3,
  'sync.600kb-outage-30-90-ratio': 1.25,
  'sync.600kb-outage-120-240-ratio': 1.25,
  'sync.p0-behind-bulk-s': 5,
};

const names = [...Object.keys(aims), 'sync.first-inbox-s'];

/**
 * The desk's sync over emulated lines (root on Linux; without, the figures that need one are left out, and said). `xã-2G` is 64 kbit/s, 600 ms round trip, one packet in ten lost.
 * Each scenario is a server and a desk in processes of their own at both ends.
 */
export const line: Subject = {
  names,
  run: (folder, wanted) => {
    const asked = names.filter((name) => wanted.test(name));
    const done = spawnSync(process.execPath, [measure, folder, ...asked], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 1_800_000 });
    if (done.status !== 0) throw new Error(`the line could not be measured (${done.status ?? done.signal})`);
    return done.stdout.split('\n').filter((row) => row.startsWith('{')).map((row): Figure => {
      const figure = JSON.parse(row) as Figure;
      const aim = aims[figure.name];
      return aim === undefined ? figure : { ...figure, aim };
    });
  },
};
