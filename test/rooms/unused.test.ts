import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sourceFolders } from './walls.ts';

const root = join(import.meta.dirname, '../..');
const readers = [...sourceFolders, 'bench', 'test'];

/** By its name alone: one that shares its name with anything else anywhere is not found. What it does find is dead. */
test('nothing is exported that nobody names, not even its own file', () => {
  const files = new Map([...new Set(readers)].flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|tsx|cts|mjs)$/.test(entry.name))
    .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'utf8')] as const)));
  const counts = new Map<string, number>();
  for (const text of files.values()) for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const exported = [...files].flatMap(([file, text]) => [...text.matchAll(/^export (?:async )?(?:const|function|class|type) (\w+)/gm)].map(([, name = '']) => ({ file: file.slice(root.length + 1), name })));
  assert.ok(exported.length > 1500, `${exported.length} exports were read`);
  assert.deepEqual(exported.filter(({ file, name }) => sourceFolders.some((folder) => file.startsWith(`${folder}/`)) && counts.get(name) === 1).map(({ file, name }) => `${file} ${name}`), []);
});
