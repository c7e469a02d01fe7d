import { X509Certificate } from 'node:crypto';

/** The common name of a DER certificate, for the record of who signed. */
export function signerName(certificate: Uint8Array): string {
  const subject = new X509Certificate(certificate).subject;
  return /(?:^|\n)CN=([^\n]*)/.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ');
}
