import { join } from 'node:path';

/** What OpenSSL's `ca` issues with: `office` is the issuing CA's book, `rootoffice` the root's. */
export const opensslConfig = `
[req]
distinguished_name = dn
string_mask = utf8only
[dn]
[ca]
default_ca = office
[office]
database = index.txt
serial = serial
crlnumber = index.crlnumber
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
string_mask = utf8only
email_in_dn = no
[rootoffice]
database = root-index.txt
serial = serial
crlnumber = root-index.crlnumber
rand_serial = yes
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
string_mask = utf8only
email_in_dn = no
[any]
countryName = optional
localityName = optional
organizationName = optional
title = optional
commonName = supplied
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[sealing]
basicConstraints = critical,CA:FALSE
keyUsage = critical,keyEncipherment
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[loose-tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ocsp]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[crl]
authorityKeyIdentifier = keyid
`;

/** As certificates carry them: `ocsp` and `issuers` in AIA (RFC 5280 4.2.2.1), `crls` in CDP (4.2.1.13). Several are tried in their order. */
export type Addresses = { readonly ocsp: readonly string[]; readonly issuers: readonly string[]; readonly crls: readonly string[] };

/** A section of the configuration above under the name `wanted`, with addresses. */
export function extensionsFile(section: string, addresses: Addresses | null): string {
  const body = new RegExp(`\\n\\[${section}\\]\\n([^\\[]*)`).exec(opensslConfig)?.[1];
  if (body === undefined) throw new Error(`no section ${section}`);
  const { ocsp = [], issuers = [], crls = [] } = addresses ?? {};
  const access = [...ocsp.map((url) => `OCSP;URI:${url}`), ...issuers.map((url) => `caIssuers;URI:${url}`)].join(',');
  const points = crls.map((url) => `URI:${url}`).join(',');
  return `[wanted]\n${body}${access === '' ? '' : `authorityInfoAccess = ${access}\n`}${points === '' ? '' : `crlDistributionPoints = ${points}\n`}`;
}

/** `tsa` stamps; `refusing` is a service that takes no hash but SHA-1. */
export function tsaConfig(dir: string): string {
  const section = (name: string, digests: string): string => `
[${name}]
serial = ${join(dir, 'tsa.serial')}
crypto_device = builtin
signer_cert = ${join(dir, 'tsa.pem')}
certs = ${join(dir, 'chain.pem')}
signer_key = ${join(dir, 'tsa.key')}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = ${digests}
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;
  return `${section('tsa', 'sha1, sha256, sha384, sha512')}${section('refusing', 'sha1')}`;
}

