import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCalendar } from '../../../src-shared/domain/calendar.ts';
import { dossierDeadlines } from '../../../src-shared/domain/deadlines.ts';
import type { CommandId, DocumentId, OrganizationCode, PersonId } from '../../../src-shared/domain/ids.ts';
import type { Organization } from '../../../src-shared/domain/organization.ts';
import type { DossierState } from '../../../src-shared/domain/records/dossier.ts';
import { decideDossier, handOverDue, type DossierCommand } from '../../../src-shared/domain/records/dossier-rules.ts';
import type { RecordCommand } from '../../../src-shared/domain/records/record.ts';

const unit: Organization = { code: '000.01.01.H48' as OrganizationCode, name: 'UBND xã' };
const closed: DossierState = {
  record: 'dossier', id: '00000000-0000-4000-8000-000000000001' as DocumentId, unit, code: '01.VP', title: 'Phòng cháy', retention: 10, keeper: 'mai' as PersonId, startDate: '2026-01-05', construction: false,
  rights: '', note: '', year: 2026, catalogueCode: null, stage: 'closed', endDate: '2028-02-29', pages: null, documents: ['00000000-0000-4000-8000-000000000002' as DocumentId], keptUntil: null, handOver: null,
  versions: { workflow: 2, assignment: 0 }, createdAt: '2026-01-05T02:00:00.000Z', updatedAt: '2028-02-29T02:00:00.000Z',
};

function keep(state: DossierState, until: string): string {
  const command = {
    id: '00000000-0000-4000-8000-000000000003' as CommandId, document: state.id, unit: unit.code, actor: { person: 'mai' as PersonId, fullName: 'Mai', role: 'clerk', unit: unit.code },
    at: '2028-03-01T02:00:00.000Z', base: state.versions, dependsOn: null, type: 'keepDossier', args: { until, consent: 'CV 15/UBND' },
  } satisfies RecordCommand;
  const decided = decideDossier(state, command as DossierCommand, unit);
  return decided.ok ? 'kept' : decided.error.code;
}

describe('the hand-over of a dossier is told in one way, whoever asks (NĐ 30/2020 Điều 30.2, 31.3)', () => {
  const calendar = createCalendar();
  const cases: readonly Partial<DossierState>[] = [
    {}, { construction: true }, { retention: 'permanent' }, { retention: 5 }, { retention: 4 }, { keptUntil: '2030-01-31' }, { keptUntil: '2040-01-31' }, { keptUntil: '2028-12-31' }, { endDate: '2026-11-30', construction: true },
  ];
  for (const changes of cases) {
    test(JSON.stringify(changes), () => {
      const state = { ...closed, ...changes };
      const deadlines = dossierDeadlines(
        { endedOn: state.endDate ?? '', construction: state.construction, retentionYears: state.retention === 'permanent' ? null : state.retention, keptUntil: state.keptUntil, noticedAt: null, handedOverAt: null },
        '2028-03-01T02:00:00Z', calendar,
      );
      assert.equal(handOverDue(state), deadlines.find(({ step }) => step === 'handover')?.dueAt.slice(0, 10) ?? null);
    });
  }

  test('a year is a year of the calendar, also over 29 February, and an open dossier has no day', () => {
    assert.equal(handOverDue(closed), '2029-02-28');
    assert.equal(handOverDue({ ...closed, endDate: '2027-03-20' }), '2028-03-20', 'a leap year has 366 days');
    assert.equal(handOverDue({ ...closed, endDate: null }), null);
  });

  test('it is kept two years longer at most, to the day', () => {
    assert.deepEqual(['2031-02-28', '2031-03-01'].map((until) => keep(closed, until)), ['kept', 'dossier.kept-too-long']);
    assert.deepEqual(['2030-05-29', '2030-05-30'].map((until) => keep({ ...closed, construction: true }, until)), ['kept', 'dossier.kept-too-long']);
    assert.equal(keep({ ...closed, keptUntil: '2031-02-28' }, '2031-03-01'), 'dossier.kept-too-long', 'two years in all, not two years more each time');
  });
});
