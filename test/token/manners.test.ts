import assert from 'node:assert/strict';
import { mkdirSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { completeChain } from '../../src-main/signing/certificate.ts';
import { ok, type Result } from '../../src-shared/result.ts';
import { assertSignedText, createShimBench, errorOf, signText, text, valueOf, type ShimBench, type ShimmedToken } from './shim/shim-bench.ts';

let bench: ShimBench;

before(async () => { bench = await createShimBench('manners'); });
afterEach(() => bench.closeTokens());
after(() => bench.remove());

function sign({ tokens }: ShimmedToken, pin: string | null = bench.token.pin): Promise<Result<Uint8Array>> {
  return tokens.withKey(bench.token.leaderThumbprint, pin, signText);
}

async function assertSigns(shimmed: ShimmedToken): Promise<void> {
  assertSignedText(bench.pki, await sign(shimmed));
}

test('wrong PINs count down to the lock with the words of the token\'s own flags, one try each, and a locked token is not tried', async () => {
  const tries = join(bench.dir, 'tries');
  writeFileSync(tries, '3');
  const shimmed = bench.open({ SHIM_TRIES: tries });
  const pinState = async (): Promise<unknown> => (await shimmed.tokens.list()).tokens[0]?.pin;
  assert.deepEqual(await pinState(), { countLow: false, finalTry: false, locked: false, pad: false });
  assert.deepEqual(errorOf(await sign(shimmed, '0000')), { code: 'token.pin-wrong', params: { left: 'low' } });
  assert.deepEqual(await pinState(), { countLow: true, finalTry: false, locked: false, pad: false });
  assert.deepEqual(errorOf(await sign(shimmed, '0000')), { code: 'token.pin-wrong', params: { left: 'final' } });
  assert.deepEqual(await pinState(), { countLow: true, finalTry: true, locked: false, pad: false });
  assert.deepEqual(errorOf(await sign(shimmed, '0000')), { code: 'token.pin-locked' });
  assert.deepEqual(await pinState(), { countLow: true, finalTry: false, locked: true, pad: false });
  assert.deepEqual(errorOf(await sign(shimmed)), { code: 'token.pin-locked' });
  assert.equal(shimmed.logins(), 'xxx', 'three PINs, three tries, and none on the locked token');
});

test('the last try with the right PIN gives all tries back', async () => {
  const tries = join(bench.dir, 'last-try');
  writeFileSync(tries, '1');
  const shimmed = bench.open({ SHIM_TRIES: tries });
  assert.equal((await shimmed.tokens.list()).tokens[0]?.pin.finalTry, true);
  await assertSigns(shimmed);
  assert.deepEqual((await shimmed.tokens.list()).tokens[0]?.pin, { countLow: false, finalTry: false, locked: false, pad: false });
});

test('without a PIN a token that has no pad is not tried', async () => {
  const shimmed = bench.open();
  assert.deepEqual(errorOf(await sign(shimmed, null)), { code: 'token.pin-needed' });
  assert.deepEqual(errorOf(await sign(shimmed, '')), { code: 'token.pin-needed' });
  assert.equal(shimmed.logins(), '');
});

/** A hang costs a whole deadline, and the next use must be done within it. */
const deadlinesMs = { list: 1000, login: 1000, sign: 1000 };

for (const how of ['list', 'login', 'sign'] as const) {
  test(`a driver that hangs in ${how} is ended at the deadline, named, and started anew on the next use`, async () => {
    const logged: unknown[] = [];
    const shimmed = bench.open({}, { deadlinesMs: { [how]: deadlinesMs[how] }, log: (...line) => logged.push(line) });
    const setting = `SHIM_${how.toUpperCase()}`;
    shimmed.set(setting, 'hang');
    if (how === 'list') assert.deepEqual((await shimmed.tokens.list()).drivers.map(({ driver, problem }) => [driver, problem?.code]), [[bench.shim, 'token.timeout']]);
    else assert.deepEqual(errorOf(await sign(shimmed)), { code: 'token.timeout', params: { seconds: 1 } });
    assert.equal(shimmed.tokens.hostPids().size, 0, 'the host is gone');
    assert.ok(JSON.stringify(logged).includes(bench.shim), 'the log names the driver');
    shimmed.set(setting, null);
    await assertSigns(shimmed);
    assert.equal(shimmed.logins(), how === 'sign' ? 'xx' : 'x', 'no PIN was given that nobody asked for');
  });

  test(`a driver that crashes in ${how} ends its host alone, and works on the next use`, async () => {
    const shimmed = bench.open();
    shimmed.set(`SHIM_${how.toUpperCase()}`, 'crash');
    assert.equal(errorOf(await sign(shimmed)).code, 'token.host-died');
    shimmed.set(`SHIM_${how.toUpperCase()}`, null);
    assert.equal((await shimmed.tokens.list()).tokens.length, 1);
    await assertSigns(shimmed);
  });
}

test('an old login that the driver kept is ended, so that the PIN given now is the one that is checked', async () => {
  const sticky = bench.open({ SHIM_STICKY: '1' });
  await assertSigns(sticky);
  assert.equal(sticky.logins(), 'x');
  assert.equal(errorOf(await sign(bench.open({ SHIM_STICKY: '1' }), '0000')).code, 'token.pin-wrong');
});

test('a key that wants the PIN at every signature gets it, without the person being asked again', async () => {
  const shimmed = bench.open({ SHIM_EVERY_TIME: '1' });
  const result = await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
    assert.ok((await key.sign(text)).ok);
    return key.sign(text);
  });
  assertSignedText(bench.pki, result);
  assert.equal(shimmed.logins(), 'xcc');
});

test('a key that refuses the PIN at the signature is asked once, however many signatures are wanted of it', async () => {
  const tries = join(bench.dir, 'context-tries');
  writeFileSync(tries, '3');
  const shimmed = bench.open({ SHIM_EVERY_TIME: '1', SHIM_CONTEXT_PIN: '999999', SHIM_TRIES: tries });
  const answers = valueOf(await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => ok([await key.sign(text), await key.sign(text), await key.sign(text)])));
  for (const answer of answers) assert.deepEqual(errorOf(answer), { code: 'token.pin-wrong', params: { left: 'low' } });
  assert.equal(shimmed.logins(), 'xc');
});

test('a PIN pad asks the person itself: no PIN of ours ever reaches the token', async () => {
  const shimmed = bench.open({ SHIM_PAD: bench.token.pin });
  assert.deepEqual((await shimmed.tokens.list()).tokens[0]?.pin, { countLow: false, finalTry: false, locked: false, pad: true });
  assertSignedText(bench.pki, await sign(shimmed, null));
  assertSignedText(bench.pki, await sign(shimmed, 'nobody needs this'));
  assert.equal(shimmed.logins(), 'pp');
});

test('what goes wrong at the PIN pad is told: a wrong PIN, a cancelled one', async () => {
  const shimmed = bench.open({ SHIM_PAD: '0000' });
  assert.equal(errorOf(await sign(shimmed, null)).code, 'token.pin-wrong');
  shimmed.set('SHIM_LOGIN', 'cancel');
  assert.deepEqual(errorOf(await sign(shimmed, null)), { code: 'token.pad-cancelled' });
  assert.equal(shimmed.logins(), 'pp');
});

test('the person at the PIN pad has more time than a driver', async () => {
  const shimmed = bench.open({ SHIM_PAD: bench.token.pin, SHIM_LOGIN: 'hang' }, { deadlinesMs: { login: 200, pad: 1200 } });
  assert.deepEqual(errorOf(await sign(shimmed, null)), { code: 'token.timeout', params: { seconds: 2 } });
});

test('a key behind a PIN pad that wants the PIN at every signature asks there every time', async () => {
  const shimmed = bench.open({ SHIM_PAD: bench.token.pin, SHIM_EVERY_TIME: '1' });
  assertSignedText(bench.pki, await sign(shimmed, null));
  assert.equal(shimmed.logins(), 'ppc');
});

for (const manners of [{ SHIM_ZERO_LENGTH: '1' }, { SHIM_SHORT_LENGTH: 'refused' }, { SHIM_SHORT_LENGTH: 'cut' }]) {
  test(`a driver that answers a wrong length for a certificate is read all the same (${Object.entries(manners).join().replace(',', '=')})`, async () => {
    const shimmed = bench.open(manners);
    assert.equal((await shimmed.tokens.list()).tokens[0]?.certificates.length, 4);
    await assertSigns(shimmed);
  });
}

test('a key is known by its modulus where its certificate carries another name', async () => {
  await assertSigns(bench.open({ SHIM_OTHER_ID: '1' }));
});

test('a token that holds no certificate of a CA gives the leaf alone, and the chain is completed from what is shipped', async () => {
  const shimmed = bench.open({ SHIM_LEAF_ONLY: '1' });
  const listed = (await shimmed.tokens.list()).tokens[0]?.certificates ?? [];
  assert.deepEqual(listed.map((one) => one.usable), ['ok', 'ok', 'ok']);
  const chain = await shimmed.tokens.withKey(bench.token.leaderThumbprint, bench.token.pin, async (key) => {
    assert.ok(key.others.every((der) => !Buffer.from(der).equals(bench.pki.issuing.der)));
    return ok(completeChain(key.certificate, [...key.others, bench.pki.issuing.der, bench.pki.root.der]));
  });
  assert.deepEqual(valueOf(chain).map((der) => Buffer.from(der)), [bench.pki.leader.der, bench.pki.issuing.der, bench.pki.root.der]);
});

test('a driver in a folder with blanks and Vietnamese letters is loaded from there', async () => {
  const folder = join(bench.dir, 'Thiết bị ký số Đà Nẵng');
  mkdirSync(folder);
  const driver = join(folder, 'thư viện ký.so');
  copyFileSync(bench.shim, driver);
  const shimmed = bench.open({}, { drivers: [driver] });
  await assertSigns(shimmed);
});
