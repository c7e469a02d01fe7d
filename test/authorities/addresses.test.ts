import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readAddresses } from '../../src-main/authorities/addresses.ts';
import { startDeadline } from '../../src-main/authorities/deadline.ts';
import { readCertificate } from '../../src-main/verification/certificate.ts';

let dir: string;

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-addresses-'));
});
after(() => rmSync(dir, { recursive: true, force: true }));

/** Of a certificate with such extensions, in OpenSSL's own words. */
function addressesOf(extensions: string): ReturnType<typeof readAddresses> {
  const config = join(dir, 'one.cnf');
  writeFileSync(config, `[req]\ndistinguished_name = dn\n[dn]\n[issuer]\nCN = Other\n[one]\n${extensions}\n`);
  const der = execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(dir, 'one.key'), '-subj', '/CN=x', '-config', config, '-extensions', 'one', '-outform', 'DER'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const certificate = readCertificate(der);
  assert.ok(certificate !== null);
  return readAddresses(certificate);
}

test('addresses are read in their order, and only those that can be asked', () => {
  assert.deepEqual(
    addressesOf('authorityInfoAccess = OCSP;URI:http://mot.vn/ocsp,OCSP;URI:ldap://hai.vn,OCSP;URI:HTTPS://ba.vn/,OCSP;email:a@b.vn,caIssuers;URI:http://bon.vn/ca.crt\ncrlDistributionPoints = URI:ldap://nam.vn/crl,URI:http://sau.vn/crl'),
    { ocsp: ['http://mot.vn/ocsp', 'HTTPS://ba.vn/'], issuers: ['http://bon.vn/ca.crt'], crls: ['http://sau.vn/crl'] },
  );
  assert.deepEqual(addressesOf('basicConstraints = CA:FALSE'), { ocsp: [], issuers: [], crls: [] });
});

test('a list for some reasons only, or of another issuer, is not asked for', () => {
  assert.deepEqual(
    addressesOf('crlDistributionPoints = some,other,whole\n[some]\nfullname = URI:http://mot.vn/crl\nreasons = keyCompromise\n[other]\nfullname = URI:http://hai.vn/crl\nCRLissuer = dirName:issuer\n[whole]\nfullname = URI:http://ba.vn/crl').crls,
    ['http://ba.vn/crl'],
  );
});

test('a certificate does not send the program around the world', () => {
  const many = Array.from({ length: 40 }, (_, i) => `OCSP;URI:http://h${i % 20}.vn/`).join(',');
  assert.deepEqual(addressesOf(`authorityInfoAccess = ${many}`).ocsp, ['http://h0.vn/', 'http://h1.vn/', 'http://h2.vn/', 'http://h3.vn/']);
});

test('a deadline inside another one ends with it, and for its reason', async () => {
  const outer = startDeadline(5);
  const inner = startDeadline(60_000, outer.signal);
  await once(inner.signal, 'abort');
  assert.deepEqual([outer.ended(), inner.ended(), outer.leftMs()], ['timeout', 'timeout', 0]);
  const controller = new AbortController();
  const given = startDeadline(60_000, controller.signal);
  const within = startDeadline(60_000, given.signal);
  assert.equal(within.ended(), null);
  controller.abort();
  assert.deepEqual([given.ended(), within.ended()], ['stopped', 'stopped']);
  for (const each of [outer, inner, given, within]) each.close();
});
