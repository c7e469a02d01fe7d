import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { openDocument } from '../documents/open-document.ts';
import type { Reports } from '../verification/reports.ts';

/** Tries the password on the file; one that opens it is remembered until the program ends. Error: `pdf.password-wrong`, and what else keeps the file shut. */
export function unlock(context: DeskContext, reports: Reports, id: DocumentId, password: string): Result<Record<string, never>> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const { state, source } = opened.value;
  const inspected = context.signing.inspect({ ...source, password });
  if (!inspected.ok) return inspected;
  context.passwords.keep(state.content.sha256, password);
  // what could not be read could not be judged
  reports.again(state.content.sha256);
  context.emit('documents.changed', { ids: [id], at: context.now().toISOString() });
  return ok({});
}
