import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { encryptions } from '../generator/encrypt.ts';
import { makeRandomFile } from '../generator/make-file.ts';
import { spacingStyles } from '../generator/spacing.ts';
import { xrefForms } from '../generator/spec.ts';

const dir = mkdtempSync(join(tmpdir(), 'van-thu-generator-'));
after(() => rmSync(dir, { recursive: true }));

test('a seed draws the same file every time, and another seed another', () => {
  assert.deepEqual(makeRandomFile(7), makeRandomFile(7));
  assert.notDeepEqual(makeRandomFile(7).bytes, makeRandomFile(8).bytes);
});

// What qpdf warns of although it is lawful is left out: numbers that come back, and linearised files without hints that were saved once only.
const plain = { revisions: 3, frees: false, oddGenerations: false } as const;

for (const form of xrefForms) {
  test(`files of the form ${form} are sound to qpdf in every encryption and every white space`, () => {
    for (const [i, encryption] of encryptions.entries()) {
      for (const [j, spacing] of spacingStyles.entries()) {
        if ((i + j) % 2 === 1) continue;
        const file = makeRandomFile(100 * i + j, { ...plain, form, encryption, spacing, hasUserPassword: encryption !== 'none' });
        const path = join(dir, 'made.pdf');
        writeFileSync(path, file.bytes);
        const { status, stdout, stderr } = spawnSync('qpdf', [`--password=${file.password ?? ''}`, '--check', path], { encoding: 'utf8', timeout: 60_000 });
        assert.equal(status, 0, `${JSON.stringify(file.spec)}\n${stdout}${stderr}`);
      }
    }
  });
}
