import type { LogEvent } from '../../../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode } from '../../../../src-shared/domain/ids.ts';
import { contentsOf } from '../../../../src-shared/domain/log.ts';
import { emptyChain, emptyDigest, xorDigest } from '../../../../src-shared/protocol/digest.ts';
import type { Change, GoneReason } from '../../../../src-shared/protocol/wire.ts';
import { foldDocument, nothingTold } from '../../fold.ts';
import type { DocumentTable } from '../../port.ts';
import type { Db } from '../open.ts';

type Row = { readonly seq: number; readonly told: number; readonly chain: string; readonly gone: GoneReason | '' };
type Place = { readonly id: DocumentId; readonly seq: number; readonly gone: GoneReason | '' };

/** Event logs and each unit's feed. */
export function createDocuments(db: Db): DocumentTable {
  const bodiesOf = db.prepare('SELECT body FROM event WHERE unit = ? AND document = ? ORDER BY position').pluck();
  const lastPosition = db.prepare('SELECT position FROM event WHERE unit = ? AND document = ? ORDER BY position DESC LIMIT 1').pluck();
  const putEvent = db.prepare('INSERT INTO event (unit, document, position, seq, body) VALUES (?, ?, ?, 0, ?)');
  const untold = db.prepare('SELECT body FROM event WHERE unit = ? AND document = ? AND position >= ? ORDER BY position').pluck();
  const place = db.prepare('UPDATE event SET seq = ? WHERE unit = ? AND document = ? AND position >= ?');
  const hold = db.prepare('INSERT OR IGNORE INTO held_content (unit, sha256, document) VALUES (?, ?, ?)');
  const letGo = db.prepare('DELETE FROM held_content WHERE unit = ? AND document = ?');
  const findRow = db.prepare('SELECT seq, told, chain, gone FROM document WHERE unit = ? AND id = ?');
  const putRow = db.prepare(
    `INSERT INTO document (unit, id, seq, told, chain, gone) VALUES (@unit, @id, @seq, @told, @chain, @gone)
     ON CONFLICT (unit, id) DO UPDATE SET seq = excluded.seq, told = excluded.told, chain = excluded.chain, gone = excluded.gone`,
  );
  const markGone = db.prepare(
    `INSERT INTO document (unit, id, seq, told, chain, gone) VALUES (?, ?, 0, 0, '${emptyChain}', ?) ON CONFLICT (unit, id) DO UPDATE SET gone = excluded.gone`,
  );
  const headOf = db.prepare('SELECT counter, digest FROM unit_feed WHERE unit = ?');
  const putHead = db.prepare('INSERT INTO unit_feed (unit, counter, digest) VALUES (?, ?, ?) ON CONFLICT (unit) DO UPDATE SET counter = excluded.counter, digest = excluded.digest');
  const changed = db.prepare("SELECT id, seq, gone FROM document WHERE unit = @unit AND seq > @after AND (@had > 0 OR gone = '') ORDER BY seq LIMIT @limit");
  const newEvents = db.prepare('SELECT position, body FROM event WHERE unit = ? AND document = ? AND seq > ? ORDER BY position');
  const newest = db.prepare("SELECT id, seq, gone FROM document WHERE unit = ? AND seq < ? AND gone = '' ORDER BY seq DESC LIMIT ?");

  const parse = (body: string) => JSON.parse(body) as LogEvent;

  /** The document's place and share after what the transaction did to it; null: nothing is told of it. */
  function touchOne(unit: OrganizationCode, id: DocumentId, seq: number, digest: string): string {
    const row = findRow.get(unit, id) as Row | undefined;
    const before = row === undefined || row.told === 0 ? nothingTold : foldDocument(id, { count: row.told, chain: row.chain }, []);
    if (row !== undefined && row.gone !== '') {
      putRow.run({ unit, id, seq, told: 0, chain: emptyChain, gone: row.gone });
      return xorDigest(digest, before.share);
    }
    const after = foldDocument(id, before, (untold.all(unit, id, before.count) as string[]).map(parse));
    place.run(seq, unit, id, before.count);
    putRow.run({ unit, id, seq, told: after.count, chain: after.chain, gone: '' });
    return xorDigest(xorDigest(digest, before.share), after.share);
  }

  return {
    // one transaction at a time decides about everything
    lock: async () => undefined,
    readEvents: async (unit, id) => (bodiesOf.all(unit, id) as string[]).map(parse),
    append: async (unit, id, events) => {
      let position = ((lastPosition.get(unit, id) as number | undefined) ?? -1) + 1;
      for (const event of events) {
        putEvent.run(unit, id, position++, JSON.stringify(event));
        for (const { sha256 } of contentsOf(event)) hold.run(unit, sha256, id);
      }
    },
    touch: async (all) => {
      const byUnit = new Map<OrganizationCode, Set<DocumentId>>();
      for (const { unit, id } of all) byUnit.set(unit, (byUnit.get(unit) ?? new Set()).add(id));
      for (const unit of [...byUnit.keys()].sort()) {
        const head = headOf.get(unit) as { counter: number; digest: string } | undefined;
        let { counter, digest } = head ?? { counter: 0, digest: emptyDigest };
        for (const id of byUnit.get(unit) ?? []) digest = touchOne(unit, id, ++counter, digest);
        putHead.run(unit, counter, digest);
      }
    },
    withdraw: async (unit, id, reason) => {
      markGone.run(unit, id, reason);
      letGo.run(unit, id);
    },
    findGone: async (unit, id) => {
      const gone = (findRow.get(unit, id) as Row | undefined)?.gone ?? '';
      return gone === '' ? null : gone;
    },
    head: async (unit) => (headOf.get(unit) as { counter: number; digest: string } | undefined) ?? { counter: 0, digest: emptyDigest },
    changesSince: async (unit, { had, after, limit, maxBytes }) => {
      const rows = changed.all({ unit, had, after, limit: limit + 1 }) as Place[];
      const changes: Change[] = [];
      let next = after;
      let bytes = 0;
      for (const { id, seq, gone } of rows.slice(0, limit)) {
        const events = gone === '' ? (newEvents.all(unit, id, had) as { position: number; body: string }[]) : [];
        bytes += events.reduce((sum, event) => sum + event.body.length, 100);
        if (changes.length > 0 && bytes > maxBytes) break;
        if (gone !== '') changes.push({ document: id, gone });
        else if (events[0] !== undefined) changes.push({ document: id, from: events[0].position, events: events.map(({ body }) => parse(body)) });
        next = seq;
      }
      const hasMore = rows.length > limit || next !== (rows.at(-1)?.seq ?? after);
      return { changes, next, hasMore };
    },
    newestBefore: async (unit, before, limit) =>
      (newest.all(unit, before ?? Number.MAX_SAFE_INTEGER, limit) as Place[]).map(({ id, seq }) => ({
        seq, change: { document: id, from: 0, events: (bodiesOf.all(unit, id) as string[]).map(parse) },
      })),
  };
}
