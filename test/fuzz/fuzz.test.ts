import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { describeFault, runFuzz } from './support/run-fuzz.ts';
import { createJudge } from './support/judge-case.ts';
import { makeSeeds, readSeeds } from './support/seeds.ts';

// `npm run fuzz` tries 50,000; `FUZZ_SEED=… FUZZ_PATH=… npm test -- --only fuzz` repeats one as it was printed.

const cases = 2_000;
const files = 20;
const again = process.env['FUZZ_SEED'] !== undefined && process.env['FUZZ_PATH'] !== undefined ? { seed: Number(process.env['FUZZ_SEED']), path: process.env['FUZZ_PATH'] } : null;

const dir = mkdtempSync(join(tmpdir(), 'van-thu-fuzz-'));
before(() => makeSeeds(dir, files));
after(() => rmSync(dir, { recursive: true }));

test('the judge of mutated files calls a good signature over other bytes what it is, and leaves each file that was signed as it is', async () => {
  const seeds = readSeeds(dir);
  const [first, second] = seeds.files;
  assert.ok(first !== undefined && second !== undefined);
  for (const file of seeds.files) assert.equal(await createJudge(seeds).check(file.bytes, file), null, file.name);
  assert.match((await createJudge({ ...seeds, files: [first] }).check(second.bytes, second)) ?? '', /bytes that nobody signed/);
});

test('mutated signed files and files that nobody wrote are read in time and in little memory, and no byte that was not signed is ever good', async () => {
  const outcome = await runFuzz(again === null ? { dir, seed: 1, cases, processes: 2 } : { dir, seed: again.seed, path: again.path, cases: 1, processes: 1 });
  assert.equal(outcome.faults.map(describeFault).join('\n\n'), '');
  if (again !== null) return;
  assert.equal(outcome.done, cases);
  // every way was gone, else the test would mean nothing
  for (const verdict of ['invalid', 'indeterminate', 'valid-extended']) assert.ok((outcome.verdicts.get(verdict) ?? 0) > cases / 100, JSON.stringify([...outcome.verdicts]));
});
