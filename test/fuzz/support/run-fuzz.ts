import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Message =
  | { readonly kind: 'about-to'; readonly seed: number; readonly run: number }
  | { readonly kind: 'fault'; readonly seed: number; readonly path: string; readonly reason: string; readonly counterexample: string }
  | { readonly kind: 'chunk'; readonly seed: number; readonly runs: number; readonly peakMb: number; readonly verdicts: readonly (readonly [string, number])[] };

/** `FUZZ_SEED` and `FUZZ_PATH` try it again. */
export type Fault = { readonly seed: number; readonly path: string; readonly reason: string; readonly counterexample: string };

export type FuzzPlan = {
  /** Folder of `makeSeeds`. */
  readonly dir: string;
  readonly seed: number;
  readonly cases: number;
  /** One case again, by its path; `seed` is then the fault's own. */
  readonly path?: string;
  readonly processes: number;
  /** Stops handing out cases after this. */
  readonly minutes?: number;
  readonly onFault?: (fault: Fault) => void;
  readonly onProgress?: (progress: { readonly done: number; readonly faults: number }) => void;
};

export type FuzzOutcome = { readonly done: number; readonly faults: readonly Fault[]; readonly peakMb: number; readonly verdicts: ReadonlyMap<string, number> };

export const casesPerChunk = 250;
/** A case takes some milliseconds of a processor. On a busy machine that may be long in coming, which is no hang. */
const watchdogMs = 20_000;
const lastWatchMs = 10 * 60_000;
const limitMb = 300;
/** A case that needs more ends the process, and is found by it; without them a process that has seen ten thousand files keeps the garbage of all. */
const heapLimits = ['--max-old-space-size=144', '--max-semi-space-size=8'] as const;
const worker = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Runs chunks of cases in processes of their own, each of which is ended when it says nothing for too long, and started again behind the chunk that it hung in. */
export async function runFuzz(plan: FuzzPlan): Promise<FuzzOutcome> {
  const chunks = plan.path === undefined ? Math.max(1, Math.ceil(plan.cases / casesPerChunk)) : 1;
  const faults: Fault[] = [];
  const verdicts = new Map<string, number>();
  const endAt = plan.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + plan.minutes * 60_000;
  let done = 0;
  let peakMb = 0;
  let next = 0;
  const runs = plan.path === undefined ? Math.min(casesPerChunk, plan.cases) : 1;

  const note = (fault: Fault): void => {
    faults.push(fault);
    plan.onFault?.(fault);
  };

  /** Chunks in one process until it ends, hangs or has grown old; how many it has done. */
  const runProcess = (first: number, count: number): Promise<number> => new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...heapLimits, worker, plan.dir, String(plan.seed), String(first), '1', String(first + count), String(runs), plan.path ?? ''], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let finished = 0;
    let last: Extract<Message, { readonly kind: 'about-to' }> | null = null;
    let said = '';
    let hung = false;
    let heardAt = Date.now();
    let spentThen: number | null = null;
    const watchdog = setInterval(() => {
      const spent = processorMs(child.pid);
      // of the case that it is at: what it spent before is not known closer than this clock ticks
      spentThen ??= spent;
      if (spent - spentThen < watchdogMs && Date.now() - heardAt < lastWatchMs) return;
      hung = true;
      child.kill('SIGKILL');
    }, 2_000);
    child.stderr?.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-4000); });
    createInterface({ input: child.stdio[3] as NodeJS.ReadableStream }).on('line', (line) => {
      heardAt = Date.now();
      spentThen = null;
      const message = JSON.parse(line) as Message;
      if (message.kind === 'about-to') last = message;
      else if (message.kind === 'fault') note(message);
      else {
        finished += 1;
        done += message.runs;
        peakMb = Math.max(peakMb, message.peakMb);
        if (message.peakMb > limitMb) note({ seed: message.seed, path: '', reason: `the process took ${message.peakMb} MB`, counterexample: '' });
        for (const [verdict, count] of message.verdicts) counts.set(verdict, count);
        plan.onProgress?.({ done, faults: faults.length });
      }
    });
    const counts = new Map<string, number>();
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watchdog);
      for (const [verdict, count] of counts) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + count);
      if (code !== 0) {
        note({ seed: last?.seed ?? plan.seed, path: String(last?.run ?? 0), reason: hung ? `no answer in ${watchdogMs} ms` : `the process ended with ${code}\n${said}`, counterexample: '' });
        // the rest of that chunk is left out
        finished += 1;
      }
      resolve(finished);
    });
  });

  const perProcess = 20;
  await Promise.all(Array.from({ length: plan.processes }, async () => {
    while (next < chunks && Date.now() < endAt) {
      const first = next;
      const count = Math.min(perProcess, chunks - first);
      next += count;
      for (let at = 0; at < count && Date.now() < endAt;) at += await runProcess(first + at, count - at);
    }
  }));
  return { done, faults, peakMb, verdicts };
}

/** What a process has had of a processor so far; where nobody tells, the time since it began. */
function processorMs(pid: number | undefined): number {
  const path = `/proc/${pid}/stat`;
  if (pid === undefined || !existsSync(path)) return Date.now();
  // utime and stime, in hundredths of a second; the name before them may hold spaces
  const fields = readFileSync(path, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export function describeFault({ seed, path, reason, counterexample }: Fault): string {
  return `FUZZ_SEED=${seed} FUZZ_PATH=${path}\n${reason}\n${counterexample}`;
}
