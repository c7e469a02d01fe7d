import { X509Certificate } from 'node:crypto';

/** The common name of a DER certificate, for the record of who signed; the whole subject when it has none. */
export function signerName(certificate: Uint8Array): string {
  const subject = new X509Certificate(certificate).subject;
  // one attribute a line; those of a multi-valued RDN stand on one line, joined by " + "
  const commonName = subject.split(/\n| \+ /).find((attribute) => attribute.startsWith('CN='));
  return commonName?.slice(3) ?? subject.replaceAll('\n', ', ');
}
