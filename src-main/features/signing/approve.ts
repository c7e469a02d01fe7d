import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import type { SigningCapacity } from '../../../src-shared/domain/records/signing-capacity.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { SigningKey } from '../../ports/token.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct, type ActOptions } from '../documents/act.ts';
import { openDocument } from '../documents/open-document.ts';
import type { Reports } from '../verification/reports.ts';
import { approvalWords, chooseCapacity } from './capacity.ts';
import { checkAccepted } from './changed-since.ts';
import { readImages } from './images.ts';
import type { SigningMeans } from './means.ts';
import { signerName } from './signer-name.ts';

/** A document that may be signed now: asked before a token is touched, so that no file is signed in vain. */
export type Approvable = { readonly state: DocumentState; readonly source: ByteSource; readonly capacity: SigningCapacity | null };

/** Ký duyệt (NĐ 30/2020 Art 13): the leader's image and signature. The document changes only when all of it went well. */
export async function approve(context: DeskContext, means: SigningMeans, reports: Reports, input: ParsedInput<'signing.approve'>): Promise<Result<DocumentDetail>> {
  const opened = openApprovable(context, input.id, input.as);
  if (!opened.ok) return opened;
  const ready = await checkReady(context, means, reports, opened.value, input);
  if (!ready.ok) return ready;
  const signed = await context.tokens.withKey(input.thumbprint, input.pin, (key) => signApproval(context, means.base, opened.value, input.placement, key), means.keyOptions());
  return signed.ok ? storeApproval(context, reports, opened.value, signed.value) : signed;
}

/** What is asked before a token is touched. Errors: `signing.changed-since`, `certificate.revoked`. */
export async function checkReady(context: DeskContext, means: SigningMeans, reports: Reports, opened: Pick<Approvable, 'state' | 'source'>, input: { readonly accepted: string | null; readonly thumbprint: string }): Promise<Result<null>> {
  const unchanged = await checkAccepted(context, reports, opened, input.accepted);
  return unchanged.ok ? means.certificates.checkRevoked(input.thumbprint) : unchanged;
}

/** `as`: the capacity that was chosen (`chooseCapacity`). */
export function openApprovable(context: DeskContext, id: DocumentId, as: string | undefined): Result<Approvable> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const chosen = chooseCapacity(context, as);
  if (!chosen.ok) return chosen;
  const allowed = tryAct(context, id, { type: 'approve', args: { content: opened.value.state.content, signer: '', ...approvalWords(chosen.value) } }, chosen.value?.grant ?? undefined);
  return allowed.ok ? ok({ ...opened.value, capacity: chosen.value }) : allowed;
}

/** `whole`: the hash of the signed file, where the signer has it. */
export type Signed = { readonly tail: Uint8Array; readonly whole: Sha256 | null; readonly signer: string };

export async function signApproval(context: DeskContext, base: SigningMeans['base'], { source, capacity }: Approvable, place: Placement, key: SigningKey): Promise<Result<Signed>> {
  // NĐ 30/2020 App I.II.8: on the page stands the leader's image alone, so the capacity is told where the signature tells its reason
  const reason = capacity === null || capacity.words === '' ? 'Ký duyệt' : `Ký duyệt: ${capacity.words}`;
  const signed = await context.signing.sign(source, { ...base(), key, reason, at: context.now(), place, image: readImages(context).signature?.bytes ?? null });
  return signed.ok ? ok({ tail: signed.value.tail, whole: signed.value.sha256 ?? null, signer: signerName(key.certificate) }) : signed;
}

/** File, words and events in one transaction; a document that changed meanwhile stays as it is. */
export async function storeApproval(context: DeskContext, reports: Reports, { state, capacity }: Approvable, { tail, whole, signer }: Signed, options: Pick<ActOptions, 'batch' | 'quiet'> = {}): Promise<Result<DocumentDetail>> {
  const content = await storeContinuation(context, state.content, tail, whole);
  if (!content.ok) return content;
  const done = act(context, state.id, { type: 'approve', args: { content: content.value, signer, ...approvalWords(capacity) } }, { seen: state.versions, ...(capacity === null || capacity.grant === null ? {} : { byGrant: capacity.grant }), ...options });
  reports.later(content.value.sha256);
  return done;
}
