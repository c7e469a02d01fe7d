import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedFields, chosenOf, findChangeFaults, noChange, whoCanBeAsked } from '../../../src-renderer/features/outgoing/change-values.ts';
import { deliveryFilters, isOf, owedBy, wordsForStatus } from '../../../src-renderer/features/outgoing/delivery-state.ts';
import { emptyDraft, findDraftFaults, findSecretFaults, parseDraft, relatedDraft } from '../../../src-renderer/features/draft/draft-values.ts';
import { parseRoute } from '../../../src-renderer/app/route.ts';
import { createCalendar } from '../../../src-shared/domain/calendar.ts';
import { deliveryStatuses, type RecipientState } from '../../../src-shared/domain/document.ts';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { document, logs, stateAt } from '../domain/support/office-world.ts';

const calendar = createCalendar([]);
/** Monday morning in Vietnam. */
const monday = '2026-06-15T02:00:00Z';
const one = (status: RecipientState['status'], more: Partial<RecipientState> = {}): RecipientState => ({ organization: { code: 'H48.05' as OrganizationCode, name: 'Sở Nội vụ' }, status, at: monday, description: '', ...more });

test('a receiver that has not told of the receipt is late when the day is over, and not before', () => {
  const at = (now: string) => owedBy(one('01'), 'normal', calendar, now);
  assert.deepEqual([at('2026-06-15T09:59:00Z')?.late, at('2026-06-15T16:59:00Z')?.late, at('2026-06-15T17:00:00Z')?.late], [false, false, true]);
  assert.equal(at(monday)?.article, 'NĐ 30/2020/NĐ-CP Điều 21.2');
  assert.equal(owedBy(one('03'), 'normal', calendar, '2026-07-15T02:00:00Z'), null, 'what comes after the receipt is the receiver’s own');
});

test('a recall that waits is owed an answer; an update that waits is not', () => {
  const now = '2026-06-18T02:00:00Z';
  assert.equal(owedBy(one('13', { asked: 'recall' }), 'normal', calendar, now)?.late, true);
  assert.equal(owedBy(one('13', { asked: 'update' }), 'normal', calendar, now), null);
});

test('every state is found by exactly one filter beside “all” and “late”, and is said in words', () => {
  for (const status of deliveryStatuses) {
    assert.equal(deliveryFilters.filter((filter) => filter !== 'all' && filter !== 'late' && isOf(filter, { status }, false)).length, 1, status);
    assert.equal(isOf('late', { status }, true) && isOf('all', { status }, false), true);
  }
  assert.deepEqual([wordsForStatus(one('15', { asked: 'recall' })), wordsForStatus(one('16')), wordsForStatus(one('03', { asked: 'update' }))], ['asked.recall.15', 'delivery.16', 'delivery.03']);
});

test('a recall needs a reason and somebody; an update something new that is no secret', () => {
  const sent = stateAt(logs.outgoing.sent ?? []);
  const able = whoCanBeAsked(sent, 'recall');
  assert.equal(able.length, 1);
  assert.deepEqual(findChangeFaults('recall', noChange, sent, able), { reason: 'recall.needReason' });
  assert.deepEqual(findChangeFaults('recall', { ...noChange, reason: 'Sai nơi', from: [] }, sent, able), { from: 'recall.needFrom' });
  assert.deepEqual(chosenOf({ ...noChange, from: ['H99' as OrganizationCode] }, able), [], 'who cannot be asked any more is not');
  const update = (title: string | null) => findChangeFaults('update', { ...noChange, reason: 'Sai', title }, sent, able).title;
  assert.deepEqual([update(null), update(`  ${sent.title} `), update(''), update('Kế hoạch phòng thủ (Mật)'), update('Tên đúng')], ['update.nothingNew', 'update.nothingNew', 'draft.needTitle', 'draft.secret', undefined]);
  assert.deepEqual(changedFields({ ...noChange, urgency: sent.urgency }, sent), {});
});

test('a draft in the place of a sent document begins as it was, one that corrects it as a công văn that names it', () => {
  const sent = stateAt(logs.outgoing.sent ?? []);
  const again = relatedDraft(sent, 'replaces');
  assert.deepEqual([again.title, again.kind, again.notation, again.recipients.length, again.file], [sent.title, sent.kind, sent.notation, 1, null]);
  const correction = relatedDraft({ ...sent, kind: 'quyet-dinh' }, 'corrects');
  assert.deepEqual([correction.kind, correction.title], ['cong-van', 'Đính chính Quyết định số 07/UBND-VP ngày 15/06/2026']);
});

test('a mark of secrecy is told of under the field that bears it, before anything else is asked for', () => {
  assert.deepEqual(findSecretFaults({ title: 'MẬT - Kế hoạch phòng thủ', notation: '' }), { title: 'draft.secret' });
  assert.deepEqual(findSecretFaults({ title: '', notation: 'KH-UBND(M)' }), { notation: 'draft.secret' });
  assert.deepEqual(findSecretFaults({ title: 'Bảo mật thông tin, mật độ dân số', notation: 'KH-UBND' }), {});
  assert.equal(findDraftFaults({ ...emptyDraft([]), title: 'Báo cáo (Mật)' }).title, 'draft.secret');
});

test('a draft that was kept before there were attachments has none', () => {
  const { attachments, ...older } = emptyDraft([]);
  assert.deepEqual([attachments, parseDraft(older)?.attachments], [[], []]);
});

test('the address of a draft says what it replaces or corrects', () => {
  assert.deepEqual(parseRoute(`#/draft/${document}/replaces`), { screen: 'draft', id: document, relation: 'replaces' });
  assert.deepEqual(parseRoute(`#/draft/${document}`), { screen: 'draft', id: document });
  assert.equal(parseRoute(`#/draft/${document}/other`), null);
});
