import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { DeskContext } from '../context.ts';

/** The document and its bytes, or why it cannot be looked at: `not-found`, `content.not-here`. */
export function openDocument(context: DeskContext, id: DocumentId): Result<{ readonly state: DocumentState; readonly source: ByteSource }> {
  const stored = context.store.findDocument(id);
  if (stored === null) return fail('not-found', { what: 'document' });
  const { sha256 } = stored.state.content;
  if (!context.blobs.has(sha256)) return fail('content.not-here');
  return ok({ state: stored.state, source: context.openContent(sha256) });
}
