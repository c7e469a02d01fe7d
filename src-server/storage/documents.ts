import type { DocumentEvent } from '../../src-shared/domain/document.ts';
import type { CommandId, DocumentId, OrganizationCode, Sha256 } from '../../src-shared/domain/ids.ts';
import type { Change, CommandAnswer } from '../../src-shared/protocol/wire.ts';
import type { Db } from './sqlite.ts';

export type StoredAnswer = { readonly fingerprint: string; readonly answer: CommandAnswer };

export type Documents = ReturnType<typeof createDocuments>;

/** Event logs, stored answers, and each unit's feed. */
export function createDocuments(db: Db) {
  const eventsOf = db.prepare('SELECT body FROM event WHERE unit = ? AND document = ? ORDER BY position');
  const countEvents = db.prepare('SELECT count(*) AS n FROM event WHERE unit = ? AND document = ?');
  const putEvent = db.prepare('INSERT INTO event (unit, document, position, body) VALUES (?, ?, ?, ?)');
  const holdContent = db.prepare('INSERT INTO unit_content (unit, sha256, held) VALUES (?, ?, 1) ON CONFLICT (unit, sha256) DO UPDATE SET held = 1');
  const bump = db.prepare('INSERT INTO unit_feed (unit, counter) VALUES (?, 1) ON CONFLICT (unit) DO UPDATE SET counter = counter + 1 RETURNING counter');
  const putDocument = db.prepare('INSERT INTO document (unit, id, seq) VALUES (?, ?, ?) ON CONFLICT (unit, id) DO UPDATE SET seq = excluded.seq');
  const counterOf = db.prepare('SELECT counter FROM unit_feed WHERE unit = ?');
  const changedSince = db.prepare('SELECT id, seq FROM document WHERE unit = ? AND seq > ? ORDER BY seq LIMIT ?');
  const findAnswer = db.prepare('SELECT fingerprint, body FROM answer WHERE unit = ? AND command = ?');
  const putAnswer = db.prepare('INSERT INTO answer (unit, command, fingerprint, body, at) VALUES (?, ?, ?, ?, ?)');

  function readEvents(unit: OrganizationCode, id: DocumentId): DocumentEvent[] {
    return (eventsOf.all(unit, id) as { body: string }[]).map((row) => JSON.parse(row.body) as DocumentEvent);
  }

  function counter(unit: OrganizationCode): number {
    return (counterOf.get(unit) as { counter: number } | undefined)?.counter ?? 0;
  }

  return {
    readEvents,
    counter,
    /** Appends inside the caller's transaction; the feed moves only with `touch`. */
    append: (unit: OrganizationCode, id: DocumentId, events: readonly DocumentEvent[]) => {
      let position = (countEvents.get(unit, id) as { n: number }).n;
      for (const event of events) {
        putEvent.run(unit, id, position++, JSON.stringify(event));
        if ('content' in event) holdContent.run(unit, event.content.sha256);
      }
    },
    /** Gives the document the unit's next place in the feed. Called last in a transaction: a feed must not skip a late commit (sync.md rule 3). */
    touch: (unit: OrganizationCode, id: DocumentId) => {
      const row = bump.get(unit) as { counter: number };
      putDocument.run(unit, id, row.counter);
    },
    /** Documents changed after `since`, oldest change first; stops early at `maxBytes` of events, but never before one document. */
    changesSince: (unit: OrganizationCode, since: number, limit: number, maxBytes: number): { changes: Change[]; next: number; hasMore: boolean } =>
      db.transaction(() => {
        const rows = changedSince.all(unit, since, limit + 1) as { id: DocumentId; seq: number }[];
        const changes: Change[] = [];
        let next = since;
        let bytes = 0;
        for (const row of rows.slice(0, limit)) {
          const bodies = (eventsOf.all(unit, row.id) as { body: string }[]).map((event) => event.body);
          bytes += bodies.reduce((sum, body) => sum + body.length, 0);
          if (changes.length > 0 && bytes > maxBytes) break;
          changes.push({ document: row.id, from: 0, events: bodies.map((body) => JSON.parse(body) as DocumentEvent) });
          next = row.seq;
        }
        return { changes, next, hasMore: changes.length < rows.length };
      })(),
    findAnswer: (unit: OrganizationCode, id: CommandId): StoredAnswer | null => {
      const row = findAnswer.get(unit, id) as { fingerprint: string; body: string } | undefined;
      return row === undefined ? null : { fingerprint: row.fingerprint, answer: JSON.parse(row.body) as CommandAnswer };
    },
    putAnswer: (unit: OrganizationCode, answer: CommandAnswer, fingerprint: string, at: number) => {
      putAnswer.run(unit, answer.id, fingerprint, JSON.stringify(answer), at);
    },
    holdContent: (unit: OrganizationCode, sha256: Sha256) => void holdContent.run(unit, sha256),
  };
}
