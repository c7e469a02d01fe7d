import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { CommandId, DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { readDetail } from './detail.ts';

/** Hoàn tác: as if it had never been done, its number included, for as long as nothing of it has left. Error: `undo.too-late`. */
export function undo(context: DeskContext, id: DocumentId, commands: readonly CommandId[]): Result<{ readonly detail: DocumentDetail | null }> {
  if (!context.store.undo(id, commands)) return fail('undo.too-late');
  context.emit('documents.changed', { ids: [id], at: context.now().toISOString() });
  context.emit('sync.status', context.sync.status());
  if (context.store.findDocument(id) === null) return ok({ detail: null });
  const detail = readDetail(context, id);
  return detail.ok ? ok({ detail: detail.value }) : detail;
}
