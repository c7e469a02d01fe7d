import type { Command } from '../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { maxPushBytes, toPushed, type PushedCommand } from '../../src-shared/protocol/wire.ts';
import type { OutboxItem } from '../ports/store.ts';
import type { Said } from './session.ts';

/** A clock that was set back must not keep a command for longer than any hold lasts. */
const longestHoldMs = 60_000;

export function isHeld({ heldUntilMs, sync }: OutboxItem, nowMs: number): boolean {
  return sync === 'waiting' && heldUntilMs !== null && heldUntilMs > nowMs && heldUntilMs - nowMs <= longestHoldMs;
}

/** Per document, in the order of the clicks, up to the first one that needs a person (rule 4) or may still be taken back. */
export function lanesOf(items: readonly OutboxItem[], nowMs: number): Map<DocumentId, OutboxItem[]> {
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

export type Batch = { readonly items: readonly OutboxItem[]; readonly commands: readonly PushedCommand[] };

/** What may go now: content is there, the lane is free; at most `limit` and 32 KB, but never less than one. */
export function takeBatch(items: readonly OutboxItem[], options: { nowMs: number; present: ReadonlySet<Sha256>; held: ReadonlySet<DocumentId>; limit: number; maxBytes?: number; said: Said | null }): Batch {
  const { nowMs, present, held, limit, maxBytes = maxPushBytes, said } = options;
  const ready = new Set<Command['id']>();
  for (const [document, lane] of lanesOf(items, nowMs)) {
    if (held.has(document)) continue;
    for (const item of lane) {
      if (item.contents.some(({ sha256 }) => !present.has(sha256))) break;
      ready.add(item.command.id);
    }
  }
  const batch: { item: OutboxItem; command: PushedCommand }[] = [];
  let bytes = 0;
  for (const item of items) {
    if (!ready.has(item.command.id)) continue;
    const command = toPushed(item.command, said);
    bytes += Buffer.byteLength(JSON.stringify(command));
    if (batch.length === limit || (batch.length > 0 && bytes > maxBytes)) break;
    batch.push({ item, command });
  }
  return { items: batch.map(({ item }) => item), commands: batch.map(({ command }) => command) };
}
