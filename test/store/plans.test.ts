import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Folder, QuickFilter } from '../../src-shared/contract/documents.ts';
import type { ReadableDb } from '../../src-main/store/driver.ts';
import { orderSql, pageSql } from '../../src-main/store/tables/document-lists.ts';
import { planList } from '../../src-main/store/tables/list-plan.ts';
import { fileBefore } from './migrations/helpers.ts';

const lookup = { offices: () => ['H48'], people: () => ['p1'] };
const ask = (folder: Folder, text = '', quick: readonly QuickFilter[] = []) => planList({ folder, me: 'p1', text, quick, today: '2026-11-22' }, lookup);

function explain(db: ReadableDb, sql: string, bound: object): readonly string[] {
  return db.read<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(bound).map((row) => row.detail);
}

test('a page of a large folder is read along an index: nothing is sorted, no other document is read', (t) => {
  const { db, step } = fileBefore(t, 130, 'desk');
  step();
  for (const plan of [ask('incoming'), ask('signing'), ask('outgoing'), ask('incoming', '', ['unread']), ask('incoming', '', ['express']), ask('incoming', '', ['due-soon']), ask('incoming', 'từ:sở loại:qd ngày:2026')]) {
    const steps = explain(db, pageSql(plan), { ...plan.bound, limit: 50, offset: 100_000 });
    const inner = steps.slice(0, steps.findIndex((detail) => detail.startsWith('SCAN page')));
    assert.ok(inner.some((detail) => detail.startsWith('SEARCH d USING COVERING INDEX')), `${plan.where}: ${inner.join(' · ')}`);
    assert.ok(!inner.some((detail) => detail.includes('TEMP B-TREE FOR ORDER BY')), plan.where);
    assert.ok(steps.some((detail) => /^SEARCH r USING COVERING INDEX report_newest \(sha256=\?\)$/.test(detail)), `the verdict: ${steps.join(' · ')}`);
  }
});

test('counting a narrowed list reads an index only', (t) => {
  const { db, step } = fileBefore(t, 130, 'desk');
  step();
  for (const quick of ['unread', 'express', 'due-soon'] as const) {
    const plan = ask('incoming', '', [quick]);
    assert.match(explain(db, `SELECT count(*) FROM ${plan.source} WHERE ${plan.where}`, plan.bound).join('\n'), /^SEARCH d USING COVERING INDEX document_\w+ \([^)]+\)$/, quick);
  }
});

test('what a small set names is looked up in the narrow index, never in the documents themselves', (t) => {
  const { db, step } = fileBefore(t, 130, 'desk');
  step();
  for (const plan of [ask('tasks'), planList({ folder: 'incoming', me: 'p1', text: 'rừng', quick: [], today: '2026-11-22' }, lookup, [1, 2]), ask('incoming', 'số:15'), ask('incoming', 'giao_cho:mai')]) {
    assert.ok(explain(db, orderSql(plan), plan.bound).includes('SEARCH d USING COVERING INDEX document_by_row (row=? AND direction=?)'), explain(db, orderSql(plan), plan.bound).join(' · '));
  }
});
