import { createHash, X509Certificate } from 'node:crypto';
import { BitString, fromBER } from 'asn1js';
import { Certificate } from 'pkijs';
import type { TokenCertificate } from '../../src-shared/contract/signing.ts';
import type { HostCertificate } from './messages.ts';

/** As `describeCertificate`; null for an object that is no readable certificate, so that it hides no other. */
export function findDescription(certificate: HostCertificate, now: Date): TokenCertificate | null {
  try {
    return describeCertificate(certificate, now);
  } catch {
    // Both parsers throw errors of many kinds on what a driver may hand out; all of them mean the same.
    return null;
  }
}

/** What a person sees of a certificate. `usable` is the first reason against signing with it; trust and revocation are judged elsewhere. */
export function describeCertificate({ der, label, hasPrivateKey }: HostCertificate, now: Date): TokenCertificate {
  const x509 = new X509Certificate(der);
  const parsed = Certificate.fromBER(new Uint8Array(der));
  const subject = readName(parsed.subject);
  const commonName = subject.get(oid.commonName) ?? '';
  return {
    thumbprint: createHash('sha256').update(der).digest('hex'),
    label: label !== '' ? label : commonName,
    commonName,
    organization: subject.get(oid.organization) ?? '',
    issuer: readName(parsed.issuer).get(oid.commonName) ?? '',
    notBefore: x509.validFromDate.toISOString(),
    notAfter: x509.validToDate.toISOString(),
    holder: guessHolder(subject),
    hasPrivateKey,
    usable: judgeUse(x509, parsed, now),
  };
}

const oid = {
  commonName: '2.5.4.3',
  surname: '2.5.4.4',
  organization: '2.5.4.10',
  title: '2.5.4.12',
  givenName: '2.5.4.42',
  keyUsage: '2.5.29.15',
} as const;

function readName(name: Certificate['subject']): ReadonlyMap<string, string> {
  return new Map(name.typesAndValues.map((one) => [one.type, String(one.value.valueBlock.value).normalize('NFC')]));
}

/** A heuristic to propose with, never to forbid by: names that public bodies begin with, and the marks of a person. */
function guessHolder(subject: ReadonlyMap<string, string>): 'person' | 'organization' {
  if ([oid.title, oid.surname, oid.givenName].some((type) => subject.has(type))) return 'person';
  const commonName = (subject.get(oid.commonName) ?? '').toLocaleLowerCase('vi');
  if (commonName !== '' && commonName === subject.get(oid.organization)?.toLocaleLowerCase('vi')) return 'organization';
  return /^(ủy ban|uỷ ban|ubnd|hội đồng|hđnd|văn phòng|sở|bộ|cục|chi cục|phòng|ban|trung tâm|trường|trạm|công an|đảng ủy|tòa án|viện|công ty)(\s|$)/u.test(commonName) ? 'organization' : 'person';
}

function judgeUse(x509: X509Certificate, parsed: Certificate, now: Date): TokenCertificate['usable'] {
  if (now > x509.validToDate) return 'expired';
  if (now < x509.validFromDate) return 'not-yet-valid';
  if (x509.ca || !maySign(parsed)) return 'wrong-usage';
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = x509.publicKey;
  if (type === 'rsa' || type === 'rsa-pss') return (details?.modulusLength ?? 0) >= 2048 ? 'ok' : 'weak-key';
  if (type === 'ec') return ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? '') ? 'ok' : 'weak-key';
  return 'wrong-usage';
}

/** RFC 5280 §4.2.1.3: digitalSignature (bit 0) or nonRepudiation (bit 1); no such extension sets no limit. */
function maySign(parsed: Certificate): boolean {
  const usage = parsed.extensions?.find((extension) => extension.extnID === oid.keyUsage);
  if (usage === undefined) return true;
  const { result } = fromBER(usage.extnValue.valueBlock.valueHexView);
  return result instanceof BitString && ((result.valueBlock.valueHexView[0] ?? 0) & 0b1100_0000) !== 0;
}
