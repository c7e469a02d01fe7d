import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| '));

test('every proof that the threat model names is a test that exists', () => {
  const named = [...page.matchAll(/`(test\/[\w/.-]+\.ts) › ([^`]+)`/g)].map(([, file = '', name = '']) => ({ file, name }));
  assert.ok(named.length > 50, `${named.length} proofs`);
  const missing = named.filter(({ file, name }) => !existsSync(join(root, file)) || !readsAs(readFileSync(join(root, file), 'utf8'), name)).map(({ file, name }) => `${file} › ${name}`);
  assert.deepEqual(missing, []);
});

test('every file that the threat model names exists', () => {
  const files = [...page.matchAll(/`((?:src-main|src-shared|src-renderer|build|docs|test)\/[\w/.-]+\.\w+)/g)].map(([, file = '']) => file);
  assert.deepEqual(files.filter((file) => !existsSync(join(root, file))), []);
});

test('all twenty points of Electron’s checklist are answered, each with its file and its proof', () => {
  const points = rows.filter((row) => /^\| \d+ \|/.test(row));
  assert.deepEqual(points.map((row) => Number(/^\| (\d+) /.exec(row)?.[1])), Array.from({ length: 20 }, (_, at) => at + 1));
  for (const row of points) assert.match(row, /\| `[\w/.-]+` \| `test\/[^`]+ › [^`]+` \|$/, row.slice(0, 60));
});

test('every threat has a proof, or says that it is not defended', () => {
  const threats = page.slice(page.indexOf('## Threats'), page.indexOf('## Out of scope')).split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| Threat'));
  assert.ok(threats.length > 35);
  const bare = threats.filter((row) => !/`test\/[^`]+ › [^`]+` \|$/.test(row) && !(row.endsWith('| – |') && row.includes('**not defended**')));
  assert.deepEqual(bare, []);
});

/** As a test's, a group's or a table's name, with what a quote in it is written like. */
function readsAs(source: string, name: string): boolean {
  return [name, name.replaceAll("'", String.raw`\'`)].some((text) => ["'", '`', '} ', ': '].some((before) => source.includes(`${before}${text}`)));
}
