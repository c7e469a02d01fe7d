import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createAugmenter } from '../../src-main/augmentation/augment.ts';
import type { RevocationPort, TimestampPort } from '../../src-main/ports/authorities.ts';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import { createVerifier } from '../../src-main/verification/verifier.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { fail } from '../../src-shared/result.ts';
import { issueCertificate, type TestCertificate } from '../support/pki.ts';
import { fixture, openOffice, type Office } from './office.ts';
import { withStore, type Held } from './with-store.ts';

const letter = fixture('pdf/giay-moi.pdf');
const hour = 3_600_000;
let office: Office;

before(async () => {
  office = await openOffice();
});
afterEach(() => office.authorities.fault(null));
after(() => office.close());

/** What the authority says of it now. */
async function answerAbout(certificate: TestCertificate, issuer: TestCertificate = office.pki.issuing): Promise<Uint8Array> {
  const answer = await office.revocation().check(certificate.der, issuer.der);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value.proof.der;
}

function codes(report: VerificationReport, index = 0): readonly string[] {
  return (report.signatures[index]?.problems ?? []).map(({ code }) => code);
}

test('B-LT needs a proof for each certificate of signer and time-stamper, and each certificate, in the file', async () => {
  const { pki } = office;
  const signed = await office.sign(letter, pki.leader, { timestamp: office.timestamp });
  const ocsps = [await answerAbout(pki.leader), await answerAbout(pki.tsa), await answerAbout(pki.issuing, pki.root)];
  const level = async (held: Held): Promise<unknown> => (await office.verify(withStore(signed, held))).signatures[0]?.level;
  assert.equal(await level({ ocsps }), 'B-LT');
  for (const missing of ocsps) assert.equal(await level({ ocsps: ocsps.filter((each) => each !== missing) }), 'B-T');
  const leafOnly = await office.sign(letter, pki.leader, { chain: [], timestamp: office.timestamp });
  const alone = await office.verify(withStore(leafOnly, { ocsps }));
  // The issuing CA came along in the time-stamp, which is no part of the signer's own path in the file.
  assert.equal(alone.signatures[0]?.level, 'B-T');
  assert.equal((await office.verify(withStore(leafOnly, { ocsps, certificates: [pki.issuing.der] }))).signatures[0]?.level, 'B-LT');
});

test('a time-stamp of the document before the store does not make B-LTA, one after it does', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const kept = await office.augment(signed, { level: 'B-LT' });
  assert.equal((await office.verify(kept.pdf)).signatures[0]?.level, 'B-LT');
  const stampedFirst = await office.augment(await office.sign(letter, office.pki.leader), { level: 'B-LT' });
  const report = await office.verify(stampedFirst.pdf);
  assert.deepEqual([report.signatures[0]?.level, report.signatures[1]?.subFilter], ['B-LT', 'ETSI.RFC3161']);
  assert.equal((await office.verify((await office.augment(stampedFirst.pdf)).pdf)).signatures[0]?.level, 'B-LTA');
});

test('without its root a file is at B-T, and its time is claimed', async () => {
  const archived = await office.augment(await office.sign(letter, office.pki.leader, { timestamp: office.timestamp }));
  const report = await createVerifier().verify(bytesSource(archived.pdf), { anchors: [], intermediates: [], now: new Date() });
  assert.deepEqual([report.signatures[0]?.level, report.signatures[0]?.time?.proven, report.signatures[0]?.trust.revocation], ['B-T', false, 'not-checked']);
});

test('a certificate revoked before the time that its signer claims makes the signature invalid', async () => {
  const thief = issueCertificate(office.pki, { name: 'thief' });
  const signed = await office.sign(letter, thief, { timestamp: office.timestamp });
  office.authorities.revoke(thief, new Date(Date.now() - hour));
  const report = await office.verify(withStore(signed, { ocsps: [await answerAbout(thief)] }));
  assert.deepEqual([report.verdict, report.signatures[0]?.trust.revocation, report.signatures[0]?.level], ['invalid', 'revoked', 'B-T']);
  assert.ok(codes(report).includes('revocation.revoked'));
});

test('one that claims an earlier time than it can prove is not believed, nor called a liar', async () => {
  const backdated = issueCertificate(office.pki, { name: 'backdated', dates: ['20200101000000Z', '20400101000000Z'] });
  const signed = await office.sign(letter, backdated, { at: new Date(Date.now() - 3 * hour) });
  office.authorities.revoke(backdated, new Date(Date.now() - hour));
  const ocsps = [await answerAbout(backdated), await answerAbout(office.pki.issuing, office.pki.root)];
  const report = await office.verify(withStore(signed, { ocsps }));
  // At the claimed time it was good; nothing says that it was signed then.
  assert.deepEqual([report.signatures[0]?.verdict, report.signatures[0]?.trust.revocation], ['indeterminate', 'revoked']);
  assert.ok(codes(report).includes('time.claimed') && codes(report).includes('revocation.revoked-unproven'));
  const stamped = await office.augment(signed, { level: 'B-T' });
  const proven = await office.verify(withStore(stamped.pdf, { ocsps }));
  assert.deepEqual([proven.signatures[0]?.verdict, proven.signatures[0]?.trust.revocation], ['indeterminate', 'revoked']);
  assert.ok(codes(proven).includes('revocation.revoked-unproven'));
});

test('a later time-stamp of the document does not make worse what was signed in time', async () => {
  const at = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`;
  const ended = issueCertificate(office.pki, { name: 'ended', dates: [at(Date.now() - 48 * hour), at(Date.now() - 24 * hour)] });
  const signed = await office.sign(letter, ended, { at: new Date(Date.now() - 30 * hour) });
  const before = await office.verify(signed);
  assert.equal(before.verdict, 'valid');
  const stamped = await office.augment(signed);
  const report = await office.verify(stamped.pdf);
  assert.deepEqual([report.verdict, report.signatures[0]?.time?.proven, report.signatures[0]?.level], ['valid-extended', false, 'B-T']);
  // It can never be proven that it was signed before its end.
  assert.deepEqual(stamped.missing.map(({ what, error, final }) => [what, error.code, final]), [['ended', 'augment.ended', true]]);
});

test('a store with rubbish in it proves nothing and breaks nothing', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const rubbish = [new Uint8Array(0), Buffer.from('<html>'), Buffer.alloc(100_000, 0x30), office.pki.leader.der];
  const report = await office.verify(withStore(signed, { certificates: rubbish, ocsps: rubbish, crls: rubbish }));
  assert.deepEqual([report.verdict, report.signatures[0]?.level], ['valid-extended', 'B-T']);
});

test('a store that the cross-reference cannot find is a damaged file, not a fault of the verifier', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const kept = withStore(signed, { certificates: [office.pki.issuing.der, office.pki.root.der, office.pki.tsa.der], ocsps: [await answerAbout(office.pki.leader)] });
  const start = kept.lastIndexOf('\nxref\n');
  const rows = [...kept.subarray(start).toString('latin1').matchAll(/\d{10} \d{5} n/g)];
  // The first and the last row of a run are looked at when the file is opened.
  assert.ok(rows.length >= 5);
  for (const { index } of rows) {
    const damaged = Buffer.from(kept);
    damaged.write('x', start + index);
    const report = await office.verify(damaged);
    assert.notEqual(report.verdict, 'valid-extended');
    assert.ok(!report.problems.some(({ code }) => code === 'verifier.fault'), JSON.stringify(report.problems));
  }
});

test('a time-stamp of the document leaves what the signer claims in sight', async () => {
  const at = new Date(Math.floor(Date.now() / 1000) * 1000 - 3 * hour);
  const backdated = issueCertificate(office.pki, { name: 'earlier', dates: ['20200101000000Z', '20400101000000Z'] });
  const done = await office.augment(await office.sign(letter, backdated, { at }), { level: 'B-T' });
  const [signature] = (await office.verify(done.pdf)).signatures;
  assert.deepEqual([signature?.time?.proven, signature?.time?.claimed], [true, at.toISOString()]);
  assert.ok(new Date(signature?.time?.at ?? 0).getTime() > at.getTime() + 2 * hour);
  const own = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  assert.equal((await office.verify(own)).signatures[0]?.time?.claimed, undefined);
});

test('long-term data with bits turned never makes the verifier or the augmenter fail', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const kept = await office.augment(signed, { level: 'B-LT' });
  // A generator of its own, so that what fails once fails again.
  let seed = 20_261_122;
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  const offline: TimestampPort = { stamp: async () => fail('timestamp.unreachable', { host: 'tsa' }) };
  const nobody: RevocationPort = { check: async () => fail('revocation.unreachable', { host: 'ocsp' }), findIssuer: async () => null };
  for (let i = 0; i < 60; i += 1) {
    const damaged = Buffer.from(kept.pdf);
    for (let k = 0; k < 3; k += 1) damaged[signed.length + next(damaged.length - signed.length)]! ^= 1 << next(8);
    const report = await office.verify(damaged);
    assert.ok(!report.problems.some(({ code }) => code === 'verifier.fault'), `copy ${String(i)}`);
    const result = await createAugmenter().augment(bytesSource(damaged), { level: 'B-LTA', timestamp: offline, revocation: nobody, anchors: [office.pki.root.der], intermediates: [], now: new Date() });
    if (result.ok && result.value.tail.length > 0) assert.notEqual((await office.verify(Buffer.concat([damaged, result.value.tail]))).problems[0]?.code, 'verifier.fault');
  }
});
