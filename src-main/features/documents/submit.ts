import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct } from './act.ts';
import { openDocument } from './open-document.ts';

/**
 * Trình ký. A draft that nobody has signed gets its fields for number, date, signature and seal first (signing.md §3), so that the clerk's
 * later step is lawful form filling. One whose text shows no such places goes as it is.
 */
export async function submit(context: DeskContext, id: DocumentId): Promise<Result<DocumentDetail>> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const { content, versions } = opened.value.state;
  const allowed = tryAct(context, id, { type: 'submit', args: { content } });
  if (!allowed.ok) return allowed;
  const prepared = await prepareContent(context, content, opened.value.source);
  return prepared.ok ? act(context, id, { type: 'submit', args: { content: prepared.value } }, { seen: versions }) : prepared;
}

async function prepareContent(context: DeskContext, content: ContentRef, source: ByteSource): Promise<Result<ContentRef>> {
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
