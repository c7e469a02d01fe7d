import { timingSafeEqual } from 'node:crypto';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { Log } from '../features/deps.ts';
import type { AxisFigures } from '../gateway/exchange-loop.ts';
import type { Reply, ServerRequest } from '../http/call.ts';
import type { Storage, Tx } from '../storage/port.ts';

export type Figures = {
  readonly streams: number; readonly underWay: number; readonly bytesIn: number; readonly bytesOut: number; readonly loopDelayMs: number; readonly shed: number;
  readonly pool: { readonly open: number; readonly idle: number; readonly waiting: number } | null;
  /** Null: this node has no axis. */
  readonly axis: AxisFigures | null;
};

export type Metrics = {
  /** Counts the requests that are logged, and logs on. */
  readonly log: (log: Log) => Log;
  /** Counts the answers that were stored, once committed. */
  readonly storage: <S extends Storage>(storage: S) => S;
  readonly watch: (figures: () => Figures) => void;
  readonly answer: (request: ServerRequest) => Promise<Reply>;
};

/** GET /metrics for Prometheus: to this machine itself, or to who has the token. */
export function createMetrics(token: string | null): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({ name: 'van_thu_requests_total', help: 'Requests answered', labelNames: ['route', 'status'], registers });
  const durations = new Histogram({ name: 'van_thu_request_seconds', help: 'From the request to its answer; of streams, to their beginning', labelNames: ['route'], buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30], registers });
  const commands = new Counter({ name: 'van_thu_commands_total', help: 'Commands settled for the first time, by answer', labelNames: ['answer'], registers });

  const messages = new Counter({ name: 'van_thu_axis_messages_total', help: 'Messages of the national axis, every try', labelNames: ['direction', 'kind', 'outcome'], registers });

  return {
    log: (log) => (level, message, fields) => {
      if (message === 'request' && fields !== undefined) {
        const route = String(fields['route']);
        requests.inc({ route, status: String(fields['status']) });
        if (typeof fields['ms'] === 'number') durations.observe({ route }, fields['ms'] / 1000);
      }
      if (message === 'axis' && fields !== undefined) messages.inc({ direction: String(fields['direction']), kind: String(fields['kind']), outcome: String(fields['outcome']) });
      log(level, message, fields);
    },
    storage: (storage) => ({
      ...storage,
      transaction: async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
        let settled: string[] = [];
        const value = await storage.transaction((tx) => {
          settled = [];
          return work({ ...tx, answers: { ...tx.answers, put: (unit, answer, print, at) => (settled.push(answer.status), tx.answers.put(unit, answer, print, at)) } });
        });
        for (const answer of settled) commands.inc({ answer });
        return value;
      },
    }),
    watch: (figures) => {
      const gauge = (name: string, help: string, read: (now: Figures) => number) =>
        new Gauge({ name: `van_thu_${name}`, help, registers, collect() { this.set(read(figures())); } });
      gauge('streams', 'Streams of hints open', (now) => now.streams);
      gauge('requests_under_way', 'Requests under way, streams apart', (now) => now.underWay);
      gauge('event_loop_delay_seconds', 'Mean delay of the event loop in the last second', (now) => now.loopDelayMs / 1000);
      gauge('requests_shed', 'Requests refused for load since the start', (now) => now.shed);
      gauge('received_bytes', 'Bytes received over connections that have closed', (now) => now.bytesIn);
      gauge('sent_bytes', 'Bytes sent over connections that have closed', (now) => now.bytesOut);
      gauge('storage_connections_open', 'Connections to the database', (now) => now.pool?.open ?? 0);
      gauge('storage_connections_idle', 'Of them idle', (now) => now.pool?.idle ?? 0);
      gauge('axis_waiting', 'Messages that wait to leave over the national axis', (now) => now.axis?.waiting ?? 0);
      gauge('axis_oldest_seconds', 'Age of the oldest of them', (now) => now.axis?.oldestSeconds ?? 0);
      gauge('axis_holding', '1 where this node exchanges with the axis', (now) => (now.axis?.holding === true ? 1 : 0));
      gauge('storage_waiting', 'Callers that wait for a connection', (now) => now.pool?.waiting ?? 0);
    },
    answer: async (request) => {
      if (!mayRead(request, token)) return { status: 404 };
      return { status: 200, bytes: Buffer.from(await registry.metrics()), headers: { 'content-type': registry.contentType } };
    },
  };
}

/** Behind a proxy of this machine everybody comes from loopback: who was sent on shows the token. */
function mayRead({ headers, peer }: ServerRequest, token: string | null): boolean {
  const given = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1];
  if (token !== null && given !== undefined) {
    const [a, b] = [Buffer.from(given), Buffer.from(token)];
    return a.length === b.length && timingSafeEqual(a, b);
  }
  const sentOn = headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined || headers['x-real-ip'] !== undefined || headers['via'] !== undefined;
  return !sentOn && (peer === '::1' || /^(?:::ffff:)?127\./.test(peer));
}
