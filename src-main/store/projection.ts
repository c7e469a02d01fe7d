import type { LogEvent } from '../../src-shared/domain/document.ts';
import { isRecord, replayLog } from '../../src-shared/domain/log.ts';
import type { CommandId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { isClash } from './clash.ts';
import { settlePending } from './pending.ts';
import type { DocumentWriter } from './tables/documents.ts';
import type { EventReader, EventWriter } from './tables/events.ts';
import type { OutboxReader, OutboxWriter } from './tables/outbox.ts';

export type ProjectionTables = {
  readonly documents: DocumentWriter; readonly events: EventReader; readonly log: EventWriter; readonly outbox: OutboxReader; readonly queue: OutboxWriter;
  /** ms since 1970: when a clash was met. */
  readonly now: () => number;
};

/**
 * Rebuilds a document from the log and the outbox, and, when that refuses commands, whatever depended on them. Returns every document that was touched.
 * `begun`: the server's log, where the document was not here before.
 */
export function createProjection({ documents, events, log, outbox, queue, now }: ProjectionTables): (first: DocumentId, begun?: readonly LogEvent[]) => readonly DocumentId[] {
  return (first, begun) => {
    if (begun !== undefined && outbox.pendingOf(first).length === 0) {
      const state = replayLog(first, begun);
      if (state !== null && !isRecord(state)) documents.put(state);
      return [first];
    }
    const touched = new Set([first]);
    // Ends, for every further round needs a command that was not refused before.
    const queueOf = [first];
    for (const id of queueOf) {
      for (const refused of projectOne(id)) {
        for (const dependant of outbox.dependants(refused)) {
          touched.add(dependant);
          if (dependant !== id) queueOf.push(dependant);
        }
      }
    }
    return [...touched];
  };

  function projectOne(id: DocumentId): readonly CommandId[] {
    const pending = outbox.pendingOf(id);
    const server = events.server(id);
    const settled = settlePending(id, server, pending, outbox.problemOf);
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
    // an office's record is shown by no list of documents
    if (settled.state !== null && isRecord(settled.state)) return settled.refused.map((refused) => refused.id);
    if (settled.state === null) documents.remove(id);
    else documents.put(settled.state);
    // long-term data is nothing to read: whoever had the document before them has it still
    if (before !== null && settled.state !== null && isOnlyAugmented(before, settled.state.content.sha256, () => [...server, ...settled.local])) documents.keepRead(id, before);
    return settled.refused.map((refused) => refused.id);
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
