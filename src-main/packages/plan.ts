import type { Command, ContentRef } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { contentsOf } from '../../src-shared/domain/log.ts';
import { maxPackageCommandBytes, maxPackageCommands } from '../../src-shared/protocol/package.ts';
import type { BlobStore, DeskStore, OutboxItem } from '../ports/store.ts';

export type PlannedContent = { readonly sha256: Sha256; readonly sizeBytes: number; readonly base: Sha256 | null; readonly lengthBytes: number };
export type Plan = {
  /** In the order of the clicks. */
  readonly commands: readonly Command[];
  /** A base before what continues it. */
  readonly contents: readonly PlannedContent[];
  readonly contentBytes: number;
};

/**
 * What a package made now would hold: of each document what waits, in order, up to the first thing that needs a person or whose file is not here.
 * A content that the server must have already, because it answered for an action that named it, is left out, unless `whole`.
 */
export function planPackage(desk: DeskStore, blobs: BlobStore, whole: boolean): Plan {
  const items = desk.outbox();
  const unanswered = new Set(items.map(({ command }) => command.id));
  const known = new Map<DocumentId, ReadonlySet<Sha256>>();
  const stopped = new Set<DocumentId>();
  const commands: Command[] = [];
  const contents = new Map<Sha256, PlannedContent>();
  let commandBytes = 0;
  for (const item of items) {
    const { command } = item;
    if (stopped.has(command.document)) continue;
    const server = known.get(command.document) ?? contentsOfServer(desk, command.document, unanswered);
    known.set(command.document, server);
    const bytes = Buffer.byteLength(JSON.stringify(command));
    const full = commands.length === maxPackageCommands || commandBytes + bytes > maxPackageCommandBytes;
    if (full || item.sync === 'problem' || !item.contents.every((content) => takeContent(content, whole ? new Set() : server, contents, blobs))) {
      stopped.add(command.document);
      continue;
    }
    commands.push(command);
    commandBytes += bytes;
  }
  return { commands, contents: [...contents.values()], contentBytes: [...contents.values()].reduce((sum, { lengthBytes }) => sum + lengthBytes, 0) };
}

/** False: the content must be carried and is not on this machine. */
function takeContent(content: OutboxItem['contents'][number], server: ReadonlySet<Sha256>, taken: Map<Sha256, PlannedContent>, blobs: BlobStore): boolean {
  if (server.has(content.sha256) || taken.has(content.sha256)) return true;
  const sizeBytes = blobs.findSize(content.sha256);
  if (sizeBytes === null) return false;
  const base = findBase(content, server, taken);
  const baseBytes = base === null ? null : blobs.findSize(base);
  const tail = baseBytes !== null && baseBytes < sizeBytes ? sizeBytes - baseBytes : sizeBytes;
  taken.set(content.sha256, { sha256: content.sha256, sizeBytes, base: tail < sizeBytes ? base : null, lengthBytes: tail });
  return true;
}

function findBase({ parent }: ContentRef, server: ReadonlySet<Sha256>, taken: ReadonlyMap<Sha256, PlannedContent>): Sha256 | null {
  return parent !== null && (server.has(parent) || taken.has(parent)) ? parent : null;
}

function contentsOfServer(desk: DeskStore, document: DocumentId, unanswered: ReadonlySet<CommandId>): ReadonlySet<Sha256> {
  const contents = new Set<Sha256>();
  for (const event of desk.readLog(document)) {
    if (event.command === null || !unanswered.has(event.command)) for (const { sha256 } of contentsOf(event)) contents.add(sha256);
  }
  return contents;
}
