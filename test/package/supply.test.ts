import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import { acceptedTerms, readLicences } from '../../build/packaging/licences.ts';
import { readLock, type Lock } from '../../build/packaging/modules.ts';
import { root } from './support/pack.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-supply-'));
after(() => rmSync(dir, { recursive: true }));
const lock = readLock(root);
const manifest = z.object({ allowScripts: z.record(z.string(), z.boolean()), dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()), optionalDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

test('no package runs a script when it is installed without being named in package.json', () => {
  const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([place, { name }]) => name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const unnamed = [...new Set(scripted)].filter((name) => !Object.hasOwn(manifest.allowScripts, name));
  assert.deepEqual(unnamed, []);
});

test('every version is exact, and every package of the lock file is held to its hash', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).filter(([, version]) => !/^(?:npm:[\w@/.-]+@)?\d+\.\d+\.\d+$/.test(version));
  assert.deepEqual(loose, []);
  const unhashed = Object.entries(lock.packages).filter(([place, { integrity }]) => place !== '' && integrity?.startsWith('sha512-') !== true).map(([place]) => place);
  assert.deepEqual(unhashed, []);
});

test('every dependency has its line in docs/dependencies.md', () => {
  const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
  const missing = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }).filter((name) => !page.includes(`\`${name}\``) && !name.startsWith('@types/'));
  assert.deepEqual(missing, []);
});

test('what ships is under terms that allow it, each with its text', () => {
  const licences = readLicences(root, lock);
  assert.ok(licences.length > 60);
  for (const { name, terms, text } of licences) assert.ok(acceptedTerms.has(terms) && text.length > 200, name);
});

test('a package without terms, under the GPL, the AGPL or ones nobody has read is refused', () => {
  const make = (license: string | undefined, text: string): void => {
    const folder = join(dir, 'node_modules', 'stranger');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', version: '1.0.0', license }));
    if (text !== '') writeFileSync(join(folder, 'LICENSE'), text);
  };
  const strange: Lock = { packages: { 'node_modules/stranger': { dependencies: {}, optionalDependencies: {} } } };
  for (const license of ['AGPL-3.0', 'AGPL-3.0-or-later', 'GPL-2.0-only', 'GPL-3.0', 'SEE LICENSE IN LICENSE', 'UNLICENSED', 'MIT OR GPL-3.0']) {
    make(license, 'text');
    assert.throws(() => readLicences(dir, strange), /does not accept/, license);
  }
  make(undefined, 'All rights reserved.');
  assert.throws(() => readLicences(dir, strange), /has no licence/);
  make('Apache-2.0', '');
  assert.throws(() => readLicences(dir, strange), /carries no text/);
  make('MIT', '');
  assert.match(readLicences(dir, strange)[0]?.text ?? '', /Permission is hereby granted/);
});

test('the workflow for Windows names no registry, holds no secret and pins what it runs', () => {
  const workflow = readFileSync(join(root, '.github/workflows/windows.yml'), 'utf8');
  assert.doesNotMatch(workflow, /registry\.|npmjs|_authToken|BEGIN [A-Z ]*PRIVATE/);
  for (const [, action] of workflow.matchAll(/uses:\s*(\S+)/g)) assert.match(action ?? '', /^actions\/[\w-]+@v\d+$/);
  for (const [, value] of workflow.matchAll(/^\s+(?:\w*(?:PASSWORD|SECRET|LINK|TOKEN|KEY)\w*):\s*(\S.*)$/gm)) assert.match(value ?? '', /^\$\{\{ secrets\.\w+ \}\}$/);
  assert.match(workflow, /npm ci/);
});
