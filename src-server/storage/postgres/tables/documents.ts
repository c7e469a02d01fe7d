import type { LogEvent } from '../../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../../src-shared/domain/ids.ts';
import { emptyDigest } from '../../../../src-shared/protocol/digest.ts';
import type { Change, GoneReason } from '../../../../src-shared/protocol/wire.ts';
import type { DocumentTable } from '../../port.ts';
import { statement, type Row, type Session } from '../session.ts';
import type { Logs } from './logs.ts';

const headOf = statement('feed-head', 'SELECT counter, digest::text AS digest FROM unit_feed WHERE unit = $1');
/**
 * Documents with what is new of each. `sum` runs over the sizes in the feed's order: what lies behind the limit is weighed here and not sent. One row more than asked
 * for tells that there is more.
 */
const changed = statement(
  'feed-changed',
  `SELECT * FROM (
     SELECT c.id, c.seq, c.gone, e.first, CASE WHEN sum(coalesce(e.size, 0) + 100) OVER (ORDER BY c.seq) <= $5 OR c.n = 1 THEN e.bodies END AS bodies,
       sum(coalesce(e.size, 0) + 100) OVER (ORDER BY c.seq) > $5 AND c.n > 1 AS over
     FROM (SELECT d.id, d.seq, d.gone, row_number() OVER (ORDER BY d.seq) AS n FROM document d WHERE d.unit = $1 AND d.seq > $3 AND ($2::bigint > 0 OR d.gone = '') ORDER BY d.seq LIMIT $4) c
     LEFT JOIN LATERAL (
       SELECT min(position) AS first, sum(length(body)) AS size, '[' || string_agg(body, ',' ORDER BY position) || ']' AS bodies
       FROM event WHERE unit = $1 AND document = c.id AND seq > $2 AND c.gone = '') e ON true) page
   ORDER BY seq`,
);
const newest = statement(
  'feed-newest',
  `SELECT d.id, d.seq, e.bodies FROM (SELECT id, seq FROM document WHERE unit = $1 AND seq < $2 AND gone = '' ORDER BY seq DESC LIMIT $3) d
   JOIN LATERAL (SELECT '[' || string_agg(body, ',' ORDER BY position) || ']' AS bodies FROM event WHERE unit = $1 AND document = d.id) e ON true ORDER BY d.seq DESC`,
);

type Place = Row & { readonly id: DocumentId; readonly seq: number; readonly gone: GoneReason | ''; readonly first: number | null; readonly bodies: string | null; readonly over: boolean };

/** Event logs and each unit's feed. `settle`: what the transaction has still to write is written before the feed is read. */
export function createDocuments(session: Session, logs: Logs, settle: () => Promise<void>): DocumentTable {
  return {
    lock: logs.lock,
    readEvents: logs.readEvents,
    append: logs.append,
    touch: logs.touch,
    withdraw: logs.withdraw,
    findGone: logs.findGone,
    head: async (unit) => {
      await settle();
      const [row] = await session.query<{ counter: number; digest: string }>(headOf, [unit]);
      return row === undefined ? { counter: 0, digest: emptyDigest } : { counter: row.counter, digest: BigInt(`0b${row.digest}`).toString(16).padStart(32, '0') };
    },
    changesSince: async (unit, { had, after, limit, maxBytes }) => {
      await settle();
      const rows = await session.query<Place>(changed, [unit, had, after, limit + 1, maxBytes]);
      const end = rows.findIndex((row) => row.over);
      const page = rows.slice(0, Math.min(limit, end < 0 ? rows.length : end));
      const changes = page.flatMap(({ id, gone, first, bodies }): Change[] => {
        if (gone !== '') return [{ document: id, gone }];
        return first === null || bodies === null ? [] : [{ document: id, from: first, events: JSON.parse(bodies) as LogEvent[] }];
      });
      return { changes, next: page.at(-1)?.seq ?? after, hasMore: page.length < rows.length };
    },
    newestBefore: async (unit, before, limit) => {
      await settle();
      const rows = await session.query<{ id: DocumentId; seq: number; bodies: string }>(newest, [unit, before ?? Number.MAX_SAFE_INTEGER, limit]);
      return rows.map(({ id, seq, bodies }) => ({ seq, change: { document: id, from: 0, events: JSON.parse(bodies) as LogEvent[] } }));
    },
  };
}
