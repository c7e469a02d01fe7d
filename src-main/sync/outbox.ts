import type { ContentRef } from '../../src-shared/domain/document.ts';
import type { BookId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { maxPushBytes, maxPushCommands, pushResponse, type CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { AppError } from '../../src-shared/result.ts';
import type { DeskStore, OutboxItem } from '../ports/store.ts';
import { again, type Failure } from './failure.ts';
import { isHeld, lanesOf, takeBatch, type Batch } from './lanes.ts';
import type { Session } from './session.ts';
import type { Wire } from './wire.ts';

export type Outbox = {
  /** Something can go now. */
  readonly hasReady: () => boolean;
  /** Sends everything whose content the server has, in the order of the clicks within each document. */
  readonly pushReady: () => Promise<Failure | null>;
  /** Content that a lane waits for and that can be sent now. */
  readonly contentOwed: () => readonly ContentRef[];
  /** When the first command that a person may still take back is to go, ms since 1970. */
  readonly firstHoldEnd: () => number | null;
  readonly markPresent: (sha256: Sha256) => void;
  /** The server will never take this content: the commands that name it become problems with the reason. */
  readonly refuseContent: (sha256: Sha256, error: AppError) => void;
  /** Numbers of this book that were given out here and are not settled yet. */
  readonly owesNumbersOf: (book: BookId) => boolean;
};

export type OutboxOptions = {
  readonly wire: Wire; readonly session: Session; readonly desk: DeskStore; readonly now: () => number;
  readonly onChanged: (ids: readonly DocumentId[]) => void;
  /** A number was refused because the book is not this station's under that epoch (any more), or its reserve is used up. */
  readonly onBookRefused: (book: BookId, epoch: number) => void;
  /** 410: the server cannot go on from where this desk stands. */
  readonly onResync: () => void;
};

const bookRefusals: ReadonlySet<string> = new Set(['number.taken', 'number.old-epoch', 'number.no-book', 'number.reserve-used-up']);

export function createOutbox({ wire, session, desk, now, onChanged, onBookRefused, onResync }: OutboxOptions): Outbox {
  /** What the server is known to have; forgotten at the end of the program, asked again cheaply. */
  const present = new Set<Sha256>();

  function settle(items: readonly OutboxItem[], answers: readonly CommandAnswer[]): void {
    const changed = answers.map((answer) => desk.settle(answer)).filter((id) => id !== null);
    if (changed.length > 0) onChanged([...new Set(changed)]);
    for (const answer of answers) {
      if (answer.status !== 'rejected' || !bookRefusals.has(answer.error.code)) continue;
      const entry = entryOf(items.find(({ command }) => command.id === answer.id));
      if (entry !== null) onBookRefused(entry.book, entry.epoch);
    }
  }

  /** Marks what was sent without an answer: "đang xác nhận" (rule 6), or back to waiting when it cannot have left. */
  function unanswered({ items }: Batch, mayHaveLeft: boolean): void {
    const fresh = items.filter((item) => item.sync === 'waiting');
    if (mayHaveLeft) desk.markSending(fresh.map((item) => item.command.id));
    else settle(items, fresh.map((item) => ({ id: item.command.id, status: 'retry', afterMs: 0 })));
    onChanged([...new Set(items.map((item) => item.command.document))]);
  }

  /** A batch that was not read as it is. Null: it is seen to, and the next may go. */
  function refused(batch: Batch, { status, error }: Failure & { readonly kind: 'refused' }): Failure | null {
    if (![400, 409, 412, 413, 422].includes(status)) {
      unanswered(batch, false);
      if (status === 410) onResync();
      return status === 403 ? session.pause() : again;
    }
    const [only] = batch.items;
    // halves find the one that cannot be, which is kept aside for a person to see
    if (batch.items.length > 1 || only === undefined) unanswered(batch, false);
    else if (status === 409 || status === 412) settle(batch.items, [{ id: only.command.id, status: 'conflict', current: only.command.base }]);
    else settle(batch.items, [{ id: only.command.id, status: 'rejected', error }]);
    return null;
  }

  return {
    hasReady: () => takeBatch(desk.outbox(), { nowMs: now(), present, held: new Set(), limit: 1, said: null }).items.length > 0,
    pushReady: async () => {
      // documents whose first command is not settled yet: the rest of their lane stays behind it
      const held = new Set<DocumentId>();
      let [limit, maxBytes] = [maxPushCommands, maxPushBytes];
      let waitMs: number | null = null;
      for (;;) {
        const batch = takeBatch(desk.outbox(), { nowMs: now(), present, held, limit, maxBytes, said: session.said() });
        if (batch.items.length === 0) return waitMs === null ? null : { kind: 'later', afterMs: waitMs };
        desk.markSending(batch.items.map((item) => item.command.id));
        onChanged([...new Set(batch.items.map((item) => item.command.document))]);
        const answer = await session.withToken((token) => wire.call('POST', '/v1/push', pushResponse, { token, json: { commands: batch.commands } }));
        if (!answer.ok) {
          const { failure } = answer;
          if (failure.kind !== 'refused') {
            unanswered(batch, failure.kind === 'stopped' || (failure.kind === 'line' && failure.sent));
            return failure;
          }
          const stop = refused(batch, failure);
          if (stop !== null) return stop;
          limit = Math.max(1, Math.floor(batch.items.length / 2));
          if (failure.status === 413) maxBytes = Math.max(1024, maxBytes >> 1);
          continue;
        }
        const byId = new Map(answer.value.answers.map((one) => [one.id, one]));
        settle(batch.items, batch.items.map(({ command: { id } }) => byId.get(id) ?? { id, status: 'retry', afterMs: 0 }));
        for (const { command, contents } of batch.items) {
          const one = byId.get(command.id);
          if (one !== undefined && one.status !== 'retry') continue;
          held.add(command.document);
          waitMs = Math.max(waitMs ?? 0, one?.afterMs ?? 0);
          for (const content of contents) present.delete(content.sha256);
        }
      }
    },
    contentOwed: () => {
      const owed = new Map<Sha256, ContentRef>();
      for (const lane of lanesOf(desk.outbox(), now()).values()) {
        for (const { contents } of lane) for (const content of contents) if (!present.has(content.sha256)) owed.set(content.sha256, content);
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
      const named = desk.outbox().filter((item) => item.contents.some((content) => content.sha256 === sha256) && item.sync !== 'problem');
      settle(named, named.map(({ command }) => ({ id: command.id, status: 'rejected', error })));
    },
    owesNumbersOf: (book) => desk.outbox().some((item) => item.sync !== 'problem' && entryOf(item)?.book === book),
  };
}

function entryOf(item: OutboxItem | undefined): { readonly book: BookId; readonly epoch: number } | null {
  return item !== undefined && (item.command.type === 'issue' || item.command.type === 'register') ? item.command.args.entry : null;
}
