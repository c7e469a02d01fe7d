import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { problemCodes } from '../../src-main/verification/messages.ts';
import { makers } from '../fixtures/attacks/attack.ts';
import { attackClasses } from '../fixtures/attacks/index.ts';
import { skipWithoutItext } from '../support/judges-itext.ts';
import { judgeAll, type Judged } from './support/judged.ts';
import { begin, end, isGood, renderTable } from './support/table.ts';
import { tools } from './support/tools.ts';

const page = new URL('../../docs/verification.md', import.meta.url);
// iText 5 is one of the three who sign
const skip = skipWithoutItext;
let dir = '';
let judged: readonly Judged[] = [];

before(async () => {
  if (skip !== false) return;
  dir = mkdtempSync(join(tmpdir(), 'van-thu-attacks-'));
  judged = await judgeAll(dir, true);
});
after(() => {
  if (dir !== '') rmSync(dir, { recursive: true, force: true });
});

const nameOf = (each: Judged): string => `${each.class}/${each.name}.${each.maker}.pdf (${each.shows}): ${each.verdict}, ${each.codes.join(' ')}`;

describe('what is forged never comes out as valid, and the report names how', { skip }, () => {
  for (const { name } of attackClasses) {
    test(name, () => {
      const files = judged.filter((each) => each.class === name && each.kind === 'attack');
      assert.ok(files.length > 0, 'no file was made');
      assert.deepEqual(files.filter(({ verdict }) => isGood(verdict)).map(nameOf), [], 'come out as valid');
      assert.deepEqual(files.filter(({ codes, expects }) => !expects.some((code) => codes.includes(code))).map((each) => `${nameOf(each)}; expected ${each.expects.join(' or ')}`), [], 'do not say what was done');
    });
  }
});

describe('what is lawful comes out as valid', { skip }, () => {
  test('the untouched files of each maker', () => {
    const files = judged.filter(({ kind }) => kind === 'original');
    assert.deepEqual([...new Set(files.map(({ maker }) => maker))].sort(), [...makers].sort());
    assert.deepEqual(files.filter(({ verdict, wanted }) => verdict !== wanted).map(nameOf), []);
  });

  for (const { name } of attackClasses.filter(({ controls }) => controls !== undefined)) {
    test(`the same by lawful means: ${name}`, () => {
      const files = judged.filter((each) => each.class === name && each.kind === 'control');
      assert.ok(files.length > 0, 'no file was made');
      assert.deepEqual(files.filter(({ verdict, wanted }) => verdict !== wanted).map(nameOf), []);
    });
  }
});

test('each class is made from what every maker signed, and no name comes twice', { skip }, () => {
  for (const { name } of attackClasses) {
    const files = judged.filter((each) => each.class === name && each.kind === 'attack');
    assert.deepEqual([...new Set(files.map(({ maker }) => maker))].filter((maker) => maker !== 'pdfsig').sort(), ['itext', 'ours'], name);
  }
  const names = judged.map((each) => `${each.class}/${each.name}.${each.maker}`);
  assert.equal(new Set(names).size, names.length);
  assert.ok(judged.filter(({ kind }) => kind === 'attack').length >= 120);
});

test('every code that an attack expects is one that the verifier has', () => {
  const known: ReadonlySet<string> = new Set(problemCodes);
  assert.deepEqual(attackClasses.flatMap(({ attacks }) => attacks.flatMap(({ expects }) => expects)).filter((code) => !known.has(code)), []);
});

test('the other tools were heard: each calls every untouched file valid', { skip }, () => {
  for (const tool of tools) assert.deepEqual(judged.filter((each) => each.kind === 'original' && each.tools?.[tool].whole !== true).map(nameOf), [], tool);
});

test('docs/verification.md says what was seen', { skip }, () => {
  const written = readFileSync(page, 'utf8');
  const [from, to] = [written.indexOf(begin), written.indexOf(end)];
  assert.ok(from >= 0 && to > from, 'the marks of the table are gone from docs/verification.md');
  const seen = renderTable(judged);
  const said = written.slice(from, to + end.length);
  if (said === seen) return;
  writeFileSync(page, written.slice(0, from) + seen + written.slice(to + end.length));
  const rows = (table: string, other: string): readonly string[] => table.split('\n').filter((row) => !other.split('\n').includes(row));
  assert.fail(`the table in docs/verification.md said something else; it has been written anew: read the difference, then commit it or mend what changed\n${[...rows(said, seen).map((row) => `- ${row}`), ...rows(seen, said).map((row) => `+ ${row}`)].join('\n')}`);
});
