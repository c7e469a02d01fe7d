import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { NsisUpdater as NsisUpdaterClass } from 'electron-updater';
import { installedAs, installFromDisk, readPublishers, takeInstallWord, type InstallWord } from '../../src-main/shell/updater.ts';
import { tempDir } from '../server/office.ts';

type App = ConstructorParameters<typeof NsisUpdaterClass>[1];
const { NsisUpdater } = createRequire(import.meta.url)('electron-updater/out/NsisUpdater.js') as { NsisUpdater: typeof NsisUpdaterClass };

/** The real class of electron-updater, with an installer that writes down how it was called. */
function bench(t: TestContext, version = '1.0.0') {
  const root = tempDir(t);
  const dir = path.join(root, 'updates');
  mkdirSync(dir);
  const called = path.join(root, 'called');
  const script = `#!/bin/sh\necho "$0 $*" > ${called}.new\nmv ${called}.new ${called}\n`;
  writeFileSync(path.join(dir, 'Van-Thu-Setup-1.2.0.exe'), script);
  const word: InstallWord = { schema: 1, version: '1.2.0', file: 'Van-Thu-Setup-1.2.0.exe', sha512: createHash('sha512').update(script).digest('base64'), sizeBytes: script.length, released: '2026-11-20T01:00:00Z', minimumSystem: null };
  writeFileSync(path.join(dir, 'install.json'), JSON.stringify(word));
  let quit = 0;
  const app = { version, name: 'van-thu', isPackaged: true, appUpdateConfigPath: path.join(root, 'none.yml'), userDataPath: root, baseCachePath: path.join(root, 'cache'), whenReady: () => Promise.resolve(), relaunch: () => undefined, quit: () => void (quit += 1), onQuit: () => undefined };
  const updater = new NsisUpdater(null, app as unknown as App);
  const asked: { readonly names: readonly string[]; readonly file: string }[] = [];
  const say = { publisher: null as string | null };
  // Windows asks its own PowerShell here
  updater.verifyUpdateCodeSignature = (names: string[], file: string) => {
    asked.push({ names, file });
    chmodSync(file, 0o755);
    return Promise.resolve(say.publisher);
  };
  updater.on('error', () => undefined);
  return { dir, root, called, word, updater, asked, say, quits: () => quit };
}

test('electron-updater takes the file from this disk, asks who signed it, and starts a copy silently', async (t) => {
  const { dir, root, called, word, updater, asked } = bench(t);
  assert.deepEqual(takeInstallWord(dir), word);
  assert.equal(takeInstallWord(dir), null, 'read once');
  await installFromDisk(updater, dir, word, ['Trung tâm CNTT tỉnh']);
  for (const began = performance.now(); !existsSync(called) && performance.now() - began < 10_000; ) await pause(20);
  assert.equal(readFileSync(called, 'utf8').trim(), `${path.join(root, 'cache', 'van-thu-updater', 'pending', 'Van-Thu-Setup-1.2.0.exe')} --updated /S`);
  assert.deepEqual(asked.map(({ names }) => names), [['Trung tâm CNTT tỉnh']]);
});

test('a file that is not what was named, or that somebody else signed, is not started', async (t) => {
  const changed = bench(t);
  writeFileSync(path.join(changed.dir, changed.word.file), '#!/bin/sh\ntrue\n');
  await assert.rejects(installFromDisk(changed.updater, changed.dir, changed.word, null), /checksum mismatch/);
  const stranger = bench(t);
  stranger.say.publisher = 'signed by somebody else';
  await assert.rejects(installFromDisk(stranger.updater, stranger.dir, stranger.word, ['Trung tâm CNTT tỉnh']), /not signed by the application owner/);
  assert.deepEqual([existsSync(changed.called), existsSync(stranger.called), changed.quits(), stranger.quits()], [false, false, 0, 0]);
});

test('a word that is none installs nothing, and neither does a program that was not installed', async (t) => {
  const { dir } = bench(t);
  writeFileSync(path.join(dir, 'install.json'), JSON.stringify({ schema: 1, version: '1.2.0', file: '../../evil.exe', sha512: 'x', sizeBytes: 1, released: '', minimumSystem: null }));
  assert.equal(takeInstallWord(dir), null);
  const where = { platform: 'win32' as const, arch: 'x64', env: {}, resourcesPath: path.join(dir, 'resources') };
  assert.deepEqual([installedAs(false, where), installedAs(true, where)], [null, null]);
  writeFileSync(path.join(dir, 'Uninstall Văn Thư.exe'), '');
  assert.deepEqual([installedAs(true, where), installedAs(true, { ...where, arch: 'ia32' })], ['win32-x64', 'win32-ia32']);
  assert.deepEqual([installedAs(true, { ...where, platform: 'linux', env: { APPIMAGE: '/x' } }), installedAs(true, { ...where, platform: 'linux' })], ['linux-x64', null]);
  assert.equal(readPublishers(path.join(import.meta.dirname, '../../resources/update-keys.json')), null);
});
