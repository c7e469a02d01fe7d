import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { describeError } from '../../src-shared/errors.ts';
import { createTimestampClient, type TimestampClientOptions } from '../../src-main/authorities/timestamp-client.ts';
import { readTimestamp } from '../../src-main/verification/timestamp.ts';
import { startAuthorities, type Authorities, type Fault } from '../support/authorities.ts';
import { createTestPki } from '../support/pki.ts';

let dir: string;
let authorities: Authorities;
const imprint = createHash('sha256').update('Ủy ban nhân dân xã Sơn Tịnh').digest();

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-tsa-'));
  authorities = await startAuthorities(createTestPki(join(dir, 'pki')));
});
afterEach(() => {
  authorities.fault(null);
  authorities.release();
});
after(async () => {
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

function createClient(options: Partial<TimestampClientOptions> = {}): ReturnType<typeof createTimestampClient> {
  return createTimestampClient({ url: authorities.tsaUrl, proxyUrl: '', environment: {}, wait: async () => undefined, ...options });
}

test('a token is handed out that OpenSSL finds to be over this imprint and from this authority', async () => {
  const stamped = await createClient().stamp(imprint);
  assert.ok(stamped.ok);
  const token = join(dir, 'token.der');
  writeFileSync(token, stamped.value);
  const { pki } = authorities;
  const said = execFileSync('openssl', ['ts', '-verify', '-digest', imprint.toString('hex'), '-in', token, '-token_in', '-CAfile', pki.root.pem, '-untrusted', pki.issuing.pem], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  assert.match(said, /Verification: OK/);
  const read = readTimestamp(stamped.value);
  assert.ok(read.ok && Math.abs(read.timestamp.at.getTime() - Date.now()) < 60_000);
  assert.equal(read.timestamp.cms.signer.thumbprint, pki.tsa.thumbprint);
});

test('two calls bring two tokens, each with a nonce of its own', async () => {
  const client = createClient();
  const [one, other] = await Promise.all([client.stamp(imprint), client.stamp(imprint)]);
  assert.ok(one?.ok === true && other?.ok === true);
  const [first, second] = authorities.requests.slice(-2).map(({ body }) => Buffer.from(body).toString('hex'));
  assert.notEqual(first, second);
});

test('an imprint that is no SHA-256 is a bug of the caller', () => {
  assert.throws(() => createClient().stamp(imprint.subarray(1)), RangeError);
});

const wrong: readonly (readonly [Fault, string, string])[] = [
  ['garbage', 'timestamp.invalid', 'garbage'],
  ['wrong-type', 'timestamp.invalid', 'garbage'],
  ['wrongNonce', 'timestamp.invalid', 'nonce'],
  ['wrongImprint', 'timestamp.invalid', 'imprint'],
  ['sha1Imprint', 'timestamp.invalid', 'imprint'],
  ['badSignature', 'timestamp.invalid', 'signature'],
  ['wrongUsage', 'timestamp.invalid', 'usage'],
  ['looseUsage', 'timestamp.invalid', 'usage'],
  ['unbound', 'timestamp.invalid', 'signature'],
  ['refused', 'timestamp.refused', 'badAlg'],
  ['huge', 'timestamp.refused', 'too large'],
  ['redirect', 'timestamp.refused', 'HTTP 302'],
];
for (const [fault, code, reason] of wrong) {
  test(`a service that is wrong by ${fault} is told as ${code} (${reason}), and asked once`, async () => {
    authorities.fault(fault, 'tsa');
    const asked = authorities.count('tsa');
    const stamped = await createClient().stamp(imprint);
    assert.ok(!stamped.ok);
    assert.deepEqual(stamped.error, { code, params: { reason } });
    assert.equal(authorities.count('tsa'), asked + 1);
    // a word of the person's, not the program's; what is an administrator's to look for stays
    if (code === 'timestamp.invalid') assert.doesNotMatch(describeError(stamped.error), new RegExp(`\\b${reason}\\b`));
  });
}

for (const fault of ['down', 'http500'] as const) {
  test(`a service that is ${fault} is tried three times with growing, random waits, and then is unreachable`, async () => {
    authorities.fault(fault, 'tsa');
    const asked = authorities.count('tsa');
    const waits: number[] = [];
    const stamped = await createClient({ random: () => 0.5, wait: async (ms) => void waits.push(ms) }).stamp(imprint);
    assert.deepEqual(stamped, { ok: false, error: { code: 'timestamp.unreachable', params: { host: new URL(authorities.tsaUrl).host } } });
    assert.equal(authorities.count('tsa'), asked + 3);
    assert.deepEqual(waits, [500, 1000]);
  });
}

test('a service that comes back between two tries is not told of at all', async () => {
  authorities.fault('http500', 'tsa');
  const stamped = await createClient({ wait: async () => authorities.fault(null) }).stamp(imprint);
  assert.ok(stamped.ok);
});

test('a service that asks for time is given it, and when that is more than is left the call ends at once', async () => {
  authorities.fault('busy', 'tsa');
  const waits: number[] = [];
  await createClient({ random: () => 0, wait: async (ms) => void waits.push(ms) }).stamp(imprint);
  assert.deepEqual(waits, [2000, 2000]);
  const asked = authorities.count('tsa');
  const hurried = await createClient({ wait: async () => assert.fail('waited') }).stamp(imprint, { deadlineMs: 1500 });
  assert.equal(!hurried.ok && hurried.error.code, 'timestamp.unreachable');
  assert.equal(authorities.count('tsa'), asked + 1);
});

test('nobody listening is told at once, with no second try', async () => {
  const stamped = await createClient({ url: 'http://127.0.0.1:1/tsa', wait: async () => assert.fail('waited') }).stamp(imprint);
  assert.deepEqual(stamped, { ok: false, error: { code: 'timestamp.unreachable', params: { host: '127.0.0.1:1' } } });
});

test('a service that answers after the deadline is told as slow, with the seconds that it was given', async () => {
  authorities.fault('slow', 'tsa');
  const stamped = await createClient().stamp(imprint, { deadlineMs: 400 });
  assert.deepEqual(stamped, { ok: false, error: { code: 'timestamp.timeout', params: { host: new URL(authorities.tsaUrl).host, seconds: 1 } } });
});

test('a call that its caller gives up ends while the service still thinks, and its connection with it', async () => {
  authorities.fault('slow', 'tsa');
  const controller = new AbortController();
  const stamping = createClient().stamp(imprint, { signal: controller.signal });
  await authorities.whenHeld(1);
  controller.abort();
  const stamped = await stamping;
  assert.equal(!stamped.ok && stamped.error.code, 'timestamp.unreachable');
  const asked = authorities.count('tsa');
  const before = await createClient().stamp(imprint, { signal: AbortSignal.abort() });
  assert.ok(!before.ok);
  assert.equal(authorities.count('tsa'), asked);
});

test('an address with a password is used with it and told without it', async () => {
  const url = new URL(authorities.tsaUrl);
  url.username = 'xa';
  url.password = 'bi-mat';
  assert.ok((await createClient({ url: url.href }).stamp(imprint)).ok);
  authorities.fault('down', 'tsa');
  const stamped = await createClient({ url: url.href }).stamp(imprint);
  assert.ok(!stamped.ok && !JSON.stringify(stamped.error).includes('bi-mat'));
});
