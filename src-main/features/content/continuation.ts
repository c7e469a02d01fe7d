import type { ContentRef } from '../../../src-shared/domain/document.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';

/** Stores `base ++ tail` (the base's chunks are shared) and gives its reference, under the same file name. `whole`: the hash of both, where signing has it from its own reading. */
export async function storeContinuation(context: Pick<DeskContext, 'blobs'>, base: ContentRef, tail: Uint8Array, whole: Sha256 | null = null): Promise<Result<ContentRef>> {
  const stored = whole === null ? await context.blobs.putWithBase(base.sha256, tail) : context.blobs.putContinuation(base.sha256, tail, whole);
  return stored.ok ? ok({ ...stored.value, fileName: base.fileName, parent: base.sha256 }) : stored;
}
