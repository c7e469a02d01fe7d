import type { ByteSource } from '../ports/bytes.ts';
import type { SigningKey } from '../ports/token.ts';
import { fail, ok, type Result } from '../../src-shared/result.ts';
import type { BuiltUpdate, PdfFile } from '../pdf/index.ts';
import { completeChain, type SignerCertificate } from './certificate.ts';
import { digestOf, encodeSignedAttributes, encodeSignedData, isSignatureOf } from './cms.ts';
import { digestAround, hashInput } from './range-digest.ts';
import { selfCheck } from './self-check.ts';
import { byteRangeText, type SignatureBody } from './signature-dictionary.ts';

/** SignerInfo, attributes and lengths around certificates and signature value. */
const cmsOverheadBytes = 1024;
/** The largest signature value in use: RSA of 8192 bits. */
const signatureBytes = 1024;

export type Chain = { readonly certificates: readonly Uint8Array[]; readonly contentsBytes: number };

/** The chain that goes into the CMS, and the room to reserve for it. */
export function chainFor(key: SigningKey, known: readonly Uint8Array[]): Chain {
  const certificates = completeChain(key.certificate, [...known, ...key.others]);
  const size = certificates.reduce((sum, der) => sum + der.length, 0);
  return { certificates, contentsBytes: Math.ceil((size + cmsOverheadBytes + signatureBytes) / 256) * 256 };
}

/**
 * Fills the blanks of a built update: /ByteRange, digest, the key's signature, /Contents; then reads the result back.
 * One call of `key.sign`. Errors: the key's own, and `signing.self-check-failed`.
 */
export async function completeSignature(file: PdfFile, input: ByteSource, built: BuiltUpdate, body: SignatureBody, bodyNum: number, field: string, signer: SignerCertificate, key: SigningKey, chain: Chain): Promise<Result<Uint8Array>> {
  const tail = Buffer.from(built.tail);
  const at = built.bodies.get(bodyNum);
  if (at === undefined) throw new Error('the signature dictionary is not in the update');
  const gap = { start: at + body.contents.start, end: at + body.contents.end };
  const afterGap = input.sizeBytes + gap.end;
  const range = [0, input.sizeBytes + gap.start, afterGap, input.sizeBytes + tail.length - afterGap] as const;
  tail.write(byteRangeText(range), at + body.byteRange.start, 'latin1');

  const hashed = hashInput(input, digestOf(key.algorithm));
  const digest = digestAround(hashed, tail, gap);
  const signedAttributes = encodeSignedAttributes(signer, digest);
  const signature = await key.sign(signedAttributes);
  if (!signature.ok) return signature;
  if (!isSignatureOf(signer, key.algorithm, signedAttributes, signature.value)) return fail('signing.self-check-failed');
  const cms = encodeSignedData({ signer, chain: chain.certificates, algorithm: key.algorithm, signedAttributes, signature: signature.value });
  // The room is reckoned from the very certificates that went in.
  if (cms.length > chain.contentsBytes) throw new Error('the reserve for /Contents is too small');
  tail.write(Buffer.from(cms).toString('hex').toUpperCase(), gap.start + 1, 'latin1');
  const checked = selfCheck(file, input, tail, { field, range, digest: digestAround(hashed, tail, gap), cms });
  return checked ? ok(tail) : fail('signing.self-check-failed');
}
