import type { Command, DocumentEvent, DocumentState, LogEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { decideLog, isRecord, replayLog } from '../../src-shared/domain/log.ts';
import type { DecisionContext } from '../../src-shared/domain/workflow.ts';
import type { Result } from '../../src-shared/result.ts';

/** The rules as a desk has them in the outbox: whatever the command is of. What comes of it is a document's, or the test is wrong. */
export function decide(state: DocumentState | null, command: Command, context: DecisionContext): Result<readonly DocumentEvent[]> {
  return decideLog(state, command, context) as Result<readonly DocumentEvent[]>;
}

/** The document that a log folds into. Throws on an office's record. */
export function replay(id: DocumentId, events: readonly LogEvent[]): DocumentState | null {
  const state = replayLog(id, events);
  if (state !== null && isRecord(state)) throw new Error(`${id} is a ${state.record}`);
  return state;
}
