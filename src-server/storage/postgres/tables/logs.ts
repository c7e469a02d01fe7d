import { createHash } from 'node:crypto';
import type { LogEvent } from '../../../../src-shared/domain/document.ts';
import type { DocumentId, OrganizationCode, Sha256 } from '../../../../src-shared/domain/ids.ts';
import { contentsOf as namedContents } from '../../../../src-shared/domain/log.ts';
import { emptyChain, emptyDigest, xorDigest } from '../../../../src-shared/protocol/digest.ts';
import type { GoneReason } from '../../../../src-shared/protocol/wire.ts';
import { foldDocument } from '../../fold.ts';
import { statement, type Row, type Session } from '../session.ts';

const load = statement(
  'document-load',
  `SELECT d.told, d.chain, d.gone, (SELECT '[' || string_agg(e.body, ',' ORDER BY e.position) || ']' FROM event e WHERE e.unit = $1 AND e.document = $2) AS events
   FROM document d WHERE d.unit = $1 AND d.id = $2`,
);
const letGo = statement('document-let-go', 'DELETE FROM held_content WHERE unit = $1 AND document = $2');
/**
 * All that a transaction changes in the feed, as its last statement: the counter rows in the order of units, then the documents at their places, their new events,
 * the contents that they name. `back`: how many places before the unit's new counter.
 */
const move = statement(
  'feed-move',
  `WITH moved AS (
     INSERT INTO unit_feed (unit, counter, digest, moved_at)
     SELECT u.unit, u.places, ('x' || u.delta)::bit(128), clock_timestamp() FROM unnest($1::text[], $2::bigint[], $3::text[]) AS u (unit, places, delta) ORDER BY u.unit COLLATE "C"
     ON CONFLICT (unit) DO UPDATE SET counter = unit_feed.counter + excluded.counter, digest = unit_feed.digest # excluded.digest, moved_at = excluded.moved_at
     RETURNING unit, counter),
   placed AS (
     SELECT d.unit, d.id, moved.counter - d.back AS seq, d.told, d.chain, d.gone, d.n
     FROM unnest($4::text[], $5::text[], $6::bigint[], $7::int[], $8::text[], $9::text[]) WITH ORDINALITY AS d (unit, id, back, told, chain, gone, n) JOIN moved USING (unit)),
   documents AS (
     INSERT INTO document (unit, id, seq, told, chain, gone) SELECT unit, id, seq, told, chain, gone FROM placed
     ON CONFLICT (unit, id) DO UPDATE SET seq = excluded.seq, told = excluded.told, chain = excluded.chain, gone = excluded.gone),
   events AS (
     INSERT INTO event (unit, document, position, seq, body)
     SELECT p.unit, p.id, e.position, p.seq, e.body FROM unnest($10::bigint[], $11::int[], $12::text[]) AS e (n, position, body) JOIN placed p USING (n))
   INSERT INTO held_content (unit, sha256, document)
   SELECT p.unit, h.sha256, p.id FROM unnest($13::bigint[], $14::text[]) AS h (n, sha256) JOIN placed p USING (n) ON CONFLICT DO NOTHING`,
);

type Loaded = Row & { readonly told: number; readonly chain: string; readonly gone: GoneReason | ''; readonly events: string | null };
/** One document as the transaction sees it: what stood when it was locked, and what the transaction did since. */
type Log = {
  readonly unit: OrganizationCode; readonly id: DocumentId; readonly locked: boolean;
  events: readonly LogEvent[]; fresh: LogEvent[]; told: number; chain: string; goneBefore: boolean; gone: GoneReason | ''; touched: boolean;
};

/** The logs of one transaction: read once, written at its end in one statement. */
export function createLogs(session: Session) {
  const logs = new Map<string, Promise<Log>>();
  const changed = new Map<string, Log>();

  async function fetch(unit: OrganizationCode, id: DocumentId, locked: boolean): Promise<Log> {
    // two statements in one journey: the second one's snapshot is taken when the lock is there, so it sees what the holder before us wrote
    const [, rows] = await Promise.all([locked ? session.lock(lockKeyOf(unit, id)) : null, session.query<Loaded>(load, [unit, id])]);
    const row = rows[0];
    const gone = row?.gone ?? '';
    return {
      unit, id, locked, events: JSON.parse(row?.events ?? '[]') as LogEvent[], fresh: [], told: row?.told ?? 0, chain: row?.chain ?? emptyChain,
      goneBefore: gone !== '', gone, touched: false,
    };
  }

  async function find(unit: OrganizationCode, id: DocumentId, lock: boolean): Promise<Log> {
    const key = `${unit}\n${id}`;
    const known = logs.get(key);
    if (known !== undefined && (!lock || (await known).locked)) return known;
    const fresh = fetch(unit, id, lock);
    logs.set(key, fresh);
    return fresh;
  }

  return {
    lock: async (unit: OrganizationCode, id: DocumentId) => void (await find(unit, id, true)),
    readEvents: async (unit: OrganizationCode, id: DocumentId) => {
      const log = await find(unit, id, false);
      return log.fresh.length === 0 ? log.events : [...log.events, ...log.fresh];
    },
    findGone: async (unit: OrganizationCode, id: DocumentId) => {
      const { gone } = await find(unit, id, false);
      return gone === '' ? null : gone;
    },
    append: async (unit: OrganizationCode, id: DocumentId, events: readonly LogEvent[]) => {
      const log = await find(unit, id, true);
      if (log.gone !== '') throw new Error(`${id} is gone from ${unit}`);
      log.fresh.push(...events);
      changed.set(`${unit}\n${id}`, log);
    },
    withdraw: async (unit: OrganizationCode, id: DocumentId, reason: GoneReason) => {
      const log = await find(unit, id, true);
      log.gone = reason;
      changed.set(`${unit}\n${id}`, log);
    },
    touch: async (all: readonly { readonly unit: OrganizationCode; readonly id: DocumentId }[]) => {
      for (const { unit, id } of all) {
        const log = await find(unit, id, true);
        const key = `${unit}\n${id}`;
        // in the order of the touches
        if (!log.touched) changed.delete(key);
        log.touched = true;
        changed.set(key, log);
      }
    },
    /** A document of this unit holds the content since a moment ago, in this transaction. */
    holds: (unit: OrganizationCode, sha256: Sha256): boolean => [...changed.values()].some((log) => log.unit === unit && contentsOf(log).includes(sha256)),
    /** Throws when something was changed that the feed was not told of: clients would never hear of it. */
    check: (): void => {
      const untold = [...changed.values()].find((log) => !log.touched);
      if (untold !== undefined) throw new Error(`${untold.id} of ${untold.unit} was changed and not touched`);
    },
    /** Sends what changed. */
    flush: (): readonly Promise<unknown>[] => {
      if (changed.size === 0) return [];
      const all = [...changed.values()];
      changed.clear();
      const released = all.filter((log) => log.gone !== '' && !log.goneBefore).map((log) => session.run(letGo, [log.unit, log.id]));
      return [...released, session.run(move, valuesOf(all))];
    },
  };
}

export type Logs = ReturnType<typeof createLogs>;

/** The statement's arrays; afterwards the logs stand as they will after it. */
function valuesOf(all: readonly Log[]): readonly unknown[] {
  const units = new Map<OrganizationCode, { places: number; delta: string }>();
  const placed = all.map((log, at) => {
    const unit = units.get(log.unit) ?? { places: 0, delta: emptyDigest };
    units.set(log.unit, unit);
    unit.places += 1;
    const before = log.goneBefore ? emptyDigest : foldDocument(log.id, { count: log.told, chain: log.chain }, []).share;
    const after = log.gone === '' ? foldDocument(log.id, { count: log.told, chain: log.chain }, log.fresh) : { count: 0, chain: emptyChain, share: emptyDigest };
    unit.delta = xorDigest(xorDigest(unit.delta, before), after.share);
    const row = { log, n: at + 1, place: unit.places, events: log.gone === '' ? log.fresh : [], first: log.events.length, contents: log.gone === '' ? contentsOf(log) : [], told: after.count, chain: after.chain };
    Object.assign(log, { events: [...log.events, ...row.events], fresh: [], told: after.count, chain: after.chain, goneBefore: log.gone !== '', touched: false });
    return row;
  });
  const events = placed.flatMap(({ n, first, events: fresh }) => fresh.map((event, at) => ({ n, position: first + at, body: JSON.stringify(event) })));
  const contents = placed.flatMap(({ n, contents: named }) => named.map((sha256) => ({ n, sha256 })));
  return [
    [...units.keys()], [...units.values()].map((unit) => unit.places), [...units.values()].map((unit) => unit.delta),
    placed.map(({ log }) => log.unit), placed.map(({ log }) => log.id), placed.map(({ log, place }) => (units.get(log.unit)?.places ?? 0) - place),
    placed.map((row) => row.told), placed.map((row) => row.chain), placed.map(({ log }) => log.gone),
    events.map((row) => row.n), events.map((row) => row.position), events.map((row) => row.body),
    contents.map((row) => row.n), contents.map((row) => row.sha256),
  ];
}

function contentsOf(log: Log): Sha256[] {
  return log.fresh.flatMap((event) => namedContents(event).map(({ sha256 }) => sha256));
}

/** The first 64 bits of SHA-256 over unit and id. Two documents of one key wait for each other sometimes, and nothing worse. */
function lockKeyOf(unit: OrganizationCode, id: DocumentId): string {
  return createHash('sha256').update(`${unit}\n${id}`).digest().readBigInt64BE(0).toString();
}
