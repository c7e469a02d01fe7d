import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { countFacts } from '../../../../src-shared/domain/figures/count.ts';
import { figureIds } from '../../../../src-shared/domain/figures/definitions.ts';
import type { Fact } from '../../../../src-shared/domain/figures/facts.ts';
import { reportOf } from '../../../../src-shared/domain/figures/report.ts';
import { madeFacts } from '../support/made-facts.ts';

/** The figures told a second time, in another language and from the definitions' words alone. */
const sql: Readonly<Record<string, string>> = {
  sent: `SELECT count(*) AS n FROM document WHERE sent_on BETWEEN :from AND :to`,
  received: `SELECT count(*) AS n FROM document WHERE arrived_on BETWEEN :from AND :to`,
  'received|channel:axis': `SELECT count(*) AS n FROM document WHERE arrived_on BETWEEN :from AND :to AND channel = 'axis'`,
  'received|kind:bao-cao': `SELECT count(*) AS n FROM document WHERE arrived_on BETWEEN :from AND :to AND kind = 'bao-cao'`,
  'signed-person': `SELECT count(*) AS "of", sum(person) AS met, 0 AS unclear FROM document WHERE sent_on BETWEEN :from AND :to`,
  'signed-organisation': `SELECT count(*) AS "of", sum(organisation) AS met, 0 AS unclear FROM document WHERE sent_on BETWEEN :from AND :to`,
  'signed-both': `SELECT count(*) AS "of", sum(person AND organisation) AS met, 0 AS unclear FROM document WHERE sent_on BETWEEN :from AND :to`,
  ...Object.fromEntries(['acknowledge', 'register', 'present', 'task', 'issue', 'send', 'handover'].map((name) => [`on-time-${name}`, onTime(`name = '${name}'`)])),
  'on-time-task|person:tu|phap': onTime(`name = 'task' AND person = 'tu|phap'`),
  'on-time-issue|kind:cong-van': onTime(`name = 'issue' AND kind = 'cong-van'`),
  'time-to-assign': time('assign'),
  'handling-time': time('handle'),
  overdue: overdue('1'),
  'overdue|person:van:thu': overdue(`person = 'van:thu'`),
  'overdue|kind:quyet-dinh': overdue(`kind = 'quyet-dinh'`),
  ...Object.fromEntries(['recalled', 'refused', 'sent-back', 'replaced', 'voided'].map((name) => [name, `SELECT count(*) AS n FROM document WHERE "end" = '${name}' AND end_on BETWEEN :from AND :to`])),
  'dossiers-opened': `SELECT count(*) AS n FROM dossier WHERE opened_on BETWEEN :from AND :to`,
  'dossiers-closed': `SELECT count(*) AS n FROM dossier WHERE closed_on BETWEEN :from AND :to`,
  'dossiers-handed-over': `SELECT count(*) AS n FROM dossier WHERE handed_over_on BETWEEN :from AND :to`,
};
const lastDay = `date(julianday(late_from) - 1.0 / 86400.0, '+7 hours')`;

function onTime(where: string): string {
  return `SELECT coalesce(sum(NOT wrong), 0) AS "of", coalesce(sum(NOT wrong AND done_at < late_from), 0) AS met, coalesce(sum(wrong), 0) AS unclear
    FROM (SELECT *, coalesce(done_at < started_at, 0) AS wrong FROM step WHERE ${where} AND LASTDAY BETWEEN :from AND :to AND LASTDAY < :asOf)`;
}
function overdue(where: string): string {
  return `SELECT count(*) AS n FROM step WHERE name = 'task' AND done_at IS NULL AND LASTDAY <= :to AND LASTDAY < :asOf AND :from = :from AND ${where}`;
}
function time(name: string): string {
  const inside = `SELECT minutes, min((minutes + 14) / 15, 7500) * 15 AS quarters FROM span WHERE name = '${name}' AND ended_on BETWEEN :from AND :to`;
  return `SELECT count(minutes) AS n, cast(round(avg(minutes)) AS INTEGER) AS averageMinutes, count(*) - count(minutes) AS unclear,
    (SELECT quarters FROM (SELECT quarters, row_number() OVER (ORDER BY quarters) AS at, count(*) OVER () AS total FROM (${inside}) WHERE minutes IS NOT NULL) WHERE at * 100 >= total * 90 ORDER BY at LIMIT 1) AS p90Minutes
    FROM (${inside})`;
}

describe('figures of five thousand facts, told by the code and by SQL', () => {
  const facts = madeFacts(5_000, 20_261_123);
  const tally = countFacts(facts);
  const database = filled(facts);

  for (const question of [{ from: '2026-11-01', to: '2026-11-30', asOf: '2026-12-31' }, { from: '2026-10-01', to: '2026-10-31', asOf: '2026-12-31' }, { from: '2026-10-05', to: '2026-11-10', asOf: '2026-11-10' }]) {
    test(`agree to the last unit from ${question.from} to ${question.to}, asked on ${question.asOf}`, () => {
      const { rows } = reportOf(tally, { units: null, ...question });
      for (const [key, text] of Object.entries(sql)) {
        const [figure = '', ...by] = key.split('|');
        const row = rows.find((one) => one.figure === figure && one.by === by.join('|'));
        assert.ok(row !== undefined, `${key} is not in the report`);
        const values = row.value as unknown as Record<string, unknown>;
        const named = Object.fromEntries(Object.entries(question).filter(([name]) => name !== 'asOf' || text.includes(':asOf')));
        const found = database.prepare(text.replaceAll('LASTDAY', lastDay)).get(named) as Record<string, unknown>;
        for (const [name, value] of Object.entries(found)) assert.equal(values[name], value, `${key}, ${name}`);
        assert.ok(Object.values(found).some((value) => Number(value) > 0), `${key} has nothing to compare`);
      }
    });
  }

  test('and no figure is told by the code alone', () => assert.deepEqual(figureIds.filter((id) => !(id in sql)), []));
});

function filled(facts: readonly Fact[]): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(`
    CREATE TABLE document (arrived_on TEXT, channel TEXT, sent_on TEXT, kind TEXT, person INTEGER, organisation INTEGER, "end" TEXT, end_on TEXT);
    CREATE TABLE dossier (opened_on TEXT, closed_on TEXT, handed_over_on TEXT);
    CREATE TABLE step (name TEXT, person TEXT, kind TEXT, started_at TEXT, late_from TEXT, done_at TEXT);
    CREATE TABLE span (name TEXT, ended_on TEXT, minutes INTEGER);`);
  const into = (table: string, ...values: readonly (string | number | null)[]) => database.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
  for (const fact of facts) {
    if (fact.of === 'document') into('document', fact.arrivedOn, fact.channel, fact.sentOn, fact.kind, Number(fact.signedByPerson), Number(fact.signedByOrganisation), fact.end?.end ?? null, fact.end?.on ?? null);
    else into('dossier', fact.openedOn, fact.closedOn, fact.handedOverOn);
    for (const { step, person, startedAt, lateFrom, doneAt } of fact.steps) into('step', step, person, fact.of === 'document' ? fact.kind : null, startedAt, lateFrom, doneAt);
    for (const { span, endedOn, minutes } of fact.of === 'document' ? fact.spans : []) into('span', span, endedOn, minutes);
  }
  return database;
}
