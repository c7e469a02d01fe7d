import assert from 'node:assert/strict';
import { test } from 'node:test';
import { folderSql } from '../../src-main/store/tables/document-lists.ts';
import { fileBefore } from './migrations/helpers.ts';

test('a page of a large folder is read along an index: nothing is sorted, no other document is read', (t) => {
  const { db, step } = fileBefore(t, 30, 'desk');
  step();
  for (const folder of ['incoming', 'signing', 'outgoing'] as const) {
    const { count, page } = folderSql(folder, false);
    const plan = (sql: string, bound: object): readonly string[] => db.read<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(bound).map((row) => row.detail);
    assert.match(plan(count, {}).join('\n'), /^SEARCH d USING COVERING INDEX document_by_\w+ \([^)]+\)$/, folder);
    const steps = plan(page, { limit: 50, offset: 100_000 });
    const inner = steps.slice(0, steps.findIndex((detail) => detail.startsWith('SCAN page')));
    assert.ok(inner.some((detail) => detail.startsWith('SEARCH d USING COVERING INDEX')), `${folder}: ${inner.join(' · ')}`);
    assert.ok(!inner.some((detail) => detail.includes('TEMP B-TREE')), folder);
  }
});
