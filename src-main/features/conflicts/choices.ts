import type { Conflict } from '../../../src-shared/contract/conflicts.ts';
import type { Command, CommandBody, ContentRef, DocumentState } from '../../../src-shared/domain/document.ts';
import type { DeskContext } from '../context.ts';
import { tryAct } from '../documents/act.ts';

/** What of the command is a body, to be done again. */
export function bodyOf(command: Command): CommandBody {
  return { type: command.type, args: command.args } as CommandBody;
}

/**
 * Whether it can be done again over what stands. A signature, a mark or a number is of one content: over another one it would be laid unseen (sync.md I7).
 * An own file over another's is what the person says here, having seen both.
 */
export function canKeepMine(context: DeskContext, command: Command, theirs: DocumentState | null): boolean {
  if (theirs === null || command.type === 'draft' || command.type === 'augment') return false;
  if ((command.type === 'approve' || command.type === 'issue' || command.type === 'mark') && command.args.content.parent !== theirs.content.sha256) return false;
  return tryAct(context, command.document, bodyOf(command)).ok;
}

/** The file that a draft of one's own can be made of: what one wrote, or signed, on a document that goes out. */
export function fileToKeep(command: Command, theirs: DocumentState | null): ContentRef | null {
  switch (command.type) {
    case 'draft':
    case 'revise':
    case 'submit':
    case 'approve':
      return theirs === null || theirs.direction === 'outgoing' ? command.args.content : null;
    default:
      return null;
  }
}

/** The draft that `keepBoth` makes; null where there is nothing to make one of. The document itself is not touched. */
export function draftOfMine(context: DeskContext, command: Command, title: string, theirs: DocumentState | null): Extract<CommandBody, { readonly type: 'draft' }> | null {
  const content = fileToKeep(command, theirs);
  if (content === null || !context.blobs.has(content.sha256)) return null;
  if (command.type === 'draft') return { type: 'draft', args: command.args };
  return {
    type: 'draft',
    args: {
      title, content, kind: theirs?.kind ?? 'cong-van', notation: theirs?.notation ?? '', urgency: theirs?.urgency ?? 'normal',
      recipients: (theirs?.recipients ?? []).map(({ organization }) => organization), inReplyTo: theirs?.inReplyTo ?? null,
    },
  };
}

export function choicesOf(context: DeskContext, command: Command, title: string, theirs: DocumentState | null): Conflict['choices'] {
  const draft = draftOfMine(context, command, title, theirs);
  return [
    ...(canKeepMine(context, command, theirs) ? ['keep-mine' as const] : []),
    ...(draft !== null && tryAct(context, context.newId() as Command['document'], draft).ok ? ['keep-both' as const] : []),
    'accept',
  ];
}
