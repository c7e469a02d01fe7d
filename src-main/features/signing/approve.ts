import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { ParsedInput } from '../../../src-shared/contract/index.ts';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import type { DocumentState } from '../../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../../src-shared/domain/ids.ts';
import { ok, type Result } from '../../../src-shared/result.ts';
import type { ByteSource } from '../../ports/bytes.ts';
import type { SigningKey } from '../../ports/token.ts';
import { storeContinuation } from '../content/continuation.ts';
import type { DeskContext } from '../context.ts';
import { act, tryAct, type ActOptions } from '../documents/act.ts';
import { openDocument } from '../documents/open-document.ts';
import { grantFor } from '../grants/in-force.ts';
import type { Reports } from '../verification/reports.ts';
import { checkAccepted } from './changed-since.ts';
import { readImages } from './images.ts';
import type { SigningMeans } from './means.ts';
import { signerName } from './signer-name.ts';

/** A document that may be signed now: asked before a token is touched, so that no file is signed in vain. */
export type Approvable = { readonly state: DocumentState; readonly source: ByteSource };

/** Ký duyệt (NĐ 30/2020 Art 13): the leader's image and signature. The document changes only when all of it went well. */
export async function approve(context: DeskContext, means: SigningMeans, reports: Reports, input: ParsedInput<'signing.approve'>): Promise<Result<DocumentDetail>> {
  const opened = openApprovable(context, input.id);
  if (!opened.ok) return opened;
  const ready = await checkReady(context, means, reports, opened.value, input);
  if (!ready.ok) return ready;
  const signed = await context.tokens.withKey(input.thumbprint, input.pin, (key) => signApproval(context, means.base, opened.value, input.placement, key), means.keyOptions());
  return signed.ok ? storeApproval(context, reports, opened.value.state, signed.value) : signed;
}

/** What is asked before a token is touched. Errors: `signing.changed-since`, `certificate.revoked`. */
export async function checkReady(context: DeskContext, means: SigningMeans, reports: Reports, opened: Approvable, input: { readonly accepted: string | null; readonly thumbprint: string }): Promise<Result<null>> {
  const unchanged = await checkAccepted(context, reports, opened, input.accepted);
  return unchanged.ok ? means.certificates.checkRevoked(input.thumbprint) : unchanged;
}

export function openApprovable(context: DeskContext, id: DocumentId): Result<Approvable> {
  const opened = openDocument(context, id);
  if (!opened.ok) return opened;
  const allowed = tryAct(context, id, { type: 'approve', args: { content: opened.value.state.content, signer: '', ...capacityOf(context) } });
  return allowed.ok ? opened : allowed;
}

/** `whole`: the hash of the signed file, where the signer has it. */
export type Signed = { readonly tail: Uint8Array; readonly whole: Sha256 | null; readonly signer: string };

export async function signApproval(context: DeskContext, base: SigningMeans['base'], { source }: Approvable, place: Placement, key: SigningKey): Promise<Result<Signed>> {
  const signed = await context.signing.sign(source, { ...base(), key, reason: 'Ký duyệt', at: context.now(), place, image: readImages(context).signature?.bytes ?? null });
  return signed.ok ? ok({ tail: signed.value.tail, whole: signed.value.sha256 ?? null, signer: signerName(key.certificate) }) : signed;
}

/** File, words and events in one transaction; a document that changed meanwhile stays as it is. */
export async function storeApproval(context: DeskContext, reports: Reports, state: DocumentState, { tail, whole, signer }: Signed, options: Pick<ActOptions, 'batch' | 'quiet'> = {}): Promise<Result<DocumentDetail>> {
  const content = await storeContinuation(context, state.content, tail, whole);
  if (!content.ok) return content;
  const done = act(context, state.id, { type: 'approve', args: { content: content.value, signer, ...capacityOf(context) } }, { seen: state.versions, ...options });
  reports.later(content.value.sha256);
  return done;
}

/** In which capacity somebody signs who is no leader: that of the leave by which they do (NĐ 30/2020 Art 13). */
function capacityOf(context: DeskContext): { readonly capacity?: 'Q.' | 'KT.' | 'TL.' | 'TUQ.' } {
  const grant = context.role === 'leader' ? null : grantFor(context, ['leader']);
  return grant === null ? {} : { capacity: grant.capacity };
}
