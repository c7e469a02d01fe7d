import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareReports } from '../../../../src-shared/domain/figures/compare.ts';
import { countFacts } from '../../../../src-shared/domain/figures/count.ts';
import { figureIds, figures, omissions, type FigureId } from '../../../../src-shared/domain/figures/definitions.ts';
import type { DocumentFact } from '../../../../src-shared/domain/figures/facts.ts';
import { rollUp, successorsOf } from '../../../../src-shared/domain/figures/merged-units.ts';
import { reportOf, type FigureValue, type ReportQuestion } from '../../../../src-shared/domain/figures/report.ts';
import { figureTarget, lightOf, targetFor, usualTargets } from '../../../../src-shared/domain/figures/targets.ts';
import { noTally, tallyOf } from '../../../../src-shared/domain/figures/tally.ts';
import type { OrganizationCode } from '../../../../src-shared/domain/ids.ts';

const november: ReportQuestion = { units: null, from: '2026-11-01', to: '2026-11-30', asOf: '2026-12-02' };
const plain: DocumentFact = { of: 'document', id: 'a', unit: 'H48.60.12', kind: 'bao-cao', arrivedOn: null, channel: null, sentOn: null, signedByPerson: false, signedByOrganisation: false, steps: [], spans: [], end: null };
const out = (sentOn: string, more: Partial<DocumentFact> = {}): DocumentFact => ({ ...plain, sentOn, signedByPerson: true, signedByOrganisation: true, ...more });
const register = { step: 'register', person: null, startedAt: '2026-11-02T02:00:00.000Z', lateFrom: '2026-11-03T17:00:00.000Z' } as const;
const valueOf = (facts: readonly DocumentFact[], figure: FigureId, question: ReportQuestion = november): FigureValue | undefined =>
  reportOf(countFacts(facts), question).rows.find((row) => row.figure === figure && row.by === '')?.value;

describe('each definition', () => {
  const rows: readonly (readonly [says: string, figure: FigureId, facts: readonly DocumentFact[], value: FigureValue])[] = [
    ['what was sent on the first and on the last day is of the month', 'sent', [out('2026-10-31'), out('2026-11-01'), out('2026-11-30'), out('2026-12-01')], { kind: 'count', n: 2 }],
    ['a draft was not sent', 'sent', [plain], { kind: 'count', n: 0 }],
    ['one signature of two is not both', 'signed-both', [out('2026-11-02'), out('2026-11-02', { signedByOrganisation: false })], { kind: 'share', of: 2, met: 1, percent: 50, unclear: 0 }],
    ['1999 of 2000 is not a hundred percent', 'signed-person', Array.from({ length: 2_000 }, (_, at) => out('2026-11-02', { signedByPerson: at > 0 })), { kind: 'share', of: 2_000, met: 1_999, percent: 99.9, unclear: 0 }],
    ['a share of nothing is nothing', 'signed-both', [], { kind: 'share', of: 0, met: 0, percent: null, unclear: 0 }],
    ['a moment before midnight is in time', 'on-time-register', [{ ...plain, steps: [{ ...register, doneAt: '2026-11-03T16:59:59.999Z' }] }], { kind: 'share', of: 1, met: 1, percent: 100, unclear: 0 }],
    ['midnight is late', 'on-time-register', [{ ...plain, steps: [{ ...register, doneAt: '2026-11-03T17:00:00.000Z' }] }], { kind: 'share', of: 1, met: 0, percent: 0, unclear: 0 }],
    ['what was never done is late', 'on-time-register', [{ ...plain, steps: [{ ...register, doneAt: null }] }], { kind: 'share', of: 1, met: 0, percent: 0, unclear: 0 }],
    ['what was done before it came is unclear, and in no share', 'on-time-register', [{ ...plain, steps: [{ ...register, doneAt: '2026-11-01T02:00:00.000Z' }] }], { kind: 'share', of: 0, met: 0, percent: null, unclear: 1 }],
    [
      'an impossible time is in no average', 'handling-time',
      [10, 20, 60, null].map((minutes) => ({ ...plain, spans: [{ span: 'handle', endedOn: '2026-11-05', minutes }] })),
      { kind: 'time', n: 3, averageMinutes: 30, p90Minutes: 60, atLeast: false, unclear: 1 },
    ],
    ['a time beyond a year of work is told as that or more', 'handling-time', [{ ...plain, spans: [{ span: 'handle', endedOn: '2026-11-05', minutes: 200_000 }] }], { kind: 'time', n: 1, averageMinutes: 200_000, p90Minutes: 112_500, atLeast: true, unclear: 0 }],
    ['what is overdue since an earlier month is overdue still', 'overdue', [{ ...plain, steps: [{ ...register, step: 'task', person: 'dia-chinh', lateFrom: '2026-09-03T17:00:00.000Z', doneAt: null }] }], { kind: 'stock', n: 1 }],
    ['what was done late is not overdue', 'overdue', [{ ...plain, steps: [{ ...register, step: 'task', person: 'dia-chinh', doneAt: '2026-11-20T02:00:00.000Z' }] }], { kind: 'stock', n: 0 }],
    ['a recall counts on the day it was recalled', 'recalled', [out('2026-10-05', { end: { end: 'recalled', on: '2026-11-06' } })], { kind: 'count', n: 1 }],
  ];
  for (const [says, figure, facts, value] of rows) test(`${figure}: ${says}`, () => assert.deepEqual(valueOf(facts, figure), value));

  test('names a source, and only omissions that have a name', () => {
    assert.deepEqual(figures.map(({ id }) => id), [...figureIds]);
    for (const { id, sources, leavesOut } of figures) {
      assert.ok(sources.length > 0 && sources.every((source) => /^(?:NĐ 30\/2020\/NĐ-CP|QĐ 28\/2018\/QĐ-TTg) (?:Điều|Phụ lục)/.test(source)), id);
      assert.ok(leavesOut.every((one) => omissions.includes(one)), id);
    }
    assert.deepEqual(omissions.filter((one) => !figures.some(({ leavesOut }) => leavesOut.includes(one))), [], 'an omission that no figure has');
  });
});

describe('a report', () => {
  test('judges no term whose day is not over', () => {
    const facts = [{ ...plain, steps: [{ ...register, doneAt: null }] }];
    const asked = (asOf: string) => reportOf(countFacts(facts), { ...november, asOf });
    assert.equal(asked('2026-11-03').judgedTo, '2026-11-02');
    assert.deepEqual(valueOf(facts, 'on-time-register', { ...november, asOf: '2026-11-03' }), { kind: 'share', of: 0, met: 0, percent: null, unclear: 0 });
    assert.deepEqual(valueOf(facts, 'on-time-register', { ...november, asOf: '2026-11-04' }), { kind: 'share', of: 1, met: 0, percent: 0, unclear: 0 });
  });

  test('sets aside what bears a day that has not come', () => {
    const { rows } = reportOf(countFacts([out('2027-11-02'), out('2026-11-02')]), { ...november, to: '2027-12-31' });
    const row = rows.find(({ figure, by }) => figure === 'signed-both' && by === '');
    assert.equal(row?.ahead, 1);
    assert.deepEqual(row?.value, { kind: 'share', of: 1, met: 1, percent: 100, unclear: 0 });
  });

  test('passes over a figure of a later program', () => {
    const later = { unit: 'H48.60.12', day: '2026-11-02', figure: 'figure-of-2030', part: 'n', by: '', n: 1 };
    assert.deepEqual(reportOf(tallyOf([later]), november), reportOf(noTally, november));
  });

  test('asks only the units that it is asked for', () => {
    assert.deepEqual(valueOf([out('2026-11-02'), out('2026-11-02', { unit: 'H48.14' })], 'sent', { ...november, units: new Set(['H48.14']) }), { kind: 'count', n: 1 });
  });
});

describe('a report made again', () => {
  const before = { tally: countFacts([out('2026-11-02'), out('2026-11-03')]), asOf: '2026-12-02' };
  test('says nothing when nothing changed', () => assert.deepEqual(compareReports(before, before, november), []));

  test('says which figures changed, from what to what, and by how many documents', () => {
    // one more came over the line late, and one that was thought sent on the 3rd was sent on the 4th and without a seal
    const after = { tally: countFacts([out('2026-11-02'), out('2026-11-04', { signedByOrganisation: false }), out('2026-11-20')]), asOf: '2026-12-15' };
    const changes = compareReports(before, after, november);
    assert.deepEqual(changes.map(({ figure }) => figure), ['sent', 'signed-person', 'signed-organisation', 'signed-both']);
    assert.deepEqual(changes[0], { figure: 'sent', before: { kind: 'count', n: 2 }, after: { kind: 'count', n: 3 }, documents: 2 });
    assert.deepEqual(changes[3]?.after, { kind: 'share', of: 3, met: 2, percent: 66.6, unclear: 0 });
  });

  test('says nothing of another month', () => {
    assert.deepEqual(compareReports(before, { tally: countFacts([out('2026-11-02'), out('2026-11-03'), out('2026-12-01')]), asOf: '2026-12-15' }, november), []);
  });
});

describe('offices that were merged', () => {
  const entry = (code: string, ...successors: string[]) => ({ code: code as OrganizationCode, successors: successors as OrganizationCode[] });
  const tally = countFacts([out('2026-11-02', { unit: 'H48.1' }), out('2026-11-02', { unit: 'H48.2' }), out('2026-11-02', { unit: 'H48.9' }), out('2026-11-02', { unit: 'H48.7' })]);

  test('are summed under the office that came after them at last; one that was divided stands for itself', () => {
    const successors = successorsOf([entry('H48.1', 'H48.2'), entry('H48.2', 'H48.9'), entry('H48.7', 'H48.8', 'H48.9'), entry('H48.9')]);
    const units = (unit: string) => reportOf(rollUp(tally, successors), { ...november, units: new Set([unit]) }).rows[0]?.value;
    assert.deepEqual(units('H48.9'), { kind: 'count', n: 3 });
    assert.deepEqual(units('H48.7'), { kind: 'count', n: 1 });
    assert.deepEqual(units('H48.1'), { kind: 'count', n: 0 });
  });

  test('lose nothing, and a ring of successors leaves each as it is', () => {
    const ring = successorsOf([entry('H48.1', 'H48.2'), entry('H48.2', 'H48.1')]);
    assert.deepEqual(rollUp(tally, ring), tally);
  });
});

describe('a light', () => {
  const share = (met: number, of: number): FigureValue => ({ kind: 'share', of, met, percent: null, unclear: 0 });
  const target = { figure: 'signed-both', aimPercent: 99.9, nearPoints: 9.9 } as const;
  for (const [met, of, light] of [[1_000, 1_000, 'met'], [999, 1_000, 'met'], [9_989, 10_000, 'near'], [900, 1_000, 'near'], [899, 1_000, 'missed'], [0, 0, null]] as const) {
    test(`${met} of ${of} with an aim of 99.9 and ten points of patience: ${light ?? 'none'}`, () => assert.equal(lightOf(share(met, of), target), light));
  }

  test('a level’s own aim goes before the general one', () => {
    const general = { ...target, figure: 'on-time-task' } as const;
    const commune = { ...general, level: 'commune', aimPercent: 60 } as const;
    assert.equal(targetFor([commune, general], 'on-time-task', 'commune'), commune);
    assert.equal(targetFor([commune, general], 'on-time-task', 'province'), general);
    assert.equal(targetFor(usualTargets, 'on-time-task', 'commune'), null);
  });

  test('only a share has an aim', () => {
    assert.ok(figureTarget.safeParse(usualTargets[0]).success);
    assert.ok(!figureTarget.safeParse({ ...target, figure: 'sent' }).success);
  });
});
