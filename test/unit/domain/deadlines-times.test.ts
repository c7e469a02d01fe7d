import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCalendar } from '../../../src-shared/domain/calendar.ts';
import { deadlinesOf } from '../../../src-shared/domain/deadlines.ts';
import { timesOf } from '../../../src-shared/domain/deadlines/times.ts';
import type { Command, CommandBody, ContentRef, DocumentEvent } from '../../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, PersonId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { Organization, Role } from '../../../src-shared/domain/organization.ts';
import { uuidv7 } from '../../../src-main/backend/uuid.ts';
import { decide, replay } from '../../support/rules.ts';

const unit: Organization = { code: 'H48.60.12' as OrganizationCode, name: 'UBND xã Sơn Tịnh' };
const department: Organization = { code: 'H48.14' as OrganizationCode, name: 'Sở KH&CN' };
const document = uuidv7() as DocumentId;
const content: ContentRef = { sha256: 'a'.repeat(64) as Sha256, sizeBytes: 10, fileName: 'a.pdf', parent: null };
const at = (text: string): string => new Date(`2026-11-${text.slice(0, 2)}T${text.slice(3)}:00+07:00`).toISOString();
const entry = (number: number) => ({ book: `${unit.code}/2026/van-ban-di` as BookId, epoch: 1, number });

/** Steps by the rules themselves, each at its time. */
function run(steps: readonly (readonly [time: string, role: Role, body: CommandBody])[], before: readonly DocumentEvent[] = []): readonly DocumentEvent[] {
  const log = [...before];
  for (const [time, role, body] of steps) {
    const state = replay(document, log);
    const person = role as string as PersonId;
    const command = { id: uuidv7() as CommandId, document, unit: unit.code, actor: { person, fullName: role, role, unit: unit.code }, at: at(time), base: state?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: null, ...body } as Command;
    const decided = decide(state, command, { unit });
    assert.ok(decided.ok, `${body.type} was refused: ${decided.ok ? '' : decided.error.code}`);
    log.push(...decided.value);
  }
  return log;
}

const draft: CommandBody = { type: 'draft', args: { title: 'Báo cáo', kind: 'bao-cao', notation: 'BC-UBND', urgency: 'normal', content, recipients: [department], inReplyTo: null } };
const submit: CommandBody = { type: 'submit', args: { content } };
const approve: CommandBody = { type: 'approve', args: { content, signer: 'Nguyễn Đức Thắng' } };
const issue: CommandBody = { type: 'issue', args: { content, entry: entry(15), notation: 'BC-UBND', issuedDate: '2026-11-20', signer: 'UBND' } };
const send: CommandBody = { type: 'send', args: { recipients: [department] } };
const register: CommandBody = { type: 'register', args: { entry: entry(7), arrivalDate: '2026-11-20', check: { verdict: 'valid', reason: null } } };
const arrival: DocumentEvent = {
  type: 'arrived', at: at('20 08:00'), by: null, command: null, unit, from: department, origin: uuidv7() as DocumentId, title: 'Công văn', kind: 'cong-van', number: 3, notation: 'SKHCN-VP', issuedDate: '2026-11-19', urgency: 'urgent',
  content, signer: '', inReplyTo: null,
};

describe('the times of a document out of its log', () => {
  test('an outgoing document: signed, numbered, issued, sent', () => {
    const log = run([['20 07:30', 'officer', draft], ['20 07:40', 'officer', submit], ['20 08:00', 'leader', approve], ['20 09:00', 'clerk', issue], ['23 13:00', 'clerk', send]]);
    assert.deepEqual(timesOf(document, log), {
      direction: 'outgoing', urgency: 'normal', electronic: true, endedAt: null, tasks: [], signedAt: at('20 08:00'), numberedAt: at('20 09:00'), issuedAt: at('20 09:00'), sentAt: at('23 13:00'),
    });
    const states = deadlinesOf(timesOf(document, log) ?? assert.fail(), at('23 14:00'), createCalendar()).map(({ step, state }) => [step, state]);
    assert.deepEqual(states, [['number', 'done-in-time'], ['issue', 'done-in-time'], ['send', 'done-late']]);
  });

  test('Điều 11: a document that went back is signed when it is signed again', () => {
    const back = run([['18 07:30', 'officer', draft], ['18 07:40', 'officer', submit], ['18 08:00', 'leader', approve], ['18 09:00', 'clerk', { type: 'returnToDrafter', args: { reason: 'sai số liệu' } }]]);
    assert.equal((timesOf(document, back) as { signedAt: string | null }).signedAt, null);
    const again = run([['20 07:40', 'officer', submit], ['20 08:00', 'leader', approve]], back);
    assert.equal((timesOf(document, again) as { signedAt: string | null }).signedAt, at('20 08:00'));
  });

  test('an incoming document: registered, presented, its tasks, without those who are only told', () => {
    const log = run([
      ['20 08:10', 'clerk', register], ['20 08:20', 'clerk', { type: 'present', args: { note: '' } }],
      ['20 08:30', 'leader', { type: 'assign', args: { lead: 'officer' as PersonId, support: ['clerk' as PersonId], inform: ['leader' as PersonId], directive: '', deadline: '2026-11-27' } }],
      ['20 10:00', 'officer', { type: 'finishTask', args: { result: 'xong', answer: null } }],
    ], [arrival]);
    const times = timesOf(document, log);
    assert.ok(times?.direction === 'incoming');
    assert.deepEqual([times.arrivedAt, times.acknowledgedAt, times.registeredAt, times.presentedAt, times.electronic, times.endedAt], [at('20 08:00'), at('20 08:10'), at('20 08:10'), at('20 08:20'), true, null]);
    assert.deepEqual(times.tasks, [
      { subject: 'officer', assignedAt: at('20 08:30'), deadline: '2026-11-27', doneAt: at('20 10:00') },
      { subject: 'clerk', assignedAt: at('20 08:30'), deadline: '2026-11-27', doneAt: null },
    ]);
  });

  test('Điều 21.2: a refusal tells the sender too, and ends what is owed', () => {
    const log = run([['20 08:10', 'clerk', { type: 'refuse', args: { reason: 'gửi nhầm' } }]], [arrival]);
    const times = timesOf(document, log);
    assert.ok(times?.direction === 'incoming');
    assert.deepEqual([times.acknowledgedAt, times.endedAt], [at('20 08:10'), at('20 08:10')]);
    assert.deepEqual(deadlinesOf(times, at('25 08:00'), createCalendar()).map(({ step }) => step), ['acknowledge']);
  });

  test('Điều 18.4b: asked back at ten, answered at eleven; a refusal of it is an answer as well', () => {
    const asked: DocumentEvent = { type: 'changeAsked', at: at('20 10:00'), by: null, command: uuidv7() as CommandId, change: 'recall', reason: 'sai số liệu' };
    for (const agree of [true, false]) {
      const answered: DocumentEvent = { type: 'changeAnswered', at: at('20 11:00'), by: null, command: null, request: asked.command as CommandId, agree, reason: '' };
      const log: readonly DocumentEvent[] = [...run([['20 08:10', 'clerk', register]], [arrival]), asked];
      assert.deepEqual(deadlinesOf(timesOf(document, log) ?? assert.fail(), at('20 10:30'), createCalendar()).filter(({ step }) => step === 'recall').map(({ state }) => state), ['running']);
      const times = timesOf(document, [...log, answered]);
      assert.ok(times?.direction === 'incoming');
      assert.deepEqual([times.recallAskedAt, times.recallAnsweredAt, times.endedAt], [at('20 10:00'), at('20 11:00'), agree ? at('20 11:00') : null]);
    }
  });

  test('paper is received without a notice through the System', () => {
    const log = run([['20 08:10', 'clerk', { type: 'receive', args: { title: 'Đơn', kind: 'to-trinh', numberText: '', notation: '', issuedDate: null, from: { code: null, name: 'Ông A' }, urgency: 'normal', content, signer: '', channel: 'paper', inReplyTo: null } }]]);
    assert.equal(timesOf(document, log)?.electronic, false);
    assert.equal(timesOf(document, []), null);
  });
});
