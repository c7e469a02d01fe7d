import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One certificate of the test PKI: PEM files for OpenSSL's command line, DER for the program. */
export type TestCertificate = { readonly pem: string; readonly key: string; readonly der: Buffer; readonly pkcs8: Buffer; readonly thumbprint: string };

export const testHolders = ['root', 'issuing', 'leader', 'organization', 'leaderEc', 'tsa', 'ocsp', 'expired'] as const;
export type TestHolder = (typeof testHolders)[number];

export type TestPki = Readonly<Record<TestHolder, TestCertificate>> & {
  readonly dir: string;
  /** PEM bundle issuing + root, for `openssl verify -CAfile` and the like. */
  readonly chainPem: string;
  /** `openssl ts -reply -config <tsaConfig> -section tsa`. */
  readonly tsaConfig: string;
  /** The issuing CA's database for `openssl ocsp -index`: leader and organisation are good. */
  readonly ocspIndex: string;
};

const names = {
  leader: 'Nguyễn Đức Thắng',
  organization: 'Ủy ban nhân dân xã Sơn Tịnh',
  office: 'UBND xã Sơn Tịnh',
} as const;

/**
 * root → issuing CA → leader, organisation (RSA 2048), leaderEc (P-256), expired, TSA and OCSP responder, all made by OpenSSL.
 * Made once per test run and copied into `dir`: keys take time and prove nothing anew.
 */
export function createTestPki(dir: string): TestPki {
  const made = madeOnce();
  mkdirSync(dir, { recursive: true });
  cpSync(made, dir, { recursive: true });
  writeFileSync(join(dir, 'tsa.cnf'), tsaConfig(dir));
  const pem = (holder: TestHolder): string => join(dir, `${holder}.pem`);
  const certificates = Object.fromEntries(testHolders.map((holder) => {
    const der = readFileSync(join(dir, `${holder}.der`));
    const one: TestCertificate = { pem: pem(holder), key: join(dir, `${holder}.key`), der, pkcs8: readFileSync(join(dir, `${holder}.p8`)), thumbprint: createHash('sha256').update(der).digest('hex') };
    return [holder, one];
  })) as Record<TestHolder, TestCertificate>;
  return { ...certificates, dir, chainPem: join(dir, 'chain.pem'), tsaConfig: join(dir, 'tsa.cnf'), ocspIndex: join(dir, 'index.txt') };
}

/** The test runner starts one process per file; its own id names the run that they share. */
function madeOnce(): string {
  const cache = join(tmpdir(), `van-thu-test-pki-${process.ppid}`);
  if (existsSync(cache) && Date.now() - statSync(cache).mtimeMs < 3_600_000) return cache;
  removeStale();
  const partial = mkdtempSync(join(tmpdir(), 'van-thu-test-pki-partial-'));
  make(partial);
  try {
    renameSync(partial, cache);
    return cache;
  } catch {
    // Another file of this run was quicker (the target exists): its PKI serves.
    if (!existsSync(cache)) return partial;
    rmSync(partial, { recursive: true, force: true });
    return cache;
  }
}

function removeStale(): void {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith('van-thu-test-pki-'))) {
    const path = join(tmpdir(), name);
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) >= 3_600_000) rmSync(path, { recursive: true, force: true });
  }
}

function make(dir: string): void {
  writeFileSync(join(dir, 'openssl.cnf'), opensslConfig);
  writeFileSync(join(dir, 'index.txt'), '');
  writeFileSync(join(dir, 'index.txt.attr'), 'unique_subject = no\n');
  const rsa = ['rsa:2048'];
  const ec = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  issue(dir, { holder: 'root', by: null, key: rsa, subject: '/C=VN/O=Thử nghiệm/CN=CA gốc thử nghiệm', extensions: 'root', days: 7300 });
  issue(dir, { holder: 'issuing', by: 'root', key: rsa, subject: '/C=VN/O=Thử nghiệm/CN=CA cấp chứng thư thử nghiệm', extensions: 'issuing', days: 3650 });
  const leader = `/C=VN/L=Quảng Ngãi/O=${names.office}/title=Chủ tịch/CN=${names.leader}`;
  issue(dir, { holder: 'leader', by: 'issuing', key: rsa, subject: leader, extensions: 'person', days: 1000 });
  issue(dir, { holder: 'leaderEc', by: 'issuing', key: ec, subject: leader, extensions: 'person', days: 1000 });
  issue(dir, { holder: 'organization', by: 'issuing', key: rsa, subject: `/C=VN/L=Quảng Ngãi/O=${names.organization}/CN=${names.organization}`, extensions: 'person', days: 1000 });
  issue(dir, { holder: 'expired', by: 'issuing', key: ec, subject: leader, extensions: 'person', days: 0, dates: ['20200101000000Z', '20230101000000Z'] });
  issue(dir, { holder: 'tsa', by: 'issuing', key: rsa, subject: '/C=VN/O=Thử nghiệm/CN=Dấu thời gian thử nghiệm', extensions: 'tsa', days: 1000 });
  issue(dir, { holder: 'ocsp', by: 'issuing', key: rsa, subject: '/C=VN/O=Thử nghiệm/CN=OCSP thử nghiệm', extensions: 'ocsp', days: 1000 });
  writeFileSync(join(dir, 'chain.pem'), ['issuing', 'root'].map((holder) => readFileSync(join(dir, `${holder}.pem`), 'utf8')).join(''));
}

type Issue = {
  readonly holder: TestHolder; readonly by: TestHolder | null; readonly key: readonly string[]; readonly subject: string;
  readonly extensions: string; readonly days: number; readonly dates?: readonly [string, string];
};

function issue(dir: string, { holder, by, key, subject, extensions, days, dates }: Issue): void {
  const [algorithm = 'rsa:2048', ...keyOptions] = key;
  openssl(dir, ['req', '-new', '-newkey', algorithm, ...keyOptions, '-nodes', '-utf8', '-subj', subject, '-config', 'openssl.cnf', '-keyout', `${holder}.key`, '-out', `${holder}.csr`]);
  const period = dates === undefined ? ['-days', String(days)] : ['-startdate', dates[0], '-enddate', dates[1]];
  const signer = by === null ? ['-selfsign', '-keyfile', `${holder}.key`] : ['-cert', `${by}.pem`, '-keyfile', `${by}.key`];
  openssl(dir, ['ca', '-batch', '-notext', '-utf8', '-config', 'openssl.cnf', '-extensions', extensions, ...signer, ...period, '-rand_serial', '-in', `${holder}.csr`, '-out', `${holder}.pem`]);
  openssl(dir, ['x509', '-in', `${holder}.pem`, '-outform', 'DER', '-out', `${holder}.der`]);
  openssl(dir, ['pkcs8', '-topk8', '-nocrypt', '-in', `${holder}.key`, '-outform', 'DER', '-out', `${holder}.p8`]);
}

function openssl(cwd: string, args: readonly string[]): void {
  execFileSync('openssl', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}

const opensslConfig = `
[req]
distinguished_name = dn
string_mask = utf8only
[dn]
[ca]
default_ca = office
[office]
database = index.txt
serial = serial
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
[tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ocsp]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;

function tsaConfig(dir: string): string {
  return `
[tsa]
default_tsa = tsa
serial = ${join(dir, 'tsa.serial')}
crypto_device = builtin
signer_cert = ${join(dir, 'tsa.pem')}
certs = ${join(dir, 'chain.pem')}
signer_key = ${join(dir, 'tsa.key')}
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;
}
