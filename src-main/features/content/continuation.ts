import type { ContentRef } from '../../../src-shared/domain/document.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** Stores `base ++ tail` (the base's chunks are shared) and gives its reference, under the same file name. */
export async function storeContinuation(context: Pick<DeskContext, 'blobs'>, base: ContentRef, tail: Uint8Array): Promise<Result<ContentRef>> {
  const stored = await context.blobs.putWithBase(base.sha256, tail);
  return stored.ok ? ok({ ...stored.value, fileName: base.fileName, parent: base.sha256 }) : stored;
}
