import type { Certificate } from '../verification/certificate.ts';
import { isSignedBy } from '../verification/cms-check.ts';
import { crlStatement, readRevocationList, type RevocationList } from '../verification/crl.ts';
import { sameBytes } from '../verification/der.ts';
import { isCurrent } from './current.ts';
import { invalid, type Judgement } from './revocation-judgement.ts';

/** What the verifier would take from a file's DSS, and of its time: a list that counts here will count there. */
export function judgeCrl(der: Uint8Array, { certificate, issuer, now }: { readonly certificate: Certificate; readonly issuer: Certificate; readonly now: Date }): Judgement {
  const list = readRevocationList(der);
  if (list === null) return invalid('garbage');
  if (!sameBytes(list.issuer, issuer.subject)) return invalid('stranger');
  if (!isFrom(list, issuer)) return invalid('signature');
  const statement = crlStatement(list, certificate, issuer);
  // a delta, a list of some reasons only, of authorities only, or of another place
  if (statement === null) return invalid('other-certificate');
  if (!isCurrent(list, now)) return invalid('stale');
  const { status, revokedAt, thisUpdate, nextUpdate } = statement;
  return { kind: 'answer', answer: { status, revokedAt, proof: { kind: 'crl', der }, certificates: [], thisUpdate, nextUpdate } };
}

function isFrom({ scheme, tbs, signature }: RevocationList, issuer: Certificate): boolean {
  return scheme.hash !== null && isSignedBy(issuer.x509.publicKey, tbs, signature, { scheme, digest: scheme.hash });
}
