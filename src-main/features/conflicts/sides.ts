import type { ConflictSide } from '../../../src-shared/contract/conflicts.ts';
import type { Command, DocumentEvent, DocumentState } from '../../../src-shared/domain/document.ts';

const silent: ConflictSide = { by: null, at: null, stage: null, assignment: null, content: null, text: null };

/** What the person did, in the words of its command. */
export function mineOf(command: Command): ConflictSide {
  const side = { ...silent, by: command.actor.fullName, at: command.at };
  switch (command.type) {
    case 'draft':
      return { ...side, stage: 'draft', content: command.args.content, text: command.args.title };
    case 'revise':
      return { ...side, stage: 'draft', content: command.args.content };
    case 'submit':
      return { ...side, stage: 'submitted', content: command.args.content };
    case 'approve':
      return { ...side, stage: 'approved', content: command.args.content };
    case 'issue':
      return { ...side, stage: 'issued', content: command.args.content, text: `${command.args.entry.number}/${command.args.notation}` };
    case 'mark':
      return { ...side, content: command.args.content, text: command.args.text === '' ? null : command.args.text };
    case 'augment':
      return { ...side, content: command.args.content };
    case 'returnToDrafter':
      return { ...side, stage: 'returned', text: command.args.reason };
    case 'refuse':
      return { ...side, stage: 'refused', text: command.args.reason };
    case 'register':
      return { ...side, stage: 'registered', text: String(command.args.entry.number) };
    case 'present':
      return { ...side, stage: 'presented', text: command.args.note === '' ? null : command.args.note };
    case 'assign':
      return { ...side, stage: 'assigned', assignment: command.args };
    case 'send':
      return { ...side, stage: 'sent', text: command.args.recipients.map(({ name }) => name).join('; ') };
    case 'sendBack':
      return { ...side, stage: 'sent-back', text: command.args.reason };
    case 'voidNumber':
      return { ...side, stage: 'voided', text: command.args.reason };
    case 'reopen':
      return { ...side, stage: 'assigned', text: command.args.reason };
    case 'askChange':
    case 'answerChange':
      return { ...side, text: command.args.reason };
    case 'receive':
      return { ...side, stage: 'arrived', content: command.args.content, text: command.args.title };
    case 'edit':
      return { ...side, text: command.args.title ?? null };
    // what concerns one's own part, and the office's records, is laid over nobody's deed
    default:
      return side;
  }
}

/** What stands, and who brought it there: the last event that speaks of the same thing as the command. */
export function theirsOf(command: Command, state: DocumentState | null, history: readonly DocumentEvent[]): ConflictSide {
  if (state === null) return silent;
  const speaks = history.findLast((event) => event.command !== command.id && isAbout(command, event)) ?? history.findLast((event) => event.type !== 'deliveryReported' && event.type !== 'augmented');
  return {
    by: speaks?.by?.fullName ?? null,
    at: speaks?.at ?? state.updatedAt,
    stage: state.stage,
    assignment: state.assignment,
    content: state.content,
    text: speaks === undefined ? null : wordsOf(speaks),
  };
}

function isAbout(command: Command, event: DocumentEvent): boolean {
  if (command.type === 'assign') return event.type === 'assigned';
  if (event.type === 'augmented' || event.type === 'deliveryReported' || event.type === 'assigned') return false;
  return 'content' in command.args ? 'content' in event : true;
}

function wordsOf(event: DocumentEvent): string | null {
  switch (event.type) {
    case 'drafted':
    case 'arrived':
      return event.title;
    case 'returned':
    case 'refused':
      return event.reason;
    case 'marked':
      return event.text === '' ? null : event.text;
    case 'presented':
      return event.note === '' ? null : event.note;
    case 'issued':
      return `${event.entry.number}/${event.notation}`;
    case 'registered':
      return String(event.entry.number);
    case 'sent':
      return event.recipients.map(({ name }) => name).join('; ');
    case 'revised':
    case 'submitted':
    case 'approved':
    case 'augmented':
    case 'assigned':
    case 'deliveryReported':
      return null;
    case 'received':
      return event.title;
    case 'sentBack':
    case 'voided':
    case 'reopened':
    case 'changeAsked':
    case 'changeAnswered':
      return event.reason;
    default:
      return null;
  }
}
