import { fork, type ChildProcess } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Asked, Told } from './seed-worker.ts';

export type Failure = { readonly seed: number; readonly violations: Told['violations']; readonly tail: readonly string[] };
export type SeedsOptions = {
  readonly from: number;
  readonly count: number;
  /** Of `bugs/table.ts`; left out: the programs as they are. */
  readonly bug?: string;
  readonly processes?: number;
  /** Of every desk's clock, all the time; left out: each world's own. */
  readonly skewMs?: number;
  /** No new seed is begun after this many failures. */
  readonly mostFailures?: number;
  readonly stop?: (told: Told) => boolean;
  /** No new seed is begun after it was aborted; those under way come to their end. */
  readonly ending?: AbortSignal;
  readonly onTold?: (told: Told) => void;
};
export type SeedsOutcome = { readonly seeds: number; readonly failures: readonly Failure[]; readonly covered: ReadonlySet<string>; readonly figures: { actions: number; effects: number; requests: number; faults: number; longestQuietMs: number } };

/** Runs the worlds of these seeds in processes of their own, as many as the machine has cores. */
export async function runSeeds({ from, count, bug, skewMs, processes = cpus().length, mostFailures = Number.POSITIVE_INFINITY, stop = () => false, ending, onTold }: SeedsOptions): Promise<SeedsOutcome> {
  let next = from;
  let seeds = 0;
  let over = false;
  const failures: Failure[] = [];
  const covered = new Set<string>();
  const figures = { actions: 0, effects: 0, requests: 0, faults: 0, longestQuietMs: 0 };

  function take(told: Told): void {
    seeds++;
    for (const one of told.covered) covered.add(one);
    figures.actions += told.figures.actions;
    figures.effects += told.figures.effects;
    figures.requests += told.figures.requests;
    figures.faults += told.figures.faults;
    figures.longestQuietMs = Math.max(figures.longestQuietMs, told.figures.quietAfterMs);
    if (told.violations.length > 0) failures.push({ seed: told.seed, violations: told.violations, tail: told.tail });
    if (failures.length >= mostFailures || stop(told)) over = true;
    onTold?.(told);
  }

  async function work(): Promise<void> {
    const child: ChildProcess = fork(join(import.meta.dirname, 'seed-worker.ts'), [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const ended = new Promise<never>((_, reject) => child.once('exit', (code, signal) => reject(new Error(`a process of the simulation ended by itself (${code ?? signal})`))));
    ended.catch(() => undefined);
    try {
      while (!over && ending?.aborted !== true && next < from + count) {
        const asked: Asked = { seed: next++, ...(bug === undefined ? {} : { bug }), ...(skewMs === undefined ? {} : { skewMs }) };
        const told = new Promise<Told>((resolve) => void child.once('message', (message) => resolve(message as Told)));
        child.send(asked);
        take(await Promise.race([told, ended]));
      }
    } finally {
      child.kill();
    }
  }

  await Promise.all(Array.from({ length: Math.min(processes, count) }, work));
  failures.sort((a, b) => a.seed - b.seed);
  return { seeds, failures, covered, figures };
}

/** What broke, where, and how to see it alone. */
export function describeFailure({ seed, violations, tail }: Failure): string {
  return [
    `seed ${seed}: ${violations.length} violation${violations.length === 1 ? '' : 's'}`,
    ...violations.slice(0, 10).map(({ invariant, what }) => `  ${invariant}: ${what}`),
    '  the end of its history:',
    ...tail.map((line) => `    ${line}`),
    `  alone: npm run soak -- --seed ${seed}`,
  ].join('\n');
}
