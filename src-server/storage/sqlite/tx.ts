import type { Tx } from '../port.ts';
import type { Db } from './open.ts';
import { createAccounts } from './tables/accounts.ts';
import { createAnswers } from './tables/answers.ts';
import { createAudit } from './tables/audit.ts';
import { createAxis } from './tables/axis.ts';
import { createBooks } from './tables/books.ts';
import { createDirectory } from './tables/directory.ts';
import { createDocuments } from './tables/documents.ts';
import { createFigures } from './tables/figures.ts';
import { createSessions } from './tables/sessions.ts';
import { createSettings } from './tables/settings.ts';
import { createUploads } from './tables/uploads.ts';

/** Every table over one connection, its statements prepared once. */
export function createTx(db: Db): Tx {
  const accounts = createAccounts(db);
  return {
    accounts,
    answers: createAnswers(db),
    audit: createAudit(db),
    axis: createAxis(db),
    books: createBooks(db),
    directory: createDirectory(db),
    documents: createDocuments(db),
    figures: createFigures(db),
    sessions: createSessions(db),
    settings: createSettings(db),
    uploads: createUploads(db),
  };
}
