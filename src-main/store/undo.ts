import type { Command } from '../../src-shared/domain/document.ts';
import { canBeTakenBack } from '../../src-shared/domain/undo.ts';
import type { PendingRow } from './tables/outbox.ts';

export type Undoable = { readonly command: Command; readonly heldUntilMs: number };

/** Held when it was done, and not on its way: what waits has had no effect anywhere else. */
export function isUndoable(pending: PendingRow): pending is PendingRow & Undoable {
  return pending.state === 'waiting' && pending.heldUntilMs !== null && canBeTakenBack(pending.command.type);
}
