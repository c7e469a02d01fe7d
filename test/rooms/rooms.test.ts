import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { findComputedImports, findImports } from './imports.ts';
import { findViolations, listSources } from './walk.ts';
import { sourceFolders, walls } from './walls.ts';

const root = join(import.meta.dirname, '../..');

test('no import goes through a wall', () => {
  assert.ok(listSources(root, sourceFolders).length > 50, 'the walk found hardly any source');
  const violations = findViolations(root, sourceFolders, walls).map(({ file, line, what }) => `${file}:${line} ${what}`);
  assert.deepEqual(violations, []);
});

describe('the walk itself', () => {
  const planted: readonly (readonly [name: string, file: string, source: string])[] = [
    ['a driver outside its room', 'src-main/features/a.ts', "import Database from 'better-sqlite3';"],
    ['a type of a driver outside its room', 'src-main/features/a.ts', "import type { PKCS11 } from 'pkcs11js';"],
    ['Electron outside the shell', 'src-main/backend/a.ts', "const e = await import('electron');"],
    ['the printer outside its room', 'src-main/features/a.ts', "const made = await import('pdfmake');"],
    ['Node in the square', 'src-shared/domain/a.ts', "import fs from 'fs';"],
    ['React in the square', 'src-shared/domain/a.ts', "export { useState } from 'react';"],
    ['the house in the garden', 'src-renderer/a.tsx', "import { x } from '../src-main/backend/gate.ts';"],
    ['the province in a feature', 'src-main/features/a.ts', "import { x } from '../../src-server/server.ts';"],
    ['a store in a feature', 'src-main/features/a.ts', "import type { X } from '../store/open.ts';"],
    ['the house in the province', 'src-server/a.ts', "export * from '../src-main/ports/log.ts';"],
    ['a test in the source', 'src-main/backend/a.ts', "import { x } from '../../test/support/softhsm.ts';"],
    ['the browser shell in the house', 'src-main/shell/a.ts', "import { x } from '../../test/browser-shell/server.ts';"],
    ['the shell in the backend', 'src-main/backend/a.ts', "import { x } from '../shell/vault.ts';"],
    ['a type written as import()', 'src-shared/a.ts', "export type A = import('electron').App;"],
    ['a driver by require', 'src-main/sync/a.ts', "const x = require('pkcs11js');"],
    ['a module started by its URL', 'src-main/features/a.ts', "fork(new URL('../token/host.ts', import.meta.url));"],
    ['a computed module', 'src-main/features/a.ts', 'await import(name);'],
    ['a folder without a room', 'src-main/attic/a.ts', 'export const x = 1;'],
    ['an import behind a comment and over lines', 'src-main/features/a.ts', "import /* why */ {\n  a,\n  type B,\n} // here\n from 'pkcs11js';"],
  ];
  for (const [name, file, source] of planted) {
    test(`finds ${name}`, () => withTree({ [file]: source }, (dir) => {
      const found = findViolations(dir, [file.split('/')[0] ?? ''], walls);
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.equal(found[0]?.file, file);
    }));
  }

  test('lets a room use what is its own', () =>
    withTree(
      {
        'src-main/store/a.ts': "import Database from 'better-sqlite3';\nimport { ok } from '../../src-shared/result.ts';\nimport { join } from 'node:path';\nimport './b.ts';",
        'src-main/practice/a.ts': "import { createServer } from '../../src-server/server.ts';",
        'src-main/shell/a.ts': "import { app } from 'electron';\n// import { x } from 'pkcs11js'\nconst text = `import { y } from 'pkcs11js' ${1}`;",
      },
      (dir) => assert.deepEqual(findViolations(dir, ['src-main'], walls), []),
    ));

  test('reads every form of import and no form of text', () => {
    const source = [
      "import 'a';", "import b from 'b';", "import * as c from 'c';", "import { d, type D } from 'd';", "import type { E } from 'e';", "export * from 'f';", "export { g } from 'g';",
      "const h = await import('h');", "type I = import('i').I;", "const j = require('j');", "new URL('./k.ts', import.meta.url);",
      "const quote = /['\"`]/; // import 'no'", "/* import 'no' */", 'const text = "import \'no\'";', "const t = `import 'no' ${await import('l')} from 'no'`;",
      "object.import('no');", "export const from = 'no';", 'const half = 4 / 2; const other = 1 / 3;', "export type M = 'no';", "export const n = { from: 'no' };",
    ].join('\n');
    assert.deepEqual(findImports(source).map(({ specifier }) => specifier).sort(), ['./k.ts', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'l']);
    assert.deepEqual(findImports(source).filter(({ typeOnly }) => typeOnly).map(({ specifier }) => specifier), ['e']);
    assert.deepEqual(findComputedImports("await import('a');\nimport.meta.url;\nawait import(`x`);\nrequire(b);"), [3, 4]);
  });
});

function withTree(files: Readonly<Record<string, string>>, check: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-rooms-'));
  try {
    for (const [file, source] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, file)), { recursive: true });
      writeFileSync(join(dir, file), source);
    }
    check(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}
