import type { Output } from '../../../src-shared/contract/index.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import { fail, ok, type Result } from '../../../src-shared/result.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { Inspection } from '../../ports/signing.ts';
import type { DeskContext } from '../context.ts';
import type { Reports } from '../verification/reports.ts';

type Opened = { readonly state: DocumentState; readonly source: ByteSource };
export type ChangedSince = NonNullable<Output<'signing.inspect'>['changedSince']>;

/** What was done to the file after its last signature that no signature covers as lawful; null where nothing was. */
export async function findChangedSince(context: DeskContext, reports: Reports, { state, source }: Opened, inspected?: Inspection): Promise<Result<ChangedSince | null>> {
  // A report says of this very content that nothing is signed: the file need not be opened for it
  if (context.store.findDocument(state.id)?.verdict === 'unsigned') return ok(null);
  const known = inspected === undefined ? context.signing.inspect(source) : ok(inspected);
  if (!known.ok) return known;
  if (known.value.signatures === 0) return ok(null);
  const report = await reports.reportOn(state.content.sha256);
  return report === null ? fail('content.not-here') : ok(changedSince(report));
}

/** Error: `signing.changed-since`, unless the person has seen the change and names the field. */
export async function checkAccepted(context: DeskContext, reports: Reports, opened: Opened, accepted: string | null): Promise<Result<null>> {
  const found = await findChangedSince(context, reports, opened);
  if (!found.ok) return found;
  if (found.value === null || found.value.field === accepted) return ok(null);
  return fail('signing.changed-since', { signer: found.value.signer });
}

function changedSince({ signatures, problems }: VerificationReport): ChangedSince | null {
  const last = signatures.at(-1);
  // there are signatures, and not one of them could be read: nothing missing is read as good
  if (last === undefined) return { field: '?', signer: '?', details: problems.map(({ message }) => message) };
  const isChanged = last.verdict === 'changed' || last.verdict === 'invalid' || last.changesAfter.status === 'not-examined';
  if (!isChanged) return null;
  return { field: last.field, signer: last.signer?.commonName ?? last.field, details: [...last.changesAfter.changes.map(({ message }) => message), ...last.problems.map(({ message }) => message)] };
}
