import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuidv7 } from '../../../src-main/backend/uuid.ts';
import { capacities, type ContentRef, type DocumentCommand } from '../../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, GrantId, OrganizationCode, PersonId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';
import { checkGrant } from '../../../src-shared/domain/records/grants.ts';
import { grantCapacities, type OfficeState } from '../../../src-shared/domain/records/office.ts';
import { decideCapacity, signingCapacities } from '../../../src-shared/domain/records/signing-capacity.ts';
import { describeError } from '../../../src-shared/errors.ts';

const unit = { code: 'H48.60.12' as OrganizationCode, name: 'UBND xã Sơn Tịnh' };
const head = { id: 'thang' as PersonId, fullName: 'Nguyễn Đức Thắng', position: 'Chủ tịch' };
const deputy = { id: 'hoa' as PersonId, fullName: 'Trần Thị Hoa', position: 'Phó Chủ tịch' };
const office = { id: 'lan' as PersonId, fullName: 'Lê Thị Lan', position: 'Chánh Văn phòng' };
const people = [head, deputy, office];
type Grant = OfficeState['grants'][number];

const grant = (more: Partial<Grant>): Grant => ({
  id: uuidv7() as GrantId, from: head.id, to: deputy.id, capacity: 'KT.', lends: 'leader', firstDay: '2026-11-20', lastDay: '2026-11-25', basis: 'QĐ 01', content: null, endedReason: null, ...more,
});
const settled = (...grants: readonly Grant[]): OfficeState => ({
  record: 'office', id: uuidv7() as DocumentId, unit, grants: [...grants], days: [], books: [], closed: [], versions: { workflow: 1, assignment: 0 }, createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z',
});
const content: ContentRef = { sha256: 'a'.repeat(64) as Sha256, sizeBytes: 1, fileName: 'a.pdf', parent: null };
function approve(args: { readonly capacity?: (typeof capacities)[number] }, byGrant?: GrantId, at = '2026-11-21T03:00:00Z', role: Role = 'leader'): DocumentCommand & { readonly type: 'approve' } {
  return {
    id: uuidv7() as CommandId, document: uuidv7() as DocumentId, unit: unit.code, actor: { person: deputy.id, fullName: deputy.fullName, role, unit: unit.code }, at, base: { workflow: 1, assignment: 0 }, dependsOn: null,
    type: 'approve', args: { content, signer: deputy.fullName, ...args }, ...(byGrant === undefined ? {} : { byGrant }),
  };
}
const words = (...list: Parameters<typeof signingCapacities>) => signingCapacities(...list).map((one) => one.words);

test('a head signs in their own name and is asked nothing; a deputy is proposed KT. by their position', () => {
  assert.deepEqual(words(head, true, people, null, '2026-11-21'), ['']);
  assert.deepEqual(words(deputy, true, people, null, '2026-11-21'), ['KT. CHỦ TỊCH – PHÓ CHỦ TỊCH', '']);
  assert.deepEqual(words({ ...head, position: 'Quyền Chủ tịch' }, true, people, null, '2026-11-21'), ['Q. CHỦ TỊCH', '']);
  assert.deepEqual(words({ ...head, position: 'Phóng viên' }, true, people, null, '2026-11-21'), [''], 'Phó is a word of its own');
});

test('who holds no leader’s office signs only by a grant in force, the newest proposed first', () => {
  const [first, second] = [grant({ to: office.id, capacity: 'TL.' }), grant({ to: office.id, capacity: 'TUQ.' })];
  const all = settled(first, second, grant({ to: office.id, lends: 'clerk' }), grant({ capacity: 'TL.' }), grant({ to: office.id, capacity: 'Q.', lastDay: '2026-11-20' }));
  assert.deepEqual(words(office, false, people, all, '2026-11-21'), ['TUQ. CHỦ TỊCH – CHÁNH VĂN PHÒNG', 'TL. CHỦ TỊCH – CHÁNH VĂN PHÒNG']);
  assert.deepEqual(words(office, false, people, all, '2026-11-26'), []);
  assert.deepEqual(signingCapacities(deputy, true, people, settled(grant({})), '2026-11-21').map(({ id, from }) => [id.length > 10, from]), [[true, head.fullName], [false, ''], [false, '']], 'the written grant before the position');
});

test('a grant that ended yesterday is refused with its days and the article, before its first day too, and on its last it holds to midnight in Vietnam', () => {
  const mine = grant({});
  const at = (time: string) => checkGrant(settled(mine), approve({}, mine.id, time), ['leader']);
  for (const time of ['2026-11-19T17:00:00Z', '2026-11-25T16:59:59Z']) assert.ok(at(time).ok, time);
  for (const time of ['2026-11-19T16:59:59Z', '2026-11-25T17:00:00Z']) {
    const refused = at(time);
    assert.ok(!refused.ok);
    assert.equal(refused.error.code, 'grant.not-in-force');
    assert.match(describeError(refused.error), /20\/11\/2026.*25\/11\/2026.*NĐ 30\/2020 Điều 13/);
  }
  assert.equal(checkGrant(settled(grant({ lends: 'clerk', id: mine.id })), approve({}, mine.id), ['leader']).ok, false, 'a leave for a clerk’s work signs nothing');
  assert.equal(checkGrant(settled(grant({ to: office.id, id: mine.id })), approve({}, mine.id), ['leader']).ok, false, 'another’s leave');
});

test('the capacity that is written is the grant’s own; without one only a position that says so lends KT. or Q.', () => {
  for (const capacity of grantCapacities) {
    const mine = grant({ capacity });
    assert.deepEqual(decideCapacity(approve({}, mine.id), settled(mine), undefined), { ok: true, value: { capacity } }, 'written down though it was not sent');
    for (const other of capacities) {
      const decided = decideCapacity(approve({ capacity: other }, mine.id), settled(mine), deputy.position);
      assert.equal(decided.ok ? null : decided.error.code, other === capacity ? null : 'workflow.grant-needed', `${other} by a grant for ${capacity}`);
    }
  }
  const without = (position: string | undefined) => capacities.filter((capacity) => decideCapacity(approve({ capacity }), null, position).ok);
  assert.deepEqual(without('Phó Chủ tịch'), ['TM.', 'KT.']);
  assert.deepEqual(without('Quyền Chủ tịch'), ['TM.', 'Q.']);
  assert.deepEqual(without('Chủ tịch'), ['TM.']);
  assert.deepEqual(without(''), ['TM.']);
  assert.deepEqual(without(undefined), ['TM.', 'Q.', 'KT.'], 'where the position is not known it is judged by whoever knows it');
});
