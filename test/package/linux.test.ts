import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { extractAll } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { fuses } from '../../build/packaging/fuses.ts';
import { findNeeded, loadedPackages, readLock } from '../../build/packaging/modules.ts';
import { findChanged, listAsar, type Packed } from './support/asar.ts';
import { pack, root } from './support/pack.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-package-'));
let folder = '';
let asar = '';
let files: readonly Packed[] = [];

before(async () => {
  folder = await pack(dir, 'linux');
  asar = join(folder, 'resources', 'app.asar');
  files = listAsar(asar);
});
after(() => rmSync(dir, { recursive: true, force: true }));

const megabytes = (of: readonly Packed[]): number => of.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1024 / 1024;

describe('what lands in the package', () => {
  test('is the program, its data and the packages it loads, and nothing else', () => {
    const needed = new Set([...findNeeded(readLock(root))].map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)));
    const strangers = files.filter(({ path }) => {
      const packages = [...path.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map((match) => match[1] ?? '');
      if (packages.length > 0) return !packages.every((name) => needed.has(name));
      return !/^(?:package\.json$|dist\/(?:renderer|preload|shell|backend)\/|resources\/(?:dossier|fonts|practice|trust|[\w-]+\.json$))/.test(path);
    }).map(({ path }) => path);
    assert.deepEqual(strangers, []);
  });

  test('has no source, no test, no map, no header and no stamp of the build', () => {
    const unwanted = files.filter(({ path }) => /\.(?:map|tsx?|mts|cts|c|cc|cpp|h|hpp|gyp|gypi|o)$|\.made$|(?:^|\/)(?:test|tests|__tests__|\.github)\//.test(path)).map(({ path }) => path);
    assert.deepEqual(unwanted, []);
  });

  test('has the natives of this system alone, all of them outside the asar', () => {
    const natives = files.filter(({ path }) => path.endsWith('.node'));
    assert.deepEqual(natives.map(({ path }) => path).sort(), ['node_modules/@napi-rs/canvas-linux-x64-gnu/skia.linux-x64-gnu.node', 'node_modules/better-sqlite3/prebuilds/linux-x64.node', 'node_modules/pkcs11js/build/Release/pkcs11.node']);
    assert.equal(natives.every(({ unpacked }) => unpacked), true);
  });

  test('keeps to its size: 40 MB in the asar, 45 MB beside it', () => {
    const inside = megabytes(files.filter(({ unpacked }) => !unpacked));
    const beside = megabytes(files.filter(({ unpacked }) => unpacked));
    assert.ok(inside > 10 && inside < 40, `${inside.toFixed(1)} MB in the asar`);
    assert.ok(beside > 10 && beside < 45, `${beside.toFixed(1)} MB beside it`);
  });

  test('speaks the two languages of the screen', () => {
    assert.deepEqual(readdirSync(join(folder, 'locales')).sort(), ['en-US.pak', 'vi.pak']);
  });
});

test('every fuse is as it is stated, none is left to a default', async () => {
  const wire = await getCurrentFuseWire(join(folder, 'van-thu'));
  const names = ['runAsNode', 'enableCookieEncryption', 'enableNodeOptionsEnvironmentVariable', 'enableNodeCliInspectArguments', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar', 'loadBrowserProcessSpecificV8Snapshot', 'grantFileProtocolExtraPrivileges'] as const;
  assert.equal(Object.values(FuseV1Options).filter((value) => typeof value === 'number').length, names.length, 'Electron knows as many');
  const seen = Object.fromEntries(names.map((name, at) => [name, String.fromCharCode(wire[at as FuseV1Options] ?? 0) === '1']));
  const { resetAdHocDarwinSignature: _, ...stated } = fuses;
  assert.deepEqual(seen, stated);
});

test('the asar says of every file what it is, and a changed byte is found', () => {
  assert.deepEqual(findChanged(asar), []);
});

describe('the packed program', () => {
  const app = join(dir, 'app');
  before(() => extractAll(asar, app));

  test('finds every package that its bundles load, and each is named in the packaging', () => {
    const bundles = ['shell', 'backend'].flatMap((part) => readdirSync(join(root, 'dist', part)).filter((name) => name.endsWith('.js')).map((name) => readFileSync(join(root, 'dist', part, name), 'utf8')));
    const names = bundles.flatMap((text) => [...text.matchAll(/^(?:import|export)[^"']*?from\s*"([^"]+)"|\bimport\("([^"]+)"\)/gm)].map((match) => match[1] ?? match[2] ?? ''));
    const packages = [...new Set(names.filter((name) => /^[@a-z]/.test(name) && !name.startsWith('node:') && name !== 'electron').map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')))];
    assert.deepEqual(packages.filter((name) => !loadedPackages.some((one) => one === name)), []);
    assert.ok(packages.length > 8, packages.join(' '));
    const script = `import { createRequire } from 'node:module'; import { join } from 'node:path';
      for (const name of ${JSON.stringify([...loadedPackages.filter((name) => !['pdfjs-dist', 'write-excel-file', 'electron-updater'].includes(name)), 'pdfjs-dist/legacy/build/pdf.mjs', 'pdfjs-dist/legacy/build/pdf.worker.mjs', 'write-excel-file/node'])}) await import(name);
      // asks for Electron as it starts: where its own parts lie is what can be seen without
      const updater = createRequire(createRequire(join(process.cwd(), 'x.js')).resolve('electron-updater'));
      for (const name of ['builder-util-runtime', 'fs-extra', 'js-yaml', 'lazy-val', 'semver', 'tiny-typed-emitter']) updater(name);`;
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: app, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });

  test('opens the store with its own native and writes into an encrypted file', () => {
    const unpacked = `${asar}.unpacked`;
    const script = `const Database = require(${JSON.stringify(join(unpacked, 'node_modules/better-sqlite3'))}); const db = new Database(${JSON.stringify(join(dir, 'a.db'))}); db.pragma("cipher='aegis'"); db.pragma("key='x'"); db.exec('CREATE TABLE a (b) STRICT'.replace('(b)', '(b TEXT)')); db.prepare('INSERT INTO a VALUES (?)').run('một'); console.log(db.prepare('SELECT b FROM a').get().b); db.close(); require(${JSON.stringify(join(unpacked, 'node_modules/pkcs11js'))});`;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--eval', script], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.equal(stdout.trim(), 'một');
    assert.equal(readFileSync(join(dir, 'a.db')).includes('SQLite format 3'), false);
  });

  test('opens the practice office from what was packed and answers', { timeout: 180_000 }, () => {
    const harness = join(root, 'test/shell/backend-harness.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, [harness, join(app, 'dist/backend/main.js'), join(dir, 'profile'), join(app, 'resources')], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    assert.equal(status, 0, stderr);
    const lines = stdout.trim().split('\n').map((line) => JSON.parse(line) as { readonly type?: string; readonly result?: { readonly ok: boolean } });
    assert.equal(lines[0]?.type, 'ready');
    assert.equal(lines[1]?.result?.ok, true);
  });

  test('has its window, its preload and its page where the shell looks for them', () => {
    for (const file of ['dist/shell/main.js', 'dist/preload/bridge.cjs', 'dist/renderer/index.html', 'dist/renderer/main.js', 'dist/renderer/pdfjs/pdf.worker.mjs', 'dist/backend/main.js', 'dist/backend/token-host.js', 'dist/backend/page-reader.js', 'dist/backend/look-host.js', 'dist/backend/sheet-host.js', 'dist/backend/backup-host.js', 'dist/backend/hash-host.js']) assert.ok(statSync(join(app, file)).size > 0, file);
    const { main } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as { readonly main: string };
    assert.ok(existsSync(join(app, main)));
    assert.ok(pathToFileURL(join(app, main)).href.endsWith('dist/shell/main.js'));
  });
});

describe('what is inside, for whoever looks after the machine', () => {
  test('is listed: every package that ships, with its version and hash', () => {
    const bill = JSON.parse(readFileSync(join(folder, 'legal/sbom.cdx.json'), 'utf8')) as { readonly bomFormat: string; readonly components: readonly { readonly purl: string; readonly hashes?: readonly unknown[] }[] };
    assert.equal(bill.bomFormat, 'CycloneDX');
    const lock = readLock(root);
    const listed = new Map(bill.components.map((one) => [decodeURIComponent(one.purl.split('?')[0] ?? ''), one]));
    for (const place of findNeeded(lock)) {
      const { name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length), version } = lock.packages[place] ?? {};
      assert.ok(listed.get(`pkg:npm/${name}@${version}`)?.hashes?.length, `${name}@${version}`);
    }
  });

  test('comes with every licence whole, Electron’s and Chromium’s among them', () => {
    const text = readFileSync(join(folder, 'legal/third-party-licences.txt'), 'utf8');
    for (const name of ['react', 'better-sqlite3-multiple-ciphers', 'pdfjs-dist', 'pkcs11js', '@fontsource/be-vietnam-pro', 'zod', 'driver.js']) assert.match(text, new RegExp(`^${name.replaceAll(/[.+]/g, '\\$&')} \\d+\\.\\d+\\.\\d+ \\(`, 'm'), name);
    for (const file of ['LICENSE.electron.txt', 'LICENSES.chromium.html']) assert.ok(existsSync(join(folder, file)), file);
    assert.ok(files.some(({ path }) => path === 'resources/fonts/LICENSE.txt'));
  });
});
