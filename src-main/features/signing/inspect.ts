import type { Output } from '../../../src-shared/contract/index.ts';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { DeskContext } from '../context.ts';
import { openDocument } from '../documents/open-document.ts';
import type { Reports } from '../verification/reports.ts';
import { findChangedSince } from './changed-since.ts';

/** What a person should know of the file before signing it. */
export async function inspect(context: DeskContext, reports: Reports, id: DocumentId): Promise<Result<Output<'signing.inspect'>>> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const inspected = context.signing.inspect(opened.value.source);
  if (!inspected.ok) return inspected;
  const changed = await findChangedSince(context, reports, opened.value, inspected.value);
  return changed.ok ? ok({ ...inspected.value, changedSince: changed.value }) : changed;
}
