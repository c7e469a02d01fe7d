import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct } from './act.ts';

/**
 * Trình ký. A draft that nobody has signed gets its fields for number, date, signature and seal first (signing.md §3), so that the clerk's
 * later step is lawful form filling. One whose text shows no such places goes as it is.
 */
export async function submit(context: DeskContext, id: DocumentId): Promise<Result<DocumentDetail>> {
  const stored = context.store.findDocument(id);
  if (stored === null) return fail('not-found', { what: 'văn bản' });
  const { content } = stored.state;
  if (!context.blobs.has(content.sha256)) return fail('content.not-here');
  const allowed = tryAct(context, id, { type: 'submit', args: { content } });
  if (!allowed.ok) return allowed;
  const prepared = await prepareContent(context, content);
  return prepared.ok ? act(context, id, { type: 'submit', args: { content: prepared.value } }) : prepared;
}

async function prepareContent(context: DeskContext, content: ContentRef): Promise<Result<ContentRef>> {
  const source = context.openContent(content.sha256);
  const inspected = context.signing.inspect(source);
  if (!inspected.ok) return inspected;
  if (inspected.value.prepared || inspected.value.signatures > 0) return ok(content);
  const places = await context.signing.findPlaces(source);
  if (!places.ok) return places;
  const { number, day, month, signature, seal } = places.value;
  if (number === null || day === null || month === null || signature === null || seal === null) return ok(content);
  const prepared = await context.signing.prepare(source, places.value);
  return prepared.ok ? storeContinuation(context, content, prepared.value.tail) : prepared;
}
