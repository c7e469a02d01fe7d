import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import type { ReportedTest } from './report.ts';
import { fileMs, type Suite } from './suites.ts';

const root = join(import.meta.dirname, '../..');

/** Test files of a suite whose path contains one of `filters` (all of them when there is none), relative to the project. */
export function findTestFiles(suite: Suite, filters: readonly string[], testDir = join(root, 'test')): readonly string[] {
  const folder = join(testDir, suite.folder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort();
}

/** Runs the files under node:test and gives back every test that ended. A file without one, a crash and a time-out are failures of their own. */
export async function runSuite(suite: Suite, files: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<readonly ReportedTest[]> {
  const words = [
    '--test', `--test-concurrency=${suite.concurrency}`, `--test-timeout=${suite.fileTimeoutMs ?? fileMs}`, `--test-reporter=${join(import.meta.dirname, 'reporter.ts')}`, '--test-reporter-destination=stdout', ...files,
  ];
  // A runner inside a test of the runner must not think that it is a test file
  const { NODE_TEST_CONTEXT: _, ...inherited } = process.env;
  // A group of its own, so that an end by force leaves none of its processes behind
  const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...inherited, ...env }, detached: process.platform !== 'win32' });
  const endGroup = (): void => killGroup(child);
  // first of all: nothing of a run is taken away while its processes still use it
  process.prependOnceListener('exit', endGroup);
  const timer = setTimeout(endGroup, suite.timeoutMs);
  const tests: ReportedTest[] = [];
  const strange: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const test = parseLine(line);
    if (test === null) strange.push(line);
    else tests.push(isEmptyFile(test) ? { ...test, outcome: 'failed', message: 'the file has no test' } : test);
  }
  const code = await new Promise<number | null>((resolve) => (child.exitCode === null && child.signalCode === null ? child.on('exit', resolve) : resolve(child.exitCode)));
  clearTimeout(timer);
  process.off('exit', endGroup);
  const anyFailed = tests.some(({ outcome }) => outcome === 'failed');
  if (code !== 0 && !anyFailed) {
    const why = code === null ? `ended by ${child.signalCode} (limit ${suite.timeoutMs / 1000} s)` : `exit code ${code}`;
    tests.push(failure(`suite ${suite.name}`, [why, ...strange].join('\n')));
  } else if (tests.length === 0) tests.push(failure(`suite ${suite.name}`, 'no test ran'));
  return tests;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL');
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // ESRCH: all of it has ended by itself
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

export function failure(name: string, message: string): ReportedTest {
  return { name, file: '', nesting: 0, outcome: 'failed', reason: '', message, durationMs: 0 };
}

/** node:test reports a file that declares no test as one passing test with the file's own name. */
function isEmptyFile({ name, file, outcome, nesting }: ReportedTest): boolean {
  return outcome === 'passed' && nesting === 0 && /\.test\.tsx?$/.test(name) && (file === '' || file.replaceAll('\\', '/').endsWith(name.replaceAll('\\', '/')));
}

function parseLine(line: string): ReportedTest | null {
  try {
    return JSON.parse(line) as ReportedTest;
  } catch {
    return null;
  }
}
