import type { LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { isRecord, type LogState } from '../../../src-shared/domain/log.ts';
import type { WritableDb } from '../driver.ts';
import { ownColumnNames, ownColumns, sourceOf, type OwnColumns } from './document-columns.ts';
import { ownWords } from './document-words.ts';
import { namedBeside } from './events.ts';
import type { Link } from './links.ts';
import { recordColumnNames, recordColumns, type RecordColumns } from './record-columns.ts';
import { answeringStagesSql, endedStagesSql, isOpenSql, taskColumnNames, taskColumns, type TaskColumns } from './task-columns.ts';

export type SnapshotTables = {
  readonly run: () => { readonly info: string; readonly nextOffset: number; readonly documents: number; readonly digest: string } | null;
  /** Forgets the one before. */
  readonly begin: (info: string, digest: string) => void;
  readonly advance: (nextOffset: number, documents: number, digest: string) => void;
  readonly findLink: (document: DocumentId) => Link | null;
  readonly addLink: (document: DocumentId, link: Link) => void;
  readonly isStaged: (document: DocumentId) => boolean;
  /** The whole of a document or a record, ready for the swap. */
  readonly stage: (state: LogState, events: readonly LogEvent[]) => void;
  /** Lists what differs from the desk and what is not in the snapshot; returns how many. */
  readonly compare: () => number;
  /** Contents that logs name which are about to change or go. */
  readonly contentsAtStake: () => readonly Sha256[];
  /** All that was compared takes the snapshot's place, by sets; documents with commands of ours are left to be projected. */
  readonly swap: (reader: string) => void;
  readonly changed: () => readonly { readonly document: DocumentId; readonly gone: number; readonly pending: number }[];
  readonly clear: () => void;
};

const own = ownColumnNames.join(', ');
const record = recordColumnNames.join(', ');
const tasks = taskColumnNames.join(', ');
const changedRows = 'SELECT d.row FROM snapshot_changed c CROSS JOIN document d ON d.id = c.document WHERE c.pending = 0';

/** In this order; set by set, so that 300,000 documents are no 300,000 round trips. */
export const swapSql = [
  'INSERT OR IGNORE INTO figure_due (id) SELECT document FROM snapshot_changed',
  "DELETE FROM event WHERE origin = 'server' AND document IN (SELECT document FROM snapshot_changed)",
  "INSERT INTO event (document, origin, position, command_id, json) SELECT document, 'server', position, command_id, json FROM snapshot_event WHERE document IN (SELECT document FROM snapshot_changed)",
  "DELETE FROM named_content WHERE origin = 'server' AND document IN (SELECT document FROM snapshot_changed)",
  "INSERT INTO named_content (document, origin, position, sha256) SELECT n.document, 'server', n.position, n.sha256 FROM snapshot_changed c JOIN snapshot_named n ON n.document = c.document",
  'DELETE FROM attached WHERE holder IN (SELECT document FROM snapshot_changed WHERE pending = 0)',
  'INSERT INTO attached (holder, sha256) SELECT a.holder, a.sha256 FROM snapshot_changed c JOIN snapshot_attached a ON a.holder = c.document WHERE c.pending = 0',
  'DELETE FROM link WHERE document IN (SELECT document FROM snapshot_changed)',
  'INSERT INTO link (document, count, chain) SELECT s.document, s.count, s.chain FROM snapshot_changed c JOIN snapshot_link s ON s.document = c.document',
  'DELETE FROM tombstone WHERE document IN (SELECT document FROM snapshot_link)',
  'DELETE FROM mark WHERE document IN (SELECT document FROM snapshot_changed WHERE gone = 1)',
  'DELETE FROM augmentation WHERE document IN (SELECT document FROM snapshot_changed WHERE gone = 1)',
  `DELETE FROM document_search WHERE rowid IN (${changedRows})`,
  `DELETE FROM assignee WHERE document IN (${changedRows})`,
  'DELETE FROM document WHERE id IN (SELECT document FROM snapshot_changed WHERE gone = 1)',
  `INSERT INTO document (id, ${own}, open, due, unread)
     SELECT s.id, ${ownColumnNames.map((name) => `s.${name}`).join(', ')}, 0, NULL, NOT EXISTS (SELECT 1 FROM mark m WHERE m.person = :reader AND m.document = s.id AND m.sha256 = s.content_sha256)
     FROM snapshot_document s JOIN snapshot_changed c ON c.document = s.id WHERE c.pending = 0 ORDER BY s.row DESC
     ON CONFLICT (id) DO UPDATE SET ${[...ownColumnNames, 'unread'].map((name) => `${name} = excluded.${name}`).join(', ')}`,
  `INSERT INTO assignee (${tasks}, document, open) SELECT ${taskColumnNames.map((name) => `a.${name}`).join(', ')}, d.row, 0 FROM snapshot_changed c JOIN snapshot_assignee a ON a.document = c.document JOIN document d ON d.id = c.document WHERE c.pending = 0`,
  'DELETE FROM record WHERE id IN (SELECT document FROM snapshot_changed WHERE gone = 1)',
  `INSERT INTO record (id, ${record}) SELECT s.id, ${recordColumnNames.map((name) => `s.${name}`).join(', ')} FROM snapshot_changed c JOIN snapshot_record s ON s.id = c.document WHERE c.pending = 0
     ON CONFLICT (id) DO UPDATE SET ${recordColumnNames.map((name) => `${name} = excluded.${name}`).join(', ')}`,
  `INSERT INTO document_search (rowid, words) SELECT d.row, s.words || coalesce((SELECT ' ' || t.words FROM content_text t WHERE t.sha256 = s.content_sha256), '')
     FROM snapshot_changed c JOIN document d ON d.id = c.document JOIN snapshot_document s ON s.id = c.document WHERE c.pending = 0 ORDER BY d.row`,
  'INSERT INTO sender (code, name) SELECT issuing_office, max(sender) FROM snapshot_document WHERE id IN (SELECT document FROM snapshot_changed) GROUP BY 1 ON CONFLICT (code) DO UPDATE SET name = excluded.name',
  `UPDATE document SET open = 1 - open WHERE open <> (direction = 'incoming' AND stage NOT IN ${endedStagesSql} AND NOT EXISTS (
     SELECT 1 FROM document answer WHERE answer.in_reply_to = document.id AND answer.direction = 'outgoing' AND answer.stage IN ${answeringStagesSql}))`,
  'UPDATE document SET due = iif(open = 1, deadline, NULL) WHERE due IS NOT iif(open = 1, deadline, NULL)',
  'DELETE FROM tally',
  'INSERT INTO tally (direction, stage, documents) SELECT direction, stage, count(*) FROM document GROUP BY direction, stage',
  `UPDATE assignee SET open = 1 - open WHERE open <> (${isOpenSql} AND (SELECT open FROM document WHERE document.row = assignee.document) = 1)`,
  'DELETE FROM load',
  "INSERT INTO load (person, due, documents) SELECT person, coalesce(deadline, ''), count(*) FROM assignee WHERE open = 1 GROUP BY 1, 2",
];
const staged = ['snapshot_event', 'snapshot_named', 'snapshot_attached', 'snapshot_document', 'snapshot_assignee', 'snapshot_record', 'snapshot_link', 'snapshot_changed'] as const;

export function createSnapshotTables(db: WritableDb): SnapshotTables {
  const run = db.read<[], { info: string; nextOffset: number; documents: number; digest: string }>('SELECT info, next_offset AS nextOffset, documents, digest FROM snapshot WHERE one = 1');
  const clearAll = [...staged, 'snapshot'].map((table) => db.write<[]>(`DELETE FROM ${table}`));
  const begin = db.write<[string, string]>('INSERT INTO snapshot (one, info, next_offset, documents, digest) VALUES (1, ?, 0, 0, ?)');
  const advance = db.write<[number, number, string]>('UPDATE snapshot SET next_offset = ?, documents = ?, digest = ? WHERE one = 1');
  const findLink = db.read<[string], Link>('SELECT count, chain FROM snapshot_link WHERE document = ?');
  const addLink = db.write<[string, number, string]>('INSERT INTO snapshot_link (document, count, chain) VALUES (?, ?, ?)');
  const isStaged = db.read<[{ id: string }], { n: number }>('SELECT 1 AS n FROM snapshot_document WHERE id = :id UNION ALL SELECT 1 FROM snapshot_record WHERE id = :id');
  const addDocument = db.write<[string, ...OwnColumns, string, string]>(`INSERT INTO snapshot_document (id, ${own}, sender, words) VALUES (?, ${ownColumnNames.map(() => '?').join(', ')}, ?, ?)`);
  const addEvent = db.write<[string, number, string | null, string]>('INSERT INTO snapshot_event (document, position, command_id, json) VALUES (?, ?, ?, ?)');
  const addNamed = db.write<[string, number, string]>('INSERT OR IGNORE INTO snapshot_named (document, position, sha256) VALUES (?, ?, ?)');
  const addAttached = db.write<[string, string]>('INSERT OR IGNORE INTO snapshot_attached (holder, sha256) VALUES (?, ?)');
  const addAssignee = db.write<[...TaskColumns, string]>(`INSERT OR IGNORE INTO snapshot_assignee (${tasks}, document) VALUES (${taskColumnNames.map(() => '?').join(', ')}, ?)`);
  const addRecord = db.write<[string, ...RecordColumns]>(`INSERT INTO snapshot_record (id, ${record}) VALUES (?${', ?'.repeat(recordColumnNames.length)})`);
  const compareSql = [
    'DELETE FROM snapshot_changed',
    `INSERT INTO snapshot_changed (document, gone, pending) SELECT s.document, 0, EXISTS (SELECT 1 FROM outbox o WHERE o.document = s.document)
       FROM snapshot_link s LEFT JOIN link l ON l.document = s.document WHERE l.document IS NULL OR l.count <> s.count OR l.chain <> s.chain`,
    `INSERT INTO snapshot_changed (document, gone, pending) SELECT l.document, 1, EXISTS (SELECT 1 FROM outbox o WHERE o.document = l.document)
       FROM link l WHERE NOT EXISTS (SELECT 1 FROM snapshot_link s WHERE s.document = l.document)`,
  ].map((sql) => db.write<[]>(sql));
  const unready = db.read<[], { n: number }>('SELECT count(*) AS n FROM snapshot_changed c WHERE c.gone = 0 AND NOT EXISTS (SELECT 1 FROM snapshot_document s WHERE s.id = c.document) AND NOT EXISTS (SELECT 1 FROM snapshot_record s WHERE s.id = c.document)');
  const count = db.read<[], { n: number }>('SELECT count(*) AS n FROM snapshot_changed');
  const atStake = db.read<[], { sha256: Sha256 }>(`
    SELECT json_extract(e.json, '$.content.sha256') AS sha256 FROM snapshot_changed c CROSS JOIN event e ON e.document = c.document WHERE json_extract(e.json, '$.content.sha256') IS NOT NULL
    UNION SELECT n.sha256 FROM snapshot_changed c CROSS JOIN named_content n ON n.document = c.document`);
  const steps = swapSql.map((sql) => (sql.includes(':reader') ? db.write<[{ reader: string }]>(sql) : db.write<[]>(sql)));
  const changed = db.read<[], { document: DocumentId; gone: number; pending: number }>('SELECT document, gone, pending FROM snapshot_changed ORDER BY document');

  return {
    run: () => run.get() ?? null,
    begin: (info, digest) => {
      for (const clear of clearAll) clear.run();
      begin.run(info, digest);
    },
    advance: (nextOffset, documents, digest) => void advance.run(nextOffset, documents, digest),
    findLink: (document) => findLink.get(document) ?? null,
    addLink: (document, link) => void addLink.run(document, link.count, link.chain),
    isStaged: (document) => isStaged.get({ id: document }) !== undefined,
    stage: (state, events) => {
      for (const [position, event] of events.entries()) {
        addEvent.run(state.id, position, event.command, JSON.stringify(event));
        for (const { sha256 } of namedBeside(event)) addNamed.run(state.id, position, sha256);
      }
      if (isRecord(state)) return void addRecord.run(state.id, ...recordColumns(state));
      addDocument.run(state.id, ...ownColumns(state, sourceOf(events)), state.from.name, ownWords(state));
      for (const { sha256 } of state.attachments) addAttached.run(state.id, sha256);
      for (const task of state.tasks) addAssignee.run(...taskColumns(task), state.id);
    },
    compare: () => {
      for (const step of compareSql) step.run();
      if (unready.get()?.n !== 0) throw new Error('a document of the snapshot is not here to be swapped in');
      return count.get()?.n ?? 0;
    },
    contentsAtStake: () => atStake.all().map((row) => row.sha256),
    swap: (reader) => {
      for (const [index, step] of steps.entries()) {
        if (swapSql[index]?.includes(':reader') === true) (step as { run: (bound: { reader: string }) => unknown }).run({ reader });
        else (step as { run: () => unknown }).run();
      }
    },
    changed: () => changed.all(),
    clear: () => {
      for (const clear of clearAll) clear.run();
    },
  };
}
