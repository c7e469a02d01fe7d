import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { combineTokens } from '../../src-main/token/combine.ts';
import { createTokens } from '../../src-main/token/client.ts';
import { createSoftTokens } from '../../src-main/token/soft.ts';
import { createTestPki, type TestCertificate, type TestPki } from '../support/pki.ts';
import { createTestToken } from '../support/softhsm.ts';

let dir: string;
let pki: TestPki;
const pin = '24681357';
const text = Buffer.from('Ủy ban nhân dân');

before(() => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-soft-'));
  pki = createTestPki(join(dir, 'pki'));
});
after(() => rmSync(dir, { recursive: true, force: true }));

function makePkcs12(name: string, holder: TestCertificate, options: readonly string[]): string {
  const path = join(dir, `${name}.p12`);
  execFileSync('openssl', ['pkcs12', '-export', '-in', holder.pem, '-inkey', holder.key, '-certfile', pki.issuing.pem, '-passout', `pass:${pin}`, '-out', path, ...options]);
  return path;
}

const openCertificates = ['-certpbe', 'NONE'];

test('a PKCS#12 file with readable certificates is listed without its password and signs with it', async () => {
  for (const holder of [pki.leader, pki.leaderEc]) {
    const path = makePkcs12('open', holder, openCertificates);
    const tokens = createSoftTokens({ pkcs12: [{ label: 'Lãnh đạo', path }] });
    const listed = await tokens.list();
    assert.deepEqual(listed.drivers, [{ driver: path, problem: null }]);
    const certificate = listed.tokens[0]?.certificates.find((one) => one.thumbprint === holder.thumbprint);
    assert.equal(certificate?.commonName, 'Nguyễn Đức Thắng');
    assert.equal(certificate?.hasPrivateKey, true);
    const signed = await tokens.withKey(holder.thumbprint, pin, async (key) => {
      assert.equal(key.others.length, 1);
      return key.sign(text);
    });
    assert.ok(signed.ok);
    assert.ok(verify('sha256', text, new X509Certificate(holder.der).publicKey, signed.value));
  }
});

test('a PKCS#12 file signs with the digest of the policy', async () => {
  const path = makePkcs12('digest', pki.leader, openCertificates);
  const signed = await createSoftTokens({ pkcs12: [{ label: 'A', path }] }).withKey(pki.leader.thumbprint, pin, async (key) => {
    assert.equal(key.algorithm, 'rsa-pkcs1-sha512');
    return key.sign(text);
  }, { digest: 'sha512' });
  assert.ok(signed.ok && verify('sha512', text, new X509Certificate(pki.leader.der).publicKey, signed.value));
});

test('a wrong password is a wrong PIN, and the key is never handed out', async () => {
  const path = makePkcs12('wrong', pki.leader, openCertificates);
  const result = await createSoftTokens({ pkcs12: [{ label: 'A', path }] }).withKey(pki.leader.thumbprint, 'khong-dung', async () => assert.fail('handed out'));
  assert.deepEqual(result, { ok: false, error: { code: 'token.pin-wrong', params: { left: 'again' } } });
});

test('a file that hides its certificates signs all the same for one who knows the thumbprint', async () => {
  const bytes = readFileSync(makePkcs12('hidden', pki.leader, []));
  const tokens = createSoftTokens({ pkcs12: [{ label: 'Kín', bytes }] });
  assert.deepEqual((await tokens.list()).tokens[0]?.certificates, []);
  assert.ok((await tokens.withKey(pki.leader.thumbprint, pin, (key) => key.sign(text))).ok);
  const wrong = await tokens.withKey(pki.leader.thumbprint, 'khong-dung', (key) => key.sign(text));
  assert.equal(wrong.ok ? null : wrong.error.code, 'token.pin-wrong');
});

test('a file that is missing or is no PKCS#12 is named as a problem', async () => {
  const broken = join(dir, 'broken.p12');
  writeFileSync(broken, 'not a key store');
  const { drivers, tokens } = await createSoftTokens({ pkcs12: [{ label: 'A', path: join(dir, 'none.p12') }, { label: 'B', path: broken }] }).list();
  assert.deepEqual(drivers.map((one) => one.problem?.code), ['file.unreadable', 'token.driver-unloadable']);
  assert.deepEqual(tokens, []);
});

test('combined ports list together and each certificate is found where it is', async () => {
  const token = await createTestToken(dir, pki);
  const hardware = createTokens({ drivers: [token.module], env: token.env });
  const expired = makePkcs12('expired', pki.expired, openCertificates);
  const tokens = combineTokens(hardware, createSoftTokens({ pkcs12: [{ label: 'Cũ', path: expired }] }));
  try {
    const listed = await tokens.list();
    assert.equal(listed.tokens.length, 2);
    assert.equal(listed.tokens[1]?.certificates.find((one) => one.thumbprint === pki.expired.thumbprint)?.usable, 'expired');
    assert.ok((await tokens.withKey(pki.expired.thumbprint, pin, (key) => key.sign(text))).ok);
    assert.ok((await tokens.withKey(token.leaderThumbprint, token.pin, (key) => key.sign(text))).ok);
    const nowhere = await tokens.withKey('0'.repeat(64), token.pin, (key) => key.sign(text));
    assert.equal(nowhere.ok ? null : nowhere.error.code, 'token.certificate-missing');
  } finally {
    await tokens.close();
  }
});
