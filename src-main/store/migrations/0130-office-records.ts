import type { DocumentState, LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { isRecord, replayLog } from '../../../src-shared/domain/log.ts';
import type { WritableDb } from '../driver.ts';
import type { Migration } from '../migrate.ts';
import { ownColumnNames, ownColumns, sourceOf, type OwnColumns } from '../tables/document-columns.ts';
import { namedBeside } from '../tables/events.ts';
import { recordColumnNames, recordColumns, type RecordColumns } from '../tables/record-columns.ts';
import { answeringStagesSql, endedStagesSql, isOpenSql, taskColumnNames, taskColumns, type TaskColumns } from '../tables/task-columns.ts';

const assigneeColumns = `
      person TEXT NOT NULL,
      part TEXT NOT NULL CHECK (part IN ('lead', 'support', 'inform')),
      state TEXT NOT NULL,
      deadline TEXT,
      given_at_ms INTEGER NOT NULL,
      done_at_ms INTEGER`;
const recordHolds = `
      INSERT INTO dossier_document (dossier, position, document) SELECT NEW.id, key, value FROM json_each(NEW.state, '$.documents');
      INSERT INTO attached (holder, sha256) SELECT DISTINCT NEW.id, sha256 FROM (
        SELECT json_extract(value, '$.content.sha256') AS sha256 FROM json_each(NEW.state, '$.grants')
        UNION ALL SELECT json_extract(NEW.state, '$.handOver.minutes.sha256')) WHERE sha256 IS NOT NULL;`;

/**
 * What an office keeps beside its documents, and whose task each of them is.
 *
 * `record`: one row for the office's own settlements, one for each year's list of dossiers, one for each dossier. `dossier_document`: what lies in which.
 * `attached`: the files that a state names beside a document's own content; `named_content`: the same of every event, so that no file goes that a log names.
 * Triggers keep what hangs on a record. There are none on documents and events, of which there are a million: a row would cost half as much again.
 * `document.book`, `book_number`: the register and its number; `origin`: the sender's document; `number_key`: number and notation of what came, folded; `asked`: its
 * sender waits for an answer. `assignee` is by the tasks: `open` is 1 for as long as lead or support is still to be done and the document goes on.
 *
 * All states are folded anew, for they say more than before. What was here of a snapshot was made ready by the older program, and is asked for again.
 */
export const officeRecords: Migration = { number: 130, name: 'office records', file: 'desk', sql: script(), fill };

function script(): string {
  return `
    CREATE TABLE record (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      unit TEXT NOT NULL,
      year INTEGER NOT NULL,
      code TEXT NOT NULL,
      stage TEXT NOT NULL,
      words TEXT NOT NULL,
      state TEXT NOT NULL
    ) STRICT;
    CREATE INDEX record_list ON record (kind, year DESC, code, id, stage, words);
    CREATE TABLE dossier_document (
      dossier TEXT NOT NULL,
      position INTEGER NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (dossier, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX dossier_document_by_document ON dossier_document (document, dossier);
    CREATE TABLE attached (
      holder TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (holder, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attached_by_content ON attached (sha256, holder);
    CREATE TABLE named_content (
      document TEXT NOT NULL,
      origin TEXT NOT NULL,
      position INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (document, origin, position, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX named_content_by_content ON named_content (sha256);

    CREATE TRIGGER record_added AFTER INSERT ON record BEGIN ${recordHolds} END;
    CREATE TRIGGER record_changed AFTER UPDATE OF state ON record BEGIN
      DELETE FROM dossier_document WHERE dossier = NEW.id;
      DELETE FROM attached WHERE holder = NEW.id;
      ${recordHolds}
    END;
    CREATE TRIGGER record_removed AFTER DELETE ON record BEGIN
      DELETE FROM dossier_document WHERE dossier = OLD.id;
      DELETE FROM attached WHERE holder = OLD.id;
    END;

    ALTER TABLE document ADD COLUMN book TEXT;
    ALTER TABLE document ADD COLUMN book_number INTEGER;
    ALTER TABLE document ADD COLUMN origin TEXT;
    ALTER TABLE document ADD COLUMN number_key TEXT;
    ALTER TABLE document ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;

    DROP TABLE assignee;
    CREATE TABLE assignee (
      ${assigneeColumns},
      document INTEGER NOT NULL REFERENCES document (row) ON DELETE CASCADE,
      open INTEGER NOT NULL,
      PRIMARY KEY (person, document)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX assignee_by_document ON assignee (document);

    DELETE FROM snapshot;
    DELETE FROM snapshot_link;
    DELETE FROM snapshot_event;
    DELETE FROM snapshot_changed;
    DROP TABLE snapshot_document;
    DROP TABLE snapshot_assignee;
    CREATE TABLE snapshot_document (
      row INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      direction TEXT NOT NULL,
      stage TEXT NOT NULL,
      listed_at_ms INTEGER NOT NULL,
      issuing_office TEXT NOT NULL,
      number INTEGER,
      content_sha256 TEXT NOT NULL,
      state TEXT NOT NULL,
      kind TEXT NOT NULL,
      urgency TEXT NOT NULL,
      arrival_number INTEGER,
      dated_on TEXT NOT NULL,
      deadline TEXT,
      in_reply_to TEXT,
      book TEXT,
      book_number INTEGER,
      origin TEXT,
      number_key TEXT,
      asked INTEGER NOT NULL DEFAULT 0,
      sender TEXT NOT NULL,
      words TEXT NOT NULL
    ) STRICT;
    CREATE TABLE snapshot_assignee (
      ${assigneeColumns},
      document TEXT NOT NULL,
      PRIMARY KEY (document, person)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_named (
      document TEXT NOT NULL,
      position INTEGER NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (document, position, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_attached (
      holder TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (holder, sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snapshot_record (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      unit TEXT NOT NULL,
      year INTEGER NOT NULL,
      code TEXT NOT NULL,
      stage TEXT NOT NULL,
      words TEXT NOT NULL,
      state TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `;
}

/** Built when the columns are filled. */
const indexes = `
  CREATE INDEX document_by_book ON document (direction, book, book_number, id) WHERE book IS NOT NULL;
  CREATE INDEX document_by_origin ON document (origin) WHERE origin IS NOT NULL;
  CREATE INDEX document_by_number_key ON document (number_key, issuing_office) WHERE number_key IS NOT NULL;
  CREATE INDEX document_asked ON document (listed_at_ms) WHERE asked = 1;
  CREATE INDEX assignee_open ON assignee (deadline IS NULL, deadline, document, person) WHERE open = 1;
  CREATE INDEX assignee_done ON assignee (done_at_ms DESC, document, person) WHERE state = 'done';
  CREATE INDEX assignee_given ON assignee (given_at_ms DESC, document, person);`;

/** Documents whose logs are read at a time. */
const atOnce = 1000;
/** What lists have indexes of stays untouched where it is as it was: most of the time that this takes is theirs. */
const unindexed = ['state', 'book', 'book_number', 'origin', 'number_key', 'asked'] as const;

function fill(db: WritableDb): void {
  const page = db.readColumn<[string], DocumentId>(`SELECT DISTINCT document FROM event WHERE document > ? ORDER BY document LIMIT ${atOnce}`);
  // 'server' sorts after 'local', and comes first
  const logs = db.read<[string, string], { document: DocumentId; origin: string; position: number; json: string }>('SELECT document, origin, position, json FROM event WHERE document > ? AND document <= ? ORDER BY document, origin DESC, position');
  const find = db.read<[string], { readonly row: number } & Readonly<Record<(typeof ownColumnNames)[number], string | number | null>>>(`SELECT row, ${ownColumnNames.join(', ')} FROM document WHERE id = ?`);
  const updateAll = db.write<[...OwnColumns, number]>(`UPDATE document SET ${ownColumnNames.map((name) => `${name} = ?`).join(', ')} WHERE row = ?`);
  const updateFew = db.write<[...(string | number | null)[]]>(`UPDATE document SET ${unindexed.map((name) => `${name} = ?`).join(', ')} WHERE row = ?`);
  const addTask = db.write<[...TaskColumns, number]>(`INSERT OR IGNORE INTO assignee (${taskColumnNames.join(', ')}, document, open) VALUES (${taskColumnNames.map(() => '?').join(', ')}, ?, 0)`);
  const addRecord = db.write<[string, ...RecordColumns]>(`INSERT INTO record (id, ${recordColumnNames.join(', ')}) VALUES (?${', ?'.repeat(recordColumnNames.length)})`);

  const addAttached = db.write<[string, string]>('INSERT OR IGNORE INTO attached (holder, sha256) VALUES (?, ?)');
  const addNamed = db.write<[string, string, number, string]>('INSERT OR IGNORE INTO named_content (document, origin, position, sha256) VALUES (?, ?, ?, ?)');

  const rebuild = (id: DocumentId, events: readonly LogEvent[]): void => {
    const state = replayLog(id, events);
    if (state === null) return;
    if (isRecord(state)) return void addRecord.run(id, ...recordColumns(state));
    const before = find.get(id);
    if (before !== undefined) put(before.row, before, state, events);
  };
  const put = (row: number, before: Readonly<Record<string, string | number | null>>, state: DocumentState, events: readonly LogEvent[]): void => {
    const columns = ownColumns(state, sourceOf(events));
    const named = new Map<string, string | number | null>(ownColumnNames.map((name, index) => [name, columns[index] ?? null]));
    const changed = ownColumnNames.filter((name) => before[name] !== named.get(name));
    if (changed.every((name) => (unindexed as readonly string[]).includes(name))) {
      if (changed.length > 0) updateFew.run(...unindexed.map((name) => named.get(name) ?? null), row);
    } else updateAll.run(...columns, row);
    for (const { sha256 } of state.attachments) addAttached.run(state.id, sha256);
    for (const task of state.tasks) addTask.run(...taskColumns(task), row);
  };

  for (let after = ''; ;) {
    const ids = page.all(after);
    const last = ids.at(-1);
    if (last === undefined) break;
    const read = new Map<DocumentId, LogEvent[]>();
    for (const { document, origin, position, json } of logs.all(after, last)) {
      const events = read.get(document);
      const event = JSON.parse(json) as LogEvent;
      for (const { sha256 } of namedBeside(event)) addNamed.run(document, origin, position, sha256);
      if (events === undefined) read.set(document, [event]);
      else events.push(event);
    }
    for (const [id, events] of read) rebuild(id, events);
    after = last;
  }
  db.script(`
    UPDATE document SET open = 1 - open WHERE open <> (direction = 'incoming' AND stage NOT IN ${endedStagesSql} AND NOT EXISTS (
      SELECT 1 FROM document answer INDEXED BY document_answers WHERE answer.in_reply_to = document.id AND answer.direction = 'outgoing' AND answer.stage IN ${answeringStagesSql}));
    UPDATE document SET due = iif(open = 1, deadline, NULL) WHERE due IS NOT iif(open = 1, deadline, NULL);
    UPDATE assignee SET open = 1 WHERE ${isOpenSql} AND (SELECT open FROM document WHERE document.row = assignee.document) = 1;
    DELETE FROM load;
    INSERT INTO load (person, due, documents) SELECT person, coalesce(deadline, ''), count(*) FROM assignee WHERE open = 1 GROUP BY 1, 2;
    ${indexes}`);
}
