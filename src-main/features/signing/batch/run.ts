import type { Placement } from '../../../../src-shared/contract/signing.ts';
import { fail, type AppError, type Result } from '../../../../src-shared/result.ts';
import type { StoredBatchItem } from '../../../ports/store.ts';
import type { SigningKey } from '../../../ports/token.ts';
import type { BatchRecord } from './record.ts';
import { stopsRun, type SignItem } from './sign-item.ts';

/** What the person wants of a run whose token is open. `leave`: the token is to be closed, what waits stays waiting. */
export type Wish = 'go' | 'pause' | 'end' | 'leave';
export type Answer = { readonly document: StoredBatchItem['document']; readonly sign: boolean; readonly placement: Placement | null };

/** The way to talk to a run. */
export type Orders = {
  readonly wish: () => Wish;
  readonly want: (wish: Wish) => void;
  readonly answer: (answer: Answer) => void;
  /** Waits for a word; a token that is logged in for nobody is left after a while. */
  readonly next: () => Promise<Answer | null>;
  /** Nobody is there to say a word: instead of waiting for one the token is left at once. */
  readonly lock: (locked: boolean) => void;
};

export function createOrders(idleMs: number): Orders {
  let wish: Wish = 'go';
  let answered: Answer | null = null;
  // a word may come while the screens are being told, before it is waited for
  let poked = false;
  let wake: (() => void) | null = null;
  let locked = false;
  const poke = (): void => {
    poked = true;
    wake?.();
  };
  return {
    wish: () => wish,
    want: (next) => {
      // whoever leaves or ends does not come back to this token
      if (wish !== 'leave' && wish !== 'end') wish = next;
      poke();
    },
    answer: (answer) => {
      answered = answer;
      poke();
    },
    lock: (on) => {
      locked = on;
      if (!locked || wake === null) return;
      wish = 'leave';
      poke();
    },
    next: () =>
      new Promise((resolve) => {
        if (locked) {
          wish = 'leave';
          resolve(null);
          return;
        }
        const idle = setTimeout(() => {
          wish = 'leave';
          poke();
        }, idleMs);
        wake = () => {
          clearTimeout(idle);
          wake = null;
          poked = false;
          const given = answered;
          answered = null;
          resolve(given);
        };
        if (poked) wake();
      }),
  };
}

/** Documents whose signature is made and whose time-stamp or storing is under way, beside the one at the token. */
const maxInFlight = 3;

export type RunParts = {
  readonly record: BatchRecord;
  readonly orders: Orders;
  readonly signItem: SignItem;
  /** The item as the desk has it now; one that needs no signature any more is not `waiting`. */
  readonly refresh: (item: StoredBatchItem) => StoredBatchItem;
  /** What else this process does waits until the returned function is called. */
  readonly quiet: () => () => void;
  readonly onSigned: (document: StoredBatchItem['document']) => void;
};

/** Signs what waits with an open token, for as long as the person wants it. Returns the fault that stopped it, or null. */
export async function runBatch(parts: RunParts, key: SigningKey): Promise<AppError | null> {
  const { record, orders } = parts;
  for (;;) {
    const wish = orders.wish();
    if (wish === 'end' || wish === 'leave') return null;
    if (nextWaiting(record, new Set()) === undefined) return null;
    if (wish === 'pause') {
      record.setState('paused');
      await orders.next();
      continue;
    }
    const fault = record.present()?.mode === 'all' ? await signInQuiet(parts, key) : await askOne(parts, key);
    if (fault !== null) return fault;
  }
}

async function signInQuiet(parts: RunParts, key: SigningKey): Promise<AppError | null> {
  const resume = parts.quiet();
  try {
    return await signAll(parts, key);
  } finally {
    resume();
  }
}

/**
 * While the token signs one document, the next is opened and drawn, and the one before is stored: the token is kept busy and nothing else is
 * waited for. A document that is drawn and has not had its turn when the run stops is as if it had never been touched.
 */
async function signAll(parts: RunParts, key: SigningKey): Promise<AppError | null> {
  const { record, orders, signItem } = parts;
  const batch = record.present()?.id ?? '';
  record.setState('running');
  const begun = new Set<string>();
  const inFlight = new Set<Promise<void>>();
  const stop: { fault: AppError | null } = { fault: null };
  const isGoing = (): boolean => stop.fault === null && orders.wish() === 'go';
  let turn: Promise<unknown> = Promise.resolve();

  while (isGoing()) {
    const item = nextWaiting(record, begun);
    if (item === undefined) break;
    begun.add(item.document);
    const { promise: atToken, resolve: takesTurn } = Promise.withResolvers<void>();
    let heldBack = false;
    const sign = (data: Uint8Array): Promise<Result<Uint8Array>> => {
      const mine = turn.then(() => {
        heldBack = !isGoing();
        if (heldBack) return fail('signing.stopped');
        const signing = key.sign(data);
        takesTurn();
        return signing;
      });
      turn = mine.catch(() => undefined);
      return mine;
    };
    const work = signItem(batch, item, { ...key, sign }).then((done) => {
      if (!done.ok && stopsRun(done.error)) stop.fault ??= done.error;
      else if (done.ok || !heldBack) settle(parts, item, done);
      inFlight.delete(work);
      takesTurn();
    });
    inFlight.add(work);
    await atToken;
    if (inFlight.size >= maxInFlight) await Promise.race(inFlight);
  }
  await Promise.all(inFlight);
  return stop.fault;
}

/** One by one: the person sees each before it is signed. */
async function askOne(parts: RunParts, key: SigningKey): Promise<AppError | null> {
  const { record, orders, signItem, refresh } = parts;
  const batch = record.present()?.id ?? '';
  const waiting = nextWaiting(record, new Set());
  if (waiting === undefined) return null;
  const item = refresh(waiting);
  if (item.status !== waiting.status || item.content !== waiting.content) record.settle(item);
  if (item.status !== 'waiting') return null;
  record.setState('asking', null, item.document);
  const answer = await orders.next();
  if (answer === null || answer.document !== item.document || orders.wish() === 'leave') return null;
  if (!answer.sign) {
    record.settle({ document: item.document, status: 'skipped', error: { code: 'batch.skipped' } });
    return null;
  }
  record.setState('running', null, item.document);
  const done = await signItem(batch, { ...item, placement: answer.placement ?? item.placement }, key);
  if (!done.ok && stopsRun(done.error)) return done.error;
  settle(parts, item, done);
  return null;
}

function settle({ record, onSigned }: RunParts, { document }: StoredBatchItem, done: Result<unknown>): void {
  if (done.ok) {
    record.settle({ document, status: 'signed', error: null }, true);
    onSigned(document);
  } else record.settle({ document, status: 'failed', error: done.error });
}

function nextWaiting(record: BatchRecord, begun: ReadonlySet<string>): StoredBatchItem | undefined {
  return record.present()?.items.find(({ document, status }) => status === 'waiting' && !begun.has(document));
}
