import type { Folder, SyncState } from '../../../src-shared/contract/documents.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { StoredDocument } from '../../ports/store.ts';
import type { ReadableDb } from '../driver.ts';
import { matchExpression } from './search.ts';

export type ListQuery = { readonly folder: Folder; readonly me: string; readonly text: string; readonly offset: number; readonly limit: number };

export type DocumentLists = {
  readonly find: (id: DocumentId) => StoredDocument | null;
  readonly list: (query: ListQuery) => { readonly total: number; readonly rows: readonly StoredDocument[] };
  readonly counts: (me: string) => Readonly<Record<Folder, number>>;
  readonly withContent: (sha256: Sha256) => readonly DocumentId[];
};

type Row = { readonly state: string; readonly sync: number | null; readonly report: string | null };
type Bound = { readonly me?: string; readonly match?: string; readonly offset?: number; readonly limit?: number };
type Count = { readonly n: number };

/** Which documents lie in a folder; `:me` is the person's id. */
const folderRule: Readonly<Record<Folder, string>> = {
  incoming: "d.direction = 'incoming'",
  signing: "d.direction = 'outgoing' AND d.stage = 'submitted'",
  issuing: "d.direction = 'outgoing' AND d.stage IN ('approved', 'issued')",
  outgoing: "d.direction = 'outgoing'",
  tasks: "d.direction = 'incoming' AND d.row IN (SELECT document FROM assignee WHERE person = :me)",
};

/** What of a folder waits for someone: the figure in the rail. */
const waitingRule: Readonly<Record<Folder, string>> = {
  incoming: "d.direction = 'incoming' AND d.stage = 'arrived'",
  signing: folderRule.signing,
  issuing: folderRule.issuing,
  outgoing: "d.direction = 'outgoing' AND d.stage IN ('draft', 'returned')",
  tasks: "d.direction = 'incoming' AND d.row IN (SELECT document FROM assignee WHERE person = :me AND part IN ('lead', 'support'))",
};

const matchRule = 'd.row IN (SELECT rowid FROM document_search WHERE document_search MATCH :match)';

/** The most urgent state of a document's commands; `applied` ones are the server's already. */
const columns = `
  d.state AS state,
  (SELECT max(CASE o.state WHEN 'problem' THEN 4 WHEN 'sending' THEN 3 WHEN 'confirming' THEN 2 WHEN 'waiting' THEN 1 ELSE 0 END)
     FROM outbox o WHERE o.document = d.id) AS sync,
  (SELECT r.json FROM report r WHERE r.sha256 = d.content_sha256) AS report`;
const syncByRank: readonly SyncState[] = ['synced', 'waiting', 'confirming', 'sending', 'problem'];

export function createDocumentLists(db: ReadableDb): DocumentLists {
  const findOne = db.read<[string], Row>(`SELECT ${columns} FROM document d WHERE d.id = ?`);
  const withContent = db.read<[string], { id: DocumentId }>('SELECT id FROM document WHERE content_sha256 = ? ORDER BY id');
  const plain = mapFolders((folder) => prepareFolder(db, folder, false));
  const searched = mapFolders((folder) => prepareFolder(db, folder, true));
  const waiting = mapFolders((folder) => db.read<[Bound], Count>(`SELECT count(*) AS n FROM document d WHERE ${waitingRule[folder]}`));

  return {
    find: (id) => {
      const row = findOne.get(id);
      return row === undefined ? null : toStored(row);
    },
    list: ({ folder, me, text, offset, limit }) => {
      const match = matchExpression(text);
      const statements = match === null ? plain[folder] : searched[folder];
      const bound = { ...(folder === 'tasks' ? { me } : {}), ...(match === null ? {} : { match }) };
      return {
        total: statements.count.get(bound)?.n ?? 0,
        rows: statements.page.all({ ...bound, offset, limit }).map(toStored),
      };
    },
    counts: (me) => mapFolders((folder) => waiting[folder].get(folder === 'tasks' ? { me } : {})?.n ?? 0),
    withContent: (sha256) => withContent.all(sha256).map((row) => row.id),
  };
}

/** Counts and pages of one folder; `searched` adds the words (`:match`). For the test that looks at their plans, too. */
export function folderSql(folder: Folder, searched: boolean): { readonly count: string; readonly page: string } {
  const rule = searched ? `${folderRule[folder]} AND ${matchRule}` : folderRule[folder];
  return {
    count: `SELECT count(*) AS n FROM document d WHERE ${rule}`,
    // The inner query walks the index alone, so that a far page does not read the states it skips.
    page: `
      SELECT ${columns}
      FROM (SELECT d.row AS row FROM document d WHERE ${rule} ORDER BY d.listed_at_ms DESC, d.id DESC LIMIT :limit OFFSET :offset) page
      JOIN document d ON d.row = page.row
      ORDER BY d.listed_at_ms DESC, d.id DESC`,
  };
}

function prepareFolder(db: ReadableDb, folder: Folder, searched: boolean) {
  const sql = folderSql(folder, searched);
  return { count: db.read<[Bound], Count>(sql.count), page: db.read<[Bound], Row>(sql.page) };
}

function mapFolders<T>(make: (folder: Folder) => T): Record<Folder, T> {
  return { incoming: make('incoming'), signing: make('signing'), issuing: make('issuing'), outgoing: make('outgoing'), tasks: make('tasks') };
}

function toStored(row: Row): StoredDocument {
  return {
    state: JSON.parse(row.state) as DocumentState,
    sync: syncByRank[row.sync ?? 0] ?? 'synced',
    report: row.report === null ? null : (JSON.parse(row.report) as VerificationReport),
  };
}
