import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { AppError } from '../../../src-shared/result.ts';
import type { StoredBatch, StoredBatchItem } from '../../ports/store.ts';
import type { WritableDb } from '../driver.ts';

export type BatchTables = {
  readonly find: () => StoredBatch | null;
  /** To be called in a transaction: what was there goes. */
  readonly put: (batch: StoredBatch) => void;
  readonly setState: (id: string, state: StoredBatch['state'], error: AppError | null) => void;
  readonly setItem: (id: string, item: Pick<StoredBatchItem, 'document' | 'status' | 'error' | 'content'>) => void;
  readonly markSigned: (id: string, document: DocumentId) => void;
};

type Row = { readonly row: number; readonly id: string; readonly mode: StoredBatch['mode']; readonly state: StoredBatch['state']; readonly thumbprint: string; readonly error: string | null; readonly startedAt: string };
type ItemRow = { readonly document: DocumentId; readonly title: string; readonly content: Sha256; readonly placement: string | null; readonly status: StoredBatchItem['status']; readonly error: string | null };

/** One run at a time is kept: the last. Its items are found by document, since none stands in it twice. */
export function createBatches(db: WritableDb): BatchTables {
  const find = db.read<[], Row>('SELECT row, id, mode, state, thumbprint, error, started_at AS startedAt FROM batch ORDER BY row DESC LIMIT 1');
  const items = db.read<[number], ItemRow>('SELECT document, title, content, placement, status, error FROM batch_item WHERE batch = ? ORDER BY seq');
  const clear = db.write<[]>('DELETE FROM batch');
  const add = db.write<[string, string, string, string, string | null, string]>('INSERT INTO batch (id, mode, state, thumbprint, error, started_at) VALUES (?, ?, ?, ?, ?, ?)');
  const addItem = db.write<[number, number, string, string, string, string | null, string, string | null]>(
    'INSERT INTO batch_item (batch, seq, document, title, content, placement, status, error) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const setState = db.write<[string, string | null, string]>('UPDATE batch SET state = ?, error = ? WHERE id = ?');
  const setItem = db.write<[string, string | null, string, string, string]>(
    'UPDATE batch_item SET status = ?, error = ?, content = ? WHERE batch = (SELECT row FROM batch WHERE id = ?) AND document = ?',
  );
  const markSigned = db.write<[string, string]>("UPDATE batch_item SET status = 'signed', error = NULL WHERE batch = (SELECT row FROM batch WHERE id = ?) AND document = ?");
  return {
    find: () => {
      const found = find.get();
      if (found === undefined) return null;
      const { row, error, ...batch } = found;
      return { ...batch, error: parseError(error), items: items.all(row).map(toItem) };
    },
    put: (batch) => {
      clear.run();
      const row = Number(add.run(batch.id, batch.mode, batch.state, batch.thumbprint, jsonOf(batch.error), batch.startedAt).lastInsertRowid);
      for (const [seq, item] of batch.items.entries()) addItem.run(row, seq, item.document, item.title, item.content, jsonOf(item.placement), item.status, jsonOf(item.error));
    },
    setState: (id, state, error) => void setState.run(state, jsonOf(error), id),
    setItem: (id, { document, status, error, content }) => void setItem.run(status, jsonOf(error), content, id, document),
    markSigned: (id, document) => void markSigned.run(id, document),
  };
}

function toItem({ placement, error, ...item }: ItemRow): StoredBatchItem {
  return { ...item, placement: placement === null ? null : (JSON.parse(placement) as Placement), error: parseError(error) };
}

function jsonOf(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function parseError(json: string | null): AppError | null {
  return json === null ? null : (JSON.parse(json) as AppError);
}
