import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { errorTexts } from '../../../src-shared/errors.ts';

const root = join(import.meta.dirname, '../../..');

test('each refusal that docs/signing.md names has its sentences, and each test that it names sees the code', () => {
  const section = readFileSync(join(root, 'docs/signing.md'), 'utf8').split('## What is refused')[1] ?? '';
  const rows = section.split('\n').filter((line) => /^\| .*`/.test(line)).map((line) => line.split('|').slice(2, 4).map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word ?? '')));
  assert.ok(rows.length > 30, `${rows.length} rows`);
  for (const [codes = [], files = []] of rows) {
    assert.ok(codes.length > 0 && files.length > 0, codes.join());
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
    const seen = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    for (const code of codes) {
      assert.ok(Object.hasOwn(errorTexts, code), `${code} has no sentence`);
      assert.ok(seen.includes(`'${code}'`) || seen.includes(`${code.replace('.', '\\.')}`), `${code} is not in ${files.join()}`);
    }
  }
});
