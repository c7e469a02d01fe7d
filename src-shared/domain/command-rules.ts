import type { DocumentCommandType, Stage } from './document.ts';
import type { Role } from './organization.ts';

/** `article`: where the law says so; the office's own custom where it is silent. */
export type CommandRule = { readonly roles: readonly Role[]; readonly stages: readonly Stage[]; readonly article: string };

const desks = ['officer', 'clerk', 'leader'] as const satisfies readonly Role[];
const drafting = ['draft', 'returned', 'submitted', 'approved'] as const satisfies readonly Stage[];
const beingHandled = ['registered', 'presented', 'assigned', 'finished'] as const satisfies readonly Stage[];

/** Who may give a command, and at which stages it is meant. NĐ 30/2020/NĐ-CP Art 10–18 (outgoing), 20–24 (incoming). What more there is to it stands in `decide`. */
export const commandRules = {
  draft: { roles: desks, stages: [], article: 'NĐ 30/2020 Điều 10' },
  // any edit of an approved draft goes back to whoever approved it
  edit: { roles: desks, stages: [...drafting, 'arrived', 'registered', 'presented'], article: 'NĐ 30/2020 Điều 11' },
  revise: { roles: desks, stages: drafting, article: 'NĐ 30/2020 Điều 11' },
  comment: {
    roles: desks,
    stages: [...drafting, 'issued', 'sent', 'arrived', ...beingHandled, 'recalled', 'replaced'],
    article: 'NĐ 30/2020 Điều 10, 12',
  },
  submit: { roles: desks, stages: ['draft', 'returned'], article: 'NĐ 30/2020 Điều 11, 12' },
  returnToDrafter: { roles: ['leader', 'clerk'], stages: ['submitted', 'approved'], article: 'NĐ 30/2020 Điều 11, 12' },
  // the competent person signs
  approve: { roles: ['leader'], stages: ['submitted'], article: 'NĐ 30/2020 Điều 13' },
  // the organisation signs only what the leader has signed; the clerk does it in person
  issue: { roles: ['clerk'], stages: ['approved'], article: 'NĐ 30/2020 Điều 15, 32.2c' },
  // a number that was used up stays in the register, void
  voidNumber: { roles: ['clerk'], stages: ['issued'], article: 'NĐ 30/2020 Điều 15.1' },
  send: { roles: ['clerk'], stages: ['issued', 'sent'], article: 'NĐ 30/2020 Điều 18; QĐ 28/2018 Điều 6' },
  // asked back from everybody and not given up by all: it may be asked again, or an office added to those asked
  askChange: { roles: ['clerk'], stages: ['sent', 'recalled'], article: 'NĐ 30/2020 Điều 18.4; QĐ 28/2018 Điều 8.2' },
  answerChange: { roles: ['clerk'], stages: ['arrived', ...beingHandled], article: 'QĐ 28/2018 Điều 9.2' },
  receive: { roles: ['clerk'], stages: [], article: 'NĐ 30/2020 Điều 21' },
  register: { roles: ['clerk'], stages: ['arrived'], article: 'NĐ 30/2020 Điều 22' },
  // Art 22 (dấu đến), 24 (ý kiến chỉ đạo), 25 (bản sao); App I.II.8b (phụ lục). Which of them fits is `canMark`'s to say
  mark: { roles: ['clerk', 'leader'], stages: ['approved', 'issued', ...beingHandled], article: 'NĐ 30/2020 Điều 22, 24, 25' },
  // an incoming document's content is the sender's; what we add to ours moves the version like any step, so that nothing is laid over it unseen
  augment: { roles: ['clerk'], stages: ['issued', 'sent'], article: 'TT 15/2025/TT-BKHCN' },
  present: { roles: ['clerk'], stages: ['registered'], article: 'NĐ 30/2020 Điều 23.1' },
  assign: { roles: ['leader', 'clerk'], stages: ['presented', 'assigned'], article: 'NĐ 30/2020 Điều 23.2' },
  // refused before it is registered, with a reason
  refuse: { roles: ['clerk'], stages: ['arrived'], article: 'QĐ 28/2018 Điều 5.4, 9.1' },
  // found to be somebody else's after it was registered: it goes back, its number stays
  sendBack: { roles: ['clerk'], stages: ['registered', 'presented'], article: 'NĐ 30/2020 Điều 21.2' },
  acceptTask: { roles: desks, stages: ['assigned'], article: 'NĐ 30/2020 Điều 24.1' },
  returnTask: { roles: desks, stages: ['assigned'], article: 'NĐ 30/2020 Điều 24' },
  reportProgress: { roles: desks, stages: ['assigned'], article: 'NĐ 30/2020 Điều 24' },
  requestExtension: { roles: desks, stages: ['assigned'], article: 'NĐ 30/2020 Điều 24' },
  answerExtension: { roles: ['leader'], stages: ['assigned'], article: 'NĐ 30/2020 Điều 23.2' },
  passOn: { roles: desks, stages: ['assigned'], article: 'NĐ 30/2020 Điều 23.4' },
  finishTask: { roles: desks, stages: ['assigned'], article: 'NĐ 30/2020 Điều 24.2' },
  reopen: { roles: ['leader'], stages: ['finished'], article: 'NĐ 30/2020 Điều 24.1' },
  evaluate: { roles: ['leader'], stages: ['assigned', 'finished'], article: 'NĐ 30/2020 Điều 24.1' },
  remind: { roles: ['leader', 'clerk'], stages: ['assigned'], article: 'NĐ 30/2020 Phụ lục VI.III.1' },
} as const satisfies Record<DocumentCommandType, CommandRule>;

/**
 * Which of the counters a command is judged by, and moves. Null: it says nothing that another's deed could be laid over; it is judged by the state alone, and two of them
 * made at once both stand.
 */
export function versionGroup(type: DocumentCommandType): 'workflow' | 'assignment' | null {
  switch (type) {
    case 'comment':
    case 'acceptTask':
    case 'returnTask':
    case 'reportProgress':
    case 'requestExtension':
    case 'finishTask':
    case 'evaluate':
    case 'remind':
      return null;
    case 'assign':
    case 'answerExtension':
    case 'passOn':
      return 'assignment';
    default:
      return 'workflow';
  }
}
