import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { readCertificate, type Certificate } from '../../src-main/verification/certificate.ts';
import { provePath, type PathProof } from '../../src-main/verification/prove-path.ts';
import { readProof, type Proof, type Statement } from '../../src-main/verification/revocation.ts';
import { createTestPki, ecKey, signerExtensions, type TestPki } from '../unit/verification/pki.ts';

const responderExtensions = 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n';
const addresses = 'authorityInfoAccess=OCSP;URI:http://ocsp.example\n';
const point = 'crlDistributionPoints=URI:http://crl.example/a.crl\n';
const hour = 3_600_000;

let pki: TestPki;
let leader: Certificate;
let issuing: Certificate;

before(() => {
  pki = createTestPki();
  issuing = read(pki.issuing);
  leader = read(pki.issue('leader', { key: ecKey, extensions: `${signerExtensions}${addresses}${point}` }));
  pki.issue('responder', { key: ecKey, extensions: `${responderExtensions}noCheck=ignored\n` });
});
after(() => pki.remove());

function read(der: Uint8Array): Certificate {
  const certificate = readCertificate(der);
  assert.ok(certificate !== null);
  return certificate;
}

const utc = (date: Date): string => `${date.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`;
const serialOf = (certificate: Certificate): string => new X509Certificate(Buffer.from(certificate.der)).serialNumber;

/** The CA's book as OpenSSL keeps it: what is not revoked is good. */
function writeBook(revoked: readonly { readonly certificate: Certificate; readonly at: Date; readonly reason?: string }[], others: readonly Certificate[] = []): void {
  const end = utc(new Date(Date.now() + 1000 * 24 * hour));
  const good = [leader, ...others].filter((each) => !revoked.some(({ certificate }) => certificate.thumbprint === each.thumbprint));
  const lines = [
    ...good.map((each) => `V\t${end}\t\t${serialOf(each)}\tunknown\t/CN=${serialOf(each)}`),
    ...revoked.map(({ certificate, at, reason }) => `R\t${end}\t${utc(at)}${reason === undefined ? '' : `,${reason}`}\t${serialOf(certificate)}\tunknown\t/CN=${serialOf(certificate)}`),
  ];
  writeFileSync(pki.path('index.txt'), `${lines.join('\n')}\n`);
}

type Asked = { readonly about?: string; readonly signer?: string; readonly days?: number; readonly args?: readonly string[] };

/** An OCSP response of the issuing CA, signed by whom one likes. */
function ocsp({ about = 'leader', signer = 'responder', days = 1, args = [] }: Asked = {}): Uint8Array {
  const period = days === 0 ? [] : ['-ndays', String(days)];
  pki.openssl('ocsp', '-issuer', 'issuing.pem', '-cert', `${about}.pem`, '-no_nonce', '-reqout', 'request.der');
  pki.openssl('ocsp', '-index', 'index.txt', '-CA', 'issuing.pem', '-rsigner', `${signer}.pem`, '-rkey', `${signer}.key`, '-reqin', 'request.der', '-respout', 'response.der', ...period, ...args);
  return new Uint8Array(readFileSync(pki.path('response.der')));
}

function crl(extensions = '', { signer = 'issuing', args = ['-crldays', '1'] as readonly string[] } = {}): Uint8Array {
  writeFileSync(pki.path('crlnumber'), '01\n');
  writeFileSync(pki.path('crl.cnf'), `[ca]\ndefault_ca=office\n[office]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n[list]\nauthorityKeyIdentifier=keyid\n${extensions}`);
  pki.openssl('ca', '-config', 'crl.cnf', '-gencrl', '-cert', `${signer}.pem`, '-keyfile', `${signer}.key`, '-crlexts', 'list', '-out', 'list.pem', ...args);
  pki.openssl('crl', '-in', 'list.pem', '-outform', 'DER', '-out', 'list.der');
  return new Uint8Array(readFileSync(pki.path('list.der')));
}

function said(kind: Proof['kind'], der: Uint8Array, about = leader, others: readonly Certificate[] = []): Statement | null {
  const proof = readProof(kind, der, 0);
  assert.ok(proof !== null);
  return proof.about(about, issuing, others);
}

/** With one bit of any byte turned it says nothing, whatever that byte is. */
function assertEveryBitCounts(kind: Proof['kind'], der: Uint8Array): void {
  assert.notEqual(said(kind, der), null);
  for (let i = 0; i < der.length; i += 1) {
    const altered = Uint8Array.from(der);
    altered[i]! ^= 1 << (i % 8);
    assert.equal(readProof(kind, altered, 0)?.about(leader, issuing, []) ?? null, null, `byte ${String(i)} of ${String(der.length)}`);
  }
}

describe('an OCSP response', () => {
  test('counts when the issuer signed it, or whom the issuer named for it', () => {
    writeBook([]);
    for (const signer of ['responder', 'issuing']) {
      const statement = said('ocsp', ocsp({ signer }));
      assert.equal(statement?.status, 'good');
      assert.equal(statement.responder?.commonName ?? null, signer === 'issuing' ? null : 'responder');
    }
    assert.equal(said('ocsp', ocsp({ args: ['-resp_key_id'] }))?.status, 'good');
    // Without certificates in it, the file's own may help.
    const bare = ocsp({ args: ['-resp_no_certs'] });
    assert.equal(said('ocsp', bare), null);
    assert.equal(said('ocsp', bare, leader, [read(new X509Certificate(readFileSync(pki.path('responder.pem'))).raw)])?.status, 'good');
  });

  test('tells when and why', () => {
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - hour);
    writeBook([{ certificate: leader, at, reason: 'superseded' }]);
    const statement = said('ocsp', ocsp());
    assert.deepEqual([statement?.status, statement?.revokedAt, statement?.reason], ['revoked', at, 4]);
    writeBook([{ certificate: leader, at }]);
    assert.equal(said('ocsp', ocsp())?.reason, null);
  });

  test('counts for nothing from a stranger, from one who was not named, under SHA-1, or about another', () => {
    writeBook([]);
    const named = 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\n';
    pki.issue('unnamed', { key: ecKey });
    pki.issue('elsewhere', { key: ecKey, extensions: named, issuer: 'root' });
    for (const signer of ['unnamed', 'elsewhere', 'leader', 'root']) assert.equal(said('ocsp', ocsp({ signer })), null, signer);
    assert.equal(said('ocsp', ocsp({ args: ['-rmd', 'sha1'] })), null);
    const other = read(pki.issue('other', { key: ecKey }));
    assert.equal(said('ocsp', ocsp(), other), null);
    // A certificate that the book does not know is `unknown`, which proves nothing.
    assert.equal(said('ocsp', ocsp({ about: 'other' }), other), null);
  });

  test('counts as a whole', () => {
    writeBook([]);
    assertEveryBitCounts('ocsp', ocsp({ signer: 'issuing', args: ['-resp_no_certs'] }));
  });

  test('is none when it is a refusal, or garbage', () => {
    assert.equal(readProof('ocsp', Buffer.from('30030a0103', 'hex'), 0), null);
    for (const garbage of [new Uint8Array(0), Buffer.from('<html>'), crl()]) assert.equal(readProof('ocsp', garbage, 0), null);
  });
});

describe('a revocation list', () => {
  test('tells who was revoked, when and why, and by its silence who was not', () => {
    const at = new Date(Math.floor(Date.now() / 1000) * 1000 - hour);
    writeBook([{ certificate: leader, at, reason: 'keyCompromise' }]);
    const revoked = said('crl', crl());
    assert.deepEqual([revoked?.status, revoked?.revokedAt, revoked?.reason], ['revoked', at, 1]);
    assert.equal(said('crl', crl(), read(pki.issue('other', { key: ecKey })))?.status, 'good');
    writeBook([]);
    assertEveryBitCounts('crl', crl());
  });

  test('of twenty thousand entries is read to its end', () => {
    const line = (serial: number): string => `R\t${utc(new Date(Date.now() + 24 * hour))}\t${utc(new Date())}\t${serial.toString(16).toUpperCase().padStart(8, '0')}\tunknown\t/CN=x`;
    const many = Array.from({ length: 20_000 }, (_, i) => line(i + 0x10000000));
    writeFileSync(pki.path('index.txt'), `${[...many, `R\t${utc(new Date(Date.now() + 24 * hour))}\t${utc(new Date())}\t${serialOf(leader)}\tunknown\t/CN=x`].join('\n')}\n`);
    assert.equal(said('crl', crl())?.status, 'revoked');
  });

  test('counts for nothing when another signed it, or when it is not the whole truth about such a certificate', () => {
    writeBook([]);
    const impostor = createTestPki();
    try {
      for (const kind of ['pem', 'key']) writeFileSync(pki.path(`impostor.${kind}`), readFileSync(impostor.path(`issuing.${kind}`)));
      assert.equal(said('crl', crl('', { signer: 'impostor' })), null);
    } finally {
      impostor.remove();
    }
    const scopes: readonly (readonly [string, boolean])[] = [
      ['', true],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nonlyuser=TRUE\n', true],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nonlyCA=TRUE\n', false],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nonlyAA=TRUE\n', false],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nindirectCRL=TRUE\n', false],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nonlysomereasons=keyCompromise\n', false],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nfullname=URI:http://crl.example/a.crl\n', true],
      ['issuingDistributionPoint=critical,@idp\n[idp]\nfullname=URI:http://crl.example/b.crl\n', false],
      ['2.5.29.27=critical,DER:020101\n', false],
    ];
    for (const [extensions, counts] of scopes) assert.equal(said('crl', crl(extensions)) !== null, counts, extensions);
    assert.equal(readProof('crl', ocsp(), 0), null);
  });
});

describe('a path', () => {
  const root = (): Certificate => read(pki.root);
  const prove = (proofs: readonly Uint8Array[], options: { readonly at?: Date; readonly now?: Date; readonly path?: readonly Certificate[]; readonly purpose?: 'signing' | 'time-stamping'; readonly lists?: readonly Uint8Array[] } = {}): PathProof => provePath(options.path ?? [leader, issuing], {
    evidence: { certificates: [], proofs: [...proofs.map((der) => readProof('ocsp', der, 0)), ...(options.lists ?? []).map((der) => readProof('crl', der, 0))].flatMap((proof) => proof ?? []) },
    at: options.at ?? new Date(), now: options.now ?? new Date(), purpose: options.purpose ?? 'signing',
  });

  test('is good with a proof for each certificate below the anchor, and says what lacks one', () => {
    writeBook([]);
    const whole = prove([ocsp()]);
    assert.deepEqual([whole.status, whole.responders.map((each) => each.commonName)], ['good', ['responder']]);
    const longer = prove([ocsp()], { path: [leader, issuing, root()] });
    assert.deepEqual([longer.status, longer.unmet.map(({ certificate }) => certificate.commonName)], ['unproven', ['issuing']]);
    assert.equal(prove([], { path: [root()] }).status, 'good');
  });

  test('needs a proof of its time: said later, or still current then, and not from the future', () => {
    writeBook([]);
    const now = Date.now();
    const at = (hours: number): Date => new Date(now + hours * hour);
    const [current, momentary] = [ocsp({ days: 1 }), ocsp({ days: 0 })];
    assert.equal(prove([current], { at: at(-5) }).status, 'good');
    assert.equal(prove([current], { at: at(20), now: at(20) }).status, 'good');
    assert.equal(prove([current], { at: at(30), now: at(30) }).status, 'unproven');
    assert.equal(prove([momentary], { at: at(-5) }).status, 'good');
    assert.equal(prove([momentary], { at: at(1), now: at(1) }).status, 'unproven');
    assert.equal(prove([current], { now: at(-1) }).status, 'unproven');
  });

  test('of a certificate that has ended is proven by nothing that was said afterwards', () => {
    const ended = read(endedCertificate());
    writeBook([], [ended]);
    assert.equal(prove([ocsp({ about: 'ended' })], { path: [ended, issuing], at: ended.notBefore }).status, 'unproven');
  });

  test('is revoked from the time that the authority tells, and good before', () => {
    const revokedAt = new Date(Date.now() - 2 * hour);
    writeBook([{ certificate: leader, at: revokedAt }]);
    const response = ocsp();
    assert.equal(prove([response], { at: new Date(Date.now() - hour) }).status, 'revoked');
    assert.equal(prove([response], { at: new Date(Date.now() - 3 * hour) }).status, 'good');
    // One good answer does not outweigh it.
    writeBook([]);
    assert.equal(prove([ocsp(), response], { at: new Date(Date.now() - hour) }).status, 'revoked');
  });

  test('of a time-stamper whose key may have leaked is revoked at any time; one that ended in good order is not', () => {
    const before = new Date(Date.now() - 3 * hour);
    for (const [reason, status] of [['superseded', 'good'], ['cessationOfOperation', 'good'], ['unspecified', 'good'], ['keyCompromise', 'revoked'], [undefined, 'revoked']] as const) {
      writeBook([{ certificate: leader, at: new Date(Date.now() - hour), ...(reason === undefined ? {} : { reason }) }]);
      assert.equal(prove([], { at: before, purpose: 'time-stamping', lists: [crl()] }).status, status, reason);
      assert.equal(prove([], { at: before, purpose: 'signing', lists: [crl()] }).status, 'good', reason);
    }
  });

  test('leans on a responder that can be asked about only when somebody else vouches for it', () => {
    const asked = read(pki.issue('asked', { key: ecKey, extensions: `${responderExtensions}${addresses}` }));
    writeBook([], [asked]);
    const [about, own] = [ocsp({ signer: 'asked' }), ocsp({ about: 'asked', signer: 'asked' })];
    const alone = prove([about, own]);
    assert.deepEqual([alone.status, alone.unmet.map(({ certificate }) => certificate.commonName)], ['unproven', ['asked']]);
    assert.equal(prove([about, ocsp({ about: 'asked' })]).status, 'good');
    assert.equal(prove([about], { lists: [crl()] }).status, 'good');
    writeBook([{ certificate: asked, at: new Date(Date.now() - hour) }]);
    assert.equal(prove([about, ocsp({ about: 'asked' })]).status, 'unproven');
    // Its issuer names no way to ask: then there is nothing to ask (RFC 6960 4.2.2.2.1).
    pki.issue('quiet', { key: ecKey, extensions: responderExtensions });
    assert.equal(prove([ocsp({ signer: 'quiet' })]).status, 'good');
  });
});

function endedCertificate(): Uint8Array {
  const at = (days: number): string => `${new Date(Date.now() + days * 24 * hour).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  pki.issue('ended', { key: ecKey });
  writeFileSync(pki.path('ca.cnf'), '[ca]\ndefault_ca=o\n[o]\ndatabase=ended.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncountryName=optional\norganizationName=optional\ncommonName=supplied\n');
  writeFileSync(pki.path('ended.txt'), '');
  pki.openssl('ca', '-batch', '-notext', '-utf8', '-config', 'ca.cnf', '-cert', 'issuing.pem', '-keyfile', 'issuing.key', '-in', 'ended.csr', '-extfile', 'ended.ext', '-startdate', at(-30), '-enddate', at(-10), '-out', 'ended.pem');
  return new Uint8Array(new X509Certificate(readFileSync(pki.path('ended.pem'))).raw);
}
