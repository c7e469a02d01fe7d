import type { BookId, OrganizationCode, DocumentId } from '../src-shared/domain/ids.ts';
import { plainEntry, type DirectoryEntry, type Organization } from '../src-shared/domain/organization.ts';
import type { GoneReason } from '../src-shared/protocol/wire.ts';
import { createAccounts, type AccountDeeds } from './features/accounts.ts';
import { auditEntry } from './features/audit.ts';
import type { Deps } from './features/deps.ts';
import { putQuota } from './features/quota.ts';
import { endSnapshots } from './features/snapshot.ts';
import type { BookTable } from './storage/port.ts';

/** Sets the office up. Not reachable over the line. `by`: who ordered it, for the audit. */
export type ServerAdmin = AccountDeeds & {
  readonly addOrganization: (organization: Organization) => Promise<void>;
  /** New or changed entries of the directory. */
  readonly putDirectory: (entries: readonly DirectoryEntry[], by?: string) => Promise<void>;
  /** The first number of a book that nobody has held yet. Throws on one in use. */
  readonly setBookStart: (book: BookId, nextNumber: number, by?: string) => Promise<void>;
  /** Takes a book from its holder; its unused numbers become void and the next holder starts after them. */
  readonly releaseBook: (book: BookId, by?: string) => Promise<void>;
  /** Every number given out or void (`document` null), in order. */
  readonly readBook: BookTable['numbers'];
  /** The largest attachment of a unit; of every unit that has no quota of its own where `unit` is null. */
  readonly setQuota: (unit: OrganizationCode | null, bytes: number, by?: string) => Promise<void>;
  /** Takes a document out of a unit's sight. False: it is not there, or gone already. */
  readonly withdraw: (unit: OrganizationCode, document: DocumentId, reason: GoneReason, by?: string) => Promise<boolean>;
};

const largestWrite = 5000;

export function createAdmin({ storage, passwords, now }: Deps): ServerAdmin {
  const note = (entry: Omit<Parameters<typeof auditEntry>[0], 'atMs' | 'user'>, by: string) => auditEntry({ atMs: now(), user: by, ...entry });
  const unitOf = (book: BookId) => (book.split('/')[0] ?? '') as OrganizationCode;

  return {
    ...createAccounts({ storage, passwords, now }),
    addOrganization: (organization) => storage.transaction((tx) => tx.directory.put([plainEntry(organization)])),
    putDirectory: async (entries, by = 'console') => {
      // in pieces, so that a directory of a whole country holds nobody up
      for (let at = 0; at < entries.length; at += largestWrite) await storage.transaction((tx) => tx.directory.put(entries.slice(at, at + largestWrite)));
      await storage.transaction((tx) => tx.audit.append(note({ unit: null, action: 'settings.changed', subject: 'directory', detail: { entries: entries.length } }, by)));
    },
    setBookStart: async (book, nextNumber, by = 'console') => {
      const set = await storage.transaction(async (tx) => {
        if (!(await tx.books.setStart(book, unitOf(book), nextNumber))) return false;
        await tx.audit.append(note({ unit: unitOf(book), action: 'book.started', subject: book, detail: { next: nextNumber } }, by));
        return true;
      });
      if (!set) throw new Error(`book ${book} is in use`);
    },
    releaseBook: (book, by = 'console') =>
      storage.transaction(async (tx) => {
        const holder = await tx.books.holder(book);
        if (holder === null || holder.station === null) return;
        await tx.books.release(book);
        await tx.audit.append(note({ unit: unitOf(book), action: 'book.released', subject: book, detail: { epoch: holder.epoch, station: holder.station } }, by));
      }),
    readBook: (book) => storage.read((tx) => tx.books.numbers(book)),
    setQuota: (unit, bytes, by = 'console') =>
      storage.transaction(async (tx) => {
        await putQuota(tx, unit, bytes);
        await tx.audit.append(note({ unit, action: 'settings.changed', subject: 'quota', detail: { bytes } }, by));
      }),
    withdraw: async (unit, document, reason, by = 'console') => {
      const done = await storage.transaction(async (tx) => {
        await tx.documents.lock(unit, document);
        if ((await tx.documents.findGone(unit, document)) !== null || (await tx.documents.readEvents(unit, document)).length === 0) return false;
        await tx.documents.withdraw(unit, document, reason);
        await tx.audit.append(note({ unit, action: 'document.withdrawn', subject: document, detail: { reason } }, by));
        await tx.documents.touch([{ unit, id: document }]);
        await endSnapshots(tx, unit);
        return true;
      });
      if (done) await storage.announce([unit]);
      return done;
    },
  };
}
