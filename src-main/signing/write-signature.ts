import type { ByteSource } from '../ports/bytes.ts';
import type { SignedTail, SignRequest } from '../ports/signing.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import type { PdfDict, PdfRef } from '../pdf/index.ts';
import { readSigner, type SignerCertificate } from './certificate.ts';
import { chainFor, completeSignature } from './complete.ts';
import type { Draft } from './draft.ts';
import { unwrap } from './form-objects.ts';
import type { Reserve } from './reserve.ts';
import { signatureBody } from './signature-dictionary.ts';
import { fieldLockReference } from './signature-field.ts';

/** The field that a draft gives a value to. `dict` is what it was before; null for a new one. */
export type SignedField = { readonly name: string; readonly dict: PdfDict | null };

/** The last act over a finished drawing: signing it, or, in a preview, only looking at it. */
export type Finish = (input: ByteSource, draft: Draft, value: PdfRef, field: SignedField) => Promise<Result<SignedTail>>;

export function signingWith(request: SignRequest, signer: SignerCertificate): Finish {
  return (input, draft, value, field) => writeSignature(input, draft, value, request, signer, field);
}

/** Refuses a certificate that may not sign now, before anything is drawn or asked of the token. Throws `AppFailure(certificate.*)`. */
export function signerOf(request: SignRequest): SignerCertificate {
  return unwrap(readSigner(request.key.certificate, request.at));
}

/**
 * Puts the signature dictionary at `value`, builds the update and completes it. `field` is the signed field's name, `fieldDict` its
 * dictionary where it was there before (its /Lock is obeyed).
 */
async function writeSignature(input: ByteSource, draft: Draft, value: PdfRef, request: SignRequest, signer: SignerCertificate, field: SignedField): Promise<Result<SignedTail>> {
  const chain = chainFor(request.key, request.chain);
  const reference = field.dict === null ? null : fieldLockReference(draft.file, field.dict);
  const reserve: Reserve = (contentsBytes) => {
    const body = signatureBody({
      profile: request.profile, name: signer.commonName, reason: request.reason, location: request.location, at: request.at, contentsBytes, reference,
      seal: (object) => draft.seal(value, object),
    });
    draft.putWritten(value, body.bytes);
    return { body, built: draft.build(), num: value.num };
  };
  const done = await completeSignature({ file: draft.file, input, reserve, field: field.name, signer, key: request.key, chain, timestamp: request.timestamp });
  if (!done.ok) return done;
  const { tail, sha256, timestampProblem } = done.value;
  return ok({ tail, field: field.name, timestampProblem, ...(sha256 === null ? {} : { sha256 }) });
}
