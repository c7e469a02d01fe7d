import { writeSync } from 'node:fs';
import { openProfileStore } from '../../src-main/store/open.ts';
import { killAt, watchDriver } from './boundaries.ts';
import { createClerk, createDeskSync, key } from './clerk.ts';
import { readTask } from './life.ts';

// One day at the desk: the rest of yesterday's work goes out, then new work, then all of it goes out. It ends at the boundary that it is told.
const task = await readTask<{ readonly dir: string; readonly url: string; readonly at: number; readonly round: number }>();
const cross = killAt(task.at);
watchDriver(cross);
const say = (...words: readonly (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);
const opened = openProfileStore({ dir: task.dir, key });
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
const sync = createDeskSync(store, task.url);
const clerk = createClerk(store, (command) => say('did', command.id, command.document, command.type));
await sync.kick();
for (let i = 0; i < 5; i++) {
  if (i < 2 && clerk.register()) cross('between two actions');
  await clerk.write(`Công văn ${task.round}-${i}`);
  await sync.kick();
}
for (let round = 0; store.desk.outbox().length > 0 && round < 50; round++) await sync.kick();
await sync.stop();
store.close();
say('quiet', cross.crossed());
process.exit(0);
