import { setTimeout as sleep } from 'node:timers/promises';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import type { Storage } from '../storage/port.ts';
import type { Log } from './deps.ts';
import { freezeMonth, monthBefore } from './figures-freeze.ts';
import { stepFigures, type StepSize } from './figures-increment.ts';

export type FiguresRun = { readonly documents: number; readonly changed: number; readonly unread: number; readonly frozen: number };
export type FiguresDeps = { readonly storage: Storage; readonly now: () => number; readonly node: string; readonly log: Log; readonly size?: StepSize };

/** Longer than a step may take; renewed before each of them. */
const leaseMs = 120_000;
/** On one machine a step holds up whoever is at a desk: they have their turn for as long as it took. */
const mostRestMs = 250;

/** Brings every unit's figures forward and keeps the report of the month that is over. Null: another node is at it. */
export async function runFigures({ storage, now, node, log, size }: FiguresDeps, stopped: () => boolean = () => false): Promise<FiguresRun | null> {
  const hold = () => storage.transaction((tx) => tx.figures.hold(node, now(), now() + leaseMs));
  const began = now();
  let sum: FiguresRun = { documents: 0, changed: 0, unread: 0, frozen: 0 };
  try {
    for (let after: string | null = ''; after !== null; ) {
      if (!(await hold()) || stopped()) return null;
      const startedAt = performance.now();
      const step = await stepFigures(storage, after, size);
      sum = { ...sum, documents: sum.documents + step.documents, changed: sum.changed + step.changed, unread: sum.unread + step.unread };
      after = step.after;
      if (after !== null) await sleep(Math.min(mostRestMs, performance.now() - startedAt));
    }
    const today = vietnamDay(now());
    sum = { ...sum, frozen: await freezeMonth(storage, monthBefore(today), today, now()) };
    log(sum.unread > 0 ? 'warn' : 'info', 'figures', { ...sum, ms: now() - began });
    return sum;
  } finally {
    await storage.transaction((tx) => tx.figures.letGo(node)).catch(() => undefined);
  }
}

export type FigureTimer = { readonly stop: () => Promise<void> };

/** Runs at once and then every `everyMs`: an hour, so that a report asked in the morning has the night's work in it. What fails is tried at the next turn. */
export function startFigures(deps: FiguresDeps, everyMs: number): FigureTimer {
  let ended = false;
  let running: Promise<unknown> = Promise.resolve();
  const turn = (): void => {
    running = running.then(() => (ended ? null : runFigures(deps, () => ended))).catch((fault: unknown) => deps.log('warn', 'figures', { error: fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown' }));
  };
  const timer = setInterval(turn, everyMs);
  timer.unref();
  turn();
  return {
    stop: async () => {
      ended = true;
      clearInterval(timer);
      await running;
    },
  };
}
