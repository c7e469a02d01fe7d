import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { all } from '../support/judges-batch.ts';
import { skipWithoutItext } from '../support/judges-itext.ts';
import { createTestPki } from '../support/pki.ts';
import { fixtures, levels, profiles, signThrice, type Case } from './support/cases.ts';
import { judgeAll, judges, type Judged } from './support/opinions.ts';
import { live, lives, type Lived } from './support/steps.ts';
import { renderTable } from './support/table.ts';

const page = new URL('../../docs/acceptance.md', import.meta.url);
const dir = mkdtempSync(join(tmpdir(), 'van-thu-acceptance-'));
let authorities: Authorities;
let judged: readonly Judged<Case>[] = [];
let lived: readonly Judged<Lived>[] = [];

before(async () => {
  authorities = await startAuthorities(createTestPki(join(dir, 'pki')));
});
after(async () => {
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

test('every fixture is signed three times in both profiles and at every level, and judged', async () => {
  const works = fixtures.flatMap((fixture) => profiles.flatMap((profile) => levels.map((level) => () => signThrice(fixture, profile, level, authorities, dir))));
  const made = (await all(works)).flat();
  assert.equal(made.length, fixtures.length * profiles.length * levels.length * 3);
  judged = await judgeAll(made, authorities.pki, dir, skipWithoutItext === false);
});

test('every fixture goes through the steps of an office, and is judged', async () => {
  const made = await all(fixtures.flatMap((fixture) => lives.map((life) => () => live(fixture, life, authorities.pki, dir))));
  lived = await judgeAll(made, authorities.pki, dir, skipWithoutItext === false);
});

for (const judge of judges) {
  test(`${judge} finds every signature of every file as it should be`, { skip: judge === 'iText 5' && skipWithoutItext }, () => {
    assert.ok(judged.length > 0 && lived.length > 0, 'nothing was judged');
    const against = [...judged, ...lived].filter(({ opinions }) => !opinions[judge].ok);
    assert.equal(against.map(({ file, opinions }) => `${file.path}: ${opinions[judge].says}\n${opinions[judge].detail}`).slice(0, 3).join('\n\n'), '', `${against.length} files`);
  });
}

test('docs/acceptance.md says what was seen', { skip: skipWithoutItext }, () => {
  assert.ok(judged.length > 0 && lived.length > 0, 'nothing was judged');
  const seen = renderTable(judged, lived);
  const written = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (written === seen) return;
  writeFileSync(page, seen);
  assert.fail('docs/acceptance.md said something else; it has been written anew: read the difference, then commit it or mend what changed');
});
