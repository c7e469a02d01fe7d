import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bugs } from './bugs/table.ts';
import { describeFailure, runSeeds } from './run-seeds.ts';
import { runWorld } from './world/world.ts';

const help = `npm run soak [-- [--seeds N] [--from N] [--resume] [--processes N] [--failures N]]
Whole offices with a line that comes and goes, crashes and clocks that are wrong, each from its seed: the program's own sync against the server's own decisions.
  --seeds N       how many (100000)
  --from N        the first (1)
  --resume        goes on where the last run stopped
  --state FILE    where it is written down how far a run has come (.soak/state.json)
  --processes N   at a time (as many as the machine has cores)
  --failures N    stops after so many (10)
  --seed N        this one alone, with its whole history
  --bug NAME      with --seed: with one of the planted bugs (${bugs.length}; --bug list names them)
Ctrl-C lets the worlds under way come to their end, writes down how far it came and says so; a second one ends at once.
Ends with 0 when nothing was violated, 1 when something was, 2 when it was called wrongly, 130 when it was interrupted and nothing was violated so far.
`;

const options = {
  seeds: { type: 'string' }, from: { type: 'string' }, resume: { type: 'boolean' }, state: { type: 'string' }, processes: { type: 'string' }, failures: { type: 'string' }, seed: { type: 'string' }, bug: { type: 'string' }, help: { type: 'boolean' },
} as const;
const given = read();
const stateFile = given.state ?? join(import.meta.dirname, '..', '..', '.soak', 'state.json');
/** Everything below `next` has been run, but for seeds that were under way when it stopped. */
type State = { readonly next: number; readonly until: number; readonly failed: readonly number[] };

if (given.help === true) {
  process.stdout.write(help);
  process.exit(0);
}
if (given.bug === 'list') {
  for (const { name, caughtBy } of bugs) process.stdout.write(`${name}  (${caughtBy.join(', ')})\n`);
  process.exit(0);
}
process.exitCode = given.seed === undefined ? await soak() : await alone(number('seed', 1));

async function alone(seed: number): Promise<number> {
  const planted = given.bug === undefined ? undefined : bugs.find(({ name }) => name === given.bug)?.planted;
  if (given.bug !== undefined && planted === undefined) return wrong(`--bug: ${given.bug}`);
  const { lines, violations, hash, figures } = await runWorld({ seed, ...(planted === undefined ? {} : { planted }) });
  process.stdout.write(`${lines.join('\n')}\n\n`);
  for (const { invariant, what } of violations) process.stdout.write(`${invariant}: ${what}\n`);
  process.stdout.write(`seed ${seed}, history ${hash.slice(0, 16)}: ${figures.actions} actions, ${figures.requests} requests, ${figures.faults} faults, quiet after ${Math.round(figures.quietAfterMs / 1000)} s; ${violations.length} violations\n`);
  return violations.length === 0 ? 0 : 1;
}

async function soak(): Promise<number> {
  const kept = given.resume === true ? readState() : null;
  const from = kept?.next ?? number('from', 1);
  const until = kept?.until ?? from + number('seeds', 100_000);
  if (from >= until) {
    process.stdout.write('that run was finished\n');
    return end(kept?.failed ?? []);
  }
  // a seed that was under way when a run was broken off is run again
  const failed = new Set(kept?.failed);
  const done = new Set<number>();
  let next = from;
  let shownAt = 0;
  const ending = new AbortController();
  const interrupt = (): void => {
    if (ending.signal.aborted) process.exit(130);
    ending.abort();
    process.stdout.write('ends when the worlds under way have ended; Ctrl-C again ends it at once\n');
  };
  process.on('SIGINT', interrupt);
  const startedAt = Date.now();
  const { seeds, failures, figures } = await runSeeds({
    from, count: until - from, mostFailures: number('failures', 10), ...(given.processes === undefined ? {} : { processes: number('processes', 1) }),
    ending: ending.signal,
    onTold: ({ seed, violations, tail }) => {
      done.add(seed);
      while (done.delete(next)) next++;
      if (violations.length > 0) {
        failed.add(seed);
        process.stdout.write(`${describeFailure({ seed, violations, tail })}\n\n`);
      }
      if (Date.now() - shownAt < 10_000 && violations.length === 0) return;
      shownAt = Date.now();
      writeState({ next, until, failed: [...failed] });
      process.stdout.write(`seed ${next} of ${until - 1}, ${failed.size} failed, ${Math.round((shownAt - startedAt) / 1000)} s\n`);
    },
  });
  writeState({ next, until, failed: [...failed] });
  process.stdout.write(`${seeds} seeds, ${failures.length} failed; ${figures.actions} actions, ${figures.requests} requests, ${figures.faults} of them with a fault; quiet after ${Math.round(figures.longestQuietMs / 1000)} s at the latest\n`);
  process.off('SIGINT', interrupt);
  const interrupted = ending.signal.aborted && next < until;
  if (next < until) process.stdout.write(`stopped before seed ${next} of ${until - 1}: npm run soak -- --resume goes on\n`);
  return end([...failed], interrupted ? 130 : 0);
}

/** The last lines: every seed that failed, in this run or before it was interrupted. */
function end(failed: readonly number[], otherwise = 0): number {
  for (const seed of failed) process.stdout.write(`failed: npm run soak -- --seed ${seed}\n`);
  return failed.length === 0 ? otherwise : 1;
}

function readState(): State | null {
  try {
    return JSON.parse(readFileSync(stateFile, 'utf8')) as State;
  } catch {
    return null;
  }
}

function writeState(state: State): void {
  mkdirSync(join(stateFile, '..'), { recursive: true });
  writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  renameSync(`${stateFile}.new`, stateFile);
}

function number(name: 'seeds' | 'from' | 'processes' | 'failures' | 'seed', otherwise: number): number {
  const value = given[name] === undefined ? otherwise : Number(given[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  process.exit(wrong(`--${name}: ${given[name] ?? ''}`));
}

function wrong(what: string): number {
  process.stderr.write(`${what}\n${help}`);
  return 2;
}

function read(): { readonly [name in Exclude<keyof typeof options, 'resume' | 'help'>]?: string } & { readonly resume?: boolean; readonly help?: boolean } {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.exit(wrong(error instanceof Error ? error.message : String(error)));
  }
}
