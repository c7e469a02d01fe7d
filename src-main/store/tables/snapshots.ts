import type { LogEvent, DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { WritableDb } from '../driver.ts';
import { ownWords } from './document-words.ts';
import { ownColumnNames, ownColumns, type OwnColumns } from './documents.ts';
import type { Link } from './links.ts';

export type SnapshotTables = {
  readonly run: () => { readonly info: string; readonly nextOffset: number; readonly documents: number; readonly digest: string } | null;
  /** Forgets the one before. */
  readonly begin: (info: string, digest: string) => void;
  readonly advance: (nextOffset: number, documents: number, digest: string) => void;
  readonly findLink: (document: DocumentId) => Link | null;
  readonly addLink: (document: DocumentId, link: Link) => void;
  readonly isStaged: (document: DocumentId) => boolean;
  /** The whole of a document, ready for the swap. */
  readonly stage: (state: DocumentState, events: readonly LogEvent[]) => void;
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
const changedRows = 'SELECT d.row FROM snapshot_changed c CROSS JOIN document d ON d.id = c.document WHERE c.pending = 0';

/** In this order; set by set, so that 300,000 documents are no 300,000 round trips. */
export const swapSql = [
  "DELETE FROM event WHERE origin = 'server' AND document IN (SELECT document FROM snapshot_changed)",
  "INSERT INTO event (document, origin, position, command_id, json) SELECT document, 'server', position, command_id, json FROM snapshot_event WHERE document IN (SELECT document FROM snapshot_changed)",
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
  'INSERT INTO assignee (person, document, part) SELECT a.person, d.row, a.part FROM snapshot_changed c JOIN snapshot_assignee a ON a.document = c.document JOIN document d ON d.id = c.document WHERE c.pending = 0',
  `INSERT INTO document_search (rowid, words) SELECT d.row, s.words || coalesce((SELECT ' ' || t.words FROM content_text t WHERE t.sha256 = s.content_sha256), '')
     FROM snapshot_changed c JOIN document d ON d.id = c.document JOIN snapshot_document s ON s.id = c.document WHERE c.pending = 0 ORDER BY d.row`,
  'INSERT INTO sender (code, name) SELECT issuing_office, max(sender) FROM snapshot_document WHERE id IN (SELECT document FROM snapshot_changed) GROUP BY 1 ON CONFLICT (code) DO UPDATE SET name = excluded.name',
  `UPDATE document SET open = 1 - open WHERE open <> (direction = 'incoming' AND stage <> 'refused' AND NOT EXISTS (
     SELECT 1 FROM document answer WHERE answer.in_reply_to = document.id AND answer.direction = 'outgoing' AND answer.stage IN ('issued', 'sent')))`,
  'UPDATE document SET due = iif(open = 1, deadline, NULL) WHERE due IS NOT iif(open = 1, deadline, NULL)',
  'DELETE FROM tally',
  'INSERT INTO tally (direction, stage, documents) SELECT direction, stage, count(*) FROM document GROUP BY direction, stage',
  'DELETE FROM load',
  `INSERT INTO load (person, due, documents)
     SELECT person, coalesce(due, ''), count(DISTINCT document) FROM assignee JOIN document ON document.row = assignee.document WHERE part IN ('lead', 'support') AND open = 1 GROUP BY 1, 2`,
];
const staged = ['snapshot_event', 'snapshot_document', 'snapshot_assignee', 'snapshot_link', 'snapshot_changed'] as const;

export function createSnapshotTables(db: WritableDb): SnapshotTables {
  const run = db.read<[], { info: string; nextOffset: number; documents: number; digest: string }>('SELECT info, next_offset AS nextOffset, documents, digest FROM snapshot WHERE one = 1');
  const clearAll = [...staged, 'snapshot'].map((table) => db.write<[]>(`DELETE FROM ${table}`));
  const begin = db.write<[string, string]>('INSERT INTO snapshot (one, info, next_offset, documents, digest) VALUES (1, ?, 0, 0, ?)');
  const advance = db.write<[number, number, string]>('UPDATE snapshot SET next_offset = ?, documents = ?, digest = ? WHERE one = 1');
  const findLink = db.read<[string], Link>('SELECT count, chain FROM snapshot_link WHERE document = ?');
  const addLink = db.write<[string, number, string]>('INSERT INTO snapshot_link (document, count, chain) VALUES (?, ?, ?)');
  const isStaged = db.read<[string], { n: number }>('SELECT 1 AS n FROM snapshot_document WHERE id = ?');
  const addDocument = db.write<[string, ...OwnColumns, string, string]>(`INSERT INTO snapshot_document (id, ${own}, sender, words) VALUES (?, ${ownColumnNames.map(() => '?').join(', ')}, ?, ?)`);
  const addEvent = db.write<[string, number, string | null, string]>('INSERT INTO snapshot_event (document, position, command_id, json) VALUES (?, ?, ?, ?)');
  const addAssignee = db.write<[string, string, string]>('INSERT OR IGNORE INTO snapshot_assignee (document, person, part) VALUES (?, ?, ?)');
  const compareSql = [
    'DELETE FROM snapshot_changed',
    `INSERT INTO snapshot_changed (document, gone, pending) SELECT s.document, 0, EXISTS (SELECT 1 FROM outbox o WHERE o.document = s.document)
       FROM snapshot_link s LEFT JOIN link l ON l.document = s.document WHERE l.document IS NULL OR l.count <> s.count OR l.chain <> s.chain`,
    `INSERT INTO snapshot_changed (document, gone, pending) SELECT l.document, 1, EXISTS (SELECT 1 FROM outbox o WHERE o.document = l.document)
       FROM link l WHERE NOT EXISTS (SELECT 1 FROM snapshot_link s WHERE s.document = l.document)`,
  ].map((sql) => db.write<[]>(sql));
  const unready = db.read<[], { n: number }>('SELECT count(*) AS n FROM snapshot_changed c WHERE c.gone = 0 AND NOT EXISTS (SELECT 1 FROM snapshot_document s WHERE s.id = c.document)');
  const count = db.read<[], { n: number }>('SELECT count(*) AS n FROM snapshot_changed');
  const atStake = db.read<[], { sha256: Sha256 }>(`
    SELECT DISTINCT json_extract(e.json, '$.content.sha256') AS sha256 FROM snapshot_changed c CROSS JOIN event e ON e.document = c.document WHERE json_extract(e.json, '$.content.sha256') IS NOT NULL`);
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
    isStaged: (document) => isStaged.get(document) !== undefined,
    stage: (state, events) => {
      addDocument.run(state.id, ...ownColumns(state), state.from.name, ownWords(state));
      for (const [position, event] of events.entries()) addEvent.run(state.id, position, event.command, JSON.stringify(event));
      if (state.assignment === null) return;
      addAssignee.run(state.id, state.assignment.lead, 'lead');
      for (const person of state.assignment.support) addAssignee.run(state.id, person, 'support');
      for (const person of state.assignment.inform) addAssignee.run(state.id, person, 'inform');
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
