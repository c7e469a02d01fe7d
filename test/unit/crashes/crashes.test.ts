import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { crashFileName, describeFall, noteCrash, readCrashes } from '../../../src-main/crashes/crashes.ts';
import { recentCrashes, type Crash } from '../../../src-shared/domain/crash.ts';

function folder(t: TestContext): string {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-crashes-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return dir;
}

const one: Crash = { at: '2026-11-22T03:00:00.000Z', part: 'window', reason: 'crashed', exitCode: 5, version: '0.1.0', where: [] };

test('a process that falls writes down where, and no word of what it had in hand', (t) => {
  const dir = folder(t);
  const title = 'Về việc kỷ luật cán bộ';
  const program = join(dir, 'falls.ts');
  writeFileSync(program, `import { watchOwnFall } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/crashes/crashes.ts'))};
watchOwnFall(${JSON.stringify(dir)}, 'backend', '0.1.0');
function sign(title: string): never { throw new TypeError(title); }
${'process.argv[2] === "rejected" ? void Promise.reject(new RangeError(process.argv[3])) : sign(process.argv[3] ?? "");'}
`);
  for (const way of ['thrown', 'rejected']) assert.notEqual(spawnSync(process.execPath, [program, way, title]).status, 0, 'it falls as it would have');
  const [thrown, rejected] = readCrashes(dir) ?? [];
  assert.deepEqual([thrown?.part, thrown?.reason, rejected?.reason], ['backend', 'TypeError', 'RangeError']);
  assert.match(thrown?.where[0] ?? '', /^falls\.ts:\d+:\d+$/);
  const text = readFileSync(join(dir, crashFileName), 'utf8');
  for (const word of ['kỷ luật', dir, 'sign']) assert.equal(text.includes(word), false, word);
  if (process.platform !== 'win32') assert.equal(statSync(join(dir, crashFileName)).mode & 0o077, 0, 'nobody else reads it');
});

test('whatever was thrown is told by its kind alone', () => {
  const named = new Error('mật');
  named.name = 'Về việc kỷ luật';
  assert.equal(describeFall(named).reason, 'Error');
  assert.deepEqual(describeFall('Về việc kỷ luật'), { reason: 'string', where: [] });
});

test('a line that was cut, a stranger’s line and a file that cannot be read take nothing else away', (t) => {
  const dir = folder(t);
  assert.deepEqual(readCrashes(dir), []);
  noteCrash(dir, one);
  appendFileSync(join(dir, crashFileName), '{"at":"2026-\n{"at":"hôm qua","part":"mouse"}\n');
  noteCrash(dir, { ...one, reason: 'oom' });
  assert.deepEqual(readCrashes(dir)?.map(({ reason }) => reason), ['crashed', 'oom']);
  const blocked = join(dir, 'blocked');
  mkdirSync(join(blocked, crashFileName), { recursive: true });
  noteCrash(blocked, one);
  assert.equal(readCrashes(blocked), null);
});

test('of very many the later ones are kept', (t) => {
  const dir = folder(t);
  for (let n = 0; n < 1500; n++) noteCrash(dir, { ...one, exitCode: n });
  const kept = readCrashes(dir) ?? [];
  assert.ok(statSync(join(dir, crashFileName)).size <= 70_000);
  assert.equal(kept.at(-1)?.exitCode, 1499);
  assert.deepEqual(kept.map(({ exitCode }) => exitCode), Array.from(kept, (_, n) => 1500 - kept.length + n), 'none between them is missing');
});

test('the last seven days are told, the latest first', () => {
  const at = (day: string): Crash => ({ ...one, at: `${day}T03:00:00.000Z` });
  assert.deepEqual(recentCrashes([at('2026-11-10'), at('2026-11-20'), at('2026-11-22')], new Date('2026-11-23T03:00:00Z')).map(({ at: when }) => when.slice(0, 10)), ['2026-11-22', '2026-11-20']);
});
