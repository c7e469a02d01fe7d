import type { Certificate } from '../verification/certificate.ts';
import { sameBytes } from '../verification/der.ts';
import { readAddresses } from './addresses.ts';
import { isCurrent } from './asn1-time.ts';
import { findEntry, readRevocationList, type ListScope, type RevocationList } from './crl.ts';
import { invalid, type Judgement } from './revocation-judgement.ts';
import { holdsUnder } from './signed-by.ts';

/** RFC 5280 4.2.1.3. */
const crlSignBit = 6;

/** RFC 5280 6.3.3 for a complete list of the certificate's own issuer. */
export function judgeCrl(der: Uint8Array, { certificate, issuer, now }: { readonly certificate: Certificate; readonly issuer: Certificate; readonly now: Date }): Judgement {
  const list = readRevocationList(der);
  if (list === null) return invalid('garbage');
  if (!sameBytes(list.issuer, certificate.issuer)) return invalid('stranger');
  if (!isFrom(list, issuer)) return invalid('signature');
  if (!isMeantFor(list.scope, certificate)) return invalid('other-certificate');
  if (!isCurrent(list.thisUpdate, list.nextUpdate, now)) return invalid('stale');
  const entry = findEntry(list, certificate.serial);
  if (entry === 'unclear') return invalid('garbage');
  const { thisUpdate, nextUpdate } = list;
  const found = entry === null ? ({ status: 'good', revokedAt: null } as const) : ({ status: 'revoked', revokedAt: entry.revokedAt } as const);
  return { kind: 'answer', answer: { ...found, proof: { kind: 'crl', der }, certificates: [], thisUpdate, nextUpdate } };
}

function isFrom(list: RevocationList, issuer: Certificate): boolean {
  const mayList = issuer.keyUsage === null || issuer.keyUsage.has(crlSignBit);
  return mayList && holdsUnder(issuer.x509.publicKey, list.signed);
}

/** A list of authorities says nothing of a person's certificate by being silent of it, nor one that is published elsewhere. */
function isMeantFor({ only, addresses }: ListScope, certificate: Certificate): boolean {
  if (only === (certificate.basicConstraints.ca ? 'users' : 'authorities')) return false;
  return addresses === null || readAddresses(certificate).crls.some((address) => addresses.includes(address));
}
