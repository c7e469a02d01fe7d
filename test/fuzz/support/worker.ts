import { writeSync } from 'node:fs';
import fc from 'fast-check';
import { peakMb } from '../../hostile/support/peak-mb.ts';
import { garbageArbitrary } from './garbage.ts';
import { createJudge } from './judge-case.ts';
import { mutate, mutationsArbitrary } from './mutations.ts';
import { readSeeds } from './seeds.ts';
import type { Message } from './run-fuzz.ts';

// One process of a run. It is told on its command line which chunks of cases are its own, and tells on a pipe, before each case, which one it is about to try:
// a case that never comes back is known by it.
const [dir = '', seedText = '', first = '0', step = '1', chunks = '1', runsText = '1', path = ''] = process.argv.slice(2);
const seeds = readSeeds(dir);
const judge = createJudge(seeds);
const buffers = seeds.files.map(({ bytes }) => bytes);
const tellingFd = 3;

const tell = (message: Message): void => void writeSync(tellingFd, `${JSON.stringify(message)}\n`);

const mutated = fc.record({ file: fc.nat({ max: seeds.files.length - 1 }), mutations: mutationsArbitrary });
const anyCase = fc.oneof({ weight: 9, arbitrary: mutated }, { weight: 1, arbitrary: garbageArbitrary.map((garbage) => ({ garbage: garbage.toString('latin1') })) });

for (let chunk = Number(first); chunk < Number(chunks); chunk += Number(step)) {
  const seed = path === '' ? (Number(seedText) + chunk) | 0 : Number(seedText);
  let run = 0;
  const property = fc.asyncProperty(anyCase, async (one) => {
    tell({ kind: 'about-to', seed, run });
    run += 1;
    const original = 'file' in one ? seeds.files[one.file]! : null;
    const bytes = 'file' in one ? mutate(original!.bytes, one.mutations, buffers) : Buffer.from(one.garbage, 'latin1');
    const wrong = await judge.check(bytes, original);
    if (wrong !== null) throw new Error(wrong);
  });
  const details = await fc.check(property, { seed, numRuns: Number(runsText), ...(path === '' ? {} : { path }) });
  if (details.failed) {
    const reason = details.errorInstance instanceof Error ? (details.errorInstance.stack ?? details.errorInstance.message) : String(details.errorInstance);
    tell({ kind: 'fault', seed, path: details.counterexamplePath ?? '', reason: reason.slice(0, 2000), counterexample: fc.stringify(details.counterexample).slice(0, 3000) });
  }
  tell({ kind: 'chunk', seed, runs: details.failed ? details.numRuns : Number(runsText), peakMb: peakMb(), verdicts: [...judge.verdicts] });
}
