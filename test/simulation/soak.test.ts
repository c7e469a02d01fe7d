import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

type Ended = { readonly code: number | null; readonly said: string };

function stateFile(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-soak-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return join(dir, 'state.json');
}

/** `onFirst`: with its process id, as soon as it has said anything. */
function soak(t: TestContext, args: readonly string[], onFirst: (pid: number) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'soak.ts'), ...args], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 120_000 });
  t.after(() => child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '' && child.pid !== undefined) onFirst(child.pid);
    said += chunk.toString('utf8');
  });
  return new Promise((resolve) => void child.once('close', (code) => resolve({ code, said })));
}

test('a soak that was interrupted says where it stopped, and goes on from there without leaving a world out', async (t) => {
  const state = stateFile(t);
  const first = await soak(t, ['--from', '11', '--seeds', '8', '--processes', '2', '--state', state], (pid) => process.kill(pid, 'SIGINT'));
  const kept = JSON.parse(readFileSync(state, 'utf8')) as { next: number; until: number; failed: number[] };
  assert.equal(first.code, 130, first.said);
  assert.ok(kept.next > 11 && kept.next < 19, `${kept.next}`);
  assert.deepEqual([kept.until, kept.failed], [19, []]);
  assert.match(first.said, new RegExp(`stopped before seed ${kept.next} of 18`));
  const second = await soak(t, ['--resume', '--state', state]);
  assert.equal(second.code, 0, second.said);
  const ran = [first, second].map(({ said }) => Number(/^(\d+) seeds, 0 failed/m.exec(said)?.[1]));
  assert.equal((ran[0] ?? 0) + (ran[1] ?? 0), 8, 'none twice, none left out');
  assert.match((await soak(t, ['--resume', '--state', state])).said, /that run was finished/);
});

test('what failed before a soak was interrupted is named again at its end', async (t) => {
  const state = stateFile(t);
  writeFileSync(state, JSON.stringify({ next: 18, until: 19, failed: [12] }));
  for (const what of ['ran to its end', 'was finished']) {
    const { code, said } = await soak(t, ['--resume', '--state', state]);
    assert.deepEqual([code, /^failed: npm run soak -- --seed 12$/m.test(said)], [1, true], what);
  }
});
