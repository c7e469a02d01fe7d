import type { LogEvent } from '../../src-shared/domain/document.ts';
import { applyLog, isRecord, replayLog, type LogState } from '../../src-shared/domain/log.ts';
import type { CommandId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import type { OfficeState } from '../../src-shared/domain/records/office.ts';
import { isClash } from './clash.ts';
import { settlePending } from './pending.ts';
import type { DocumentWriter } from './tables/documents.ts';
import type { EventReader, EventWriter } from './tables/events.ts';
import type { OutboxReader, OutboxWriter, PendingRow } from './tables/outbox.ts';
import type { RecordTable } from './tables/records.ts';

export type ProjectionTables = {
  readonly documents: DocumentWriter; readonly records: RecordTable; readonly events: EventReader; readonly log: EventWriter; readonly outbox: OutboxReader; readonly queue: OutboxWriter;
  /** What is counted of it is counted again. */
  readonly touch: (id: DocumentId) => void;
  /** ms since 1970: when a clash was met. */
  readonly now: () => number;
};

/**
 * Rebuilds a document or a record from the log and the outbox, and, when that refuses commands or settles otherwise what others hang on, those too. Returns every one
 * that was touched. `begun`: the server's log, where nothing of it was here before.
 */
export function createProjection({ documents, records, events, log, outbox, queue, touch, now }: ProjectionTables): (first: DocumentId, begun?: readonly LogEvent[]) => readonly DocumentId[] {
  return (first, begun) => {
    const touched = new Set([first]);
    // Ends, for every further round needs a command that was not refused before, or is the office's own.
    const queueOf = [first];
    for (const id of queueOf) {
      const office = records.office();
      for (const refused of id === first && begun !== undefined && outbox.pendingOf(id).length === 0 ? projectBegun(id, begun) : projectOne(id)) {
        for (const dependant of outbox.dependants(refused)) {
          touched.add(dependant);
          if (dependant !== id) queueOf.push(dependant);
        }
      }
      if (records.office() === office) continue;
      for (const dependant of outbox.hangingOnOffice()) {
        touched.add(dependant);
        queueOf.push(dependant);
      }
    }
    return [...touched];
  };

  function projectBegun(id: DocumentId, begun: readonly LogEvent[]): readonly CommandId[] {
    put(id, replayLog(id, begun), begun);
    return [];
  }

  function put(id: DocumentId, state: LogState | null, log: readonly LogEvent[]): void {
    touch(id);
    if (state !== null && isRecord(state)) return records.put(state);
    if (state !== null) return documents.put(state, log);
    documents.remove(id);
    records.remove(id);
  }

  function projectOne(id: DocumentId): readonly CommandId[] {
    const pending = outbox.pendingOf(id);
    const server = events.server(id);
    const settled = settlePending(id, server, pending, outbox.problemOf, officeAt);
    settled.done.forEach(queue.remove);
    // what fell because something before it fell did not lose to anybody
    let fallen = pending.some(({ state, command }) => state === 'problem' && !settled.done.includes(command.id));
    for (const { id: refused, error } of settled.refused) {
      const command = pending.find((one) => one.command.id === refused)?.command;
      const lost = !fallen && command !== undefined && isClash(command.type, error) && (command.dependsOn === null || outbox.problemOf(command.dependsOn) === null);
      queue.setProblem(refused, error, lost ? now() : null);
      fallen = true;
    }
    log.replaceLocal(id, settled.local);
    const before = documents.findContent(id);
    put(id, settled.state, [...server, ...settled.local]);
    // long-term data is nothing to read: whoever had the document before them has it still
    if (before !== null && settled.state !== null && !isRecord(settled.state) && isOnlyAugmented(before, settled.state.content.sha256, () => [...server, ...settled.local])) documents.keepRead(id, before);
    return settled.refused.map((refused) => refused.id);
  }

  /** What this desk did to the office later than the command does not count against it: the server gets them in the order of the clicks. */
  function officeAt({ seq }: PendingRow): OfficeState | null {
    const present = records.office();
    const ours = present === null ? [] : outbox.pendingOf(present.id);
    if (present === null || !ours.some((one) => one.seq > seq)) return present;
    const earlier = new Set(ours.filter((one) => one.seq < seq).map(({ command }) => command.id));
    const local = events.local(present.id).filter((event) => event.command !== null && earlier.has(event.command));
    const state = local.reduce<LogState | null>((folded, event) => applyLog(present.id, folded, event), replayLog(present.id, events.server(present.id)));
    return state as OfficeState | null;
  }
}

/** Whether `after` is `before` and long-term data. */
function isOnlyAugmented(before: Sha256, after: Sha256, readEvents: () => readonly LogEvent[]): boolean {
  if (before === after) return false;
  for (const event of readEvents().toReversed()) {
    if (!('content' in event)) continue;
    if (event.content.sha256 === before) return true;
    if (event.type !== 'augmented') return false;
  }
  return false;
}
