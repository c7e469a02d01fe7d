import type { ContentRef, LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { contentsOf } from '../../../src-shared/domain/log.ts';
import type { ReadableDb, WritableDb } from '../driver.ts';

type Json = { readonly json: string };

export type EventReader = {
  readonly server: (document: DocumentId) => readonly LogEvent[];
  readonly local: (document: DocumentId) => readonly LogEvent[];
};

export type EventWriter = {
  /** Keeps the first `from` events of the server's list and writes the rest of `events`, the whole list, after them. */
  readonly replaceServer: (document: DocumentId, events: readonly LogEvent[], from: number) => void;
  /** The first events of a log that has none; `told` is their canonical JSON. */
  readonly begin: (document: DocumentId, events: readonly LogEvent[], told: readonly string[]) => void;
  readonly replaceLocal: (document: DocumentId, events: readonly LogEvent[]) => void;
};

export function createEventReader(db: ReadableDb): EventReader {
  // 'server' sorts after 'local', so one ordered read of both would be the wrong way round.
  const list = db.read<[string, string], Json>('SELECT json FROM event WHERE document = ? AND origin = ? ORDER BY position');
  const of = (document: DocumentId, origin: string): readonly LogEvent[] =>
    list.all(document, origin).map((row) => JSON.parse(row.json) as LogEvent);
  return { server: (document) => of(document, 'server'), local: (document) => of(document, 'local') };
}

export function createEventWriter(db: WritableDb): EventWriter {
  const cut = db.write<[string, string, number]>('DELETE FROM event WHERE document = ? AND origin = ? AND position >= ?');
  const add = db.write<[string, string, number, string | null, string]>('INSERT INTO event (document, origin, position, command_id, json) VALUES (?, ?, ?, ?, ?)');
  const cutNamed = db.write<[string, string, number]>('DELETE FROM named_content WHERE document = ? AND origin = ? AND position >= ?');
  const addNamed = db.write<[string, string, number, string]>('INSERT OR IGNORE INTO named_content (document, origin, position, sha256) VALUES (?, ?, ?, ?)');
  const put = (document: DocumentId, origin: string, position: number, event: LogEvent, json: string): void => {
    add.run(document, origin, position, event.command, json);
    for (const { sha256 } of namedBeside(event)) addNamed.run(document, origin, position, sha256);
  };
  const replace = (document: DocumentId, origin: string, events: readonly LogEvent[], from: number): void => {
    cut.run(document, origin, from);
    cutNamed.run(document, origin, from);
    events.slice(from).forEach((event, i) => put(document, origin, from + i, event, JSON.stringify(event)));
  };
  return {
    begin: (document, events, told) => {
      for (const [position, event] of events.entries()) put(document, 'server', position, event, told[position] ?? '');
    },
    replaceServer: (document, events, from) => replace(document, 'server', events, from),
    replaceLocal: (document, events) => replace(document, 'local', events, 0),
  };
}

/** What an event names beside its own content, which an index of the log knows. */
export function namedBeside(event: LogEvent): readonly ContentRef[] {
  return 'attachments' in event || 'grant' in event || 'minutes' in event ? contentsOf(event).filter((content) => !('content' in event) || content !== event.content) : [];
}
