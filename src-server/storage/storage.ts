import path from 'node:path';
import type { OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import { createAccounts } from './accounts.ts';
import { createBooks } from './books.ts';
import { createContentFolder } from './content.ts';
import { createDocuments } from './documents.ts';
import { openDatabase, readEpoch } from './sqlite.ts';
import { createUploads } from './uploads.ts';

export type Storage = ReturnType<typeof openStorage>;

/** All that the server keeps under `dir`: one database and one folder of content. */
export function openStorage(dir: string) {
  const content = createContentFolder(dir);
  const db = openDatabase(path.join(dir, 'server.db'));
  const uploads = createUploads(db);
  return {
    epoch: readEpoch(db),
    content,
    uploads,
    accounts: createAccounts(db),
    documents: createDocuments(db),
    books: createBooks(db),
    /** The content is here and this unit may name it in a command or continue it by a tail. */
    mayName: (unit: OrganizationCode, sha256: Sha256): boolean => uploads.mayName(unit, sha256) && content.has(sha256),
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    close: () => {
      db.close();
    },
  };
}
