import { createHash } from 'node:crypto';
import * as asn1 from 'asn1js';
import { ContentInfo, SignedData, TSTInfo } from 'pkijs';
import { fail, type Result } from '../../src-shared/result.ts';
import type { TimestampPort } from '../ports/authorities.ts';

/** id-aa-signatureTimeStampToken (RFC 3161 appendix A). */
export const timestampAttribute = '1.2.840.113549.1.9.16.2.14';

/** Room for a token with the chain of its TSA, which comes along when asked for (certReq). A larger one is met by signing again. */
export const timestampReserveBytes = 8 * 1024;
/** No honest token comes near. */
export const maxTokenBytes = 256 * 1024;

/**
 * A token over the SHA-256 of `data`, looked at once more before it goes into a document: the service's client may be any.
 * Errors: the port's own, and `timestamp.invalid` (`reason`: garbage, imprint, too large).
 */
export async function stampBytes(timestamp: TimestampPort, data: Uint8Array): Promise<Result<Uint8Array>> {
  return stampDigest(timestamp, createHash('sha256').update(data).digest());
}

/** As `stampBytes`, of what has this SHA-256. */
export async function stampDigest(timestamp: TimestampPort, digest: Uint8Array, signal?: AbortSignal): Promise<Result<Uint8Array>> {
  const token = await timestamp.stamp(digest, signal === undefined ? {} : { signal });
  if (!token.ok) return token;
  if (token.value.length > maxTokenBytes) return fail('timestamp.invalid', { reason: 'too large' });
  const imprint = readImprint(token.value);
  if (imprint === null) return fail('timestamp.invalid', { reason: 'garbage' });
  return Buffer.compare(imprint, digest) === 0 ? token : fail('timestamp.invalid', { reason: 'imprint' });
}

/** Whether a CMS, read as a stranger would, carries a time-stamp over its own signature value. */
export function isStampedOver(cms: Uint8Array): boolean {
  const signed = readSignedData(cms);
  const [info] = signed?.signerInfos ?? [];
  const tokens = info?.unsignedAttrs?.attributes.filter(({ type }) => type === timestampAttribute) ?? [];
  const value: unknown = tokens[0]?.values[0];
  if (info === undefined || tokens.length !== 1 || !(value instanceof asn1.Sequence)) return false;
  const imprint = readImprint(new Uint8Array(value.valueBeforeDecodeView));
  const digest = createHash('sha256').update(info.signature.valueBlock.valueHexView).digest();
  return imprint !== null && Buffer.compare(imprint, digest) === 0;
}

/** The SHA-256 that a token is about; null when it is none of a definite length, or is about another kind of hash. */
function readImprint(token: Uint8Array): Uint8Array | null {
  // 0x80: BER's indefinite length would make the whole signature something else than DER.
  if (token[1] === 0x80) return null;
  const content = readSignedData(token)?.encapContentInfo.eContent;
  if (content === undefined) return null;
  try {
    const { messageImprint } = TSTInfo.fromBER(own(content.getValue()));
    if (messageImprint.hashAlgorithm.algorithmId !== sha256) return null;
    return new Uint8Array(messageImprint.hashedMessage.valueBlock.valueHexView);
  } catch {
    // What a service sent may be anything; what is no TSTInfo stamps nothing.
    return null;
  }
}

const sha256 = '2.16.840.1.101.3.4.2.1';

function readSignedData(der: Uint8Array): SignedData | null {
  const read = asn1.fromBER(own(der));
  if (read.offset !== der.length) return null;
  try {
    return new SignedData({ schema: new ContentInfo({ schema: read.result }).content });
  } catch {
    return null;
  }
}

/** An own ArrayBuffer: asn1js takes no views of larger ones. */
function own(bytes: Uint8Array | ArrayBuffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer.slice(0);
}
