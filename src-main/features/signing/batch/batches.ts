import { setTimeout as sleep } from 'node:timers/promises';
import type { Output, ParsedInput } from '../../../../src-shared/contract/index.ts';
import type { Batch } from '../../../../src-shared/contract/signing.ts';
import { fail, ok, type AppError, type Result } from '../../../../src-shared/result.ts';
import type { StoredBatch, StoredBatchItem } from '../../../ports/store.ts';
import type { DeskContext } from '../../context.ts';
import type { Reports } from '../../verification/reports.ts';
import type { SigningMeans } from '../means.ts';
import type { FindPlaces } from '../places.ts';
import { reportBug } from '../report-bug.ts';
import { chooseCapacity, keepRunCapacity } from '../capacity.ts';
import { createBatchRecord } from './record.ts';
import { createOrders, runBatch, type Orders } from './run.ts';
import { settleFromLog } from './settle-from-log.ts';
import { createItemSigner } from './sign-item.ts';
import { createTeller } from './teller.ts';

export type Batches = {
  readonly read: () => Result<Output<'batch.read'>>;
  readonly start: (input: ParsedInput<'batch.start'>) => Promise<Result<Batch>>;
  readonly answer: (input: ParsedInput<'batch.answer'>) => Promise<Result<Batch>>;
  readonly pause: () => Promise<Result<Batch>>;
  readonly resume: (input: ParsedInput<'batch.resume'>) => Promise<Result<Batch>>;
  readonly end: () => Promise<Result<Batch>>;
  /** A run holds the token: whoever else wants to sign would wait for its end. */
  readonly isOpen: () => boolean;
  /** While locked no token waits logged in for a word: a run that asks or rests is left, one that signs by itself goes on. */
  readonly lock: (locked: boolean) => void;
  /** The token is left after the document in hand; what waits stays. */
  readonly close: () => Promise<void>;
};

/** As long as whoever closes the program may be made to wait for a token that hangs. */
const lastWordMs = 2500;

type Session = { readonly orders: Orders; readonly closed: Promise<void> };

/**
 * Ký duyệt of many with one login (signing.md §4). Each document is signed, stored and marked before the next is; the log has the last word on
 * what was signed, so a crash leaves every one of them signed or untouched, and a run that goes on signs none of them again.
 */
export function createBatches(context: DeskContext, means: SigningMeans, reports: Reports, findPlaces: FindPlaces): Batches {
  const record = createBatchRecord(context);
  let session: Session | null = null;
  let abandoned = false;
  let isLocked = false;

  // Whoever held the token when the program ended does not hold it now
  const left = record.present();
  if (left !== null && left.state !== 'ended') rest(left, left.error);

  /** No token is open: what waits needs a PIN, and a run in which nothing waits is over. */
  function rest(batch: StoredBatch, error: AppError | null): void {
    settleAll(batch);
    const waits = record.present()?.items.some(({ status }) => status === 'waiting') === true;
    record.setState(waits ? 'interrupted' : 'ended', error);
  }

  function settleAll({ items }: StoredBatch): void {
    for (const item of items) {
      const settled = settleFromLog(context, item);
      if (settled !== item) record.settle(settled);
    }
  }

  /** Answers when the token is open, or with why it is not. */
  async function open(batch: StoredBatch, pin: string | null, begin: () => void): Promise<Result<null>> {
    const orders = createOrders(context.tokenIdleMs);
    orders.lock(isLocked);
    const opened = Promise.withResolvers<Result<null>>();
    const closed = Promise.withResolvers<void>();
    const mine: Session = { orders, closed: closed.promise };
    session = mine;
    const teller = createTeller(context);
    // a server that failed once is not asked again in this run
    const signItem = createItemSigner(context, means.baseOfRun(), reports, findPlaces);
    lookAhead(batch);
    let began = false;
    let fault: AppError | null = null;
    const login = context.tokens.withKey(batch.thumbprint, pin, async (key) => {
      began = true;
      begin();
      opened.resolve(ok(null));
      fault = await runBatch({ record, orders, signItem, refresh, onSigned: teller.tell, quiet: reports.hold }, key);
      return ok(null);
    }, means.keyOptions());
    const left = login.catch((error: unknown) => {
      // the rest waits, as after any fault of the token
      const ref = reportBug(context, 'batch', error);
      fault = { code: 'bug', params: { ref } };
      return fail('bug', { ref });
    });
    void left.then((result) => {
      session = null;
      // the store may be closed by now; the next start reads from the log what came of it
      if (abandoned) return closed.resolve();
      teller.end();
      if (began) finish(orders, fault);
      else if (!result.ok) opened.resolve(result);
      closed.resolve();
    });
    return opened.promise;
  }

  /** While the token logs in, the first documents are read. */
  function lookAhead({ items }: StoredBatch): void {
    const next = items.filter(({ status, placement }) => status === 'waiting' && placement === null).slice(0, 2);
    for (const { content } of next) if (context.blobs.has(content)) findPlaces(content, context.openContent(content)).catch(() => undefined);
  }

  /** The token is closed. */
  function finish(orders: Orders, fault: AppError | null): void {
    const batch = record.present();
    if (batch === null) return;
    if (orders.wish() === 'end' && fault === null) leaveRest(batch);
    rest(record.present() ?? batch, fault);
  }

  function leaveRest(batch: StoredBatch): void {
    for (const { document, status } of batch.items) if (status === 'waiting') record.settle({ document, status: 'skipped', error: { code: 'signing.stopped' } });
  }

  /** What is put before the signer now, one by one; what cannot be signed any more says so instead. */
  function refresh(item: StoredBatchItem): StoredBatchItem {
    const state = context.store.findDocument(item.document)?.state;
    return state?.stage === 'submitted' ? { ...item, content: state.content.sha256 } : settleFromLog(context, item);
  }

  function answerWith(): Result<Batch> {
    const batch = record.read();
    return batch === null ? fail('batch.none') : ok(batch);
  }

  return {
    read: () => ok({ batch: record.read() }),
    isOpen: () => session !== null,
    start: async ({ mode, items, thumbprint, pin, as }) => {
      if (session !== null) return fail('batch.running');
      const capacity = chooseCapacity(context, as);
      if (!capacity.ok) return capacity;
      const allowed = await means.certificates.checkRevoked(thumbprint);
      if (!allowed.ok) return allowed;
      const stored: StoredBatchItem[] = [];
      for (const { id, placement } of items) {
        if (stored.some(({ document }) => document === id)) continue;
        const found = context.store.findDocument(id);
        if (found === null) return fail('not-found', { what: 'document' });
        stored.push({ document: id, title: found.state.title, content: found.state.content.sha256, placement, status: 'waiting', error: null });
      }
      if (session !== null) return fail('batch.running');
      const batch: StoredBatch = { id: context.newId(), mode, state: 'running', thumbprint, error: null, startedAt: context.now().toISOString(), items: stored };
      const opened = await open(batch, pin, () => {
        keepRunCapacity(context, batch.id, capacity.value);
        record.put(batch);
      });
      return opened.ok ? firstWord() : opened;
    },
    answer: async ({ id, sign, placement }) => {
      const batch = record.read();
      if (session === null || batch === null) return fail('batch.none');
      if (batch.state !== 'asking' || batch.current !== id) return fail('workflow.changed-meanwhile');
      session.orders.answer({ document: id, sign, placement });
      await record.until(({ state }) => isResting(state) || (record.read()?.current !== id && state !== 'running'));
      return answerWith();
    },
    pause: async () => {
      if (session === null) return fail('batch.none');
      session.orders.want('pause');
      await record.until(({ state }) => state === 'paused' || isResting(state));
      return answerWith();
    },
    resume: async ({ pin, retryFailed }) => {
      const batch = record.present();
      if (batch === null) return fail('batch.none');
      if (retryFailed) {
        for (const item of batch.items) {
          if (item.status === 'failed') record.settle(settleFromLog(context, { ...item, ...contentNow(item), status: 'waiting', error: null }));
        }
      }
      // what was signed or sent back by itself while the run rested
      if (session === null) settleAll(record.present() ?? batch);
      const waits = record.present()?.items.some(({ status }) => status === 'waiting') === true;
      if (!waits && session === null) {
        if (batch.state === 'ended') return fail('batch.none');
        record.setState('ended');
        return answerWith();
      }
      if (session !== null) {
        session.orders.want('go');
        await record.until(({ state }) => state !== 'paused');
        return answerWith();
      }
      const allowed = await means.certificates.checkRevoked(batch.thumbprint);
      if (!allowed.ok) return allowed;
      if (session !== null) return fail('batch.running');
      const opened = await open(record.present() ?? batch, pin, () => record.setState('running'));
      if (opened.ok) return firstWord();
      rest(record.present() ?? batch, opened.error);
      return opened;
    },
    end: async () => {
      const batch = record.present();
      if (batch === null || batch.state === 'ended') return fail('batch.none');
      if (session === null) {
        leaveRest(batch);
        rest(record.present() ?? batch, null);
        return answerWith();
      }
      const { orders, closed } = session;
      orders.want('end');
      await closed;
      return answerWith();
    },
    lock: (locked) => {
      isLocked = locked;
      session?.orders.lock(locked);
    },
    close: async () => {
      if (session === null) return;
      session.orders.want('leave');
      const tooLong = new AbortController();
      const isClosed = await Promise.race([session.closed.then(() => true), sleep(lastWordMs, false, { signal: tooLong.signal }).catch(() => false)]);
      tooLong.abort();
      abandoned = !isClosed;
    },
  };

  /** One by one, the first document is asked about before the answer goes out. */
  async function firstWord(): Promise<Result<Batch>> {
    await record.until(({ mode, state }) => mode === 'all' || state !== 'running');
    return answerWith();
  }

  function contentNow(item: StoredBatchItem): Partial<Pick<StoredBatchItem, 'content'>> {
    const state = context.store.findDocument(item.document)?.state;
    return state?.stage === 'submitted' ? { content: state.content.sha256 } : {};
  }
}

function isResting(state: StoredBatch['state']): boolean {
  return state === 'interrupted' || state === 'ended';
}
