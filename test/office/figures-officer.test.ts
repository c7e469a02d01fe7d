import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Program } from '../../src-main/backend/program.ts';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import { personId, type PersonId } from '../../src-shared/domain/ids.ts';
import { commune, openProgramAt, openProvince, password, testDoor, userOf, type Province, type TestDoor } from './session-support.ts';

const today = vietnamDate(new Date());
const period = { from: today, to: today };
const [clerk, officer] = [personId.parse(userOf('mai')), personId.parse('nam.lv')];

let province: Province;
const programs: Program[] = [];
before(async () => {
  province = await openProvince();
  await province.server.admin.addPerson({ person: { id: officer, fullName: 'Lê Văn Nam', position: 'Công chức địa chính', unit: commune.code, roles: ['officer'] }, user: officer, password, role: 'officer' });
});
after(async () => {
  for (const program of programs) await program.close();
  await province.close();
});

async function deskOf(user: string): Promise<TestDoor> {
  const program = await openProgramAt(mkdtempSync(join(province.dir, 'profile-')));
  programs.push(program);
  const at = testDoor(program.connect());
  await at.ask('session.signIn', { serverUrl: province.line.url, user, password, role: null });
  await at.until('sync.status', (status) => status.online && status.lastSyncAt !== null);
  return at;
}

const openedBy = (keeper: PersonId, code: string) => ({ code, title: 'Hồ sơ công việc', retention: 10 as const, keeper, startDate: today, construction: false, rights: '', note: '', year: Number(today.slice(0, 4)), catalogueCode: null });
const people = async (at: TestDoor): Promise<readonly string[]> => {
  const { report } = await at.ask('figures.report', { period, compare: null });
  return report.rows.filter(({ figure, by }) => figure === 'dossiers-opened' && by.startsWith('person:')).map(({ by }) => by);
};

test('whoever neither leads nor keeps the registers is told the whole office’s figures, and nobody else’s part of them', async () => {
  const [atClerk, atOfficer] = [await deskOf(userOf('mai')), await deskOf(officer)];
  await atClerk.ask('dossiers.open', openedBy(clerk, '01.VP'));
  await atClerk.ask('dossiers.open', openedBy(officer, '02.VP'));
  let opened: number | undefined = 0;
  for (let round = 0; round < 60 && opened !== 2; round++) {
    await atClerk.ask('sync.now', {});
    await atOfficer.ask('sync.now', {});
    const { report } = await atOfficer.ask('figures.report', { period, compare: null });
    const value = report.rows.find(({ figure, by }) => figure === 'dossiers-opened' && by === '')?.value;
    opened = value?.kind === 'count' ? value.n : undefined;
  }
  assert.equal(opened, 2, 'both dossiers reached the officer’s desk');
  assert.deepEqual([await people(atClerk), await people(atOfficer)], [[`person:${clerk}`, `person:${officer}`], [`person:${officer}`]]);
  assert.deepEqual([(await atClerk.ask('figures.report', { period, compare: null })).seesAll, (await atOfficer.ask('figures.report', { period, compare: null })).seesAll], [true, false]);
  const behind = (by: string) => ({ period, figure: 'dossiers-opened' as const, by, part: 'n' as const, offset: 0, limit: 10 });
  assert.equal((await atOfficer.ask('figures.drill', behind(`person:${officer}`))).rows[0]?.dossier?.code, '02.VP');
  assert.equal((await atOfficer.refused('figures.drill', behind(`person:${clerk}`))).code, 'not-allowed');
  // what goes onto paper is no way around it
  const saved = JSON.parse(new TextDecoder().decode((await atOfficer.ask('figures.export', { period, compare: null, format: 'json' })).bytes)) as { report: { rows: { by: string }[] } };
  assert.deepEqual([...new Set(saved.report.rows.map(({ by }) => by).filter((by) => by.startsWith('person:')))], [`person:${officer}`]);
  assert.equal((await atOfficer.ask('figures.targets', {})).maySet, false);
  assert.equal((await atOfficer.refused('figures.setTargets', { targets: [] })).code, 'not-allowed');
});
