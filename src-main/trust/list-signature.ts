import { createHash } from 'node:crypto';
import type { Certificate } from '../verification/certificate.ts';
import { checkCms } from '../verification/cms-check.ts';
import { contentType, parseCms } from '../verification/cms.ts';

/** `by`: whose signature holds; null where none can be asked for. */
export type ListSignature = { readonly ok: true; readonly by: string | null } | { readonly ok: false; readonly reason: 'unsigned' | 'signature' | 'signer' };

/**
 * Detached CMS over the list's bytes, made with a certificate that the program was shipped with for this alone. A path to an anchor would not do: every
 * signing certificate of the country has one. A program that knows no such certificate cannot check, and takes lists as they come (docs/adr/0017).
 */
export function checkListSignature(text: string, signature: string | null, signers: readonly Certificate[], now: Date): ListSignature {
  if (signers.length === 0) return { ok: true, by: null };
  if (signature === null) return { ok: false, reason: 'unsigned' };
  const outcome = parseCms(new Uint8Array(Buffer.from(signature, 'base64')));
  if (!outcome.ok) return { ok: false, reason: 'signature' };
  const { cms } = outcome;
  const known = signers.find(({ thumbprint }) => thumbprint === cms.signer.thumbprint);
  if (known === undefined || now < known.notBefore || now > known.notAfter) return { ok: false, reason: 'signer' };
  const digest = createHash(cms.digest).update(text, 'utf8').digest();
  const { integrity } = checkCms(cms, { expectedType: contentType.data, digest, essRequired: false });
  return integrity === 'intact' ? { ok: true, by: known.commonName } : { ok: false, reason: 'signature' };
}
