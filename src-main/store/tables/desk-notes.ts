import type { CommandId, PersonId } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../driver.ts';

/** What this desk remembers for itself and never sends: directives given here, and forms that are being filled in. */
export type DeskNotes = {
  readonly addDirective: (command: CommandId, text: string, atMs: number) => void;
  readonly removeDirective: (command: CommandId) => void;
  readonly phrases: (nowMs: number, limit: number) => readonly string[];
  readonly readForm: (person: PersonId, key: string) => { readonly value: string; readonly at: string } | null;
  readonly keepForm: (person: PersonId, key: string, form: { readonly value: string; readonly at: string }) => void;
  readonly dropForm: (person: PersonId, key: string) => void;
};

/** A use counts half after so long. */
const halfLifeMs = 30 * 86_400_000;
const keptDirectives = 500;

export function createDeskNotes(db: WritableDb): DeskNotes {
  const add = db.write<[string, string, number]>('INSERT OR IGNORE INTO directive (command_id, text, at_ms) VALUES (?, ?, ?)');
  const trim = db.write<[number]>('DELETE FROM directive WHERE command_id IN (SELECT command_id FROM directive ORDER BY at_ms DESC, command_id DESC LIMIT -1 OFFSET ?)');
  const remove = db.write<[string]>('DELETE FROM directive WHERE command_id = ?');
  const directives = db.read<[], { text: string; atMs: number }>('SELECT text, at_ms AS atMs FROM directive');
  const form = db.read<[string, string], { value: string; at: string }>('SELECT value, at FROM kept_form WHERE person = ? AND key = ?');
  const keep = db.write<[string, string, string, string]>(
    'INSERT INTO kept_form (person, key, value, at) VALUES (?, ?, ?, ?) ON CONFLICT (person, key) DO UPDATE SET value = excluded.value, at = excluded.at',
  );
  const drop = db.write<[string, string]>('DELETE FROM kept_form WHERE person = ? AND key = ?');
  return {
    addDirective: (command, text, atMs) => {
      if (text.trim() === '') return;
      add.run(command, text.trim(), atMs);
      trim.run(keptDirectives);
    },
    removeDirective: (command) => void remove.run(command),
    phrases: (nowMs, limit) => {
      const weight = new Map<string, number>();
      for (const { text, atMs } of directives.all()) weight.set(text, (weight.get(text) ?? 0) + 0.5 ** ((nowMs - atMs) / halfLifeMs));
      return [...weight].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit).map(([text]) => text);
    },
    readForm: (person, key) => form.get(person, key) ?? null,
    keepForm: (person, key, { value, at }) => void keep.run(person, key, value, at),
    dropForm: (person, key) => void drop.run(person, key),
  };
}
