import type { Command, CommandType } from '../../src-shared/domain/document.ts';
import { assertNever } from '../../src-shared/result.ts';
import type { PendingRow } from './tables/outbox.ts';

export type Undoable = { readonly command: Command; readonly heldUntilMs: number };

/** Held when it was done, and not on its way: whoever waits has had no effect anywhere else. */
export function isUndoable(pending: PendingRow): pending is PendingRow & Undoable {
  return pending.state === 'waiting' && pending.heldUntilMs !== null && canBeHeld(pending.command.type);
}

/** A signature and a number that is printed cannot be taken back; what is sent is asked about before; a draft is thrown away otherwise. */
function canBeHeld(type: CommandType): boolean {
  switch (type) {
    case 'register':
    case 'present':
    case 'assign':
    case 'refuse':
    case 'submit':
    case 'revise':
    case 'returnToDrafter':
      return true;
    case 'draft':
    case 'approve':
    case 'issue':
    case 'send':
      return false;
    default:
      return assertNever(type);
  }
}
