import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { closingLine, tally } from './report.ts';
import { failure, findTestFiles, runSuite } from './run-suite.ts';
import { runWithSecondTry } from './second-try.ts';
import { suites } from './suites.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-runner-'));
after(() => rmSync(dir, { recursive: true }));

const suite = { name: 'tried', folder: 'tried', concurrency: 2, timeoutMs: 60_000 };
const run = (name: string, source: string): ReturnType<typeof runSuite> => {
  const file = join(dir, name);
  writeFileSync(file, source);
  return runSuite(suite, [file]);
};
const head = "import { test, describe, it, before } from 'node:test';\n";

test('what passes, fails and is skipped is counted, once each', async () => {
  const tests = await run('mixed.test.ts', `${head}
    test('passes', () => {});
    test('is skipped', { skip: 'no token' }, () => {});
    test('is to do', { todo: 'later' }, () => { throw new Error('not yet'); });
    describe('group', () => { it('passes inside', () => {}); it('fails inside', () => { console.error('what it said'); throw new Error('why'); }); });
    test('parent', async (t) => { await t.test('child fails', () => { throw new Error('x'); }); });`);
  assert.deepEqual(tally(tests), { passed: 2, failed: 2, skipped: 2 });
  assert.equal(tests.find(({ name }) => name === 'is skipped')?.reason, 'no token');
  const failed = tests.find(({ name }) => name === 'fails inside');
  assert.match(failed?.message ?? '', /Error: why/);
  assert.match(failed?.message ?? '', /what it said/);
  assert.equal(failed?.file, join(dir, 'mixed.test.ts'));
});

test('a file that does not load, a hook that fails and an exit code are failures', async () => {
  assert.equal(tally(await run('load.test.ts', "throw new Error('broken');")).failed, 1);
  assert.ok(tally(await run('hook.test.ts', `${head}describe('g', () => { before(() => { throw new Error('h'); }); it('never', () => {}); });`)).failed > 0);
  assert.equal(tally(await run('exit.test.ts', `${head}test('passes', () => {}); process.on('exit', () => { process.exitCode = 3; });`)).failed, 1);
});

test('a file without a test is a failure', async () => {
  assert.deepEqual(tally(await run('empty.test.ts', 'export {};')), { passed: 0, failed: 1, skipped: 0 });
});

test('a suite that hangs is ended and is a failure', async () => {
  const file = join(dir, 'hang.test.ts');
  writeFileSync(file, `${head}test('hangs', () => new Promise((resolve) => setTimeout(resolve, 600_000)));`);
  const tests = await runSuite({ ...suite, timeoutMs: 2_000 }, [file]);
  assert.equal(tally(tests).failed, 1);
  assert.match(tests[0]?.message ?? '', /limit 2 s/);
});

test('what fails once and then passes alone counts as passed, and is named as unsteady', async () => {
  const [marker, shaky, steady] = ['tried-once', 'shaky.test.ts', 'steady.test.ts'].map((name) => join(dir, name)) as [string, string, string];
  writeFileSync(shaky, `${head}import { existsSync, writeFileSync } from 'node:fs';
    test('shakes', () => { if (existsSync(${JSON.stringify(marker)})) return; writeFileSync(${JSON.stringify(marker)}, ''); throw new Error('the first time'); });
    test('beside it', () => {});`);
  writeFileSync(steady, `${head}test('stands', () => {});`);
  const { tests, unsteady } = await runWithSecondTry(suite, [shaky, steady]);
  assert.deepEqual(tally(tests), { passed: 3, failed: 0, skipped: 0 });
  assert.deepEqual(unsteady.map(({ name }) => name), ['shakes']);
  assert.match(unsteady[0]?.message ?? '', /the first time/);
});

test('what fails twice has failed, and a suite that was ended is not tried again', async () => {
  const broken = join(dir, 'broken.test.ts');
  writeFileSync(broken, `${head}test('breaks', () => { throw new Error('always'); });\ntest('stands', () => {});`);
  const twice = await runWithSecondTry(suite, [broken]);
  assert.deepEqual([tally(twice.tests), twice.unsteady], [{ passed: 1, failed: 1, skipped: 0 }, []]);
  let runs = 0;
  const ended = await runWithSecondTry(suite, [broken], async () => {
    runs += 1;
    return [failure('suite tried', 'ended by SIGKILL')];
  });
  assert.deepEqual([tally(ended.tests).failed, runs], [1, 1]);
});

test('a file that waits for what never comes fails by itself, and the others are told as they were', async () => {
  const waiting = join(dir, 'waiting.test.ts');
  const steady = join(dir, 'steady.test.ts');
  writeFileSync(waiting, `${head}import { after } from 'node:test';\nconst open = setInterval(() => {}, 1000);\nafter(() => clearInterval(open));\ntest('waits', () => new Promise(() => {}));`);
  writeFileSync(steady, `${head}test('stands', () => {});`);
  const tests = await runSuite({ ...suite, fileTimeoutMs: 3000 }, [waiting, steady]);
  assert.deepEqual(tests.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name), ['stands']);
  assert.ok(tests.some(({ file, outcome }) => outcome === 'failed' && file.endsWith('waiting.test.ts')));
});

test('the closing line has the form that a CI reads', () => {
  assert.equal(closingLine({ passed: 3, failed: 0, skipped: 1 }), '3 passed, 0 failed, 1 skipped');
});

test('a filter chooses files by their path', () => {
  const runner = suites.find(({ name }) => name === 'runner');
  assert.ok(runner);
  assert.deepEqual(findTestFiles(runner, ['runner.test']), ['test/run/runner.test.ts']);
  assert.deepEqual(findTestFiles(runner, ['nothing-like-this']), []);
});
