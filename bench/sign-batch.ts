import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Subject } from './figure.ts';

const program = fileURLToPath(new URL('sign-batch-measure.ts', import.meta.url));

/** A batch at the leader's desk: with SoftHSM2 as it is, and with a token that takes as long as real ones do, against that token's own time. */
export const batches: Subject = {
  names: ['sign.batch-100-ms', 'sign.batch-slow-token-ms', 'sign.batch-slow-token-ratio', 'baseline.slow-token-ms'],
  run: () => {
    const quick = middleOf3(100, 0);
    const slow = middleOf3(20, 500);
    return [
      { name: 'sign.batch-100-ms', value: quick.batchMs, unit: 'ms', aim: 5000 },
      { name: 'sign.batch-slow-token-ms', value: slow.batchMs, unit: 'ms' },
      { name: 'sign.batch-slow-token-ratio', value: slow.batchMs / slow.tokenMs, unit: '×', against: 'baseline.slow-token-ms', aim: 1.05 },
      { name: 'baseline.slow-token-ms', value: slow.tokenMs, unit: 'ms' },
    ];
  },
};

type Run = { readonly batchMs: number; readonly tokenMs: number };

function middleOf3(documents: number, tokenMs: number): Run {
  const runs = Array.from({ length: 3 }, () => JSON.parse(execFileSync(process.execPath, [program, String(documents), String(tokenMs)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], timeout: 180_000 })) as Run);
  return runs.toSorted((a, b) => a.batchMs / a.tokenMs - b.batchMs / b.tokenMs)[1]!;
}
