/** Names of the algorithms of XML-DSig (W3C, RFC 6931) that are read. */
export type HashName = 'sha1' | 'sha256' | 'sha384' | 'sha512';
export type SignatureAlgorithm = `${'rsa' | 'ecdsa'}-${HashName}`;

/** What hashes and what checks a signature is handed in: this room has no cryptography of its own. */
export type Digests = {
  readonly createHash: (algorithm: HashName) => { readonly update: (bytes: Uint8Array) => void; readonly bytes: () => Uint8Array };
  /**
   * `certificate`: X.509, DER. `signature`: of RSA PKCS#1 v1.5, or of ECDSA the two numbers one after the other (RFC 6931 2.3.6).
   * False for whatever does not fit, a certificate that cannot be read included.
   */
  readonly verify: (algorithm: SignatureAlgorithm, certificate: Uint8Array, data: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;
};

/** Signs for a writer. `certificate`: DER. */
export type PackageSigner = { readonly algorithm: SignatureAlgorithm; readonly certificate: Uint8Array; readonly sign: (data: Uint8Array) => Promise<Uint8Array> };

export const hashNames: readonly HashName[] = ['sha1', 'sha256', 'sha384', 'sha512'];

export const digestUris: Readonly<Record<HashName, string>> = {
  sha1: 'http://www.w3.org/2000/09/xmldsig#sha1',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
};

export const signatureUris: Readonly<Record<SignatureAlgorithm, string>> = {
  'rsa-sha1': 'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  'rsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'rsa-sha384': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha384',
  'rsa-sha512': 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'ecdsa-sha1': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1',
  'ecdsa-sha256': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  'ecdsa-sha384': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384',
  'ecdsa-sha512': 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512',
};

export const envelopedTransform = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const exclusiveCanonical = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Canonical forms by their names: whether exclusive, whether comments stay. */
export const canonicalUris: Readonly<Record<string, { readonly exclusive: boolean; readonly comments: boolean }>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': { exclusive: false, comments: false },
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments': { exclusive: false, comments: true },
  [exclusiveCanonical]: { exclusive: true, comments: false },
  [`${exclusiveCanonical}WithComments`]: { exclusive: true, comments: true },
  // the samples of the axis' SDK write the exclusive form's name so
  'http://www.w3.org/TR/xml-exc-c14n#': { exclusive: true, comments: false },
};

export function keyOf<Key extends string>(table: Readonly<Record<Key, string>>, uri: string | undefined): Key | undefined {
  return (Object.keys(table) as Key[]).find((key) => table[key] === uri);
}
