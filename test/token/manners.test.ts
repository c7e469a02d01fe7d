import assert from 'node:assert/strict';
import { verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { SigningKey } from '../../src-main/ports/token.ts';
import { createTokens, type Tokens } from '../../src-main/token/client.ts';
import type { Result } from '../../src-shared/result.ts';
import { createTestPki, type TestPki } from '../support/pki.ts';
import { createTestToken, type TestToken } from '../support/softhsm.ts';
import { buildShim } from './shim/build-shim.ts';

let dir: string;
let pki: TestPki;
let token: TestToken;
let shim: string;
const open: Tokens[] = [];
const text = Buffer.from('Kính gửi');
const signText = (key: SigningKey): Promise<Result<Uint8Array>> => key.sign(text);

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-manners-'));
  pki = createTestPki(join(dir, 'pki'));
  token = await createTestToken(dir, pki);
  const built = buildShim(dir);
  assert.ok('path' in built, 'problem' in built ? built.problem : '');
  shim = built.path;
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((tokens) => tokens.close()));
});
after(() => rmSync(dir, { recursive: true, force: true }));

function tokensWith(manners: Readonly<Record<string, string>>, deadlinesMs: { readonly sign?: number } = {}): Tokens {
  const tokens = createTokens({ drivers: [shim], env: { ...token.env, SHIM_REAL: token.module, ...manners }, deadlinesMs });
  open.push(tokens);
  return tokens;
}

function sign(tokens: Tokens, pin: string = token.pin): Promise<Result<Uint8Array>> {
  return tokens.withKey(token.leaderThumbprint, pin, signText);
}

function errorOf(result: Result<unknown>): { code: string; params?: unknown } {
  assert.ok(!result.ok, 'an error was expected');
  return result.error;
}

async function assertSigns(tokens: Tokens): Promise<void> {
  const result = await sign(tokens);
  assert.ok(result.ok, JSON.stringify(result));
  assert.ok(verify('sha256', text, new X509Certificate(pki.leader.der).publicKey, result.value));
}

test('wrong PINs count down to the lock with the words of the token\'s own flags, one try each, and a locked token is not tried', async () => {
  const logins = join(dir, 'logins');
  const tries = join(dir, 'tries');
  writeFileSync(tries, '3');
  const tokens = tokensWith({ SHIM_TRIES: tries, SHIM_LOGINS: logins });
  const pinState = async (): Promise<unknown> => (await tokens.list()).tokens[0]?.pin;
  assert.deepEqual(await pinState(), { countLow: false, finalTry: false, locked: false, pad: false });
  assert.deepEqual(errorOf(await sign(tokens, '0000')), { code: 'token.pin-wrong', params: { left: 'low' } });
  assert.deepEqual(errorOf(await sign(tokens, '0000')), { code: 'token.pin-wrong', params: { left: 'final' } });
  assert.deepEqual(await pinState(), { countLow: true, finalTry: true, locked: false, pad: false });
  assert.deepEqual(errorOf(await sign(tokens, '0000')), { code: 'token.pin-locked' });
  assert.deepEqual(errorOf(await sign(tokens)), { code: 'token.pin-locked' });
  assert.equal(readFileSync(logins, 'utf8'), 'xxx', 'three PINs, three tries, and none on the locked token');
});

test('a driver that hangs in C_Sign is ended at the deadline, and nothing else notices', async () => {
  const tokens = tokensWith({ SHIM_SIGN: 'hang' }, { sign: 300 });
  assert.deepEqual(errorOf(await sign(tokens)), { code: 'token.timeout', params: { seconds: 1 } });
  assert.equal((await tokens.list()).tokens.length, 1);
});

test('a driver that crashes in C_Sign ends its host alone', async () => {
  const tokens = tokensWith({ SHIM_SIGN: 'crash' });
  assert.equal(errorOf(await sign(tokens)).code, 'token.host-died');
  assert.equal((await tokens.list()).tokens.length, 1);
});

test('a token pulled out in mid-batch is absent, and works again when it is back', async () => {
  const gone = join(dir, 'gone');
  const tokens = tokensWith({ SHIM_GONE: gone });
  const result = await tokens.withKey(token.leaderThumbprint, token.pin, async (key) => {
    assert.ok((await key.sign(text)).ok);
    writeFileSync(gone, '');
    return key.sign(text);
  });
  assert.equal(errorOf(result).code, 'token.absent');
  assert.deepEqual((await tokens.list()).tokens, []);
  assert.equal(errorOf(await sign(tokens)).code, 'token.absent');
  rmSync(gone);
  await assertSigns(tokens);
});

test('a token without hashing of its own signs a DigestInfo', async () => {
  await assertSigns(tokensWith({ SHIM_NO_HASH: '1' }));
});

test('an old login that the driver kept is ended, so that the PIN given now is the one that is checked', async () => {
  const logins = join(dir, 'sticky-logins');
  await assertSigns(tokensWith({ SHIM_STICKY: '1', SHIM_LOGINS: logins }));
  assert.equal(readFileSync(logins, 'utf8'), 'x');
  const wrong = tokensWith({ SHIM_STICKY: '1' });
  assert.equal(errorOf(await sign(wrong, '0000')).code, 'token.pin-wrong');
});

test('a key that wants the PIN at every signature gets it, without the person being asked again', async () => {
  const tokens = tokensWith({ SHIM_EVERY_TIME: '1' });
  const result = await tokens.withKey(token.leaderThumbprint, token.pin, async (key) => {
    assert.ok((await key.sign(text)).ok);
    return key.sign(text);
  });
  assert.ok(result.ok, JSON.stringify(result));
});

test('a driver that answers length 0 for a certificate is read all the same', async () => {
  await assertSigns(tokensWith({ SHIM_ZERO_LENGTH: '1' }));
});

test('a driver that hangs while it is asked holds up nobody else\'s token', async () => {
  const manners = { ...token.env, SHIM_REAL: token.module, SHIM_LIST: 'hang' };
  const tokens = createTokens({ drivers: [shim, token.module], env: manners, deadlinesMs: { list: 60_000 } });
  open.push(tokens);
  await assertSigns(tokens);
});
