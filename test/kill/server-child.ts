import { writeSync } from 'node:fs';
import { createServer } from '../../src-server/server.ts';
import { killAt, watchDriver, watchFiles } from './boundaries.ts';
import { readTask } from './life.ts';

// The provincial server, until its end at the boundary that it is told, or until its parent is done with it.
const task = await readTask<{ readonly dir: string; readonly port: number; readonly at: number }>();
const cross = killAt(task.at);
watchDriver(cross);
await watchFiles(cross);
// one machine has one name: what it had claimed before it died is its own still
const server = await createServer({ dir: task.dir, port: task.port, shedding: null, node: 'kill-1' });
writeSync(1, `open ${server.url}\n`);
