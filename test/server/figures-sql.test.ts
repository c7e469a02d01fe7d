import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { runFigures } from '../../src-server/features/figures-run.ts';
import { viewFigures } from '../../src-server/features/figures-view.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import type { ToldFigure } from '../../src-shared/protocol/figures.ts';
import { madeProvince, madeUnits, putProvince } from '../support/made-province.ts';
import { province, tempDir } from './office.ts';

/**
 * The province's figures a second time: from the logs as they lie in the database, by SQL alone, without a fact, a tally or a rule of the program. Of the figures whose terms are a date that somebody set; those whose terms
 * are reckoned in office hours are told twice in test/unit/domain/figures/sql.test.ts.
 */
const letters = `
  CREATE TEMP TABLE letter AS SELECT unit, document,
    coalesce(max(body ->> 'arrivalDate'), max(iif(body ->> 'type' = 'arrived', date(body ->> 'at', '+7 hours'), NULL))) AS arrived_on,
    max(iif(body ->> 'type' = 'sent', date(body ->> 'at', '+7 hours'), NULL)) AS sent_on,
    max(body ->> 'type' = 'approved' AND body ->> 'signer' <> '') AS person,
    max(body ->> 'type' = 'issued' AND body ->> 'signer' <> '') AS organisation,
    max(body ->> 'deadline') AS due_on,
    max(iif(body ->> 'type' = 'taskFinished', date(body ->> 'at', '+7 hours'), NULL)) AS done_on
  FROM event GROUP BY unit, document`;
/** What bears a day that has not come is in no period. */
const inTime = (column: string): string => `${column} BETWEEN :from AND :to AND ${column} <= :asOf`;
const questions: Readonly<Record<string, string>> = {
  received: `SELECT unit, count(*) AS n, NULL AS met, NULL AS "of" FROM letter WHERE ${inTime('arrived_on')} GROUP BY unit`,
  sent: `SELECT unit, count(*) AS n, NULL AS met, NULL AS "of" FROM letter WHERE ${inTime('sent_on')} GROUP BY unit`,
  'signed-person': signed('person'),
  'signed-organisation': signed('organisation'),
  'signed-both': signed('person AND organisation'),
  'on-time-task': `SELECT unit, NULL AS n, sum(coalesce(done_on <= due_on, 0)) AS met, count(*) AS "of" FROM letter WHERE ${inTime('due_on')} AND due_on < :asOf GROUP BY unit`,
  overdue: `SELECT unit, count(*) AS n, NULL AS met, NULL AS "of" FROM letter WHERE :from = :from AND due_on <= :to AND due_on < :asOf AND done_on IS NULL GROUP BY unit`,
};
function signed(by: string): string {
  return `SELECT unit, NULL AS n, sum(${by}) AS met, count(*) AS "of" FROM letter WHERE ${inTime('sent_on')} GROUP BY unit`;
}

const today = '2026-11-18';
const spans = [{ from: '2026-11', to: '2026-11' }, { from: '2026-06', to: '2026-06' }, { from: '2026-01', to: '2026-11' }, { from: '2025-01', to: '2025-12' }, { from: '2024-07', to: '2024-09' }];

test('a province of 550 units and three years is told by SQL as by the server, to the last unit', async (t) => {
  const file = path.join(tempDir(t), 'server.db');
  const units = madeUnits(550);
  const storage = openSqlite({ file });
  t.after(() => storage.close());
  await putProvince(storage, units, madeProvince({ units, documents: 8_000, from: '2023-12-01', to: today, seed: 9 }));
  const run = await runFigures({ storage, now: () => Date.parse(`${today}T03:00:00Z`), node: 'a', log: () => undefined });
  assert.deepEqual([run?.documents, run?.unread], [8_000, 0]);
  const other = new DatabaseSync(file);
  t.after(() => other.close());
  other.exec(letters);
  for (const span of spans) {
    const view = await storage.read((tx) => viewFigures(tx, { unit: province, ...span, today, all: true }));
    const told = new Map(view.all?.map(({ code, figures }) => [code as string, new Map(figures.map((one) => [one.figure as string, one]))]));
    assert.ok(told.size > 540);
    const to = new Date(Date.UTC(Number(span.to.slice(0, 4)), Number(span.to.slice(5)), 0)).toISOString().slice(0, 10);
    for (const [figure, question] of Object.entries(questions)) {
      const rows = other.prepare(question.replaceAll(':asOf', `'${today}'`)).all({ from: `${span.from}-01`, to }) as unknown as readonly { readonly unit: string; readonly n: number | null; readonly met: number | null; readonly of: number | null }[];
      assert.ok(rows.length > 40, `${figure} says something of ${rows.length} units`);
      const bySql = new Map(rows.map((row) => [row.unit, row]));
      for (const [unit, figures] of told) {
        const one = figures.get(figure) as ToldFigure;
        const { n, met, of } = bySql.get(unit) ?? (one.of === null ? { n: 0, met: null, of: null } : { n: null, met: 0, of: 0 });
        assert.deepEqual(of === null ? [one.number] : [one.met, one.of], of === null ? [n] : [met, of], `${figure} of ${unit}, ${span.from} to ${span.to}`);
      }
    }
  }
});
