import type { z } from 'zod';
import type { Actor, Command, CommandBody, ContentRef, DocumentCommandType, documentEventBody, DocumentEvent, DocumentState, Stage } from '../../../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, OrganizationCode, PersonId, Sha256 } from '../../../../src-shared/domain/ids.ts';
import type { Organization, Role } from '../../../../src-shared/domain/organization.ts';
import { replay } from '../../../support/rules.ts';

/** One commune office as its rules see it, without a store, a clock or a line. */
export const unit: Organization = { code: 'H48.60.12' as OrganizationCode, name: 'UBND xã Sơn Tịnh' };
export const department: Organization = { code: 'H48.05' as OrganizationCode, name: 'Sở Nội vụ' };
export const document = '0198c1a2-0000-7000-8000-000000000001' as DocumentId;
const other = '0198c1a2-0000-7000-8000-0000000000aa' as DocumentId;
export const request = '0198c1a2-0000-7000-8000-0000000000bb' as CommandId;
export const at = '2026-06-15T02:00:00Z';

export const persons: Readonly<Record<'clerk' | 'leader' | 'officer' | 'second', PersonId>> = { clerk: 'van-thu' as PersonId, leader: 'chu-tich' as PersonId, officer: 'dia-chinh' as PersonId, second: 'tu-phap' as PersonId };
export function actorOf(role: Role, person: PersonId = role === 'administrator' ? ('quan-tri' as PersonId) : persons[role]): Actor {
  return { person, fullName: person, role, unit: unit.code };
}

export const content = (name: string): ContentRef => ({ sha256: name.padEnd(64, '0').replace(/[^0-9a-f]/g, 'a') as Sha256, sizeBytes: 100, fileName: `${name}.pdf`, parent: null });

let made = 0;
export function commandOf(actor: Actor, state: DocumentState | null, body: CommandBody): Command {
  made += 1;
  const id = `0198c1a2-0000-7000-8000-${String(made).padStart(12, '0')}` as CommandId;
  return { id, document, unit: unit.code, actor, at, base: state?.versions ?? { workflow: 0, assignment: 0 }, dependsOn: null, ...body };
}

const draft = { title: 'Công văn', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: content('a'), recipients: [department], inReplyTo: null } as const;
const entry = { book: 'H48.60.12/2026/van-ban-di' as never, epoch: 1, number: 7 };

/** One well-formed command of each type, that a person named here could mean. */
export const bodies: Readonly<Record<DocumentCommandType, CommandBody>> = {
  draft: { type: 'draft', args: draft as never },
  receive: { type: 'receive', args: { title: 'Đơn', kind: 'cong-van', numberText: '02a', notation: 'ĐĐN', issuedDate: '2026-06-14', from: { code: null, name: 'Hợp tác xã Tân Tiến' }, urgency: 'normal', content: content('b'), signer: 'Nguyễn Văn Bình', channel: 'paper', inReplyTo: null } },
  edit: { type: 'edit', args: { title: 'Công văn đã sửa' } },
  comment: { type: 'comment', args: { text: 'Xem lại căn cứ', aspect: 'content' } },
  revise: { type: 'revise', args: { content: content('c') } },
  submit: { type: 'submit', args: { content: content('d') } },
  returnToDrafter: { type: 'returnToDrafter', args: { reason: 'Thiếu căn cứ' } },
  approve: { type: 'approve', args: { content: content('e'), signer: 'Chủ tịch' } },
  issue: { type: 'issue', args: { content: content('f'), entry, notation: 'UBND-VP', issuedDate: '2026-06-15', signer: 'UBND xã' } },
  voidNumber: { type: 'voidNumber', args: { reason: 'Phát hành nhầm' } },
  send: { type: 'send', args: { recipients: [department, { code: 'H48.07' as OrganizationCode, name: 'Sở Tài chính' }] } },
  askChange: { type: 'askChange', args: { change: 'recall', reason: 'Sai nơi nhận' } },
  answerChange: { type: 'answerChange', args: { request, agree: true, reason: '' } },
  register: { type: 'register', args: { entry: { ...entry, book: 'H48.60.12/2026/van-ban-den' as never }, arrivalDate: '2026-06-15' } },
  mark: { type: 'mark', args: { content: content('ab'), mark: 'copy', text: '', signer: 'UBND xã' } },
  augment: { type: 'augment', args: { content: content('ac'), level: 'B-LT' } },
  present: { type: 'present', args: { note: '' } },
  assign: { type: 'assign', args: { lead: persons.officer, support: [persons.second], inform: [persons.clerk], directive: 'Xử lý', deadline: '2026-06-20' } },
  refuse: { type: 'refuse', args: { reason: 'Gửi nhầm' } },
  sendBack: { type: 'sendBack', args: { reason: 'Không thuộc thẩm quyền' } },
  acceptTask: { type: 'acceptTask', args: {} },
  returnTask: { type: 'returnTask', args: { reason: 'Không đúng chuyên môn' } },
  reportProgress: { type: 'reportProgress', args: { percent: 40, text: 'Đang xác minh' } },
  requestExtension: { type: 'requestExtension', args: { until: '2026-06-25', reason: 'Cần thêm thời gian' } },
  answerExtension: { type: 'answerExtension', args: { person: persons.officer, granted: true, until: null, reason: '' } },
  finishTask: { type: 'finishTask', args: { result: 'Đã trả lời', answer: null } },
  reopen: { type: 'reopen', args: { reason: 'Còn thiếu' } },
  evaluate: { type: 'evaluate', args: { person: persons.officer, grade: 'good', text: '' } },
  passOn: { type: 'passOn', args: { to: 'can-bo-khac' as PersonId, directive: 'Giúp tôi', deadline: null } },
  remind: { type: 'remind', args: { person: persons.officer, text: '' } },
};

type Body = z.input<typeof documentEventBody>;
const by = (role: Role): Pick<DocumentEvent, 'at' | 'by' | 'command'> => ({ at, by: actorOf(role), command: null });
const event = (role: Role, body: Body): DocumentEvent => ({ ...by(role), ...body }) as DocumentEvent;
const args = (type: DocumentCommandType): never => bodies[type].args as never;

const arrived = event('clerk', {
  type: 'arrived', unit, from: department, origin: other, title: 'Về việc báo cáo', kind: 'cong-van', number: 12, notation: 'SNV', issuedDate: '2026-06-12', urgency: 'normal', content: content('aa'), signer: 'Giám đốc', inReplyTo: null,
});
const drafted = event('officer', { type: 'drafted', unit, ...draft } as unknown as Body);
const out = (...more: readonly DocumentEvent[]): readonly DocumentEvent[] => [drafted, ...more];
const submitted = event('officer', { type: 'submitted', content: content('d') });
const approved = event('leader', { type: 'approved', content: content('e'), signer: 'Chủ tịch' });
const issued = event('clerk', { type: 'issued', ...(args('issue') as object) } as Body);
const sent = event('clerk', { type: 'sent', recipients: [department] });
const registered = event('clerk', { type: 'registered', ...(args('register') as object) } as Body);
const presented = event('clerk', { type: 'presented', note: '' });
const assigned = event('leader', { type: 'assigned', ...(args('assign') as object) } as Body);
const finished = event('officer', { type: 'taskFinished', result: 'Đã trả lời', answer: null });
const asked = { ...event('clerk', { type: 'changeAsked', change: 'recall', reason: 'Sai nơi nhận' }), command: request, by: null } as DocumentEvent;
const agreed = event('clerk', { type: 'changeAnswered', request, agree: true, reason: '' });

/** A log for every stage, of documents in and out. */
export const logs: Readonly<Record<'outgoing' | 'incoming', Partial<Record<Stage, readonly DocumentEvent[]>>>> = {
  outgoing: {
    draft: out(),
    submitted: out(submitted),
    returned: out(submitted, event('leader', { type: 'returned', reason: 'Thiếu căn cứ' })),
    approved: out(submitted, approved),
    issued: out(submitted, approved, issued),
    sent: out(submitted, approved, issued, sent),
    recalled: out(submitted, approved, issued, sent, event('clerk', { type: 'changeAsked', change: 'recall', reason: 'Sai', recipients: [department.code] })),
    replaced: out(submitted, approved, issued, sent, event('clerk', { type: 'superseded', relation: 'replaces', successor: other })),
    voided: out(submitted, approved, issued, event('clerk', { type: 'voided', reason: 'Nhầm' })),
  },
  incoming: {
    arrived: [arrived],
    registered: [arrived, registered],
    presented: [arrived, registered, presented],
    assigned: [arrived, registered, presented, assigned],
    finished: [arrived, registered, presented, assigned, finished],
    refused: [arrived, event('clerk', { type: 'refused', reason: 'Nhầm' })],
    'sent-back': [arrived, registered, event('clerk', { type: 'sentBack', reason: 'Nhầm' })],
    recalled: [arrived, asked, agreed],
    replaced: [arrived, registered, event('clerk', { type: 'superseded', relation: 'replaces', successor: other })],
  },
};
export const askedBack: readonly DocumentEvent[] = [arrived, registered, asked];

export function stateAt(log: readonly DocumentEvent[]): DocumentState {
  const state = replay(document, log);
  if (state === null) throw new Error('an empty log');
  return state;
}
