import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownFaults, ownFile } from './own-rows.ts';
import { areas } from './rows.ts';
import { faultOfProof, pageFile, renderTable } from './table.ts';

const rows = areas.flatMap(({ rows: each }) => each);

test('docs/reliability.md says what the tests say: run `node test/reliability/write.ts` when it does not', () => {
  assert.ok(readFileSync(pageFile, 'utf8').includes(renderTable()));
});

test('at least eighty faults are tried, none twice, and each by a test that exists and knows the code that the row names', () => {
  assert.ok(rows.length >= 80, `${rows.length} rows`);
  assert.deepEqual(rows.map(({ tried }) => tried).filter((tried, at, all) => all.indexOf(tried) !== at), []);
  assert.deepEqual(rows.map(faultOfProof).filter((fault) => fault !== null), []);
});

test('every row of this suite is tried in it, once', () => {
  const source = readFileSync(join(import.meta.dirname, '../..', ownFile), 'utf8');
  assert.deepEqual(Object.keys(ownFaults).filter((tried) => source.split(`fault('${tried}'`).length !== 2), []);
});

test('a proof that is gone, one without its test and one that never speaks of the code are each found', () => {
  const row = { tried: 'x', saw: 'store.newer', lost: 'nothing', proof: { file: 'test/store/open.test.ts', title: 'a store made by a newer version is refused and left as it is' } } as const;
  assert.equal(faultOfProof(row), null);
  for (const wrong of [{ ...row, proof: { ...row.proof, file: 'test/store/none.test.ts' } }, { ...row, proof: { ...row.proof, title: 'a store made by nobody' } }, { ...row, saw: 'token.removed' } as const]) assert.notEqual(faultOfProof(wrong), null);
});
