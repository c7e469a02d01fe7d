import type { LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
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
  const replace = (document: DocumentId, origin: string, events: readonly LogEvent[], from: number): void => {
    cut.run(document, origin, from);
    events.slice(from).forEach((event, i) => add.run(document, origin, from + i, event.command, JSON.stringify(event)));
  };
  return {
    begin: (document, events, told) => {
      for (const [position, event] of events.entries()) add.run(document, 'server', position, event.command, told[position] ?? '');
    },
    replaceServer: (document, events, from) => replace(document, 'server', events, from),
    replaceLocal: (document, events) => replace(document, 'local', events, 0),
  };
}
