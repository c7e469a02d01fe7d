import { X509Certificate, type KeyObject } from 'node:crypto';
import * as asn1 from 'asn1js';
import { Certificate } from 'pkijs';
import { fail, ok, type Result } from '../../src-shared/result.ts';

export type SignerCertificate = {
  readonly der: Uint8Array;
  /** DER of the issuer's name and of the serial number, byte for byte as in the certificate. */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly commonName: string;
  readonly publicKey: KeyObject;
};

/** RFC 5280 4.2.1.3: digitalSignature is bit 0, nonRepudiation bit 1 of the first byte. */
const signingBits = 0b1100_0000;
const minRsaBits = 2048;
const minEcBits = 256;
/** Of RFC 5480 and 8422, those that CMS signs with here. */
const ecBits: ReadonlyMap<string, number> = new Map([['prime256v1', 256], ['secp384r1', 384], ['secp521r1', 521]]);

/**
 * Reads the signer's certificate and refuses, before anything is signed, one that may not sign at `at`.
 * Errors: `certificate.expired`, `certificate.not-yet-valid`, `certificate.wrong-usage` (also: not a certificate), `certificate.weak-key`.
 */
export function readSigner(der: Uint8Array, at: Date): Result<SignerCertificate> {
  const parsed = parse(der);
  if (parsed === null) return fail('certificate.wrong-usage');
  const { certificate, x509 } = parsed;
  const notBefore = certificate.notBefore.value;
  const notAfter = certificate.notAfter.value;
  if (at.getTime() > notAfter.getTime()) return fail('certificate.expired', { date: dateVi(notAfter) });
  if (at.getTime() < notBefore.getTime()) return fail('certificate.not-yet-valid', { date: dateVi(notBefore) });
  if (!maySign(certificate)) return fail('certificate.wrong-usage');
  const publicKey = x509.publicKey;
  const bits = keyBits(publicKey);
  const isRsa = publicKey.asymmetricKeyType === 'rsa' || publicKey.asymmetricKeyType === 'rsa-pss';
  if (bits < (isRsa ? minRsaBits : minEcBits)) return fail('certificate.weak-key', { bits });
  const fields = tbsFields(der);
  return ok({ der, ...fields, publicKey, commonName: commonNameOf(certificate) });
}

/** The signer, then each issuer that is among `known`, up to a root; a chain that breaks off is given as far as it goes. */
export function completeChain(signer: Uint8Array, known: readonly Uint8Array[]): readonly Uint8Array[] {
  const pool = known.flatMap((der) => {
    const parsed = parse(der);
    return parsed === null ? [] : [{ der, x509: parsed.x509 }];
  });
  const chain = [signer];
  for (let current = new X509Certificate(signer); !current.checkIssued(current); ) {
    const issuer = pool.find(({ x509 }) => current.checkIssued(x509) && current.verify(x509.publicKey));
    if (issuer === undefined || chain.some((der) => Buffer.compare(der, issuer.der) === 0)) break;
    chain.push(issuer.der);
    current = issuer.x509;
  }
  return chain;
}

type Parsed = { readonly certificate: Certificate; readonly x509: X509Certificate };

/** A run of many signs with one key and one chain: the same arrays come again and again, and nobody writes to them. */
const parsedBefore = new WeakMap<Uint8Array, Parsed | null>();

function parse(der: Uint8Array): Parsed | null {
  const known = parsedBefore.get(der);
  if (known !== undefined) return known;
  const parsed = parseAnew(der);
  parsedBefore.set(der, parsed);
  return parsed;
}

function parseAnew(der: Uint8Array): Parsed | null {
  try {
    return { certificate: Certificate.fromBER(copy(der)), x509: new X509Certificate(der) };
  } catch {
    // A token may hold anything under the type of a certificate; what is none is passed over.
    return null;
  }
}

function maySign(certificate: Certificate): boolean {
  const usage = certificate.extensions?.find((extension) => extension.extnID === '2.5.29.15');
  // RFC 5280 4.2.1.3: without the extension the key is not restricted.
  if (usage === undefined) return true;
  const bits: unknown = usage.parsedValue;
  return bits instanceof asn1.BitString && ((bits.valueBlock.valueHexView[0] ?? 0) & signingBits) !== 0;
}

function keyBits(key: KeyObject): number {
  const details = key.asymmetricKeyDetails;
  return details?.modulusLength ?? ecBits.get(details?.namedCurve ?? '') ?? 0;
}

/** RFC 5280 4.1: TBSCertificate ::= { [0] version, serialNumber, signature, issuer, … }. */
function tbsFields(der: Uint8Array): { readonly issuer: Uint8Array; readonly serial: Uint8Array } {
  const whole = asn1.fromBER(copy(der)).result as asn1.Sequence;
  const tbs = (whole.valueBlock.value[0] as asn1.Sequence).valueBlock.value;
  const first = tbs[0]!.idBlock.tagClass === 3 ? 1 : 0;
  return { serial: new Uint8Array(tbs[first]!.valueBeforeDecodeView), issuer: new Uint8Array(tbs[first + 2]!.valueBeforeDecodeView) };
}

function commonNameOf(certificate: Certificate): string {
  const name = certificate.subject.typesAndValues.find(({ type }) => type === '2.5.4.3');
  return name === undefined ? '' : String(name.value.valueBlock.value);
}

function dateVi(date: Date): string {
  return new Intl.DateTimeFormat('vi-VN', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' }).format(date);
}

/** An own ArrayBuffer: asn1js takes no views of larger ones. */
function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
