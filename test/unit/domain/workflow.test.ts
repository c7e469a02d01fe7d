import assert from 'node:assert/strict';
import { test } from 'node:test';
import { incomingStages, outgoingStages, type Command, type CommandBody, type ContentRef, type DocumentEvent, type DocumentState } from '../../../src-shared/domain/document.ts';
import type { BookId, CommandId, DocumentId, OrganizationCode, PersonId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { markKinds } from '../../../src-shared/domain/mark.ts';
import { roles, type Organization, type Role } from '../../../src-shared/domain/organization.ts';
import { needsReason, verdict, type Verdict } from '../../../src-shared/domain/verdict.ts';
import { canMark } from '../../../src-shared/domain/workflow.ts';
import { decide, replay } from '../../support/rules.ts';
import { uuidv7 } from '../../../src-main/backend/uuid.ts';

const unit: Organization = { code: 'H48.60.12' as OrganizationCode, name: 'UBND xã Sơn Tịnh' };
const department: Organization = { code: 'H48.14' as OrganizationCode, name: 'Sở KH&CN' };
const document = uuidv7() as DocumentId;

test('an outgoing document goes draft, submitted, approved, issued, sent, and keeps its number', () => {
  const log = run([
    ['officer', draft()],
    ['officer', { type: 'submit', args: { content: content('b') } }],
    ['leader', { type: 'approve', args: { content: content('c'), signer: 'Nguyễn Đức Thắng' } }],
    ['clerk', issue(15)],
    ['clerk', { type: 'send', args: { recipients: [department] } }],
  ]);
  const state = replay(document, log);
  assert.equal(state?.stage, 'sent');
  assert.equal(state?.number, 15);
  assert.equal(state?.content.sha256, content('d').sha256);
  assert.deepEqual(state?.recipients.map((r) => [r.organization.code, r.status]), [['H48.14', 'sent']]);
});

test('the organisation never seals what the leader has not signed', () => {
  const log = run([['officer', draft()], ['officer', { type: 'submit', args: { content: content('b') } }]]);
  assert.deepEqual(refusal(log, 'clerk', issue(15)), { code: 'workflow.wrong-stage', params: { stage: 'submitted' } });
});

test('only a leader approves and only a clerk issues', () => {
  const submitted = run([['officer', draft()], ['officer', { type: 'submit', args: { content: content('b') } }]]);
  assert.equal(refusal(submitted, 'clerk', { type: 'approve', args: { content: content('c'), signer: '' } })?.code, 'not-allowed');
  assert.equal(refusal(submitted, 'leader', issue(15))?.code, 'not-allowed');
});

test('a person of another unit may not act on the document', () => {
  const log = run([['officer', draft()]]);
  const foreign = { ...command('officer', replay(document, log), { type: 'submit', args: { content: content('b') } }), unit: department.code };
  assert.equal(decide(replay(document, log), foreign, { unit: department }).ok, false);
});

test('sending again to the same office is refused, and a new office is added', () => {
  const log = run([
    ['officer', draft()], ['officer', { type: 'submit', args: { content: content('b') } }],
    ['leader', { type: 'approve', args: { content: content('c'), signer: '' } }], ['clerk', issue(15)], ['clerk', { type: 'send', args: { recipients: [department] } }],
  ]);
  assert.equal(refusal(log, 'clerk', { type: 'send', args: { recipients: [department] } })?.code, 'workflow.no-recipients');
  const other: Organization = { code: 'H48.15' as OrganizationCode, name: 'Sở Nội vụ' };
  const more = decide(replay(document, log), command('clerk', replay(document, log), { type: 'send', args: { recipients: [department, other] } }), { unit });
  assert.ok(more.ok && more.value[0]?.type === 'sent');
  assert.deepEqual(more.ok && more.value[0]?.type === 'sent' ? more.value[0].recipients : [], [other]);
});

test('another file after a return is nobody’s signature, and must be submitted again', () => {
  const log = run([
    ['officer', draft()], ['officer', { type: 'submit', args: { content: content('b') } }],
    ['leader', { type: 'approve', args: { content: content('c'), signer: 'Nguyễn Đức Thắng' } }],
    ['clerk', { type: 'returnToDrafter', args: { reason: 'Sai nơi nhận' } }],
    ['officer', { type: 'revise', args: { content: content('e') } }],
  ]);
  const state = replay(document, log);
  assert.deepEqual([state?.stage, state?.signer, state?.content.sha256], ['draft', null, content('e').sha256]);
  assert.equal(refusal(log, 'clerk', issue(15))?.code, 'workflow.wrong-stage');
});

test('a log that does not begin with a birth is a bug, not a document', () => {
  assert.throws(() => replay(document, [{ type: 'presented', note: '', at: new Date().toISOString(), by: null, command: null }]));
});

test('a document whose signatures are not in order is registered only with a reason; one that is in order, unsigned or not looked at needs none', () => {
  const register = (check?: { verdict: Verdict; reason: string | null }): CommandBody =>
    ({ type: 'register', args: { entry: { book: 'b' as BookId, epoch: 1, number: 418 }, arrivalDate: '2026-11-22', ...(check === undefined ? {} : { check }) } });
  for (const judged of verdict.options) {
    const needs = ['changed', 'invalid', 'indeterminate'].includes(judged);
    assert.equal(needsReason(judged), needs, judged);
    for (const reason of [null, '']) assert.equal(refusal([arrival()], 'clerk', register({ verdict: judged, reason }))?.code ?? null, needs ? 'verification.reason-needed' : null, judged);
    assert.equal(refusal([arrival()], 'clerk', register({ verdict: judged, reason: 'Đã gọi điện cho nơi gửi' })), null, judged);
  }
  assert.equal(refusal([arrival()], 'clerk', register()), null, 'from a station that did not examine');
  const check = { verdict: 'changed', reason: 'Đã gọi điện cho nơi gửi' } as const;
  const last = run([['clerk', register(check)]], [arrival()]).at(-1);
  assert.deepEqual(last?.type === 'registered' ? last.check : null, check);
});

test('each mark is written by whose it is, on what it is for, at its step, and nowhere else', () => {
  const allowed = new Set<string>();
  for (const direction of ['incoming', 'outgoing'] as const) {
    for (const stage of direction === 'incoming' ? incomingStages : outgoingStages) {
      for (const role of roles) for (const mark of markKinds) if (canMark({ direction, stage }, mark, role)) allowed.add(`${mark} ${role} ${stage}`);
    }
  }
  assert.deepEqual([...allowed].toSorted(), [
    'appendix clerk issued',
    'comment leader assigned', 'comment leader presented',
    'copy clerk assigned', 'copy clerk finished', 'copy clerk presented', 'copy clerk registered',
    'incoming clerk registered',
  ]);
});

test('a mark changes the content and nothing else; the wrong hand or the wrong step is refused', () => {
  const log = run([['clerk', { type: 'register', args: { entry: { book: 'b' as BookId, epoch: 1, number: 418 }, arrivalDate: '2026-11-22' } }]], [arrival()]);
  const before = replay(document, log);
  const stamp: CommandBody = { type: 'mark', args: { content: content('m'), mark: 'incoming', text: '', signer: 'UBND xã' } };
  const decided = decide(before, command('clerk', before, stamp), { unit });
  assert.ok(decided.ok && before !== null);
  const after = replay(document, [...log, ...decided.value]);
  assert.deepEqual(after, { ...before, content: content('m'), updatedAt: after?.updatedAt, versions: { ...before.versions, workflow: before.versions.workflow + 1 } });
  assert.equal(refusal(log, 'leader', stamp)?.code, 'not-allowed');
  assert.equal(refusal([arrival()], 'clerk', stamp)?.code, 'workflow.wrong-stage');
  assert.equal(refusal(log, 'leader', { type: 'mark', args: { content: content('m'), mark: 'comment', text: 'Giao Văn phòng', signer: '' } })?.code, 'not-allowed', 'not before it is presented');
});

test('long-term data comes days later, moves the version like any step, and brings the document up in no list', () => {
  const log = run([
    ['officer', draft()], ['officer', { type: 'submit', args: { content: content('b') } }],
    ['leader', { type: 'approve', args: { content: content('c'), signer: '' } }], ['clerk', issue(15)],
  ]);
  const before = replay(document, log);
  const augment: CommandBody = { type: 'augment', args: { content: content('lt'), level: 'B-LT' } };
  const decided = decide(before, command('clerk', before, augment), { unit });
  assert.ok(decided.ok && before !== null);
  assert.deepEqual(replay(document, [...log, ...decided.value]), { ...before, content: content('lt'), versions: { ...before.versions, workflow: before.versions.workflow + 1 } });
  assert.equal(refusal(log, 'leader', augment)?.code, 'not-allowed');
  assert.equal(refusal(log.slice(0, 3), 'clerk', augment)?.code, 'workflow.wrong-stage');
});

function arrival(): DocumentEvent {
  return {
    type: 'arrived', at: '2026-11-20T08:00:00Z', by: null, command: null, unit, from: department, origin: uuidv7() as DocumentId, title: 'Đến', kind: 'cong-van', number: 15, notation: 'SKHCN',
    issuedDate: '2026-11-19', urgency: 'normal', content: content('i'), signer: '', inReplyTo: null,
  };
}

function draft(): CommandBody {
  return { type: 'draft', args: { title: 'Về việc thử', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: content('a'), recipients: [department], inReplyTo: null } };
}

function issue(number: number): CommandBody {
  return { type: 'issue', args: { content: content('d'), entry: { book: 'b' as BookId, epoch: 1, number }, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: '' } };
}

function content(letter: string): ContentRef {
  return { sha256: letter.repeat(64) as Sha256, sizeBytes: 1, fileName: 'a.pdf', parent: null };
}

function command(role: Role, state: DocumentState | null, body: CommandBody): Command {
  return {
    id: uuidv7() as CommandId, document, unit: unit.code, actor: { person: 'p' as PersonId, fullName: 'P', role, unit: unit.code },
    at: '2026-11-22T02:00:00.000Z', base: state?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: null, ...body,
  };
}

function run(steps: readonly (readonly [Role, CommandBody])[], before: readonly DocumentEvent[] = []): DocumentEvent[] {
  const log: DocumentEvent[] = [...before];
  for (const [role, body] of steps) {
    const state = replay(document, log);
    const decided = decide(state, command(role, state, body), { unit });
    assert.ok(decided.ok, `${body.type} was refused`);
    log.push(...decided.value);
  }
  return log;
}

function refusal(log: readonly DocumentEvent[], role: Role, body: CommandBody): { code: string } | null {
  const state = replay(document, log);
  const decided = decide(state, command(role, state, body), { unit });
  return decided.ok ? null : decided.error;
}
