import { spawn } from 'node:child_process';
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
  readonly onProgress?: (progress: { readonly done: number; readonly faults: number }) => void;
};

export type FuzzOutcome = { readonly done: number; readonly faults: readonly Fault[]; readonly peakMb: number; readonly verdicts: ReadonlyMap<string, number> };

export const casesPerChunk = 250;
/** A case takes some milliseconds, on a busy machine some tens. */
const watchdogMs = 30_000;
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

  /** Chunks in one process until it ends, hangs or has grown old; how many it has done. */
  const runProcess = (first: number, count: number): Promise<number> => new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...heapLimits, worker, plan.dir, String(plan.seed), String(first), '1', String(first + count), String(runs), plan.path ?? ''], { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    let finished = 0;
    let last: Extract<Message, { readonly kind: 'about-to' }> | null = null;
    let said = '';
    let hung = false;
    let watchdog = setTimeout(bark, watchdogMs);
    function bark(): void {
      hung = true;
      child.kill('SIGKILL');
    }
    child.stderr?.on('data', (chunk: Buffer) => { said = (said + chunk.toString('utf8')).slice(-4000); });
    createInterface({ input: child.stdio[3] as NodeJS.ReadableStream }).on('line', (line) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(bark, watchdogMs);
      const message = JSON.parse(line) as Message;
      if (message.kind === 'about-to') last = message;
      else if (message.kind === 'fault') faults.push(message);
      else {
        finished += 1;
        done += message.runs;
        peakMb = Math.max(peakMb, message.peakMb);
        if (message.peakMb > limitMb) faults.push({ seed: message.seed, path: '', reason: `the process took ${message.peakMb} MB`, counterexample: '' });
        for (const [verdict, count] of message.verdicts) counts.set(verdict, count);
        plan.onProgress?.({ done, faults: faults.length });
      }
    });
    const counts = new Map<string, number>();
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(watchdog);
      for (const [verdict, count] of counts) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + count);
      if (code !== 0) {
        faults.push({ seed: last?.seed ?? plan.seed, path: String(last?.run ?? 0), reason: hung ? `no answer in ${watchdogMs} ms` : `the process ended with ${code}\n${said}`, counterexample: '' });
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

export function describeFault({ seed, path, reason, counterexample }: Fault): string {
  return `FUZZ_SEED=${seed} FUZZ_PATH=${path}\n${reason}\n${counterexample}`;
}
