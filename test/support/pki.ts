import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { extensionsFile, opensslConfig, tsaConfig, type Addresses } from './pki-config.ts';

/** One certificate of the test PKI: PEM files for OpenSSL's command line, DER for the program. */
export type TestCertificate = { readonly pem: string; readonly key: string; readonly der: Buffer; readonly pkcs8: Buffer; readonly thumbprint: string };

export const testHolders = ['root', 'issuing', 'leader', 'organization', 'leaderEc', 'tsa', 'ocsp', 'expired'] as const;
export type TestHolder = (typeof testHolders)[number];

export type TestPki = Readonly<Record<TestHolder, TestCertificate>> & {
  readonly dir: string;
  /** What the certificates say of the services that answer for them; null: nothing. `startAuthorities` brings up such services. */
  readonly addresses: Addresses | null;
  /** PEM bundle issuing + root, for `openssl verify -CAfile` and the like. */
  readonly chainPem: string;
  /** `openssl ts -reply -config <tsaConfig> -section tsa`. */
  readonly tsaConfig: string;
  /** The issuing CA's database for `openssl ocsp -index`: leader and organisation are good. */
  readonly ocspIndex: string;
  /** The root's: itself and the issuing CA. */
  readonly rootIndex: string;
};

export const keyKinds = {
  rsa1024: ['rsa:1024'],
  rsa2048: ['rsa:2048'],
  rsa3072: ['rsa:3072'],
  rsa4096: ['rsa:4096'],
  /** Key and certificate say id-RSASSA-PSS (RFC 4055 1.2). */
  rsaPss: ['rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048'],
  p192: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-192'],
  p256: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  p521: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
} as const satisfies Record<string, readonly string[]>;
export type KeyKind = keyof typeof keyKinds;

export type IssueOptions = {
  /** Of its files in the PKI's folder; one of its own. */
  readonly name: string;
  /** P-256 unless told: quickly made. Keys of a kind are made once per run and shared. */
  readonly key?: KeyKind;
  readonly subject?: string;
  /** A person's, unless told. `sealing` may only encipher keys; `loose-tsa` may stamp, but does not say that this is critical. */
  readonly usage?: 'person' | 'sealing' | 'tsa' | 'loose-tsa' | 'ocsp' | 'issuing';
  /** `YYYYMMDDHHMMSSZ`. */
  readonly dates?: readonly [string, string];
  /** `null`: signed by itself. */
  readonly by?: 'issuing' | 'root' | null;
  /** The PKI's own unless told; null: none. */
  readonly addresses?: Addresses | null;
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
  mkdirSync(dir, { recursive: true });
  cpSync(madeOnce(), dir, { recursive: true });
  writeFileSync(join(dir, 'tsa.cnf'), tsaConfig(dir));
  return readPki(dir, null);
}

/** The same keys and names, in certificates that name the services which answer for them. */
export function createOnlinePki(dir: string, addresses: { readonly root: Addresses; readonly issuing: Addresses }): TestPki {
  mkdirSync(dir, { recursive: true });
  cpSync(madeOnce(), dir, { recursive: true });
  emptyBooks(dir);
  // Of a root nobody is asked, and its responder says that nobody need ask for it (id-pkix-ocsp-nocheck).
  for (const one of holders) issue(dir, { ...one, addresses: one.holder === 'issuing' ? addresses.root : one.by === 'issuing' && one.holder !== 'ocsp' ? addresses.issuing : null });
  writeFileSync(join(dir, 'tsa.cnf'), tsaConfig(dir));
  return readPki(dir, addresses.issuing);
}

/** One more certificate, for keys and faults that the standing holders do not have. */
export function issueCertificate(pki: TestPki, options: IssueOptions): TestCertificate {
  const { name, key = 'p256', usage = 'person', by = 'issuing', addresses = by === 'issuing' ? pki.addresses : null } = options;
  cpSync(keyMadeOnce(key), join(pki.dir, `${name}.key`));
  const subject = options.subject ?? `/C=VN/L=Quảng Ngãi/O=${names.office}/CN=${name}`;
  issue(pki.dir, { holder: name, by, key: keyKinds[key], subject, extensions: usage, days: 1000, addresses, ...(options.dates === undefined ? {} : { dates: options.dates }) });
  return readHolder(pki.dir, name);
}

function readPki(dir: string, addresses: Addresses | null): TestPki {
  const certificates = Object.fromEntries(testHolders.map((holder) => [holder, readHolder(dir, holder)])) as Record<TestHolder, TestCertificate>;
  return { ...certificates, dir, addresses, chainPem: join(dir, 'chain.pem'), tsaConfig: join(dir, 'tsa.cnf'), ocspIndex: join(dir, 'index.txt'), rootIndex: join(dir, 'root-index.txt') };
}

function readHolder(dir: string, name: string): TestCertificate {
  const der = readFileSync(join(dir, `${name}.der`));
  return { pem: join(dir, `${name}.pem`), key: join(dir, `${name}.key`), der, pkcs8: readFileSync(join(dir, `${name}.p8`)), thumbprint: createHash('sha256').update(der).digest('hex') };
}

/** Of what a cached PKI was made with: one made otherwise is not taken. */
const recipe = createHash('sha256').update(readFileSync(import.meta.filename)).update(opensslConfig).digest('hex').slice(0, 8);

function keyMadeOnce(kind: KeyKind): string {
  const path = join(madeOnce(), `kind-${kind}.key`);
  if (existsSync(path)) return path;
  const partial = `${path}.${process.pid}-${threadId}`;
  const [algorithm, ...options] = keyKinds[kind];
  openssl(tmpdir(), ['req', '-new', '-newkey', algorithm, ...options, '-nodes', '-subj', '/CN=x', '-keyout', partial, '-out', `${partial}.csr`]);
  renameSync(partial, path);
  rmSync(`${partial}.csr`);
  return path;
}

/** The test runner starts one process per file; its own id names the run that they share. */
function madeOnce(): string {
  const cache = join(tmpdir(), `van-thu-test-pki-${process.ppid}-${recipe}`);
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
  emptyBooks(dir);
  for (const one of holders) issue(dir, one);
}

function emptyBooks(dir: string): void {
  for (const book of ['index.txt', 'root-index.txt']) {
    writeFileSync(join(dir, book), '');
    writeFileSync(join(dir, `${book}.attr`), 'unique_subject = no\n');
    writeFileSync(join(dir, book.replace('.txt', '.crlnumber')), '1000\n');
  }
}

type Issue = {
  readonly holder: string; readonly by: string | null; readonly key: readonly string[]; readonly subject: string;
  readonly extensions: string; readonly days: number; readonly dates?: readonly [string, string]; readonly addresses?: Addresses | null;
};

const leaderName = `/C=VN/L=Quảng Ngãi/O=${names.office}/title=Chủ tịch/CN=${names.leader}`;
const holders: readonly Issue[] = [
  { holder: 'root', by: null, key: keyKinds.rsa2048, subject: '/C=VN/O=Thử nghiệm/CN=CA gốc thử nghiệm', extensions: 'root', days: 7300 },
  { holder: 'issuing', by: 'root', key: keyKinds.rsa2048, subject: '/C=VN/O=Thử nghiệm/CN=CA cấp chứng thư thử nghiệm', extensions: 'issuing', days: 3650 },
  { holder: 'leader', by: 'issuing', key: keyKinds.rsa2048, subject: leaderName, extensions: 'person', days: 1000 },
  { holder: 'leaderEc', by: 'issuing', key: keyKinds.p256, subject: leaderName, extensions: 'person', days: 1000 },
  { holder: 'organization', by: 'issuing', key: keyKinds.rsa2048, subject: `/C=VN/L=Quảng Ngãi/O=${names.organization}/CN=${names.organization}`, extensions: 'person', days: 1000 },
  { holder: 'expired', by: 'issuing', key: keyKinds.p256, subject: leaderName, extensions: 'person', days: 0, dates: ['20200101000000Z', '20230101000000Z'] },
  { holder: 'tsa', by: 'issuing', key: keyKinds.rsa2048, subject: '/C=VN/O=Thử nghiệm/CN=Dấu thời gian thử nghiệm', extensions: 'tsa', days: 1000 },
  { holder: 'ocsp', by: 'issuing', key: keyKinds.rsa2048, subject: '/C=VN/O=Thử nghiệm/CN=OCSP thử nghiệm', extensions: 'ocsp', days: 1000 },
];

/** Some months ago, as certificates in use are: what was said last week was said in their time. */
function inForceSince(): string {
  return `${new Date(Date.now() - 90 * 86_400_000).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
}

/** A key that is there already is used again. */
function issue(dir: string, { holder, by, key, subject, extensions, days, dates, addresses = null }: Issue): void {
  const [algorithm = 'rsa:2048', ...keyOptions] = key;
  const keyFile = `${holder}.key`;
  const keyArguments = existsSync(join(dir, keyFile)) ? ['-key', keyFile] : ['-newkey', algorithm, ...keyOptions, '-keyout', keyFile];
  openssl(dir, ['req', '-new', ...keyArguments, '-nodes', '-utf8', '-subj', subject, '-config', 'openssl.cnf', '-out', `${holder}.csr`]);
  const period = dates === undefined ? ['-startdate', inForceSince(), '-days', String(days)] : ['-startdate', dates[0], '-enddate', dates[1]];
  const signer = by === null ? ['-selfsign', '-keyfile', keyFile] : ['-cert', `${by}.pem`, '-keyfile', `${by}.key`];
  writeFileSync(join(dir, 'extensions.cnf'), extensionsFile(extensions, addresses));
  const book = by === 'issuing' ? 'office' : 'rootoffice';
  openssl(dir, ['ca', '-batch', '-notext', '-utf8', '-config', 'openssl.cnf', '-name', book, '-extfile', 'extensions.cnf', '-extensions', 'wanted', ...signer, ...period, '-rand_serial', '-in', `${holder}.csr`, '-out', `${holder}.pem`]);
  openssl(dir, ['x509', '-in', `${holder}.pem`, '-outform', 'DER', '-out', `${holder}.der`]);
  openssl(dir, ['pkcs8', '-topk8', '-nocrypt', '-in', keyFile, '-outform', 'DER', '-out', `${holder}.p8`]);
  if (holder === 'issuing') writeFileSync(join(dir, 'chain.pem'), ['issuing', 'root'].map((each) => readFileSync(join(dir, `${each}.pem`), 'utf8')).join(''));
}

function openssl(cwd: string, args: readonly string[]): void {
  execFileSync('openssl', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
