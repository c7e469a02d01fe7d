import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { judgeCrl } from '../../src-main/authorities/crl-check.ts';
import { readCertificate, type Certificate } from '../../src-main/verification/certificate.ts';
import { createTestPki, issueCertificate, type TestCertificate, type TestPki } from '../support/pki.ts';

let dir: string;
let pki: TestPki;
let leader: Certificate;
let issuing: Certificate;
const now = new Date();

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-lists-'));
  pki = createTestPki(join(dir, 'pki'));
  leader = read(pki.leader);
  issuing = read(pki.issuing);
});
after(() => rmSync(dir, { recursive: true, force: true }));

function read({ der }: TestCertificate): Certificate {
  const certificate = readCertificate(der);
  assert.ok(certificate !== null);
  return certificate;
}

/** A list of the issuing authority, with extensions in OpenSSL's own words. */
function publish(extensions: string): Buffer {
  const config = join(pki.dir, 'list.cnf');
  writeFileSync(config, `${readFileSync(join(pki.dir, 'openssl.cnf'), 'utf8')}\n[this_list]\nauthorityKeyIdentifier = keyid\n${extensions}\n`);
  execFileSync('openssl', ['ca', '-gencrl', '-config', 'list.cnf', '-crldays', '1', '-crlexts', 'this_list', '-cert', 'issuing.pem', '-keyfile', 'issuing.key', '-out', 'list.pem'], { cwd: pki.dir, stdio: ['ignore', 'ignore', 'pipe'] });
  return execFileSync('openssl', ['crl', '-in', 'list.pem', '-outform', 'DER'], { cwd: pki.dir, maxBuffer: 64 * 1024 * 1024 });
}

const judge = (der: Uint8Array, certificate = leader): unknown => {
  const judged = judgeCrl(der, { certificate, issuer: issuing, now });
  return judged.kind === 'answer' ? judged.answer.status : judged.kind === 'invalid' ? judged.reason : judged.kind;
};

test('a list that is a delta, of some reasons only, indirect, of authorities or of attributes, settles nothing', () => {
  assert.equal(judge(publish('')), 'good');
  assert.equal(judge(publish('issuingDistributionPoint = critical,@idp\n[idp]\nonlyuser = TRUE')), 'good');
  for (const extensions of [
    '2.5.29.27 = critical,ASN1:INTEGER:5',
    'issuingDistributionPoint = critical,@idp\n[idp]\nonlysomereasons = keyCompromise',
    'issuingDistributionPoint = critical,@idp\n[idp]\nindirectCRL = TRUE',
    'issuingDistributionPoint = critical,@idp\n[idp]\nonlyCA = TRUE',
    'issuingDistributionPoint = critical,@idp\n[idp]\nonlyAA = TRUE',
    '1.2.3.4 = critical,ASN1:NULL',
  ]) assert.equal(judge(publish(extensions)), 'other-certificate', extensions);
});

test("a root's list says nothing of what its issuing authority issued", () => {
  execFileSync('openssl', ['ca', '-gencrl', '-config', 'openssl.cnf', '-name', 'rootoffice', '-crldays', '1', '-cert', 'root.pem', '-keyfile', 'root.key', '-out', 'list.pem'], { cwd: pki.dir, stdio: ['ignore', 'ignore', 'pipe'] });
  assert.equal(judge(execFileSync('openssl', ['crl', '-in', 'list.pem', '-outform', 'DER'], { cwd: pki.dir })), 'stranger');
});

test('a list for one address is for the certificates that name it', () => {
  const list = publish('issuingDistributionPoint = critical,@idp\n[idp]\nfullname = URI:http://ca.vn/mot.crl');
  const naming = (url: string): Certificate => read(issueCertificate(pki, { name: new URL(url).pathname.slice(1), addresses: { ocsp: [], issuers: [], crls: [url] } }));
  assert.equal(judge(list), 'other-certificate');
  assert.equal(judge(list, naming('http://ca.vn/mot.crl')), 'good');
  assert.equal(judge(list, naming('http://ca.vn/hai.crl')), 'other-certificate');
});

test('of fifty thousand entries the one wanted is found, and none is taken for another', () => {
  const revoked = ['dau', 'giua', 'cuoi'].map((name) => issueCertificate(pki, { name }));
  const [first, between, last] = revoked;
  assert.ok(first !== undefined && between !== undefined && last !== undefined);
  const line = (serial: string): string => `R\t290818070632Z\t260101000000Z\t${serial}\tunknown\t/CN=x\n`;
  const many = (from: number): string => Array.from({ length: 25_000 }, (_, i) => line(`${(from + i).toString(16).padStart(8, '0').toUpperCase()}AB`)).join('');
  const book = join(pki.dir, 'index.txt');
  const known = readFileSync(book, 'utf8');
  writeFileSync(book, line(serialOf(first)));
  appendFileSync(book, many(0x10000000) + line(serialOf(between)) + many(0x20000000) + line(serialOf(last)));
  const list = publish('');
  writeFileSync(book, known);
  assert.ok(list.length > 1_000_000);
  for (const one of revoked) assert.equal(judge(list, read(one)), 'revoked');
  assert.equal(judge(list), 'good');
});

function serialOf(certificate: TestCertificate): string {
  return read(certificate).x509.serialNumber;
}
