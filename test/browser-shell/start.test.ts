import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { findDataDir } from '../../build/start/data-dir.ts';
import { findBrowser, hasDisplay } from '../../build/start/find-browser.ts';
import { takeLock } from '../../build/start/lock.ts';

const root = join(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'van-thu-start-'));
after(() => rmSync(dir, { recursive: true }));

describe('npm start', () => {
  test('without a display prints the address with its secret, stays up, and ends in order when told to', { timeout: 120_000 }, async (t) => {
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
    const child = spawn(process.execPath, ['build/start.ts'], { cwd: root, env: { ...env, XDG_DATA_HOME: dir, LOCALAPPDATA: dir, VAN_THU_SHELL: 'browser' }, stdio: ['ignore', 'pipe', 'pipe'] });
    t.after(() => child.kill('SIGKILL'));
    let said = '';
    const address = await new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const found = /http:\/\/127\.0\.0\.1:\d+\/\?secret=[0-9a-f]{64}\n/.exec(said);
          if (found !== null) resolve(found[0].trim());
        });
      }
      child.once('exit', () => reject(new Error(said)));
    });
    const opened = await fetch(address, { redirect: 'manual' });
    assert.equal(opened.status, 303);
    const page = await fetch(new URL('/', address), { headers: { cookie: opened.headers.getSetCookie()[0]?.split(';')[0] ?? '' } });
    assert.equal(page.status, 200);
    assert.match(await page.text(), /<title>Văn Thư<\/title>/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
    await assert.rejects(fetch(address));
    assert.equal(existsSync(join(dir, 'VanThu', 'start.lock')), false);
  });

  test('opens the door of a real office where it is asked to, in a folder of its own, and builds no practice', { timeout: 120_000 }, async (t) => {
    const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
    const profile = join(dir, 'co-quan');
    const child = spawn(process.execPath, ['build/start.ts', '--office', '--profile', profile], { cwd: root, env: { ...env, VAN_THU_SHELL: 'browser' }, stdio: ['ignore', 'pipe', 'pipe'] });
    t.after(() => child.kill('SIGKILL'));
    let said = '';
    await new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          if (said.includes('?secret=')) resolve();
        });
      }
      child.once('exit', () => reject(new Error(said)));
    });
    assert.equal(statSync(join(profile, 'office.key')).size, 32);
    if (process.platform !== 'win32') assert.equal(statSync(join(profile, 'office.key')).mode & 0o077, 0, 'the key is its owner’s alone');
    assert.equal(existsSync(join(profile, 'practice')), false);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
  });

  test('says how it is used when it is asked for what there is not', () => {
    const { status, stderr } = spawnSync(process.execPath, ['build/start.ts', '--nowhere'], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /--office {7}mở cơ quan thật/);
  });

  test('refuses a shell that there is not', async () => {
    const child = spawn(process.execPath, ['build/start.ts'], { cwd: root, env: { ...process.env, XDG_DATA_HOME: dir, VAN_THU_SHELL: 'tauri' }, stdio: 'ignore' });
    assert.equal(await new Promise((resolve) => child.once('exit', resolve)), 1);
  });
});

test('data lies where each system keeps a program’s data', () => {
  assert.equal(findDataDir('linux', {}, '/home/mai'), '/home/mai/.local/share/VanThu');
  assert.equal(findDataDir('linux', { XDG_DATA_HOME: '/data' }, '/home/mai'), '/data/VanThu');
  assert.equal(findDataDir('darwin', {}, '/Users/mai'), '/Users/mai/Library/Application Support/VanThu');
  assert.match(findDataDir('win32', { LOCALAPPDATA: 'C:\\L' }, 'C:\\U'), /^C:\\L.VanThu$/);
});

test('a display is looked for only where there may be none', () => {
  assert.deepEqual([hasDisplay('win32', {}), hasDisplay('darwin', {}), hasDisplay('linux', {}), hasDisplay('linux', { DISPLAY: ':0' }), hasDisplay('linux', { DISPLAY: '', WAYLAND_DISPLAY: 'w' })], [true, true, false, true, true]);
});

test('a browser is taken from the PATH, and none is no error', () => {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  assert.equal(findBrowser('linux', { PATH: bin }), null);
  writeFileSync(join(bin, 'google-chrome'), '', { mode: 0o755 });
  assert.equal(findBrowser('linux', { PATH: bin }), join(bin, 'google-chrome'));
});

test('one program at a time holds the practice office; a dead one holds nothing', () => {
  const file = join(dir, 'lock');
  const release = takeLock(file);
  assert.ok(release);
  assert.equal(takeLock(file), null);
  release();
  assert.equal(existsSync(file), false);
  for (const left of ['', 'x', '0', '2147483646']) {
    writeFileSync(file, left);
    takeLock(file)?.();
    assert.equal(existsSync(file), false, left);
  }
});
