import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownReport, ownUnits, ownValues } from '../src-main/features/figures/question.ts';
import { practiceUnits } from '../src-main/practice/cast.ts';
import { openProfileStore } from '../src-main/store/open.ts';
import { monthsUpTo, namedPeriod, periodNames } from '../src-shared/domain/figures/periods.ts';
import type { Figure } from './figure.ts';
import { makeProfile } from './make-profile.ts';

/** Everything of `bench/figures.ts` in one process. A store that is in FOLDER/many already is used again. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: figures-measure.ts FOLDER');

const key = new Uint8Array(32).fill(7);
const until = new Date('2026-11-20T03:00:00Z');
const documents = 300_000;
const rounds = 15;
/** As long as a step of the program's own worker. */
const stepMs = 25;

const many = join(folder, 'many');
if (!existsSync(join(many, 'desk.db'))) await makeProfile({ dir: many, key, documents, seed: 7, until });
const opened = openProfileStore({ dir: many, key });
if (!opened.ok) throw new Error(opened.error.code);
const { desk } = opened.value;
const context = { store: desk, unit: practiceUnits.commune, now: () => until };
const today = '2026-11-20';

const left = desk.figureStanding().left;
const counting = performance.now();
while (desk.figureWork(stepMs));
// a store that was counted by an earlier run says nothing of how fast that was
if (left >= documents) say('desk.figures-count-docs-per-s', left / ((performance.now() - counting) / 1000), '/s');

const year = namedPeriod('year', today);
const reports = periodNames.map((name) => spent(() => report(name)));
say('desk.figures-ms', Math.max(...reports.map(({ wallMs }) => wallMs)), 'ms');
say('desk.figures-cpu-ms', Math.max(...reports.map(({ cpuMs }) => cpuMs)), 'ms');
say('desk.figures-months-ms', spent(() => monthsUpTo(today, 12).map((days) => ownValues(context, days, ['received', 'sent']))).wallMs, 'ms');
say('desk.figures-drill-ms', Math.max(...(['received', 'overdue', 'on-time-task'] as const).map((figure) => spent(() => drill(figure)).wallMs)), 'ms');
const found = desk.figureRows({ figure: 'received', by: '', part: 'n', ...year.period, asOf: today, units: ownUnits(context), offset: 0, limit: 1, oldest: false });
if (found.total < 1000) throw new Error(`only ${found.total} documents of a year are behind its figure`);
opened.value.close();

function report(name: (typeof periodNames)[number]): unknown {
  const { period, compare } = namedPeriod(name, today);
  return [ownReport(context, period), ownReport(context, compare)];
}

function drill(figure: 'received' | 'overdue' | 'on-time-task'): unknown {
  const units = ownUnits(context);
  return desk.figureRows({ figure, by: '', part: figure === 'on-time-task' ? 'missed' : 'n', ...year.period, asOf: today, units, offset: 0, limit: 50, oldest: figure === 'overdue' });
}

/** The middle of some. Processor time besides, because others may be at work on the machine. */
function spent(run: () => unknown): { readonly wallMs: number; readonly cpuMs: number } {
  const all = Array.from({ length: rounds }, () => {
    const start = performance.now();
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
  });
  return { wallMs: middle(all.map(({ wallMs }) => wallMs)), cpuMs: middle(all.map(({ cpuMs }) => cpuMs)) };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function say(name: string, value: number, unit: Figure['unit']): void {
  process.stdout.write(`${JSON.stringify({ name, value, unit } satisfies Figure)}\n`);
}
