import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { OrganizationCode } from '../../../src-shared/domain/ids.ts';
import { clientConfig, type PostgresOptions } from './pool.ts';

const channel = 'van_thu_feed';
/** PostgreSQL takes payloads below 8,000 bytes. */
const maxPayload = 7900;
/** Asked so often whether the line is still one; and a line that did not answer for so long is none. */
const beatMs = 15_000;
const retryMs = 500;
/** A transaction may commit so long after it moved the counter: what moved in that time before the line broke is told again. */
const overlapSeconds = 120;

type Listener = (unit: OrganizationCode) => void;

/**
 * Hints between nodes: LISTEN on a connection of its own, which notifies too, with `synchronous_commit` off: a hint is not worth a write to the disk. Units that
 * move while a notification is under way go together with the next one. Our own listeners are told at once. After a break every unit that moved meanwhile is announced once.
 */
export function createAnnouncements(options: PostgresOptions, onTrouble: (error: unknown) => void) {
  const node = randomUUID().slice(0, 8);
  const listeners = new Set<Listener>();
  let waiting = new Set<OrganizationCode>();
  let client: pg.Client | null = null;
  let sending = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  /** By the database's clock. */
  let seenAt: string | null = null;
  let ready: Promise<void> = Promise.resolve();

  const tell = (unit: OrganizationCode) => listeners.forEach((listener) => listener(unit));

  async function connect(): Promise<void> {
    const { statement_timeout: _, ...config } = clientConfig({ ...options, node: `${options.node ?? 'van-thu'} hints` });
    const next = new pg.Client({ ...config, pipeline: false, idle_in_transaction_session_timeout: 0 });
    let broken = false;
    const lose = (error: unknown) => {
      if (broken) return;
      broken = true;
      if (client === next) client = null;
      void next.end().catch(() => undefined);
      if (closed) return;
      onTrouble(error);
      clearTimeout(timer);
      timer = setTimeout(() => void (ready = connect()), retryMs + Math.random() * retryMs);
      timer.unref();
    };
    next.on('error', lose);
    next.on('end', () => lose(new Error('the line for hints ended')));
    next.on('notification', ({ payload = '' }) => {
      const [from, ...units] = payload.split(' ');
      if (from !== node) for (const unit of units) tell(unit as OrganizationCode);
    });
    try {
      await next.connect();
      await next.query(`SET synchronous_commit = off`);
      await next.query(`LISTEN ${channel}`);
      const missed = seenAt === null ? [] : (await next.query<{ unit: OrganizationCode }>(`SELECT unit FROM unit_feed WHERE moved_at > $1::timestamptz - interval '${overlapSeconds} seconds'`, [seenAt])).rows;
      seenAt = await databaseClock(next);
      if (closed) return lose(null);
      client = next;
      for (const { unit } of missed) tell(unit);
      beat(next, lose);
      void send();
    } catch (error) {
      lose(error);
    }
  }

  function beat(over: pg.Client, lose: (error: unknown) => void): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      databaseClock(over).then((now) => {
        seenAt = now;
        if (client === over) beat(over, lose);
      }, lose);
    }, beatMs);
    timer.unref();
  }

  async function send(): Promise<void> {
    if (sending) return;
    sending = true;
    try {
      while (client !== null && waiting.size > 0) {
        const units = waiting;
        waiting = new Set();
        for (const payload of payloads(node, units)) await client.query('SELECT pg_notify($1, $2)', [channel, payload]);
      }
    } catch (error) {
      // hints may be lost: whoever missed them asks when it is connected again, or at its next visit
      onTrouble(error);
    } finally {
      sending = false;
    }
  }

  return {
    open: () => (ready = connect()),
    announce: (units: readonly OrganizationCode[]): void => {
      for (const unit of new Set(units)) {
        tell(unit);
        waiting.add(unit);
      }
      // without a line they wait for the next one: each unit once
      void send();
    },
    onAnnounced: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    listening: () => client !== null,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await ready.catch(() => undefined);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}

async function databaseClock(client: pg.Client): Promise<string> {
  return (await client.query<{ now: string }>('SELECT now()::text AS now')).rows[0]?.now ?? '';
}

function payloads(node: string, units: ReadonlySet<OrganizationCode>): string[] {
  const all: string[] = [];
  let payload = node;
  for (const unit of units) {
    if (payload.length + unit.length + 1 > maxPayload) {
      all.push(payload);
      payload = node;
    }
    payload += ` ${unit}`;
  }
  return [...all, payload];
}
