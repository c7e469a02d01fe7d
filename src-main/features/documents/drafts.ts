import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** Every content that the document has had, newest first, and by what it came to be. Error: `not-found`. */
export function draftVersions({ store }: DeskContext, id: DocumentId): Result<Output<'documents.drafts'>> {
  if (store.findDocument(id) === null) return fail('not-found', { what: 'document' });
  const versions: Output<'documents.drafts'>['versions'] = [];
  for (const event of store.readHistory(id)) {
    if (!('content' in event) || versions.at(-1)?.content.sha256 === event.content.sha256) continue;
    versions.push({ content: event.content, at: event.at, by: event.by?.fullName ?? null, what: event.type });
  }
  return ok({ versions: versions.toReversed() });
}
