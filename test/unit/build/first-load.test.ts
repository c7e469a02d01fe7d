import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { bundleRenderer } from '../../../build/bundle-renderer.ts';

const mostBytes = 600_000;

describe('what the browser loads before the desk stands', () => {
  let dir = '';
  before(async () => {
    dir = mkdtempSync(join(tmpdir(), 'van-thu-load-'));
    await bundleRenderer({ outDir: dir, minify: true });
  });
  after(() => rmSync(dir, { recursive: true }));

  test('main.js, all it imports at once, and the styles are at most 600 kB gzip together', () => {
    const files = [...importedAtOnce(dir, 'main.js'), 'main.css'];
    const sizes = files.map((file) => [file, gzipSync(readFileSync(join(dir, file))).length] as const);
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    assert.ok(total <= mostBytes, `${total} bytes: ${sizes.map(([file, size]) => `${file} ${size}`).join(', ')}`);
  });

  test('pdf.js is in none of it', () => {
    for (const file of importedAtOnce(dir, 'main.js')) assert.ok(!readFileSync(join(dir, file), 'utf8').includes('pdfjsLib'), file);
    const chunks = readdirSync(join(dir, 'chunks')).map((name) => readFileSync(join(dir, 'chunks', name), 'utf8'));
    assert.ok(chunks.some((chunk) => chunk.includes('pdfjsLib')), 'and yet it is there');
  });
});

/** The file and those that its `import` statements name, and theirs; `import()` is for later. */
function importedAtOnce(dir: string, first: string): readonly string[] {
  const files = new Set([first]);
  for (const file of files) {
    const source = readFileSync(join(dir, file), 'utf8');
    for (const [, name] of source.matchAll(/(?:from|import)"(\.{1,2}\/[^"]+\.js)"/g)) files.add(normalize(join(dirname(file), name ?? '')));
  }
  return [...files];
}
