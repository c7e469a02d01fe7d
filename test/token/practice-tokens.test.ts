import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { installPracticeTokens, type PracticeTokenHolder, type PracticeTokens } from '../../src-main/practice/pki/install.ts';

let dir: string;
const clerk: PracticeTokenHolder = { id: 'clerk', kind: 'organization', commonName: 'Ủy ban nhân dân xã Sơn Tịnh', organization: 'UBND xã Sơn Tịnh', pin: '246810' };
const leader: PracticeTokenHolder = { id: 'leader', kind: 'person', commonName: 'Nguyễn Đức Thắng', organization: 'UBND xã Sơn Tịnh', pin: '135790' };
const holders = [clerk, leader];
const text = Buffer.from('luyện tập');

before(() => { dir = mkdtempSync(join(tmpdir(), 'van-thu-practice-tokens-')); });
after(() => rmSync(dir, { recursive: true, force: true }));

async function signsWith(installed: PracticeTokens, holder: PracticeTokenHolder): Promise<boolean> {
  const tokens = installed.openTokens(holder.id);
  try {
    const certificates = (await tokens.list()).tokens.flatMap((token) => token.certificates).filter((one) => one.hasPrivateKey);
    assert.deepEqual(certificates.map((one) => [one.commonName, one.holder, one.usable]), [[holder.commonName, holder.kind, 'ok']]);
    assert.match(certificates[0]?.issuer ?? '', /LUYỆN TẬP – không có giá trị pháp lý/);
    const signed = await tokens.withKey(installed.thumbprints.get(holder.id) ?? '', holder.pin, async (key) => {
      const signature = await key.sign(text);
      return signature.ok ? { ok: true as const, value: verify('sha256', text, new X509Certificate(key.certificate).publicKey, signature.value) } : signature;
    });
    return signed.ok && signed.value;
  } finally {
    await tokens.close();
  }
}

test('each desk gets a token of its own that signs with its own PIN, in SoftHSM2 and in key files alike', async () => {
  const files = await installPracticeTokens(join(dir, 'one'), holders, { softHsm: null });
  assert.equal(files.kind, 'pkcs12');
  assert.ok(await signsWith(files, leader) && await signsWith(files, clerk));
  const hsm = await installPracticeTokens(join(dir, 'one'), holders);
  assert.equal(hsm.kind, 'softhsm');
  assert.ok(await signsWith(hsm, leader) && await signsWith(hsm, clerk));
  assert.deepEqual(hsm.thumbprints, files.thumbprints, 'the certificates stay when SoftHSM2 comes');
  assert.deepEqual(hsm.anchors, files.anchors);
});

test('a second start uses what is there, and another PIN makes it anew', async () => {
  const first = await installPracticeTokens(join(dir, 'two'), holders, { softHsm: null });
  const second = await installPracticeTokens(join(dir, 'two'), holders, { softHsm: null });
  assert.deepEqual(second.thumbprints, first.thumbprints);
  const other = await installPracticeTokens(join(dir, 'two'), [clerk, { ...leader, pin: '999999' }], { softHsm: null });
  assert.notDeepEqual(other.thumbprints, first.thumbprints);
});

test('one port over all desks\' tokens lists them all', async () => {
  const installed = await installPracticeTokens(join(dir, 'one'), holders);
  const tokens = installed.createTokens();
  try {
    assert.deepEqual((await tokens.list()).tokens.map((one) => one.label).toSorted(), ['Lãnh đạo', 'Văn thư']);
  } finally {
    await tokens.close();
  }
});

test('OpenSSL accepts the practice chain with every check of RFC 5280 on, and opens the key file', async () => {
  const at = join(dir, 'three');
  const installed = await installPracticeTokens(at, [leader], { softHsm: null });
  const pem = (name: string, der: Uint8Array): string => {
    const path = join(dir, `${name}.pem`);
    writeFileSync(path, new X509Certificate(der).toString());
    return path;
  };
  const root = pem('root', installed.anchors[0] ?? assert.fail());
  const issuing = pem('issuing', installed.intermediates[0] ?? assert.fail());
  const own = join(dir, 'own.pem');
  execFileSync('openssl', ['pkcs12', '-in', join(at, 'leader', 'key.p12'), '-passin', `pass:${leader.pin}`, '-clcerts', '-nokeys', '-out', own]);
  assert.match(execFileSync('openssl', ['verify', '-x509_strict', '-CAfile', root, '-untrusted', issuing, own], { encoding: 'utf8' }), /: OK/);
});
