import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrganizationCode } from '../../src-shared/domain/ids.ts';
import { plainEntry, type DirectoryEntry } from '../../src-shared/domain/organization.ts';
import { scene } from './helpers.ts';
import { makeDirectory, typings } from './made-directory.ts';

const code = (text: string): OrganizationCode => text as OrganizationCode;
const entry = (own: string, name: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({ ...plainEntry({ code: code(own), name }), ...more });

test('an office is found without marks, by the beginnings of its words and by both codes; those that ceased come last', (t) => {
  const { open } = scene(t);
  const first = open();
  const district = entry('H48.30', 'UBND huyện Sơn Tịnh', { otherCode: code('000.00.30.H48'), parent: code('H48'), ceasedOn: '2025-06-30', successors: [code('H48.60')] });
  const commune = entry('H48.60', 'UBND xã Sơn Tây', { otherCode: code('000.00.60.H48'), parent: code('H48') });
  const school = entry('H48.60.2', 'Trường Mầm non số 2 xã Đức Phổ', { parent: code('H48.60') });
  const province = entry('H48', 'UBND tỉnh Quảng Ngãi', { otherCode: code('000.00.00.H48') });
  assert.equal(first.desk.directoryVersion(), 0);
  first.desk.putDirectory([province, district], null);
  assert.equal(first.desk.directoryVersion(), 0, 'not before the last page');
  first.desk.putDirectory([commune, school], 7);
  first.close();
  const { desk } = open();
  assert.equal(desk.directoryVersion(), 7);
  const found = (query: string, limit = 10): readonly string[] => desk.searchOrganizations(query, limit).map((one) => one.code);
  assert.deepEqual(desk.searchOrganizations('', 10), [province, commune, school, district]);
  assert.deepEqual(found('', 2), ['H48', 'H48.60']);
  assert.deepEqual(found('ubnd son t'), ['H48.60', 'H48.30']);
  assert.deepEqual(found('duc pho'), ['H48.60.2']);
  assert.deepEqual(found('so 2'), ['H48.60.2'], 'a figure of a name');
  assert.deepEqual(found('H48'), ['H48', 'H48.60', 'H48.60.2', 'H48.30']);
  assert.deepEqual(found('h48.6'), ['H48.60', 'H48.60.2']);
  assert.deepEqual(found('000.00.'), ['H48', 'H48.60', 'H48.30']);
  assert.deepEqual(found('ubnd h48'), ['H48', 'H48.60', 'H48.30']);
  assert.deepEqual(found('h'), ['H48.30'], 'a letter is of the name: every code has one');
  assert.deepEqual(found('" OR name:*'), []);
  assert.deepEqual(desk.findOrganization(code('000.00.30.H48')), district);
  assert.deepEqual(desk.findOrganization(code('H48.60.2')), school);
  assert.equal(desk.findOrganization(code('H49')), null);
});

test('what changed takes the place of what was there, wherever it now belongs', (t) => {
  const { desk } = scene(t).open();
  const before = entry('H48.30', 'UBND huyện Sơn Tịnh', { otherCode: code('000.00.30.H48') });
  desk.putDirectory([before, entry('H48.60', 'UBND xã Sơn Tây')], 1);
  const ceased = { ...before, ceasedOn: '2025-06-30', successors: [code('H48.60')] };
  desk.putDirectory([ceased, entry('H48.60', 'UBND phường Trà Câu')], 2);
  assert.deepEqual(desk.searchOrganizations('', 9).map((one) => one.code), ['H48.60', 'H48.30']);
  assert.deepEqual(desk.searchOrganizations('xa son', 9), []);
  assert.deepEqual(desk.searchOrganizations('son tinh', 9), [ceased]);
  desk.putDirectory([{ ...ceased, ceasedOn: null, otherCode: null }], 3);
  assert.deepEqual(desk.searchOrganizations('son tinh', 9).map((one) => one.ceasedOn), [null]);
  assert.equal(desk.findOrganization(code('000.00.30.H48')), null);
  desk.putDirectory([], 4);
  assert.equal(desk.directoryVersion(), 4);
});

test('a country of 120,000 offices answers every keystroke within 20 ms', (t) => {
  const { desk } = scene(t).open();
  const entries = makeDirectory(120_000);
  for (let at = 0; at < entries.length; at += 2000) desk.putDirectory(entries.slice(at, at + 2000), at + 2000 >= entries.length ? 1 : null);
  const times: { readonly query: string; readonly ms: number }[] = [];
  for (let round = 0; round < 5; round++) {
    for (const query of typings) {
      for (let length = 1; length <= query.length; length++) {
        const begun = performance.now();
        desk.searchOrganizations(query.slice(0, length), 20);
        times.push({ query: query.slice(0, length), ms: performance.now() - begun });
      }
    }
  }
  times.sort((a, b) => a.ms - b.ms);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const [median, p95, slowest] = [at(0.5), at(0.95), at(1)];
  t.diagnostic(`${times.length} keystrokes: p50 ${median?.ms.toFixed(2)} ms, p95 ${p95?.ms.toFixed(2)} ms, slowest ${slowest?.ms.toFixed(2)} ms (“${slowest?.query}”)`);
  assert.ok((p95?.ms ?? 99) < 20, `p95 ${p95?.ms} ms`);
  for (const query of typings) assert.ok(desk.searchOrganizations(query, 20).length > 0, query);
});
