import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { bundleStale } from './bundle.ts';

/** `npm run build`: everything that ships, made small. */
const made = await bundleStale(['renderer', 'preload', 'shell', 'backend', 'cli']);
chmodSync(join(import.meta.dirname, '../dist/cli/main.js'), 0o755);
process.stdout.write(made.length > 0 ? `dist: ${made.join(', ')}\n` : 'dist: mọi phần đã mới nhất\n');
