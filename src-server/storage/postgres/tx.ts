import type { Tx } from '../port.ts';
import type { Session } from './session.ts';
import { createAccounts } from './tables/accounts.ts';
import { createAnswers } from './tables/answers.ts';
import { createAudit } from './tables/audit.ts';
import { createAxis } from './tables/axis.ts';
import { createBooks } from './tables/books.ts';
import { createDirectory } from './tables/directory.ts';
import { createDocuments } from './tables/documents.ts';
import { createFigures } from './tables/figures.ts';
import { createLogs } from './tables/logs.ts';
import { createSessions } from './tables/sessions.ts';
import { createSettings } from './tables/settings.ts';
import { createUploads } from './tables/uploads.ts';

/** Every table in one transaction. `flush` sends what is still to be written, the feed's counters last. */
export function createTx(session: Session): { readonly tx: Tx; readonly flush: () => readonly Promise<unknown>[] } {
  const logs = createLogs(session);
  const answers = createAnswers(session);
  const books = createBooks(session);
  const flush = () => {
    // a change that the feed is not told of is found before anything is sent
    logs.check();
    return [...books.flush(), ...answers.flush(), ...logs.flush()];
  };
  return {
    flush,
    tx: {
      documents: createDocuments(session, logs, async () => void (await Promise.all(flush()))),
      answers: answers.table,
      books: books.table,
      uploads: createUploads(session, logs),
      accounts: createAccounts(session),
      sessions: createSessions(session),
      directory: createDirectory(session),
      audit: createAudit(session),
      axis: createAxis(session),
      figures: createFigures(session),
      settings: createSettings(session),
    },
  };
}
