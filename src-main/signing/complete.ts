import type { TimestampPort } from '../ports/authorities.ts';
import type { ByteSource } from '../ports/bytes.ts';
import type { SigningKey } from '../ports/token.ts';
import type { Sha256 } from '../../src-shared/domain/ids.ts';
import { fail, ok, type AppError, type Result } from '../../src-shared/result.ts';
import type { PdfFile } from '../pdf/index.ts';
import { completeChain, type SignerCertificate } from './certificate.ts';
import { digestOf, encodeSignedAttributes, encodeSignedData, isSignatureOf } from './cms.ts';
import { digestAround, hashInput } from './range-digest.ts';
import { fillGap, openGap, type Reserve } from './reserve.ts';
import { selfCheck } from './self-check.ts';
import { isStampedOver, stampBytes, timestampReserveBytes } from './timestamp-attribute.ts';

/** SignerInfo, attributes and lengths around certificates and signature value. */
const cmsOverheadBytes = 1024;
/** The largest signature value in use: RSA of 8192 bits. */
const signatureBytes = 1024;
/** The first time, once with the room that the token needed, and once more should the next token be larger still. */
const maxRounds = 3;

export type Chain = { readonly certificates: readonly Uint8Array[]; readonly contentsBytes: number };

/** The chain that goes into the CMS, and the room to reserve for it. */
export function chainFor(key: SigningKey, known: readonly Uint8Array[]): Chain {
  const certificates = completeChain(key.certificate, [...known, ...key.others]);
  const size = certificates.reduce((sum, der) => sum + der.length, 0);
  return { certificates, contentsBytes: roundUp(size + cmsOverheadBytes + signatureBytes) };
}

export type Completion = {
  readonly file: PdfFile;
  readonly input: ByteSource;
  readonly reserve: Reserve;
  readonly field: string;
  readonly signer: SignerCertificate;
  readonly key: SigningKey;
  readonly chain: Chain;
  readonly timestamp: TimestampPort | undefined;
};

/** `sha256` of the whole output, when the signature's own digest is that. */
export type Completed = { readonly tail: Uint8Array; readonly timestampProblem: AppError | null; readonly sha256: Sha256 | null };

/**
 * Fills the blanks of an update: /ByteRange, digest, the key's signature, its time-stamp, /Contents; then reads the result back. A time-stamp
 * that cannot be had is said and leaves the signature as it is; one that does not fit makes the key sign anew, with more room and the session
 * that is open. Errors: the key's own, and `signing.self-check-failed`.
 */
export async function completeSignature(completion: Completion): Promise<Result<Completed>> {
  const { input, key, signer, chain } = completion;
  const digest = digestOf(key.algorithm);
  const hashed = hashInput(input, digest);
  let room = chain.contentsBytes + (completion.timestamp === undefined ? 0 : timestampReserveBytes);
  for (let round = 1; ; round += 1) {
    const open = openGap(input, completion.reserve(room));
    const signedAttributes = encodeSignedAttributes(signer, digestAround(hashed, open.tail, open.gap));
    const signature = await key.sign(signedAttributes);
    if (!signature.ok) return signature;
    if (!isSignatureOf(signer, key.algorithm, signedAttributes, signature.value)) return fail('signing.self-check-failed');
    const stamp = completion.timestamp === undefined ? null : await stampBytes(completion.timestamp, signature.value);
    const encode = (token: Uint8Array | null): Uint8Array => encodeSignedData({ signer, chain: chain.certificates, algorithm: key.algorithm, signedAttributes, signature: signature.value, timestamp: token });
    const cms = encode(stamp?.ok === true ? stamp.value : null);
    if (cms.length > room && round < maxRounds) {
      room = roundUp(cms.length + cmsOverheadBytes);
      continue;
    }
    const fits = cms.length <= room;
    const stamped = stamp?.ok === true && fits;
    const contents = fits ? cms : encode(null);
    fillGap(open, contents);
    const checked = selfCheck(completion.file, input, open.tail, { field: completion.field, range: open.range, digest: digestAround(hashed, open.tail, open.gap), cms: contents });
    if (!checked || (stamped && !isStampedOver(contents))) return fail('signing.self-check-failed');
    const sha256 = digest === 'sha256' ? (hashed.copy().update(open.tail).digest('hex') as Sha256) : null;
    return ok({ tail: open.tail, sha256, timestampProblem: stamp === null || stamped ? null : stamp.ok ? { code: 'timestamp.invalid', params: { reason: 'too large' } } : stamp.error });
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / 256) * 256;
}
