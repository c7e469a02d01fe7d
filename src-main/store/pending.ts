import { isDeepStrictEqual } from 'node:util';
import type { Command, LogEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId } from '../../src-shared/domain/ids.ts';
import type { Organization } from '../../src-shared/domain/organization.ts';
import { applyLog, decideLog, replayLog, type LogState } from '../../src-shared/domain/log.ts';
import type { OfficeState } from '../../src-shared/domain/records/office.ts';
import type { AppError } from '../../src-shared/result.ts';

/** `applied`: the server has said yes, the feed has not brought the events yet. */
export type OutboxState = 'waiting' | 'sending' | 'confirming' | 'applied' | 'problem';

export type PendingCommand = { readonly command: Command; readonly state: OutboxState; readonly unit: Organization };

export type Settled = {
  /** Null when nothing is left of the document: its draft was refused. */
  readonly state: LogState | null;
  /** What stands on top of the server's events, in order. */
  readonly local: readonly LogEvent[];
  /** Commands whose events the server's list holds: done. */
  readonly done: readonly CommandId[];
  readonly refused: readonly { readonly id: CommandId; readonly error: AppError }[];
};

/**
 * Puts what a person did here on top of what the server says, by the shared rules. `pending` in the order of the clicks.
 * `problemOf` says why a command (of any document) was refused, or null. `officeAt`: what the office had settled when the command was given.
 */
export function settlePending<P extends PendingCommand>(
  id: DocumentId,
  server: readonly LogEvent[],
  pending: readonly P[],
  problemOf: (id: CommandId) => AppError | null,
  officeAt: (pending: P) => OfficeState | null = () => null,
): Settled {
  const known = new Set(server.map((event) => event.command));
  const local: LogEvent[] = [];
  const done: CommandId[] = [];
  const refused = new Map<CommandId, AppError>();
  let state = replayLog(id, server);
  let unanswered = false;

  for (const one of pending) {
    const { command, state: sent, unit } = one;
    if (known.has(command.id)) {
      done.push(command.id);
      continue;
    }
    if (sent === 'problem') continue;
    const above = command.dependsOn === null ? null : (refused.get(command.dependsOn) ?? problemOf(command.dependsOn));
    const decision = above === null ? decideLog(state, command, { unit, office: officeAt(one) }) : { ok: false as const, error: above };
    if (decision.ok) {
      local.push(...decision.value);
      for (const event of decision.value) state = applyLog(id, state, event);
    } else if (sent === 'waiting' && !unanswered) {
      refused.set(command.id, decision.error);
    } else {
      // sync.md rule 6: it was sent, so the server's answer decides, not we; nor do we judge what stands on it.
      unanswered = true;
    }
  }
  return { state, local, done, refused: [...refused].map(([command, error]) => ({ id: command, error })) };
}

/**
 * What the feed's list of a document from position `from` on means for ours. A list that only repeats what ours has there is older news and
 * changes nothing (sync.md I14); anything else wins. Returns the position from which ours is to be written anew, or null.
 */
export function firstDifference(ours: readonly LogEvent[], theirs: readonly LogEvent[], from: number): number | null {
  let same = 0;
  while (from + same < ours.length && same < theirs.length && isDeepStrictEqual(ours[from + same], theirs[same])) same++;
  return same === theirs.length ? null : from + same;
}
