import type { BookId } from '../../../src-shared/domain/ids.ts';
import type { Person } from '../../../src-shared/domain/organization.ts';
import type { BookLease } from '../../../src-shared/protocol/wire.ts';
import type { ReadableDb, WritableDb } from '../driver.ts';

export type OfficeReader = {
  readonly findBook: (id: BookId) => BookLease | null;
  readonly people: () => readonly Person[];
  readonly setting: (key: string) => string | null;
  readonly cursor: () => string | null;
};

export type OfficeWriter = {
  readonly putBook: (lease: BookLease) => void;
  /** Throws when this desk does not hold the book. */
  readonly useNumber: (id: BookId, used: number) => void;
  /** False, and the book stays as it is, when another number was taken after this one or the book was lent anew. */
  readonly giveBack: (entry: { readonly book: BookId; readonly epoch: number; readonly number: number }) => boolean;
  readonly putPeople: (people: readonly Person[]) => void;
  readonly setSetting: (key: string, value: string) => void;
  readonly setCursor: (value: string) => void;
};

export function createOfficeReader(db: ReadableDb): OfficeReader {
  const book = db.read<[string], BookLease>('SELECT id AS book, epoch, next, reserve_end AS reserveEnd FROM book WHERE id = ?');
  const people = db.read<[], { json: string }>('SELECT json FROM person ORDER BY row');
  const setting = db.read<[string], { value: string }>('SELECT value FROM setting WHERE key = ?');
  const cursor = db.read<[], { value: string }>('SELECT value FROM cursor WHERE one = 1');
  return {
    findBook: (id) => book.get(id) ?? null,
    people: () => people.all().map((row) => JSON.parse(row.json) as Person),
    setting: (key) => setting.get(key)?.value ?? null,
    cursor: () => cursor.get()?.value ?? null,
  };
}

export function createOfficeWriter(db: WritableDb): OfficeWriter {
  // The server may not know yet which numbers were given out here, so under one epoch `next` never goes back; an older epoch
  // is an answer that was overtaken.
  const putBook = db.write<[string, number, number, number]>(`
    INSERT INTO book (id, epoch, next, reserve_end) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
      next = CASE WHEN excluded.epoch = epoch THEN max(next, excluded.next) ELSE excluded.next END,
      reserve_end = excluded.reserve_end,
      epoch = excluded.epoch
    WHERE excluded.epoch >= epoch`);
  const useNumber = db.write<[number, string]>('UPDATE book SET next = max(next, ? + 1) WHERE id = ?');
  const giveBack = db.write<[number, string, number, number]>('UPDATE book SET next = ? WHERE id = ? AND epoch = ? AND next = ?');
  const clearPeople = db.write<[]>('DELETE FROM person');
  const addPerson = db.write<[string, string]>('INSERT INTO person (id, json) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  const setSetting = db.write<[string, string]>('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  const setCursor = db.write<[string]>('INSERT INTO cursor (one, value) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET value = excluded.value');
  return {
    putBook: (lease) => void putBook.run(lease.book, lease.epoch, lease.next, lease.reserveEnd),
    useNumber: (id, used) => {
      if (useNumber.run(used, id).changes !== 1) throw new Error(`number ${used} was taken from book ${id}, which this desk does not hold`);
    },
    giveBack: ({ book, epoch, number }) => giveBack.run(number, book, epoch, number + 1).changes === 1,
    putPeople: (people) => {
      clearPeople.run();
      for (const person of people) addPerson.run(person.id, JSON.stringify(person));
    },
    setSetting: (key, value) => void setSetting.run(key, value),
    setCursor: (value) => void setCursor.run(value),
  };
}
