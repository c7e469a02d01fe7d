import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../features/deps.ts';
import { receiveOne } from './receive.ts';
import type { Gateway, ReceivedEntry } from './port.ts';
import type { AxisMessage } from '../storage/port.ts';
import { backoffMs, sendOne, type SentOne } from './send.ts';

export type ExchangeOptions = Pick<Deps, 'storage' | 'content' | 'randomBytes' | 'now' | 'limits' | 'log' | 'node' | 'isOurs'> & {
  readonly gateway: Gateway;
  /** Who answers for the province. */
  readonly root: string;
  readonly chance: () => number;
  readonly pollMs: number;
  /** Between two tries of one message, the first and the longest. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** A node that ended keeps the exchange from the others for so long. */
  readonly leaseMs: number;
};

export type AxisFigures = { readonly waiting: number; readonly oldestSeconds: number; readonly holding: boolean };
export type Exchange = {
  /** Everything that can be done now, if this node has the exchange; false: another one has it. */
  readonly round: () => Promise<boolean>;
  /** Rounds until `stop`, which waits for what is under way. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  readonly figures: () => AxisFigures;
};

const atATime = 20;

/**
 * The exchange with the national axis. One node of a province does it at a time, under a lease in the database that it renews while it works: no message is sent by two. A node that was held up past its
 * lease finds out before its next message; the one under way bears its key, so that even then it is one message at the other end.
 */
export function createExchange(options: ExchangeOptions): Exchange {
  const { storage, gateway, now, log, node, leaseMs, pollMs } = options;
  const put = new Map<string, { readonly tries: number; readonly notBefore: number }>();
  let figures: AxisFigures = { waiting: 0, oldestSeconds: 0, holding: false };
  let lost = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  const wake = new AbortController();

  const hold = () => storage.transaction((tx) => tx.axis.hold(node, now(), now() + leaseMs));

  async function round(): Promise<boolean> {
    lost = !(await hold());
    figures = { ...figures, holding: !lost };
    if (lost) return false;
    const renewing = setInterval(() => void hold().then((held) => (lost ||= !held), () => (lost = true)), leaseMs / 3);
    renewing.unref();
    try {
      await receiveAll();
      await sendAll();
    } finally {
      clearInterval(renewing);
    }
    const { count, oldestMs } = await storage.read((tx) => tx.axis.waiting());
    figures = { waiting: count, oldestSeconds: oldestMs === null ? 0 : Math.max(0, (now() - oldestMs) / 1000), holding: !lost };
    return true;
  }

  async function receiveAll(): Promise<void> {
    const listed = await gateway.listReceived();
    if (!listed.ok) {
      log('warn', 'axis', { direction: 'in', kind: 'list', outcome: 'later', reason: String(listed.fault.error.params?.['reason'] ?? listed.fault.error.code) });
      return;
    }
    for (const entry of listed.value) {
      if (stopped || lost) return;
      if ((put.get(entry.id)?.notBefore ?? 0) <= now()) await receiveSafely(entry);
    }
    const present = new Set(listed.value.map(({ id }) => id));
    for (const id of put.keys()) if (!present.has(id)) put.delete(id);
  }

  /** One message that cannot be taken in holds nobody else up. */
  async function receiveSafely(entry: ReceivedEntry): Promise<void> {
    const tries = put.get(entry.id)?.tries ?? 0;
    const again = (reason: string, afterMs: number | null, level: 'warn' | 'error'): void => {
      put.set(entry.id, { tries: tries + 1, notBefore: now() + Math.max(afterMs ?? 0, backoffMs(options, tries)) });
      log(level, 'axis', { direction: 'in', kind: entry.kind, outcome: 'later', id: entry.id, reason });
    };
    const began = now();
    try {
      const received = await receiveOne(options, entry);
      if (received.state === 'later') return again(received.reason, received.afterMs, 'warn');
      put.delete(entry.id);
      const { kind, outcome, code } = received;
      log(received.state === 'fail' ? 'warn' : 'info', 'axis', { direction: 'in', kind, outcome, id: entry.id, ms: now() - began, ...(code === '' ? {} : { code }) });
    } catch (fault) {
      again(fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown', null, 'error');
    }
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const due = await storage.read((tx) => tx.axis.due(now(), atATime));
      for (const message of due) {
        if (stopped || lost) return;
        const began = now();
        const { outcome, reason, line } = await sendSafely(message);
        log(outcome === 'sent' ? 'info' : outcome === 'later' ? 'warn' : 'error', 'axis', { direction: 'out', kind: message.kind, outcome, id: message.key, tries: message.tries + 1, ms: now() - began, ...(reason === '' ? {} : { reason }) });
        if (line) return;
      }
      if (due.length === 0) return;
    }
  }

  /** A message whose content cannot be read waits, and holds back nothing but its own stream. */
  async function sendSafely(message: AxisMessage): Promise<SentOne> {
    try {
      return await sendOne(options, message);
    } catch (fault) {
      const reason = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown';
      await storage.transaction((tx) => tx.axis.later(message.key, now() + backoffMs(options, message.tries), reason));
      return { outcome: 'later', reason, line: false };
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      await round().catch((fault: unknown) => log('warn', 'axis', { direction: 'both', kind: 'round', outcome: 'later', reason: fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown' }));
      await pause(pollMs, undefined, { ref: false, signal: wake.signal }).catch(() => undefined);
    }
  }

  return {
    round,
    start: () => void (running ??= run()),
    stop: async () => {
      stopped = true;
      wake.abort();
      await running;
      await storage.transaction((tx) => tx.axis.release(node)).catch(() => undefined);
    },
    figures: () => figures,
  };
}
