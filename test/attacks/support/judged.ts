import { Worker } from 'node:worker_threads';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import { makers, type Maker } from '../../fixtures/attacks/attack.ts';
import type { Tool, ToolOpinion } from './tools.ts';

/** One file, judged by us and by the others. `wanted`: of a control, the verdict that it must have. */
export type Judged = {
  readonly kind: 'attack' | 'control' | 'original';
  readonly class: string;
  readonly name: string;
  readonly maker: Maker;
  readonly shows: string;
  readonly expects: readonly string[];
  readonly wanted: string | null;
  readonly verdict: VerificationReport['verdict'];
  readonly codes: readonly string[];
  readonly tools: Readonly<Record<Tool, ToolOpinion>> | null;
};

/** All files of all makers: a thread each, for one verifier is one processor's work. */
export async function judgeAll(dir: string, withTools: boolean): Promise<readonly Judged[]> {
  return (await Promise.all(makers.map((maker) => judgeMaker({ maker, dir, withTools })))).flat();
}

export type Task = { readonly maker: Maker; readonly dir: string; readonly withTools: boolean };

function judgeMaker(task: Task): Promise<readonly Judged[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./judge-maker.ts', import.meta.url), { workerData: task });
    worker.once('message', (judged: readonly Judged[]) => resolve(judged));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the files of ${task.maker} were not judged (${code})`)));
  });
}
