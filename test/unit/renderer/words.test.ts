import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { daysUntil, formatBytes, formatDate, formatInstant, formatWhen, parseDate } from '../../../src-renderer/i18n/format.ts';
import { en } from '../../../src-renderer/i18n/en.ts';
import { translate, type MessageKey } from '../../../src-renderer/i18n/translate.ts';
import { vi } from '../../../src-renderer/i18n/vi.ts';
import { errorTexts } from '../../../src-shared/errors.ts';
import { printedDay, printedMonth, printedNumber } from '../../../src-main/features/vietnam-time.ts';

const keys = Object.keys(vi) as MessageKey[];
/** Names of the holes, `{name}` and `{count, plural, …}` alike. */
const holes = (text: string): readonly string[] => [...new Set([...text.matchAll(/\{(\w+)(?=[,}])/g)].map((match) => match[1] ?? ''))].sort();

test('every word is in both languages, with the same holes', () => {
  assert.deepEqual(Object.keys(en).sort(), [...keys].sort());
  for (const key of keys) {
    assert.notEqual(vi[key].trim(), '', key);
    assert.notEqual(en[key].trim(), '', key);
    assert.deepEqual(holes(en[key]), holes(vi[key]), key);
  }
});

test('Vietnamese is written in composed letters, as UniKey types it', () => {
  for (const key of keys) assert.equal(vi[key], vi[key].normalize('NFC'), key);
});

test('no word is left over that no screen says', async () => {
  const text = (await rendererSources()).join('\n');
  const families = await keyFamilies();
  const unused = keys.filter((key) => !text.includes(`'${key}'`) && !families.some(({ start, end }) => key.startsWith(start) && key.endsWith(end)));
  assert.deepEqual(unused, []);
});

test('no sentence stands under two keys where one would do', async () => {
  const families = await keyFamilies();
  const isOfFamily = (key: string): boolean => families.some(({ start, end }) => key.startsWith(start) && key.endsWith(end));
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const key of keys.filter((one) => !isOfFamily(one))) {
    const both = `${vi[key]} | ${en[key]}`;
    const before = seen.get(both);
    if (before === undefined) seen.set(both, key);
    else twice.push(`${before} and ${key}: ${both}`);
  }
  assert.deepEqual(twice, []);
});

test('every word whose holes are filled on the spot is given just those', async () => {
  const source = path.resolve(import.meta.dirname, '../../../src-renderer');
  const files = (await readdir(source, { recursive: true })).filter((name) => /\.tsx?$/.test(name) && !/i18n[/\\](vi|en)([/\\]|\.ts$)/.test(name));
  const wrong: string[] = [];
  let looked = 0;
  for (const name of files) {
    const text = await readFile(path.join(source, name), 'utf8');
    for (const [, key = '', params = ''] of text.matchAll(/\bt\('([\w.-]+)'(?:, \{ ([^{}]*) \})?\)/g)) {
      if (!Object.hasOwn(vi, key)) continue;
      looked++;
      const given = splitAtTop(params).map((param) => (/^(\w+)/.exec(param.trim()) ?? [])[1] ?? '').filter(Boolean).sort();
      if (given.join() !== holes(vi[key as MessageKey]).join()) wrong.push(`${name}: ${key} wants {${holes(vi[key as MessageKey]).join()}}, is given {${given.join()}}`);
    }
  }
  assert.ok(looked > 200, `only ${looked} uses were read`);
  assert.deepEqual(wrong, []);
});

test('every word that the glossary says is on the screen is there', async () => {
  const glossary = await readFile(path.resolve(import.meta.dirname, '../../../docs/glossary.md'), 'utf8');
  const said = [...Object.values(vi), ...Object.values(errorTexts).map((text) => text.vi)].join('\n').toLowerCase();
  const cells = [...glossary.matchAll(/^\| ([^|]+?) \| [^|]+ \|/gm)].map((match) => match[1] ?? '').filter((cell) => cell !== 'On the screen' && !cell.startsWith('---'));
  const words = cells.flatMap((cell) => cell.replace(/\([^)]*\)/g, '').split(/[,·:]| in short /)).map((word) => word.trim().toLowerCase()).filter(Boolean);
  assert.ok(words.length > 90, `only ${words.length} words were read`);
  assert.deepEqual(words.filter((word) => !said.includes(word)), []);
});

async function rendererSources(): Promise<readonly string[]> {
  const source = path.resolve(import.meta.dirname, '../../../src-renderer');
  const files = (await readdir(source, { recursive: true })).filter((name) => /\.tsx?$/.test(name) && !/i18n[/\\](vi|en)([/\\]|\.ts$)/.test(name));
  return Promise.all(files.map((name) => readFile(path.join(source, name), 'utf8')));
}

/** Keys made on the spot: t(`verdict.${verdict}`) covers everything under `verdict.`. */
async function keyFamilies(): Promise<readonly { readonly start: string; readonly end: string }[]> {
  const text = (await rendererSources()).join('\n');
  return [...text.matchAll(/`([a-z][\w.]*\.|)\$\{[^`]*\}([\w.-]*)`/gi)].map((match) => ({ start: match[1] ?? '', end: match[2] ?? '' })).filter(({ start, end }) => start || end.startsWith('.'));
}

/** At the commas that stand in no bracket. */
function splitAtTop(text: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

test('holes are filled and a forgotten one stays visible', () => {
  assert.equal(translate('vi', 'list.overdue', { days: 3 }), 'Quá hạn 3 ngày');
  assert.equal(translate('vi', 'list.overdue'), 'Quá hạn {days} ngày');
});

test('times are told in Vietnam’s day, whatever the machine’s zone', () => {
  const t = (key: MessageKey): string => translate('vi', key);
  const now = Date.parse('2026-11-22T02:00:00Z');
  assert.equal(formatInstant('2026-11-21T20:30:00Z'), '03:30, 22/11/2026');
  assert.equal(formatWhen('2026-11-21T20:30:00Z', t, now), '03:30');
  assert.equal(formatWhen('2026-11-21T10:30:00Z', t, now), 'Hôm qua');
  assert.equal(formatWhen('2026-11-19T10:30:00Z', t, now), '19/11');
  assert.equal(formatWhen('2025-11-19T10:30:00Z', t, now), '19/11/2025');
  assert.equal(daysUntil('2026-11-20', now), -2);
  assert.equal(daysUntil('2026-11-22', Date.parse('2026-11-22T16:59:00Z')), 0);
});

test('a date typed as it is written in Vietnam is read, and one that is none is not', () => {
  assert.equal(parseDate('21/11/2026'), '2026-11-21');
  assert.equal(parseDate(' 1-2-2026 '), '2026-02-01');
  for (const wrong of ['31/02/2026', '11/21/2026', '2026-11-21', '21/11/26', '']) assert.equal(parseDate(wrong), null, wrong);
  assert.equal(formatDate('2026-11-21'), '21/11/2026');
});

test('sizes are short', () => {
  assert.equal(formatBytes(512, 'vi'), '512\u00a0B');
  assert.equal(formatBytes(69_000, 'vi'), '67\u00a0KB');
  assert.equal(formatBytes(1_200_000, 'vi'), '1,1\u00a0MB');
  assert.equal(formatBytes(524_288_000, 'en'), '500\u00a0MB');
});

test('day, month and number carry the zeros of the decree', () => {
  assert.deepEqual([printedDay('2026-01-05'), printedMonth('2026-01-05'), printedMonth('2026-02-05'), printedMonth('2026-03-05'), printedMonth('2026-11-05')], ['05', '01', '02', '3', '11']);
  assert.deepEqual([printedNumber(5), printedNumber(15)], ['05', '15']);
});
