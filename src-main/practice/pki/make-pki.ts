import { randomBytes, webcrypto } from 'node:crypto';
import { BitString, Integer, OctetString, PrintableString, Sequence, Set as AsnSet, Utf8String } from 'asn1js';
import { AttributeTypeAndValue, AuthorityKeyIdentifier, BasicConstraints, Certificate, Extension, RelativeDistinguishedNames } from 'pkijs';

export type PracticeHolder = { readonly id: string; readonly kind: 'person' | 'organization'; readonly commonName: string; readonly organization: string };

export type PracticePki = {
  /** DER. */
  readonly root: Uint8Array;
  readonly issuing: Uint8Array;
  readonly holders: readonly { readonly id: string; readonly certificate: Uint8Array; readonly pkcs8: Uint8Array }[];
};

/** Every practice signature says in its issuer's name that it is worth nothing: a copy that leaves the house must not deceive anyone. */
const practiceName = 'Văn Thư LUYỆN TẬP – không có giá trị pháp lý';

/** root → issuing CA → holders, RSA 2048, SHA-256, made without OpenSSL. Holders' certificates last 3 years, the CAs' 10; the CAs' keys are not kept. */
export async function makePracticePki(holders: readonly PracticeHolder[], now: Date): Promise<PracticePki> {
  const [rootKeys, issuingKeys, ...holderKeys] = await Promise.all(['root', 'issuing', ...holders].map(generateKeys));
  if (rootKeys === undefined || issuingKeys === undefined) throw new Error('no keys');
  // From a month back, so that a document dated before the practice office was built can carry a practice signature.
  const from = addYears(now, 0, -30);
  const caPeriod = { from, to: addYears(now, 10, 0) };
  const rootName = nameOf({ commonName: `Gốc ${practiceName}`, organization: 'Văn Thư LUYỆN TẬP' });
  const issuingName = nameOf({ commonName: practiceName, organization: 'Văn Thư LUYỆN TẬP' });
  const root = await issue({ subject: rootName, issuer: rootName, keys: rootKeys, issuerKeys: rootKeys, period: caPeriod, ca: { pathLength: 1 } });
  const issuing = await issue({ subject: issuingName, issuer: rootName, keys: issuingKeys, issuerKeys: rootKeys, period: caPeriod, ca: { pathLength: 0 } });
  const made = await Promise.all(holders.map(async (holder, index) => {
    const keys = holderKeys[index];
    if (keys === undefined) throw new Error('no key for the holder');
    const certificate = await issue({ subject: nameOf(holder), issuer: issuingName, keys, issuerKeys: issuingKeys, period: { from, to: addYears(now, 3, 0) }, ca: null });
    return { id: holder.id, certificate, pkcs8: new Uint8Array(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)) };
  }));
  return { root, issuing, holders: made };
}

type Keys = webcrypto.CryptoKeyPair;
/** pkijs names the browser's type; Node's is the same thing with more usages. */
type PkijsKey = Parameters<Certificate['sign']>[0];

type Issue = {
  readonly subject: RelativeDistinguishedNames; readonly issuer: RelativeDistinguishedNames;
  readonly keys: Keys; readonly issuerKeys: Keys;
  readonly period: { readonly from: Date; readonly to: Date };
  readonly ca: { readonly pathLength: number } | null;
};

async function issue({ subject, issuer, keys, issuerKeys, period, ca }: Issue): Promise<Uint8Array> {
  const certificate = new Certificate();
  certificate.version = 2;
  // RFC 5280 §4.1.2.2: positive, at most 20 bytes; a leading 01 keeps it positive and of one length.
  certificate.serialNumber = new Integer({ valueHex: Buffer.concat([Buffer.of(1), randomBytes(15)]) });
  certificate.subject = subject;
  certificate.issuer = issuer;
  certificate.notBefore.value = period.from;
  certificate.notAfter.value = period.to;
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as PkijsKey);
  certificate.extensions = [
    extension('2.5.29.19', true, new BasicConstraints(ca === null ? {} : { cA: true, pathLenConstraint: ca.pathLength }).toSchema()),
    // RFC 5280 §4.2.1.3: keyCertSign + cRLSign for a CA, digitalSignature + nonRepudiation for a holder.
    extension('2.5.29.15', true, ca === null ? new BitString({ valueHex: Uint8Array.of(0xc0).buffer, unusedBits: 6 }) : new BitString({ valueHex: Uint8Array.of(0x06).buffer, unusedBits: 1 })),
    extension('2.5.29.14', false, new OctetString({ valueHex: await keyIdentifier(keys) })),
    extension('2.5.29.35', false, new AuthorityKeyIdentifier({ keyIdentifier: new OctetString({ valueHex: await keyIdentifier(issuerKeys) }) }).toSchema()),
  ];
  await certificate.sign(issuerKeys.privateKey as PkijsKey, 'SHA-256');
  return new Uint8Array(certificate.toSchema(true).toBER());
}

function extension(extnID: string, critical: boolean, value: { toBER: () => ArrayBuffer }): Extension {
  return new Extension({ extnID, critical, extnValue: value.toBER() });
}

/** RFC 5280 §4.2.1.2 (1): SHA-1 of the public key's bits; a name, not a protection. */
async function keyIdentifier(keys: Keys): Promise<ArrayBuffer> {
  const certificate = new Certificate();
  await certificate.subjectPublicKeyInfo.importKey(keys.publicKey as PkijsKey);
  return webcrypto.subtle.digest('SHA-1', new Uint8Array(certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView));
}

function nameOf({ commonName, organization }: { readonly commonName: string; readonly organization: string }): RelativeDistinguishedNames {
  const attributes = [
    new AttributeTypeAndValue({ type: '2.5.4.6', value: new PrintableString({ value: 'VN' }) }),
    new AttributeTypeAndValue({ type: '2.5.4.10', value: new Utf8String({ value: organization.normalize('NFC') }) }),
    new AttributeTypeAndValue({ type: '2.5.4.3', value: new Utf8String({ value: commonName.normalize('NFC') }) }),
  ];
  // pkijs would write them as one RDN of three values; every CA in use writes a sequence of RDNs with one value each (RFC 5280 §4.1.2.4)
  return RelativeDistinguishedNames.fromBER(new Sequence({ value: attributes.map((one) => new AsnSet({ value: [one.toSchema()] })) }).toBER());
}

function generateKeys(): Promise<Keys> {
  return webcrypto.subtle.generateKey({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' }, true, ['sign', 'verify']);
}

function addYears(date: Date, years: number, days: number): Date {
  const result = new Date(date);
  result.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth(), date.getUTCDate() + days);
  // DER times have whole seconds (RFC 5280 §4.1.2.5).
  result.setUTCMilliseconds(0);
  return result;
}
