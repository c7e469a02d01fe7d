import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of one run of the tests: what costs seconds to make, and is only read, is made once in it (`test/support/kept.ts`). */
export const keptFolder = 'VAN_THU_TEST_KEPT';

/** The folder of this run, told to all its processes and gone with it. Nothing outlives a run: what was made of older sources is never met. */
export function beginKeeping(): void {
  const root = mkdtempSync(join(tmpdir(), 'van-thu-kept-'));
  process.env[keptFolder] = root;
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
}
