import type { Batch } from '../../../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../../../src-shared/domain/ids.ts';
import { describeError } from '../../../../src-shared/errors.ts';
import type { AppError } from '../../../../src-shared/result.ts';
import type { StoredBatch, StoredBatchItem } from '../../../ports/store.ts';
import type { DeskContext } from '../../context.ts';

type Settled = Pick<StoredBatchItem, 'document' | 'status' | 'error'> & { readonly content?: StoredBatchItem['content'] };

/** The run as it stands, in memory and on the disk, and told to the screens at every step. */
export type BatchRecord = {
  readonly present: () => StoredBatch | null;
  readonly read: () => Batch | null;
  readonly put: (batch: StoredBatch) => void;
  readonly setState: (state: StoredBatch['state'], error?: AppError | null, current?: DocumentId | null) => void;
  /** `stored`: the transaction of the signature has marked it already. */
  readonly settle: (item: Settled, stored?: boolean) => void;
  /** Resolves when the run is so, at once if it is. */
  readonly until: (is: (batch: StoredBatch) => boolean) => Promise<void>;
};

export function createBatchRecord(context: Pick<DeskContext, 'store' | 'emit' | 'log'>): BatchRecord {
  let present = context.store.findBatch();
  let current: DocumentId | null = null;
  const waiting = new Set<() => void>();

  const tell = (): void => {
    if (present !== null) context.emit('batch.changed', toBatch(present, current));
    for (const look of waiting) look();
  };
  // A disk that refuses holds less than what happened; the log says the rest when the desk is opened again
  const keep = (write: () => void): void => {
    try {
      write();
    } catch (error) {
      context.log('error', 'the run of signatures is not kept', { error: error instanceof Error ? error.message : 'unknown' });
    }
  };
  const put = (batch: StoredBatch): void => {
    keep(() => context.store.putBatch(batch));
    present = batch;
    current = null;
    tell();
  };
  return {
    present: () => present,
    read: () => (present === null ? null : toBatch(present, current)),
    put,
    setState: (state, error = null, at = null) => {
      if (present === null) return;
      const { id } = present;
      if (present.state !== state || present.error !== null || error !== null) keep(() => context.store.setBatchState(id, state, error));
      present = { ...present, state, error };
      current = at;
      tell();
    },
    settle: (settled, stored = false) => {
      if (present === null) return;
      const { id } = present;
      const items = present.items.map((item) => (item.document === settled.document ? { ...item, ...settled } : item));
      const item = items.find(({ document }) => document === settled.document);
      if (item !== undefined && !stored) keep(() => context.store.setBatchItem(id, item));
      present = { ...present, items };
      tell();
    },
    until: (is) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (present !== null && !is(present)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

function toBatch({ id, mode, state, thumbprint, error, startedAt, items }: StoredBatch, current: DocumentId | null): Batch {
  return {
    id, mode, state, thumbprint, current, startedAt,
    items: items.map(({ document, title, placement, status, error: problem }) => ({ id: document, title, placement, status, error: refusalOf(problem) })),
    error: refusalOf(error),
  };
}

function refusalOf(error: AppError | null): { code: string; message: string } | null {
  return error === null ? null : { code: error.code, message: describeError(error) };
}
