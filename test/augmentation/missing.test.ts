import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import type { AugmentRequest } from '../../src-main/ports/augmentation.ts';
import type { RevocationAnswer, TimestampPort } from '../../src-main/ports/authorities.ts';
import { readCertificate } from '../../src-main/verification/certificate.ts';
import { readProof } from '../../src-main/verification/revocation.ts';
import { describeError } from '../../src-shared/errors.ts';
import { ok } from '../../src-shared/result.ts';
import { issueCertificate } from '../support/pki.ts';
import { run } from '../unit/signing/judges.ts';
import { opensslStamp } from '../unit/signing/levels-stamp.ts';
import { createTestPki as createStrangerPki } from '../unit/verification/pki.ts';
import { assertJudgesAgree } from './judges.ts';
import { fixture, openOffice, type Office } from './office.ts';

const letter = fixture('pdf/giay-moi.pdf');
let office: Office;

before(async () => {
  office = await openOffice();
});
afterEach(() => {
  office.authorities.fault(null);
  office.authorities.release();
});
after(() => office.close());

type Reason = readonly [string, string, boolean];

/** Level, whether anything was written, and what is missing: of whom, why, for good. */
async function outcome(input: Uint8Array, changes: Partial<AugmentRequest> = {}): Promise<readonly [string, boolean, readonly Reason[]]> {
  const { level, tail, missing } = await office.augment(input, changes);
  for (const { error } of missing) assert.doesNotMatch(describeError(error), /\{/);
  return [level, tail.length > 0, missing.map(({ what, error, final }): Reason => [what, error.code, final])];
}

test('a file that carries no signature, or is none, is refused', async () => {
  assert.deepEqual(await office.augmentError(letter), { code: 'augment.unsigned' });
  assert.equal((await office.augmentError(Buffer.from('không phải PDF'))).code, 'pdf.not-pdf');
  assert.equal((await office.augmentError(new Uint8Array(0))).code, 'file.empty');
  const signed = await office.sign(letter, office.pki.leader);
  assert.equal((await office.augmentError(Buffer.concat([signed, Buffer.from('thừa')]))).code, 'pdf.broken');
});

test('while the time-stamp service is down nothing is written, and B-T comes when it is back', async () => {
  const signed = await office.sign(letter, office.pki.leader);
  office.authorities.fault('down', 'tsa');
  assert.deepEqual(await outcome(signed), ['B-B', false, [['Dấu thời gian', 'timestamp.unreachable', false]]]);
  office.authorities.fault(null);
  assert.deepEqual(await outcome(signed, { level: 'B-T' }), ['B-T', true, []]);
});

test('while no status can be had the file stays at B-T, the store is not begun, and the next try goes on from there', async () => {
  const signed = await office.sign(letter, office.pki.leader);
  office.authorities.fault('down', 'ocsp');
  office.authorities.fault('down', 'crl');
  const first = await office.augment(signed);
  assert.equal(first.level, 'B-T');
  assert.deepEqual(first.missing.map(({ error, final }) => [error.code, final]), Array.from({ length: first.missing.length }, () => ['revocation.unreachable', false]));
  assert.ok(!first.pdf.includes('/DSS'));
  assertJudgesAgree(office, first.pdf, { signatures: 1, stamps: 1, endsSigned: true });
  // Tried again in vain: the file does not grow with every try.
  assert.equal((await office.augment(first.pdf)).tail.length, 0);
  office.authorities.fault(null);
  const second = await office.augment(first.pdf);
  assert.deepEqual([second.level, second.missing], ['B-LTA', []]);
  assertJudgesAgree(office, second.pdf, { signatures: 1, stamps: 2, endsSigned: true });
});

test('an archive time-stamp that fails leaves the store written, and is all that is added next time', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  office.authorities.fault('down', 'tsa');
  const first = await office.augment(signed);
  assert.deepEqual([first.level, first.missing.map(({ error, final }) => [error.code, final])], ['B-LT', [['timestamp.unreachable', false]]]);
  assertJudgesAgree(office, first.pdf, { signatures: 1, stamps: 0, endsSigned: false });
  office.authorities.fault(null);
  const second = await office.augment(first.pdf);
  assert.deepEqual([second.level, second.missing], ['B-LTA', []]);
  assert.ok(!Buffer.from(second.tail).includes('/Certs'));
});

test('answers that cannot be trusted do not come into a file', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  for (const fault of ['ocspStranger', 'ocspUnnamed', 'ocspOther', 'garbage', 'tryLater'] as const) {
    office.authorities.fault(fault, 'ocsp');
    office.authorities.fault('crlStranger', 'crl');
    const done = await office.augment(signed, { level: 'B-LT' });
    assert.deepEqual([done.level, done.tail.length], ['B-T', 0], fault);
    assert.ok(done.missing.length > 0 && done.missing.every(({ final }) => !final), fault);
  }
});

test('a client that hands on what a stranger signed is not believed', async () => {
  const { pki, authorities } = office;
  const signed = await office.sign(letter, pki.leader, { timestamp: office.timestamp });
  const asked = join(office.folder, 'asked.der');
  assert.equal(run('openssl', ['ocsp', '-issuer', pki.issuing.pem, '-cert', pki.leader.pem, '-no_nonce', '-reqout', asked]).status, 0);
  const answer = async (): Promise<Uint8Array> => new Uint8Array(await (await fetch(authorities.ocspUrl, { method: 'POST', body: readFileSync(asked) })).arrayBuffer());
  const honest = readProof('ocsp', await answer(), 0);
  authorities.fault('ocspStranger', 'ocsp');
  const der = await answer();
  const [leader, issuing] = [readCertificate(pki.leader.der), readCertificate(pki.issuing.der)];
  assert.ok(leader !== null && issuing !== null);
  assert.equal(honest?.about(leader, issuing, [])?.status, 'good');
  const lie: RevocationAnswer = { status: 'good', revokedAt: null, proof: { kind: 'ocsp', der }, certificates: [], thisUpdate: new Date(), nextUpdate: null };
  const done = await office.augment(signed, { level: 'B-LT', revocation: { check: async () => ok(lie), findIssuer: async () => null } });
  assert.deepEqual([done.level, done.tail.length], ['B-T', 0]);
  assert.deepEqual(done.missing.map(({ error }) => error), done.missing.map(() => ({ code: 'revocation.invalid', params: { reason: 'stale' } })));
});

test('a certificate revoked before the proven time ends it for good; one revoked after it does not matter', async () => {
  const early = issueCertificate(office.pki, { name: 'early' });
  const late = issueCertificate(office.pki, { name: 'late' });
  const signedEarly = await office.sign(letter, early, { timestamp: office.timestamp });
  const signedLate = await office.sign(letter, late, { timestamp: office.timestamp });
  office.authorities.revoke(early, new Date(Date.now() - 3_600_000));
  assert.deepEqual(await outcome(signedEarly), ['B-T', false, [['early', 'augment.revoked', true]]]);
  // OpenSSL's book counts whole seconds, and the time-stamp may be of this one.
  office.authorities.revoke(late, new Date(Date.now() + 60_000));
  const kept = await office.augment(signedLate);
  assert.deepEqual([kept.level, kept.missing], ['B-LTA', []]);
  const report = await office.verify(kept.pdf);
  assert.deepEqual(report.signatures.map(({ verdict, trust }) => [verdict, trust.revocation]), [['valid-extended', 'good'], ['valid', 'good']]);
});

test('a certificate that names nobody to ask is said for good, and does not keep the other signatures back', async () => {
  const alone = issueCertificate(office.pki, { name: 'alone', addresses: null });
  const first = await office.sign(letter, alone, { timestamp: office.timestamp });
  assert.deepEqual(await outcome(first), ['B-T', false, [['alone', 'revocation.no-address', true]]]);
  const both = await office.sign(first, office.pki.organization, { timestamp: office.timestamp });
  const done = await office.augment(both);
  assert.deepEqual([done.level, done.missing.map(({ what, final }) => [what, final])], ['B-T', [['alone', true]]]);
  assert.deepEqual((await office.verify(done.pdf)).signatures.map(({ level }) => level), ['B-T', 'B-LTA', 'unknown']);
  // Once is enough.
  assert.equal((await office.augment(done.pdf)).tail.length, 0);
});

test('a signer of an unknown root, and a time-stamper of one, are said; one more time-stamp of ours is tried, never two', async () => {
  const stranger = createStrangerPki();
  try {
    const foreign = await office.sign(letter, { ...office.pki.leader, der: Buffer.from(stranger.issue('Người lạ')), key: stranger.path('Người lạ.key') }, { chain: [stranger.issuing, stranger.root] });
    const first = await office.augment(foreign);
    assert.deepEqual([first.level, first.missing], ['B-T', [{ what: 'Người lạ', error: { code: 'augment.chain', params: { name: 'Người lạ' } }, final: true }]]);
    assert.equal((await office.augment(first.pdf)).tail.length, 0);

    stranger.timestamp(Buffer.from('x'));
    const timestamp: TimestampPort = {
      stamp: async (imprint) => {
        stranger.openssl('ts', '-query', '-digest', Buffer.from(imprint).toString('hex'), '-sha256', '-cert', '-out', 'query.tsq');
        stranger.openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 't', '-queryfile', 'query.tsq', '-token_out', '-out', 'token.der');
        return ok(new Uint8Array(readFileSync(stranger.path('token.der'))));
      },
    };
    const strangely = await office.sign(letter, office.pki.leader, { timestamp });
    assert.deepEqual((await office.verify(strangely)).signatures.map(({ level, time }) => [level, time?.proven]), [['B-T', false]]);
    const done = await office.augment(strangely);
    assert.deepEqual([done.level, done.missing], ['B-LTA', []]);
    assert.deepEqual((await office.verify(done.pdf)).signatures.map(({ level, time }) => [level, time?.proven]), [['B-LTA', true], ['unknown', true], ['unknown', true]]);
    const untrusted = await office.augment(strangely, { timestamp });
    // Its root did not come along in the token: whether it is only not known yet cannot be told.
    assert.deepEqual([untrusted.level, untrusted.missing.map(({ what, error, final }) => [what, error.code, final])], ['B-T', [['tsa', 'augment.chain', false]]]);
    assert.equal((await office.augment(untrusted.pdf, { timestamp })).tail.length, 0);

    // Over what is whole already a stranger's time-stamp archives nothing, and is not written.
    const whole = await office.augment(await office.sign(letter, office.pki.leader, { timestamp: office.timestamp }), { level: 'B-LT' });
    const refused = await office.augment(whole.pdf, { timestamp });
    assert.deepEqual([refused.level, refused.tail.length, refused.missing], ['B-LT', 0, [{ what: 'Dấu thời gian', error: { code: 'augment.chain', params: { name: 'tsa' } }, final: false }]]);
  } finally {
    stranger.remove();
  }
});

test('an issuer that cannot be fetched today may be tomorrow', async () => {
  // The time-stamp brings along no chain either.
  const bare = await office.sign(letter, office.pki.leader, { chain: [] });
  const lonely = join(office.pki.dir, 'lonely.cnf');
  writeFileSync(lonely, readFileSync(office.pki.tsaConfig, 'utf8').replaceAll(office.pki.chainPem, office.pki.tsa.pem));
  const timestamp = opensslStamp({ ...office.pki, tsaConfig: lonely });
  office.authorities.fault('down', 'issuer');
  assert.deepEqual(await outcome(bare, { timestamp }), ['B-T', true, [['Nguyễn Đức Thắng', 'augment.chain', false], ['Dấu thời gian thử nghiệm', 'augment.chain', false]]]);
  office.authorities.fault(null);
  assert.deepEqual(await outcome(bare, { timestamp }), ['B-LTA', true, []]);
});

test('a signature that is not whole is said, and the rest goes on', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const damaged = Buffer.from(signed);
  const at = damaged.indexOf('/Producer');
  damaged[at + 12]! ^= 1;
  assert.deepEqual(await outcome(damaged), ['B-B', false, [['chu_ky_1', 'augment.broken-signature', true]]]);
  const both = await office.sign(damaged, office.pki.organization, { timestamp: office.timestamp });
  const done = await office.augment(both);
  assert.deepEqual([done.level, done.missing.map(({ error }) => error.code)], ['B-B', ['augment.broken-signature']]);
  assert.deepEqual((await office.verify(done.pdf)).signatures.map(({ level }) => level), ['unknown', 'B-LTA', 'unknown']);
});

test('a person who stops it gets the file as it was, or at a whole level', async () => {
  const signed = await office.sign(letter, office.pki.leader);
  const stop = new AbortController();
  office.authorities.fault('slow', 'ocsp');
  const working = office.augment(signed, { signal: stop.signal });
  await office.authorities.whenHeld(1);
  stop.abort();
  const done = await working;
  assert.equal(done.level, 'B-T');
  assert.ok(done.missing.length > 0 && done.missing.every(({ final }) => !final));
  assertJudgesAgree(office, done.pdf, { signatures: 1, stamps: 1, endsSigned: true });
});
