import type { Command, ContentRef } from '../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { maxPushCommands, pushResponse, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { DeskStore, OutboxItem } from '../ports/store.ts';
import type { Session } from './session.ts';
import type { SyncTiming } from './timing.ts';
import type { Failure, Wire } from './wire.ts';

/** sync.md, What the wire carries: ≤ 50 commands or 32 KB; one that is larger travels alone. */
const maxBatchBytes = 32 * 1024;

export type Outbox = {
  /** Sends everything whose content the server has, in the order of the clicks within each document. */
  readonly pushReady: () => Promise<Failure | null>;
  /** Content that a lane waits for and that can be sent now. */
  readonly contentOwed: () => readonly ContentRef[];
  /** When the first command that a person may still take back is to go, ms since 1970. */
  readonly firstHoldEnd: () => number | null;
  readonly markPresent: (sha256: Sha256) => void;
  /** The server will never take this content: the commands that name it become problems with the reason. */
  readonly refuseContent: (sha256: Sha256, error: AppError) => void;
};

export type OutboxOptions = {
  readonly wire: Wire; readonly session: Session; readonly desk: DeskStore; readonly timing: SyncTiming;
  readonly now: () => number;
  readonly onChanged: (ids: readonly DocumentId[]) => void;
};

export function createOutbox({ wire, session, desk, timing, now, onChanged }: OutboxOptions): Outbox {
  /** What the server is known to have; forgotten at the end of the program, asked again cheaply. */
  const present = new Set<Sha256>();

  function settle(answers: readonly CommandAnswer[]): void {
    const changed = answers.map((answer) => desk.settle(answer)).filter((id) => id !== null);
    if (changed.length > 0) onChanged([...new Set(changed)]);
  }

  /** Marks what was sent without an answer: "đang xác nhận" (rule 6), or back to waiting when it cannot have left. */
  function unanswered(batch: readonly OutboxItem[], failure: Failure): void {
    const fresh = batch.filter((item) => item.sync === 'waiting');
    const neverLeft = (failure.kind === 'line' && !failure.sent) || failure.kind === 'signed-out' || failure.kind === 'later';
    if (neverLeft) settle(fresh.map((item) => ({ id: item.command.id, status: 'retry', afterMs: 0 })));
    else desk.markSending(fresh.map((item) => item.command.id));
    onChanged([...new Set(batch.map((item) => item.command.document))]);
  }

  return {
    pushReady: async () => {
      // documents whose first command is not settled yet: the rest of their lane stays behind it
      const held = new Set<DocumentId>();
      let limit = maxPushCommands;
      let waitMs: number | null = null;
      for (;;) {
        const items = desk.outbox();
        const batch = takeBatch(lanes(items, now()), items, present, held, limit);
        if (batch.length === 0) return waitMs === null ? null : { kind: 'later', afterMs: waitMs };
        const commands = batch.map((item) => item.command);
        desk.markSending(commands.map((command) => command.id));
        onChanged([...new Set(commands.map((command) => command.document))]);
        const answer = await session.withToken((token) => wire.call('POST', '/v1/push', pushResponse, { token, json: { commands }, timeoutMs: timing.requestMs }));
        if (!answer.ok) {
          const { failure } = answer;
          if (failure.kind !== 'refused' || ![400, 413, 422].includes(failure.status)) {
            unanswered(batch, failure);
            return failure.kind === 'refused' ? { kind: 'later', afterMs: 0 } : failure;
          }
          // the batch was not read: halves find the one that cannot be, which is kept aside for a person to see
          if (batch.length > 1) {
            unanswered(batch, { kind: 'line', sent: false });
            limit = Math.ceil(batch.length / 2);
          } else settle(commands.map(({ id }) => ({ id, status: 'rejected', error: failure.error })));
          continue;
        }
        const byId = new Map(answer.value.answers.map((one) => [one.id, one]));
        settle(commands.map(({ id }) => byId.get(id) ?? { id, status: 'retry', afterMs: 0 }));
        for (const item of batch) {
          const one = byId.get(item.command.id);
          if (one !== undefined && one.status !== 'retry') continue;
          held.add(item.command.document);
          waitMs = Math.max(waitMs ?? 0, one?.afterMs ?? 0);
          if (item.content !== null) present.delete(item.content.sha256);
        }
      }
    },
    contentOwed: () => {
      const owed = new Map<Sha256, ContentRef>();
      for (const lane of lanes(desk.outbox(), now()).values()) {
        for (const { content } of lane) if (content !== null && !present.has(content.sha256)) owed.set(content.sha256, content);
      }
      // a base goes before what continues it, or its bytes would go twice
      return [...owed.values()].filter((content) => content.parent === null || !owed.has(content.parent));
    },
    firstHoldEnd: () => {
      const ends = desk.outbox().filter((item) => isHeld(item, now())).map((item) => item.heldUntilMs ?? 0);
      return ends.length === 0 ? null : Math.min(...ends);
    },
    markPresent: (sha256) => void present.add(sha256),
    refuseContent: (sha256, error) => {
      settle(desk.outbox().filter((item) => item.content?.sha256 === sha256 && item.sync !== 'problem').map(({ command }) => ({ id: command.id, status: 'rejected', error })));
    },
  };
}

/** A clock that was set back must not keep a command for longer than any hold lasts. */
const longestHoldMs = 60_000;

function isHeld({ heldUntilMs, sync }: OutboxItem, nowMs: number): boolean {
  return sync === 'waiting' && heldUntilMs !== null && heldUntilMs > nowMs && heldUntilMs - nowMs <= longestHoldMs;
}

/** Per document, in the order of the clicks, up to the first one that needs a person (rule 4) or may still be taken back. */
function lanes(items: readonly OutboxItem[], nowMs: number): Map<DocumentId, OutboxItem[]> {
  const byDocument = new Map<DocumentId, OutboxItem[]>();
  const stopped = new Set<DocumentId>();
  for (const item of items) {
    const { document } = item.command;
    if (item.sync === 'problem' || isHeld(item, nowMs)) stopped.add(document);
    if (stopped.has(document)) continue;
    const lane = byDocument.get(document) ?? [];
    byDocument.set(document, lane);
    lane.push(item);
  }
  return byDocument;
}

function takeBatch(open: ReadonlyMap<DocumentId, readonly OutboxItem[]>, items: readonly OutboxItem[], present: ReadonlySet<Sha256>, held: ReadonlySet<DocumentId>, limit: number): OutboxItem[] {
  const ready = new Set<Command['id']>();
  for (const [document, lane] of open) {
    if (held.has(document)) continue;
    for (const item of lane) {
      if (item.content !== null && !present.has(item.content.sha256)) break;
      ready.add(item.command.id);
    }
  }
  const batch: OutboxItem[] = [];
  let bytes = 0;
  for (const item of items) {
    if (!ready.has(item.command.id)) continue;
    bytes += Buffer.byteLength(JSON.stringify(item.command));
    if (batch.length === limit || (batch.length > 0 && bytes > maxBatchBytes)) break;
    batch.push(item);
  }
  return batch;
}
