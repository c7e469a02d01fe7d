import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFault, runFuzz } from './support/run-fuzz.ts';
import { makeSeeds } from './support/seeds.ts';

const help = `npm run fuzz [-- [--cases N] [--seed N] [--minutes N] [--processes N] [--files N]]
Signed files are mutated and read; none may be read as good, hang, or take the program down.
  --cases N       how many (50000)
  --seed N        where chance begins; today's date unless told
  --minutes N     stops after this
  --processes N   at a time (1)
  --files N       signed files that are mutated (48)
  FUZZ_SEED=… FUZZ_PATH=…   one case again, as a fault was printed; --files as it was then
Ends with 0 when nothing was found, 1 when something was, 2 when it was called wrongly.
`;

const options = { cases: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' }, processes: { type: 'string' }, files: { type: 'string' }, help: { type: 'boolean' } } as const;
const values = read();

function read(): Partial<Record<Exclude<keyof typeof options, 'help'>, string>> & { readonly help?: boolean } {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${help}`);
    process.exit(2);
  }
}

if (values.help === true) {
  process.stdout.write(help);
  process.exit(0);
}

function number(name: keyof Omit<typeof options, 'help'>, otherwise: number): number {
  const value = values[name] === undefined ? otherwise : Number(values[name]);
  if (Number.isFinite(value) && (name === 'seed' || value > 0)) return value;
  process.stderr.write(`--${name}: ${values[name] ?? ''}\n${help}`);
  process.exit(2);
}

const again = process.env['FUZZ_SEED'] !== undefined && process.env['FUZZ_PATH'] !== undefined ? { seed: Number(process.env['FUZZ_SEED']), path: process.env['FUZZ_PATH'] } : null;
const seed = again?.seed ?? number('seed', Number(new Date().toISOString().slice(0, 10).replaceAll('-', '')));
const cases = number('cases', 50_000);
const dir = mkdtempSync(join(tmpdir(), 'van-thu-fuzz-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

await makeSeeds(dir, number('files', 48));
const startedAt = Date.now();
const seconds = (): string => `${((Date.now() - startedAt) / 1000).toFixed(0)} s`;
let printedAt = 0;
const outcome = await runFuzz({
  dir, seed, cases, processes: number('processes', 1), ...(again === null ? {} : { path: again.path }), ...(values.minutes === undefined ? {} : { minutes: number('minutes', 60) }),
  onFault: (fault) => process.stdout.write(`\n${describeFault(fault)}\n\n`),
  onProgress: ({ done, faults }) => {
    if (Date.now() - printedAt < 10_000) return;
    printedAt = Date.now();
    process.stdout.write(`seed ${seed}: ${done} of ${cases}, ${faults} faults, ${seconds()}\n`);
  },
});
process.stdout.write(`seed ${seed}: ${outcome.done} cases, ${outcome.faults.length} faults, at most ${outcome.peakMb} MB, ${seconds()}; ${[...outcome.verdicts].map(([verdict, count]) => `${verdict} ${count}`).join(', ')}\n`);
process.exitCode = outcome.faults.length > 0 ? 1 : 0;
