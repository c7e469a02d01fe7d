import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Figure, Subject } from './figure.ts';

type Look = Pick<Figure, 'unit' | 'aim' | 'against'>;

/** The screens in Chromium, before a store that holds 300,000 documents; aims in ms, kB and MB. */
const figures: Readonly<Record<string, Look>> = {
  'ui.first-load-kb': { unit: 'kB', aim: 600 },
  'ui.usable-inbox-ms': { unit: 'ms', aim: 1500 },
  'ui.usable-inbox-ratio': { unit: '×', against: 'baseline.ui-usable-100-ms' },
  'baseline.ui-usable-100-ms': { unit: 'ms' },
  'baseline.ui-empty-page-ms': { unit: 'ms' },
  'ui.folder-switch-ms': { unit: 'ms', aim: 100 },
  'ui.open-100-pages-ms': { unit: 'ms', aim: 300 },
  'ui.open-300mb-scan-ms': { unit: 'ms', aim: 500 },
  'ui.palette-key-ms': { unit: 'ms', aim: 50 },
  'ui.search-key-ms': { unit: 'ms', aim: 50 },
  'ui.longest-scroll-task-ms': { unit: 'ms', aim: 50 },
  'ui.longest-scroll-task-cpu-ms': { unit: 'ms' },
  'ui.renderer-mb': { unit: 'MB', aim: 350 },
  'ui.renderer-peak-mb': { unit: 'MB' },
};

/** In a process of its own: the browser is waited for, and its backend must not share a thread with anything else. */
export const ui: Subject = {
  names: Object.keys(figures),
  run: (folder, wanted) => {
    const program = fileURLToPath(new URL('ui-measure.ts', import.meta.url));
    const { stdout, status } = spawnSync(process.execPath, [program, folder, wanted.source], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (status !== 0) throw new Error(`the screens could not be measured (${status})`);
    return stdout.split('\n').filter((line) => line !== '').map((line) => {
      const { name, value } = JSON.parse(line) as { readonly name: string; readonly value: number };
      const look = figures[name];
      if (look === undefined) throw new Error(`no such figure: ${name}`);
      return { name, value, ...look };
    });
  },
};
