import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { TimestampPort } from '../../../src-main/ports/authorities.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { isStampedOver } from '../../../src-main/signing/timestamp-attribute.ts';
import { parseCms } from '../../../src-main/verification/cms.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { fail, ok, type AppError } from '../../../src-shared/result.ts';
import { createTestPki, type TestPki } from '../../support/pki.ts';
import { assertJudgesAgree, extractSignatures, run } from './judges.ts';
import { opensslStamp, signingKey } from './levels-stamp.ts';

const input = readFileSync(new URL('../../fixtures/pdf/cong-van-xa.pdf', import.meta.url));
const engine = createSigningEngine();
let folder: string;
let pki: TestPki;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-levels-'));
  pki = createTestPki(join(folder, 'pki'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function request(timestamp: TimestampPort, changes: Partial<SignRequest> = {}): SignRequest {
  return { key: signingKey(pki.leader), profile: 'pades', chain: [pki.issuing.der], reason: '', location: '', at: new Date(), place: null, image: null, timestamp, ...changes };
}

type Signed = { readonly pdf: Buffer; readonly cms: Uint8Array; readonly problem: AppError | null | undefined };

async function sign(timestamp: TimestampPort, changes: Partial<SignRequest> = {}): Promise<Signed> {
  const result = await engine.sign(bytesSource(input), request(timestamp, changes));
  assert.ok(result.ok, JSON.stringify(result));
  const pdf = Buffer.concat([input, result.value.tail]);
  const [found] = extractSignatures(pdf);
  assert.ok(found !== undefined);
  return { pdf, cms: found.cms, problem: result.value.timestampProblem };
}

/** What our verifier says of the only signature, and all other judges. */
async function assertLevel(pdf: Uint8Array, level: string): Promise<void> {
  assertJudgesAgree(folder, pdf, 1, pki.root.pem);
  const report = await createVerifier().verify(bytesSource(pdf), { anchors: [pki.root.der], intermediates: [], now: new Date() });
  assert.equal(report.verdict, 'valid', JSON.stringify(report, null, 1));
  assert.deepEqual(report.signatures.map((each) => [each.level, each.time?.proven]), [[level, level !== 'B-B']]);
}

/** `openssl ts -verify` of the token over the signature value. */
function assertTokenVerifies(cms: Uint8Array): void {
  const parsed = parseCms(cms);
  assert.ok(parsed.ok && parsed.cms.timestampToken !== null);
  const [token, value] = [join(folder, 'token.der'), join(folder, 'value.bin')];
  writeFileSync(token, parsed.cms.timestampToken);
  writeFileSync(value, parsed.cms.signature);
  const verified = run('openssl', ['ts', '-verify', '-token_in', '-in', token, '-data', value, '-CAfile', pki.root.pem, '-untrusted', pki.issuing.pem]);
  assert.match(verified.output, /Verification: OK/);
}

for (const profile of ['office', 'pades'] as const) {
  test(`a signature in the profile ${profile} carries a time-stamp over its value and is B-T to every judge`, async () => {
    const { pdf, cms, problem } = await sign(opensslStamp(pki), { profile });
    assert.equal(problem, null);
    assertTokenVerifies(cms);
    await assertLevel(pdf, 'B-T');
  });
}

test('a token larger than the room for it makes the key sign again, once, without a word to the person', async () => {
  const key = signingKey(pki.leader);
  const stamp = opensslStamp(pki, () => 8);
  const { pdf, cms, problem } = await sign(stamp, { key });
  assert.equal(problem, null);
  assert.ok(cms.length > 12_000, String(cms.length));
  assert.deepEqual([key.signings(), stamp.calls()], [2, 2]);
  assertTokenVerifies(cms);
  await assertLevel(pdf, 'B-T');
});

test('a service whose tokens grow with each asking is given up, and the signature is B-B', async () => {
  const key = signingKey(pki.leader);
  const { pdf, problem } = await sign(opensslStamp(pki, (call) => 8 * (call + 1)), { key });
  assert.deepEqual(problem, { code: 'timestamp.invalid', params: { reason: 'too large' } });
  assert.equal(key.signings(), 3);
  await assertLevel(pdf, 'B-B');
});

test('a time-stamp that cannot be had leaves a signature that is B-B and says why', async () => {
  const { pdf, problem } = await sign({ stamp: async () => fail('timestamp.unreachable', { host: 'tsa.ca.gov.vn' }) });
  assert.deepEqual(problem, { code: 'timestamp.unreachable', params: { host: 'tsa.ca.gov.vn' } });
  await assertLevel(pdf, 'B-B');
});

test('a second stamp that fails after the first was too large leaves a signature that is B-B', async () => {
  const fat = opensslStamp(pki, () => 8);
  const { pdf, problem } = await sign({ stamp: async (imprint) => (fat.calls() === 0 ? fat.stamp(imprint) : fail('timestamp.timeout', { host: 'tsa', seconds: 5 })) });
  assert.equal(problem?.code, 'timestamp.timeout');
  await assertLevel(pdf, 'B-B');
});

test('a token over something else, and what is no token, never reach the document', async () => {
  const honest = opensslStamp(pki);
  const elsewhere = await sign({ stamp: () => honest.stamp(createHash('sha256').update('khác').digest()) });
  assert.deepEqual(elsewhere.problem, { code: 'timestamp.invalid', params: { reason: 'imprint' } });
  await assertLevel(elsewhere.pdf, 'B-B');
  const token = await honest.stamp(createHash('sha256').update('khác').digest());
  assert.ok(token.ok);
  const indefinite = Buffer.concat([Buffer.from([0x30, 0x80]), token.value.subarray(4), Buffer.from([0, 0])]);
  for (const garbage of [Buffer.from('<html>'), new Uint8Array(0), Buffer.concat([token.value, Buffer.from([0])]), token.value.subarray(0, 200), indefinite, Buffer.alloc(300_000)]) {
    const { cms, problem } = await sign({ stamp: async () => ok(garbage) });
    assert.equal(problem?.code, 'timestamp.invalid');
    assert.equal(isStampedOver(cms), false);
  }
});

test('the check after writing sees a token that is about another signature', async () => {
  const { cms } = await sign(opensslStamp(pki));
  assert.equal(isStampedOver(cms), true);
  const parsed = parseCms(cms);
  assert.ok(parsed.ok);
  const altered = Buffer.from(cms);
  const at = altered.indexOf(Buffer.from(parsed.cms.signature));
  altered[at + 10]! ^= 1;
  assert.equal(isStampedOver(altered), false);
});

test('number and seal on two pages are both stamped', async () => {
  const letter = readFileSync(new URL('../../fixtures/pdf/quyet-dinh.pdf', import.meta.url));
  const places = await engine.findPlaces(bytesSource(letter));
  assert.ok(places.ok);
  const issued = await engine.issue(bytesSource(letter), { ...request(opensslStamp(pki)), place: { page: 4, rect: { x: 90, y: 175, width: 36, height: 36 } }, image: readFileSync(new URL('../../fixtures/images/con-dau-do.png', import.meta.url)), number: '15', day: '05', month: '02', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  assert.equal(issued.value.timestampProblem, null);
  const found = extractSignatures(Buffer.concat([letter, issued.value.tail]));
  assert.deepEqual(found.map(({ cms }) => isStampedOver(cms)), [true, true]);
});

test('a token that names another kind of signature than its key makes leaves nothing behind', async () => {
  const ec = signingKey(pki.leaderEc);
  const result = await engine.sign(bytesSource(input), request(opensslStamp(pki), { key: { ...ec, algorithm: 'rsa-pkcs1-sha256' } }));
  assert.deepEqual(result, { ok: false, error: { code: 'signing.self-check-failed' } });
});
