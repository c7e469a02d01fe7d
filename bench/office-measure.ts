import { join } from 'node:path';
import type { Channel, Input } from '../src-shared/contract/index.ts';
import type { Figure } from './figure.ts';
import { openBenchDesk } from './ui-desk.ts';

/** Everything of `bench/office.ts` in one process, through the desk's own door: what a screen waits for. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: office-measure.ts FOLDER');

const desk = await openBenchDesk(join(folder, 'large'), 300_000, folder);
const { books } = await desk.ask('registers.books', {});
const longest = books.filter(({ register }) => register === 'incoming').toSorted((a, b) => b.count - a.count)[0];
if (longest === undefined) throw new Error('the profile has no register of documents in');
const part = { register: 'incoming', book: longest.book, from: null, to: null, fromDate: null, toDate: null } as const;

await say('tasks.board-ms', 'tasks.board', { person: null, state: 'open', offset: 0, limit: 50 });
await say('tasks.board-late-ms', 'tasks.board', { person: null, state: 'late', offset: 0, limit: 50 });
await say('tasks.alarms-ms', 'tasks.alarms', {});
await say('registers.books-ms', 'registers.books', {});
await say('registers.page-ms', 'registers.page', { ...part, offset: Math.max(0, longest.count - 50), limit: 50 });
tell('registers.page-of', longest.count, 'n');
await desk.close();

/** The worst of 15 but for two: a person remembers the slow one. */
async function say<C extends Channel>(name: string, channel: C, input: Input<C>): Promise<void> {
  const took: number[] = [];
  for (let i = 0; i < 15; i++) {
    const start = performance.now();
    await desk.ask(channel, input);
    took.push(performance.now() - start);
  }
  tell(name, took.toSorted((a, b) => a - b)[12] ?? 0, 'ms');
}

function tell(name: string, value: number, unit: Figure['unit']): void {
  process.stdout.write(`${JSON.stringify({ name, value, unit } satisfies Figure)}\n`);
}
