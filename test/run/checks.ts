import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { ReportedTest } from './report.ts';
import { typeRooms } from './suites.ts';

const root = join(import.meta.dirname, '../..');
const bin = (name: string): string => join(root, 'node_modules', name);

/** Types of every room, two at a time: one test a room. */
export async function checkTypes(rooms: readonly string[] = typeRooms): Promise<readonly ReportedTest[]> {
  const left = [...rooms];
  const done: ReportedTest[] = [];
  const worker = async (): Promise<void> => {
    for (let room = left.shift(); room !== undefined; room = left.shift()) {
      done.push(await check(`types of ${room}`, [bin('typescript/bin/tsc'), '-p', room, '--pretty', 'false']));
    }
  };
  await Promise.all([worker(), worker()]);
  return done.sort((a, b) => a.name.localeCompare(b.name));
}

/** One test: the linter over everything, with types. */
export async function checkLint(): Promise<readonly ReportedTest[]> {
  return [await check('lint', [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '--format=unix', '.'])];
}

function check(name: string, words: readonly string[]): Promise<ReportedTest> {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const end = (passed: boolean, message: string): void =>
      resolve({ name, file: '', nesting: 0, outcome: passed ? 'passed' : 'failed', reason: '', message: passed ? '' : message, durationMs: Date.now() - startedAt });
    child.on('error', (error) => end(false, error.message));
    child.on('close', (code) => end(code === 0, output.trim() || `exit code ${code}`));
  });
}
