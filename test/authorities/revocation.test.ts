import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { createRevocationClient, type RevocationClientOptions } from '../../src-main/authorities/revocation-client.ts';
import type { RevocationPort } from '../../src-main/ports/authorities.ts';
import { describeError } from '../../src-shared/errors.ts';
import { startAuthorities, type Authorities, type Fault } from '../support/authorities.ts';
import { createTestPki, issueCertificate, type TestCertificate, type TestPki } from '../support/pki.ts';

let dir: string;
let authorities: Authorities;
let offline: TestPki;
let pki: TestPki;
let host: string;
const hourMs = 3600_000;

before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'van-thu-ocsp-'));
  offline = createTestPki(join(dir, 'pki'));
  authorities = await startAuthorities(offline);
  pki = authorities.pki;
  host = new URL(authorities.ocspUrl).host;
});
afterEach(() => {
  authorities.fault(null);
  authorities.release();
});
after(async () => {
  await authorities.close();
  rmSync(dir, { recursive: true, force: true });
});

function createClient(options: Partial<RevocationClientOptions> = {}): RevocationPort {
  return createRevocationClient({ proxyUrl: '', environment: {}, wait: async () => undefined, ...options });
}

const check = (certificate: TestCertificate, options: Partial<RevocationClientOptions> = {}): ReturnType<RevocationPort['check']> => createClient(options).check(certificate.der, pki.issuing.der);

test('a certificate in force is good, by a responder that the issuer named, in an answer that OpenSSL reads the same way', async () => {
  const answered = await check(pki.leader);
  assert.ok(answered.ok);
  const { status, revokedAt, proof, certificates, thisUpdate, nextUpdate } = answered.value;
  assert.deepEqual([status, revokedAt, proof.kind], ['good', null, 'ocsp']);
  assert.deepEqual(certificates.map((each) => Buffer.from(each)), [pki.ocsp.der]);
  assert.equal((nextUpdate?.getTime() ?? 0) - thisUpdate.getTime(), 24 * hourMs);
  const file = join(dir, 'proof.ors');
  writeFileSync(file, proof.der);
  const said = execFileSync('openssl', ['ocsp', '-respin', file, '-issuer', pki.issuing.pem, '-cert', pki.leader.pem, '-CAfile', pki.chainPem, '-no_nonce'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  assert.match(said, /leader\.pem: good/);
});

test('of an issuing authority the root answers itself', async () => {
  const answered = await createClient().check(pki.issuing.der, pki.root.der);
  assert.ok(answered.ok);
  assert.deepEqual([answered.value.status, answered.value.certificates], ['good', []]);
  assert.match(authorities.requests.at(-1)?.path ?? '', /root/);
});

test('a revoked certificate is revoked since the time that its authority says, by OCSP and by the list alike', async () => {
  const revoked = issueCertificate(pki, { name: 'revoked' });
  const at = new Date('2026-03-04T05:06:07Z');
  authorities.revoke(revoked, at);
  for (const down of [null, 'ocsp'] as const) {
    if (down !== null) authorities.fault('down', down);
    const answered = await check(revoked);
    assert.ok(answered.ok);
    assert.deepEqual([answered.value.status, answered.value.revokedAt, answered.value.proof.kind], ['revoked', at, down === null ? 'ocsp' : 'crl']);
  }
});

test('a certificate that its responder does not know is unknown, not good, and is asked about again', async () => {
  const stranger = issueCertificate(pki, { name: 'forgotten' });
  const book = readFileSync(pki.ocspIndex, 'utf8');
  writeFileSync(pki.ocspIndex, book.split('\n').slice(0, -2).join('\n') + '\n');
  const client = createClient();
  const asked = authorities.count('ocsp');
  for (const _ of [1, 2]) {
    const answered = await client.check(stranger.der, pki.issuing.der);
    assert.equal(answered.ok && answered.value.status, 'unknown');
  }
  assert.equal(authorities.count('ocsp'), asked + 2);
});

for (const fault of ['down', 'garbage', 'http500', 'huge', 'redirect', 'tryLater', 'ocspStranger', 'stale'] as const) {
  test(`a responder that is wrong by ${fault} is passed over: the list of its issuer settles it`, async () => {
    authorities.fault(fault, 'ocsp');
    const answered = await check(pki.organization);
    assert.ok(answered.ok);
    assert.deepEqual([answered.value.status, answered.value.proof.kind], ['good', 'crl']);
    const file = join(dir, 'list.der');
    writeFileSync(file, answered.value.proof.der);
    assert.match(spawnSync('openssl', ['crl', '-inform', 'DER', '-in', file, '-CAfile', pki.chainPem, '-noout'], { encoding: 'utf8' }).stderr, /verify OK/);
  });
}

const badOcsp: readonly (readonly [Fault, string])[] = [
  ['garbage', 'garbage'], ['badSignature', 'signature'], ['ocspStranger', 'stranger'], ['ocspUnnamed', 'stranger'], ['ocspOther', 'other-certificate'], ['stale', 'stale'], ['wrongNonce', 'nonce'],
];
for (const [fault, reason] of badOcsp) {
  test(`an OCSP answer that is wrong by ${fault} never counts, and is told (${reason}) when the list is not there either`, async () => {
    authorities.fault(fault, 'ocsp');
    authorities.fault('down', 'crl');
    const answered = await check(pki.leader);
    assert.deepEqual(answered, { ok: false, error: { code: 'revocation.invalid', params: { reason } } });
    assert.doesNotMatch(describeError({ code: 'revocation.invalid', params: { reason } }), new RegExp(`\\b${reason}\\b`));
  });
}

const badCrl: readonly (readonly [Fault, string])[] = [['garbage', 'garbage'], ['badSignature', 'signature'], ['crlStranger', 'signature'], ['stale', 'stale']];
for (const [fault, reason] of badCrl) {
  test(`a list that is wrong by ${fault} never counts (${reason})`, async () => {
    authorities.fault('down', 'ocsp');
    authorities.fault(fault, 'crl');
    assert.deepEqual(await check(pki.leader), { ok: false, error: { code: 'revocation.invalid', params: { reason } } });
  });
}

test('an answer without a nonce is taken: many responders answer from stock', async () => {
  authorities.fault('noNonce', 'ocsp');
  const answered = await check(pki.leader);
  assert.equal(answered.ok && answered.value.proof.kind, 'ocsp');
});

test('the clock may be four minutes off, not an hour, and an answer ends with its time', async () => {
  const at = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000) });
  for (const minutes of [-4, 4, 24 * 60 + 4]) assert.ok((await check(pki.leader, at(minutes))).ok, `${minutes}`);
  for (const minutes of [-60, 24 * 60 + 10]) {
    const answered = await check(pki.leader, at(minutes));
    assert.deepEqual(answered, { ok: false, error: { code: 'revocation.invalid', params: { reason: 'stale' } } }, `${minutes}`);
  }
});

test('a certificate that names no service says so, and one that its issuer did not issue is not asked about', async () => {
  assert.deepEqual(await createClient().check(offline.leader.der, offline.issuing.der), { ok: false, error: { code: 'revocation.no-address' } });
  const asked = authorities.requests.length;
  assert.deepEqual(await createClient().check(pki.leader.der, pki.root.der), { ok: false, error: { code: 'revocation.invalid', params: { reason: 'stranger' } } });
  assert.deepEqual(await createClient().check(Buffer.from('Kính gửi'), pki.root.der), { ok: false, error: { code: 'revocation.invalid', params: { reason: 'garbage' } } });
  assert.equal(authorities.requests.length, asked);
});

test('an old address that no longer resolves is passed over at once for the next one, and ldap is not asked at all', async () => {
  const addresses = { ocsp: ['http://ocsp.ca.invalid/', authorities.ocspUrl], crls: ['ldap://ca.invalid/cn=crl'], issuers: [] };
  const old = issueCertificate(pki, { name: 'old-address', addresses });
  // The name server of this machine may be slow, or away: the answer that it would give is given here
  const lookup: RevocationClientOptions['lookup'] = (_name, _options, tell) => tell(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), '');
  const answered = await check(old, { lookup, wait: async () => assert.fail('waited') });
  assert.equal(answered.ok && answered.value.status, 'good');
  const lost = issueCertificate(pki, { name: 'lost-address', addresses: { ...addresses, ocsp: ['http://ocsp.ca.invalid/'] } });
  assert.deepEqual(await check(lost, { lookup, wait: async () => assert.fail('waited') }), { ok: false, error: { code: 'revocation.unreachable', params: { host: 'ocsp.ca.invalid' } } });
});

test('all services down is unreachable, all slow is a timeout, and a slow responder leaves the list its share of the time', async () => {
  authorities.fault('down');
  assert.deepEqual(await check(pki.leader), { ok: false, error: { code: 'revocation.unreachable', params: { host } } });
  authorities.fault('slow');
  assert.deepEqual(await check(pki.leader, { deadlineMs: 300 }), { ok: false, error: { code: 'revocation.timeout', params: { host, seconds: 1 } } });
  authorities.fault(null);
  authorities.fault('slow', 'ocsp');
  const answered = await check(pki.leader, { deadlineMs: 6000 });
  assert.equal(answered.ok && answered.value.proof.kind, 'crl');
});

test('a batch of a hundred asks once, and again when the hour is over', async () => {
  let now = Date.now();
  const client = createClient({ now: () => new Date(now) });
  const certificate = issueCertificate(pki, { name: 'batch' });
  const asked = authorities.count('ocsp');
  const answers = await Promise.all(Array.from({ length: 100 }, () => client.check(certificate.der, pki.issuing.der)));
  assert.ok(answers.every((each) => each.ok && each.value.status === 'good'));
  assert.equal(authorities.count('ocsp'), asked + 1);
  authorities.revoke(certificate);
  now += hourMs - 60_000;
  const kept = await client.check(certificate.der, pki.issuing.der);
  assert.equal(kept.ok && kept.value.status, 'good');
  now += 2 * 60_000;
  const anew = await client.check(certificate.der, pki.issuing.der);
  assert.equal(anew.ok && anew.value.status, 'revoked');
  assert.equal(authorities.count('ocsp'), asked + 2);
});

test('a failure is shared by those who wait for it and kept for nobody', async () => {
  const client = createClient();
  authorities.fault('http500');
  const asked = authorities.count('ocsp');
  const answers = await Promise.all([1, 2, 3].map(() => client.check(pki.leader.der, pki.issuing.der)));
  assert.ok(answers.every((each) => !each.ok && each.error.code === 'revocation.unreachable'));
  assert.equal(authorities.count('ocsp'), asked + 2, 'two tries of one call');
  authorities.fault(null);
  assert.ok((await client.check(pki.leader.der, pki.issuing.der)).ok);
});

test('who gives up does not take the answer from the others', async () => {
  const client = createClient();
  authorities.fault('slow', 'ocsp');
  const controller = new AbortController();
  const first = client.check(pki.leader.der, pki.issuing.der, { signal: controller.signal });
  await authorities.whenHeld(1);
  const second = client.check(pki.leader.der, pki.issuing.der);
  const third = client.check(pki.leader.der, pki.issuing.der, { deadlineMs: 100 });
  assert.deepEqual(await third, { ok: false, error: { code: 'revocation.timeout', params: { host, seconds: 1 } } });
  controller.abort();
  assert.equal((await first).ok, false);
  authorities.fault(null);
  authorities.release();
  const answered = await second;
  assert.equal(answered.ok && answered.value.status, 'good');
});

test('one list serves all certificates of its authority', async () => {
  const client = createClient();
  authorities.fault('down', 'ocsp');
  const asked = authorities.count('crl');
  for (const holder of [pki.leader, pki.organization, pki.tsa]) {
    const answered = await client.check(holder.der, pki.issuing.der);
    assert.equal(answered.ok && answered.value.status, 'good');
  }
  assert.equal(authorities.count('crl'), asked + 1);
});
