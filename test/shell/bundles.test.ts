import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundleStale } from '../../build/bundle.ts';

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'van-thu-bundles-'));
after(() => rmSync(dir, { recursive: true, force: true }));
before(async () => {
  await bundleStale(['backend', 'cli']);
});

test('what is newer than its sources is not made again', async () => {
  assert.deepEqual(await bundleStale(['backend', 'cli']), []);
});

test('the bundled backend opens the office as Electron would have it, answers on a port, and ends when told to', { timeout: 120_000 }, async (t) => {
  const profileDir = join(dir, 'profile');
  const child = spawn(process.execPath, [join(import.meta.dirname, 'backend-harness.ts'), join(root, 'dist/backend/main.js'), profileDir, join(root, 'resources')], { stdio: ['ignore', 'pipe', 'pipe'] });
  // A test that has failed must not keep the runner waiting for it
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  assert.equal(await new Promise((resolve) => child.once('close', resolve)), 0, errors);
  const lines = output.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(lines[0], { type: 'ready' });
  const [state, images, unknown, session, settings] = lines.slice(1) as { readonly id: number; readonly result: { readonly ok: boolean; readonly value: Record<string, unknown> } }[];
  assert.equal(state?.result.ok, true, JSON.stringify(state));
  assert.ok(state?.result.value['practice'], 'it is marked as practice');
  assert.match(JSON.stringify(images?.result.value), /"bytes":\{"bytes":\d{4,}\}/, 'bytes cross as bytes');
  assert.equal(unknown?.result.ok, false);
  assert.deepEqual(session?.result.value, { status: 'signed-in', office: null, practice: true });
  assert.equal(settings?.result.value['locale'], 'vi');
});

describe('the bundled command line', () => {
  const main = join(root, 'dist/cli/main.js');
  const run = (words: readonly string[], file = main): ReturnType<typeof spawnSync> => spawnSync(process.execPath, [...words, file, '--help'], { encoding: 'utf8' });

  test('starts by itself and says what it can', () => {
    if (process.platform !== 'win32') assert.notEqual(statSync(main).mode & 0o111, 0, 'npx runs it as a program');
    const { status, stdout } = run([]);
    assert.equal(status, 0);
    assert.match(String(stdout), /van-thu/);
  });

  test('on an older Node goes on with the project’s own, and without one says what is needed', () => {
    const old = join(dir, 'old.cjs');
    writeFileSync(old, "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2', napi: '9' } }); Object.defineProperty(process, 'version', { value: 'v20.20.2' });");
    assert.equal(run(['--require', old]).status, 0);
    const alone = join(dir, 'main.mjs');
    copyFileSync(main, alone);
    const { status, stderr } = run(['--require', old], alone);
    assert.equal(status, 2);
    assert.match(String(stderr), /Cần Node 24 trở lên.*v20\.20\.2/);
  });
});
