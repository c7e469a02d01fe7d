import { createHash } from 'node:crypto';
import { derNull, explicit, octets, oid, sequence } from '../signing/der.ts';
import type { Certificate } from '../verification/certificate.ts';
import { derTag } from '../verification/der.ts';

export const ocspNonceOid = '1.3.6.1.5.5.7.48.1.2';
const sha1Oid = '1.3.14.3.2.26';

/** OCSPRequest (RFC 6960 4.1.1) about one certificate. SHA-1 only names the issuer here, and is the one hash that every responder knows. */
export function encodeOcspRequest(certificate: Certificate, issuer: Certificate, nonce: Uint8Array): Uint8Array {
  const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();
  const id = sequence(sequence(oid(sha1Oid), derNull), octets(sha1(issuer.subject)), octets(sha1(issuer.keyBits)), integer(certificate.serial));
  // RFC 8954 2.1: an OCTET STRING inside the extension's own
  const extension = sequence(oid(ocspNonceOid), octets(octets(nonce)));
  return sequence(sequence(sequence(sequence(id)), explicit(2, sequence(extension))));
}

/** Serial numbers are at most 20 bytes (RFC 5280 4.1.2.2); some are a little longer, none 128. */
function integer(content: Uint8Array): Uint8Array {
  if (content.length > 127) throw new RangeError('a serial number of more than 127 bytes');
  return Uint8Array.of(derTag.integer, content.length, ...content);
}
