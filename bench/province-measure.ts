import { runFigures } from '../src-server/features/figures-run.ts';
import { viewFigures } from '../src-server/features/figures-view.ts';
import { openPostgres } from '../src-server/storage/postgres/storage.ts';
import { addDays } from '../src-shared/domain/holidays.ts';
import { madeProvince, madeUnits, putProvince } from '../test/support/made-province.ts';
import { postgresSkip, startPostgres } from '../test/support/postgres.ts';
import type { Figure } from './figure.ts';

/** `DOCUMENTS`: what `bench/province.ts` tells; figures as lines of JSON, and what happens on stderr. */
const documents = Number(process.argv[2]);
const today = '2026-11-18';
const from = addDays(today, -3 * 365);
/** As many as three years' letters have on a day of work. */
const ofADay = Math.round(documents / (3 * 250));
const rounds = 9;
const now = (): number => Date.parse(`${today}T03:00:00Z`);
const tell = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
const say = (name: string, value: number, unit: Figure['unit']): void => void process.stdout.write(`${JSON.stringify({ name, value, unit } satisfies Figure)}\n`);

if (postgresSkip !== false) {
  process.stderr.write(`province.*: LEFT OUT, ${postgresSkip}\n`);
  process.exit(0);
}
const cluster = await startPostgres({ shared_buffers: '512MB', synchronous_commit: 'off', max_wal_size: '4GB' });
const storage = await openPostgres({ url: await cluster.newDatabase() });
try {
  const units = madeUnits(550);
  tell(`${documents} documents of ${units.length} units`);
  await putProvince(storage, units, madeProvince({ units, documents, from, to: addDays(today, -1), seed: 1 }));
  tell('counting them');
  const whole = await timed(count);
  say('province.figures-count-docs-per-s', documents / whole.s, '/s');
  tell(`a day: ${ofADay} more`);
  await putProvince(storage, units, madeProvince({ units, documents: ofADay, from: today, to: today, seed: 2 }));
  const day = await timed(count);
  if (day.answer.documents !== ofADay) throw new Error(`${day.answer.documents} documents were counted instead of ${ofADay}`);
  say('province.figures-day-s', day.s, 's');
  const unit = units[7];
  if (unit === undefined) throw new Error('no unit');
  const view = (all: boolean): Promise<unknown> => storage.read((tx) => viewFigures(tx, { unit, from: '2026-01', to: '2026-11', today, all }));
  say('province.figures-unit-ms', await middle(() => view(false)), 'ms');
  say('province.figures-all-ms', await middle(() => view(true)), 'ms');
} finally {
  await storage.close();
  await cluster.close();
}

async function count() {
  const run = await runFigures({ storage, node: 'bench', now, log: () => undefined });
  if (run === null) throw new Error('another node is at it');
  return run;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly s: number; readonly answer: T }> {
  const startedAt = performance.now();
  const answer = await work();
  return { s: (performance.now() - startedAt) / 1000, answer };
}

async function middle(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) all.push((await timed(work)).s * 1000);
  return all.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
