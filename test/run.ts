import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { checkLint, checkTypes } from './run/checks.ts';
import { beginKeeping } from './run/kept-folder.ts';
import { closingLine, tally, type ReportedTest } from './run/report.ts';
import { failure, findTestFiles, runSuite } from './run/run-suite.ts';
import { runWithSecondTry } from './run/second-try.ts';
import { suiteNames, suites, type Suite } from './run/suites.ts';

const help = `npm test [-- [--only SUITE]… [FILTER]…]
Types, lint, the rooms test and every suite; the last line is "N passed, N failed, N skipped".
  --only SUITE   this suite alone (may be given again): ${suiteNames.join(', ')}
  FILTER         only test files whose path contains this
  --help         this text
`;

const { values, positionals: filters } = parseArgs({ allowPositionals: true, options: { only: { type: 'string', multiple: true }, help: { type: 'boolean' } } });
const unknown = (values.only ?? []).filter((name) => !suiteNames.includes(name));
if (values.help === true || unknown.length > 0) {
  process.stdout.write(unknown.length > 0 ? `Không có bộ kiểm thử: ${unknown.join(', ')}\n${help}` : help);
  process.exit(unknown.length > 0 ? 2 : 0);
}

// Each suite is a process group of its own: told to end, this program ends them with itself
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));

beginKeeping();

const all: ReportedTest[] = [];
const unsteady: ReportedTest[] = [];
// A file filter asks for test files: types and lint have none
const wanted = (name: string): boolean => (values.only === undefined ? filters.length === 0 || suites.some((suite) => suite.name === name) : values.only.includes(name));

if (wanted('types')) await runStep('types', () => checkTypes());
if (wanted('lint')) await runStep('lint', () => checkLint());
for (const suite of suites) {
  if (!wanted(suite.name)) continue;
  const files = findTestFiles(suite, filters);
  if (files.length > 0) await runStep(suite.name, () => runFiles(suite, files));
  else if (filters.length === 0) await runStep(suite.name, async () => [failure(`suite ${suite.name}`, `no test file in test/${suite.folder}`)]);
}
if (all.length === 0) all.push(failure('npm test', `no test file matches ${filters.join(' ')}`));

const skipped = all.filter(({ outcome }) => outcome === 'skipped');
const failed = all.filter(({ outcome }) => outcome === 'failed');
if (skipped.length > 0) print(`\nSkipped:\n${skipped.map((test) => `  ${where(test)}${test.name}: ${test.reason || 'no reason given'}`).join('\n')}`);
if (unsteady.length > 0) print(`\nUnsteady (failed, then passed alone):\n${unsteady.map((test) => `  ${where(test)}${test.name}\n${indent(test.message)}`).join('\n')}`);
for (const test of failed) print(`\nFailed: ${where(test)}${test.name}\n${indent(test.message)}`);
print('');
print(closingLine(tally(all)));
process.exitCode = failed.length > 0 ? 1 : 0;

async function runFiles(suite: Suite, files: readonly string[]): Promise<readonly ReportedTest[]> {
  if (suite.secondTry !== true) return runSuite(suite, files);
  const tried = await runWithSecondTry(suite, files);
  unsteady.push(...tried.unsteady);
  return tried.tests;
}

async function runStep(name: string, run: () => Promise<readonly ReportedTest[]>): Promise<void> {
  const startedAt = Date.now();
  const tests = await run();
  all.push(...tests);
  // Not in the form of the closing line, which must stand once
  const { passed, failed: bad, skipped: left } = tally(tests);
  print(`${bad > 0 ? '✗' : '✓'} ${name.padEnd(14)} ${String(passed).padStart(4)} ok${bad > 0 ? ` · ${bad} not` : ''}${left > 0 ? ` · ${left} left out` : ''} · ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  // Named at once, told at the end: a long run need not be waited for to know
  for (const test of tests) if (test.outcome === 'failed') print(`    ${where(test)}${test.name}`);
}

function where({ file }: ReportedTest): string {
  return file === '' ? '' : `${relative(process.cwd(), file)} › `;
}

function indent(text: string): string {
  return text.split('\n').map((line) => `    ${line}`).join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
