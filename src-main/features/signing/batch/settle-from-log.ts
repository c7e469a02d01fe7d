import type { StoredBatchItem } from '../../../ports/store.ts';
import type { DeskContext } from '../../context.ts';

/**
 * What the log says of an item that waits: signed after all, gone on without this run, or waiting still. The document's own stage is the
 * truth, so that nothing is signed twice, whatever came between.
 */
export function settleFromLog(context: Pick<DeskContext, 'store'>, item: StoredBatchItem): StoredBatchItem {
  if (item.status !== 'waiting') return item;
  const stored = context.store.findDocument(item.document);
  if (stored === null) return { ...item, status: 'failed', error: { code: 'not-found', params: { what: 'document' } } };
  const { stage, content } = stored.state;
  if (stage === 'submitted') return content.sha256 === item.content ? item : { ...item, status: 'failed', error: { code: 'workflow.changed-meanwhile' } };
  const isSigned = context.store.readHistory(item.document).some((event) => event.type === 'approved' && event.content.parent === item.content);
  return isSigned ? { ...item, status: 'signed', error: null } : { ...item, status: 'failed', error: { code: 'workflow.wrong-stage', params: { stage } } };
}
