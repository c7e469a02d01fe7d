import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { SigningKey } from '../../src-main/ports/token.ts';
import { createTokens, type Tokens, type TokensOptions } from '../../src-main/token/client.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import { createTestPki, type TestCertificate, type TestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';

let dir: string;
let pki: TestPki;
let token: TestToken;
const open: Tokens[] = [];

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-token-'));
  pki = createTestPki(join(dir, 'pki'));
  token = await createTestToken(dir, pki);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((tokens) => tokens.close()));
});
after(() => rmSync(dir, { recursive: true, force: true }));

function tokensOf(options: Partial<TokensOptions> = {}): Tokens {
  const tokens = createTokens({ drivers: [token.module], env: token.env, ...options });
  open.push(tokens);
  return tokens;
}

const text = Buffer.from('Ủy ban nhân dân xã Sơn Tịnh');
const signText = (key: SigningKey): Promise<Result<Uint8Array>> => key.sign(text);

function opensslVerifies(signer: TestCertificate, signature: Uint8Array): boolean {
  const publicKey = execFileSync('openssl', ['x509', '-in', signer.pem, '-pubkey', '-noout']);
  writeFileSync(join(dir, 'public.pem'), publicKey);
  writeFileSync(join(dir, 'signature.bin'), signature);
  writeFileSync(join(dir, 'text.bin'), text);
  const out = execFileSync('openssl', ['dgst', '-sha256', '-verify', join(dir, 'public.pem'), '-signature', join(dir, 'signature.bin'), join(dir, 'text.bin')], { encoding: 'utf8' });
  return out.includes('Verified OK');
}

function valueOf<T>(result: Result<T>): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function errorOf(result: Result<unknown>): { code: string; params?: unknown } {
  assert.ok(!result.ok, 'an error was expected');
  return result.error;
}

test('lists the token with its certificates and tells which of them have a private key, before any login', async () => {
  const { tokens, drivers } = await tokensOf().list();
  assert.deepEqual(drivers, [{ driver: token.module, problem: null }]);
  assert.equal(tokens.length, 1);
  assert.equal(tokens[0]?.label, token.tokenLabel);
  assert.deepEqual(tokens[0]?.pin, { countLow: false, finalTry: false, locked: false, pad: false });
  const byThumbprint = new Map(tokens[0]?.certificates.map((certificate) => [certificate.thumbprint, certificate]));
  const leader = byThumbprint.get(token.leaderThumbprint);
  assert.equal(leader?.commonName, 'Nguyễn Đức Thắng');
  assert.equal(leader?.organization, 'UBND xã Sơn Tịnh');
  assert.equal(leader?.label, 'Lãnh đạo');
  assert.equal(leader?.holder, 'person');
  assert.equal(leader?.usable, 'ok');
  assert.equal(leader?.hasPrivateKey, true);
  assert.equal(byThumbprint.get(token.organizationThumbprint)?.holder, 'organization');
  const issuing = byThumbprint.get(pki.issuing.thumbprint);
  assert.equal(issuing?.hasPrivateKey, false);
  assert.equal(issuing?.usable, 'wrong-usage');
});

test('signs with an RSA key so that OpenSSL accepts it, many times under one login', async () => {
  const tokens = tokensOf();
  const result = await tokens.withKey(token.leaderThumbprint, token.pin, async (key) => {
    assert.equal(key.algorithm, 'rsa-pkcs1-sha256');
    assert.deepEqual(Buffer.from(key.certificate), pki.leader.der);
    assert.ok(key.others.some((other) => Buffer.from(other).equals(pki.issuing.der)));
    await key.sign(Buffer.from('another'));
    return key.sign(text);
  });
  assert.ok(opensslVerifies(pki.leader, valueOf(result)));
});

test('signs with a P-256 key as DER so that OpenSSL accepts it', async () => {
  const result = await tokensOf().withKey(token.leaderEcThumbprint, token.pin, (key) => {
    assert.equal(key.algorithm, 'ecdsa-sha256');
    return key.sign(text);
  });
  assert.ok(opensslVerifies(pki.leaderEc, valueOf(result)));
});

test('asks two signers of one token in turn, so that one logout does not end the other', async () => {
  const tokens = tokensOf();
  const results = await Promise.all([
    tokens.withKey(token.leaderThumbprint, token.pin, signText),
    tokens.withKey(token.organizationThumbprint, token.pin, signText),
    tokens.list(),
  ]);
  assert.ok(opensslVerifies(pki.leader, valueOf(results[0])));
  assert.ok(opensslVerifies(pki.organization, valueOf(results[1])));
});

test('logs out at the end, also when the work under the key throws, and a key kept beyond its time signs nothing', async () => {
  const tokens = tokensOf();
  let kept: SigningKey | undefined;
  await assert.rejects(tokens.withKey(token.leaderThumbprint, token.pin, (key) => {
    kept = key;
    throw new Error('thrown on purpose');
  }), /on purpose/);
  assert.ok(kept);
  assert.equal(errorOf(await kept.sign(text)).code, 'token.failed');
  // Were the session still logged in, this PIN would not be looked at.
  assert.equal(errorOf(await tokens.withKey(token.leaderThumbprint, 'sai-ma-pin', signText)).code, 'token.pin-wrong');
});

test('says a wrong PIN with what is left, does not try it again and does not repeat it anywhere', async () => {
  const logged: unknown[] = [];
  const tokens = tokensOf({ log: (...line) => logged.push(line) });
  let used = 0;
  const result = await tokens.withKey(token.leaderThumbprint, 'sai-ma-pin', async () => { used++; return ok(null); });
  const error = errorOf(result);
  assert.equal(error.code, 'token.pin-wrong');
  assert.match(String((error.params as { left: string }).left), /^(again|low|final)$/);
  assert.equal(used, 0);
  assert.ok(!JSON.stringify([result, logged]).includes('sai-ma-pin'));
  assert.ok((await tokens.withKey(token.leaderThumbprint, token.pin, signText)).ok, 'the right PIN still works');
});

test('a host killed in mid-signature is told as such and the next try works in a new host', async () => {
  const tokens = tokensOf();
  const result = await tokens.withKey(token.leaderThumbprint, token.pin, (key) => {
    const pid = hostPid(tokens);
    process.kill(pid, 'SIGSTOP');
    const signing = key.sign(text);
    process.kill(pid, 'SIGKILL');
    return signing;
  });
  assert.equal(errorOf(result).code, 'token.host-died');
  assert.ok(opensslVerifies(pki.leader, valueOf(await tokens.withKey(token.leaderThumbprint, token.pin, signText))));
});

test('a host that hangs is ended at the deadline and the next try works in a new host', async () => {
  const tokens = tokensOf({ deadlinesMs: { sign: 300 } });
  let hung = 0;
  const result = await tokens.withKey(token.leaderThumbprint, token.pin, (key) => {
    hung = hostPid(tokens);
    process.kill(hung, 'SIGSTOP');
    return key.sign(text);
  });
  assert.deepEqual(errorOf(result), { code: 'token.timeout', params: { seconds: 1 } });
  assert.ok((await tokens.withKey(token.leaderThumbprint, token.pin, signText)).ok);
  assert.notEqual(hostPid(tokens), hung);
});

test('a driver that is not there, one that is no library and one without PKCS#11 are each named, and hide no other driver', async () => {
  const missing = join(dir, 'libkhong-co.so');
  const noLibrary = join(dir, 'eTPKCS11.so');
  writeFileSync(noLibrary, 'not a library');
  const noTokenDriver = join(dir, 'libother.so');
  copyFileSync(process.execPath, noTokenDriver);
  const tokens = tokensOf({ drivers: [missing, noLibrary, noTokenDriver, token.module] });
  const listed = await tokens.list();
  assert.deepEqual(listed.drivers.map((one) => one.problem?.code), ['token.driver-missing', 'token.driver-unloadable', 'token.driver-unloadable', undefined]);
  assert.equal(listed.tokens.length, 1);
  assert.ok((await tokens.withKey(token.leaderThumbprint, token.pin, signText)).ok);
});

test('a 32-bit or foreign driver is named as such, not as missing', async () => {
  const windows = Buffer.alloc(512);
  windows.write('MZ', 0, 'latin1');
  windows.writeUInt32LE(0x80, 0x3c);
  windows.write('PE\0\0', 0x80, 'latin1');
  windows.writeUInt16LE(0x014c, 0x84);
  const driver = join(dir, 'viettel-ca_v6.dll');
  writeFileSync(driver, windows);
  const { drivers } = await tokensOf({ drivers: [driver] }).list();
  assert.equal(drivers[0]?.problem?.code, 'token.driver-unloadable');
  assert.match(drivers[0]?.problem?.message ?? '', /windows/);
});

test('a certificate that is on no token, and no token at all, are two different answers', async () => {
  const nowhere = '0'.repeat(64);
  assert.equal(errorOf(await tokensOf().withKey(nowhere, token.pin, signText)).code, 'token.certificate-missing');
  assert.equal(errorOf(await tokensOf({ drivers: [] }).withKey(nowhere, token.pin, signText)).code, 'token.absent');
  assert.equal(errorOf(await tokensOf({ drivers: [join(dir, 'none.so')] }).withKey(nowhere, token.pin, signText)).code, 'token.driver-missing');
});

test('close ends every host process', async () => {
  const tokens = tokensOf();
  await tokens.list();
  const pid = hostPid(tokens);
  await tokens.close();
  assert.equal(tokens.hostPids().size, 0);
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
});

function hostPid(tokens: Tokens): number {
  const pid = tokens.hostPids().get(token.module);
  assert.ok(pid !== undefined, 'the host is running');
  return pid;
}
