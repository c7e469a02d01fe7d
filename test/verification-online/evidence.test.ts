import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { createSilences, isOpenName } from '../../src-main/features/verification/evidence.ts';
import { issueCertificate, type TestCertificate } from '../support/pki.ts';
import { fixture, openOffice, type Office } from '../augmentation/office.ts';
import { withStore } from '../augmentation/with-store.ts';
import { codesOf, openLookingDesk, type LookingDesk } from './desk.ts';

const letter = fixture('pdf/giay-moi.pdf');
const hour = 3_600_000;
const day = 24 * hour;
let office: Office;
const desks: LookingDesk[] = [];

before(async () => {
  office = await openOffice();
});
afterEach(() => office.authorities.fault(null));
after(async () => {
  for (const desk of desks) desk.close();
  await office.close();
});

function desk(name: string): LookingDesk {
  const opened = openLookingDesk(office, name);
  desks.push(opened);
  return opened;
}

/** A signer of the past as well as of today, so that a claimed time may lie before. */
function signer(name: string): TestCertificate {
  return issueCertificate(office.pki, { name, dates: ['20200101000000Z', '20400101000000Z'] });
}

test('what a file does not prove is asked for, once for each certificate, and each answer is named with its source and its proof', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const { first, evidence, asked, report } = await desk('asking').examine(signed);
  assert.deepEqual([report.verdict, first.trust.revocation], ['valid', 'good']);
  assert.deepEqual(first.revocations.map(({ commonName, status, kind, source, unasked, revokedAt }) => ({ commonName, status, kind, source, unasked, revokedAt })), [
    { commonName: 'Nguyễn Đức Thắng', status: 'good', kind: 'ocsp', source: 'asked', unasked: null, revokedAt: null },
    { commonName: 'CA cấp chứng thư thử nghiệm', status: 'good', kind: 'ocsp', source: 'asked', unasked: null, revokedAt: null },
  ]);
  assert.match(first.trust.detail, /Đã hỏi cơ quan chứng thực; câu trả lời lập lúc \d\d:\d\d \d\d\/\d\d\/\d{4}\./);
  // signer, issuing CA and time-stamper, each once; the anchor vouches for itself
  assert.equal(new Set(asked).size, asked.length);
  assert.equal(asked.length, 3);
  for (const { proof } of first.revocations) {
    const kept = evidence.find(({ sha256 }) => sha256 === proof);
    assert.ok(kept !== undefined && kept.kind === 'ocsp', 'the proof is handed on');
    assert.equal(createHash('sha256').update(kept.der).digest('hex'), proof);
  }
  for (const certificate of [office.pki.leader, office.pki.issuing, office.pki.root, office.pki.tsa]) assert.ok(evidence.some(({ kind, sha256 }) => kind === 'certificate' && sha256 === certificate.thumbprint), 'each certificate of the paths is handed on');
  assert.equal(evidence.filter(({ kind }) => kind === 'ocsp').length, 3);
});

test('what was asked for never raises a level, and nobody is asked about what the file proves at a proven time', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  assert.equal((await desk('level').examine(signed)).first.level, 'B-T');
  const kept = await office.augment(signed, { level: 'B-LT' });
  const { first, asked } = await desk('whole').examine(kept.pdf);
  assert.deepEqual([first.level, first.revocations.map(({ source }) => source), asked], ['B-LT', ['dss', 'dss'], []]);
  assert.match(first.trust.detail, /Bằng chứng có sẵn trong tệp/);
});

test('a broken signature has nobody asked about it', async () => {
  const signed = await office.sign(letter, office.pki.leader);
  const damaged = Buffer.from(signed);
  damaged[damaged.indexOf('/MediaBox') + 12]! ^= 1;
  const { report, asked } = await desk('broken').examine(damaged);
  assert.equal(report.verdict, 'invalid');
  assert.deepEqual(asked, []);
});

test('with a time-stamp from before its revocation a signature stays good, and the revocation is named', async () => {
  const leader = signer('revoked-later');
  const signed = await office.sign(letter, leader, { timestamp: office.timestamp });
  office.authorities.revoke(leader, new Date(Date.now() + hour));
  const { report, first } = await desk('stamped').examine(signed, { now: new Date(Date.now() + 2 * hour) });
  assert.deepEqual([report.verdict, first.trust.revocation, first.revocations[0]?.status], ['valid', 'good', 'good']);
  assert.notEqual(first.revocations[0]?.revokedAt, null);
  assert.match(first.trust.detail, /“revoked-later” bị thu hồi lúc .*, sau thời điểm ký đã được chứng minh/);
});

test('without a time-stamp the same signature is not good: nobody knows whether it was made before', async () => {
  const leader = signer('revoked-since');
  const signed = await office.sign(letter, leader, { at: new Date(Date.now() - 3 * hour) });
  office.authorities.revoke(leader, new Date(Date.now() - hour));
  const { report, first } = await desk('unstamped').examine(signed);
  assert.deepEqual([report.verdict, first.trust.revocation, first.revocations[0]?.status], ['indeterminate', 'revoked', 'revoked']);
  assert.ok(codesOf(first).includes('revocation.revoked-unproven'));
  assert.match(first.trust.detail, /“revoked-since” đã bị thu hồi lúc/);
});

test('revoked before it was time-stamped, or before what it claims itself, it is invalid or in doubt', async () => {
  const thief = signer('thief-stamped');
  office.authorities.revoke(thief, new Date(Date.now() - hour));
  const own = desk('thief');
  const stamped = await own.examine(await office.sign(letter, thief, { timestamp: office.timestamp }));
  assert.deepEqual([stamped.report.verdict, stamped.first.trust.revocation], ['invalid', 'revoked']);
  const plain = await own.examine(await office.sign(letter, thief));
  assert.deepEqual([plain.report.verdict, codesOf(plain.first).includes('revocation.revoked')], ['invalid', true]);
  const backdated = await own.examine(await office.sign(letter, thief, { at: new Date(Date.now() - 5 * hour), timestamp: office.timestamp }));
  assert.deepEqual([backdated.report.verdict, codesOf(backdated.first).includes('revocation.revoked-unproven')], ['indeterminate', true]);
});

test('proofs in the file from before do not hide that a signer without a time-stamp was revoked since', async () => {
  const leader = signer('hidden');
  const signed = await office.sign(letter, leader, { at: new Date(Date.now() - hour) });
  const answers = await Promise.all([office.revocation().check(leader.der, office.pki.issuing.der), office.revocation().check(office.pki.issuing.der, office.pki.root.der)]);
  const carried = withStore(signed, { ocsps: answers.map((answer) => (assert.ok(answer.ok), answer.value.proof.der)) });
  // all that the file says of itself is good
  const own = desk('hidden');
  const alone = await own.examine(carried, { online: false, now: new Date(Date.now() + 2 * hour) });
  assert.deepEqual([alone.report.verdict, alone.first.trust.revocation, alone.first.revocations[0]?.source], ['valid-extended', 'good', 'dss']);
  office.authorities.revoke(leader, new Date(Date.now() - hour / 2));
  const { report, first } = await own.examine(carried, { now: new Date(Date.now() + 2 * hour) });
  assert.deepEqual([report.verdict, first.trust.revocation], ['indeterminate', 'revoked']);
});

test('a time-stamper that was revoked, for all we know because its key leaked, proves no time', async () => {
  const fresh = await openOffice();
  try {
    const signed = await fresh.sign(letter, fresh.pki.leader, { timestamp: fresh.timestamp });
    fresh.authorities.revoke(fresh.pki.tsa, new Date(Date.now() + hour));
    const own = openLookingDesk(fresh, 'stamper');
    const { first, report } = await own.examine(signed, { now: new Date(Date.now() + 2 * hour) });
    own.close();
    assert.deepEqual([first.time?.proven, codesOf(first).includes('timestamp.untrusted')], [false, true]);
    assert.equal(report.verdict, 'valid');
  } finally {
    await fresh.close();
  }
});

test('without a line a verdict names whom it could not ask, and why', async () => {
  const signed = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const { report, first } = await desk('offline').examine(signed, { online: false });
  assert.deepEqual([report.verdict, first.trust.revocation, codesOf(first).includes('revocation.not-checked')], ['valid', 'not-checked', true]);
  assert.deepEqual(first.revocations.map(({ status, unasked, proof }) => [status, unasked, proof]), [['unproven', 'revocation.offline', null], ['unproven', 'revocation.offline', null]]);
  assert.match(first.trust.detail, /Chưa hỏi được tình trạng thu hồi của “Nguyễn Đức Thắng”, “CA cấp chứng thư thử nghiệm”, “Dấu thời gian thử nghiệm”: đang làm việc không có mạng\./);
});

test('a service that is down, slow or lies is named as such', async () => {
  const cases = [['down', 'revocation.unreachable', /không liên lạc được/], ['badSignature', 'revocation.invalid', /không đáng tin/], ['ocspStranger', 'revocation.invalid', /không đáng tin/]] as const;
  for (const [fault, unasked, words] of cases) {
    const signed = await office.sign(letter, office.pki.leaderEc);
    office.authorities.fault(fault, 'ocsp');
    office.authorities.fault('down', 'crl');
    const { first } = await desk(`faulty-${fault}`).examine(signed);
    assert.deepEqual([first.trust.revocation, first.revocations[0]?.unasked, first.revocations[0]?.status], ['not-checked', unasked, 'unproven'], fault);
    assert.match(first.trust.detail, words);
  }
});

test('a list serves where no responder answers', async () => {
  office.authorities.fault('down', 'ocsp');
  const { first } = await desk('lists').examine(await office.sign(letter, office.pki.leader));
  assert.deepEqual([first.trust.revocation, first.revocations.map(({ kind, source }) => [kind, source])], ['good', [['crl', 'asked'], ['crl', 'asked']]]);
});

test('what was asked is remembered over a restart: without a line it is believed for its time, with its age, and not beyond', async () => {
  const own = desk('remembering');
  const stamped = await office.sign(letter, office.pki.leader, { timestamp: office.timestamp });
  const plain = await office.sign(letter, office.pki.leader);
  await own.examine(stamped);
  own.restart();
  const soon = await own.examine(plain, { online: false, now: new Date(Date.now() + 5 * hour) });
  assert.deepEqual([soon.first.trust.revocation, soon.first.revocations.map(({ source, unasked }) => [source, unasked])], ['good', [['cache', 'revocation.offline'], ['cache', 'revocation.offline']]]);
  assert.match(soon.first.trust.detail, /Theo câu trả lời đã lưu trên máy, lập lúc .* \(cách đây [45] giờ\)\./);
  assert.match(soon.first.trust.detail, /Chưa hỏi được tình trạng thu hồi/);

  // signed after the answer ran out: nothing that lies here speaks of that day
  const later = await own.examine(await office.sign(letter, office.pki.leader, { at: new Date(Date.now() + 3 * day) }), { online: false, now: new Date(Date.now() + 4 * day) });
  assert.deepEqual([later.first.trust.revocation, later.first.revocations[0]?.status], ['not-checked', 'unproven']);
  assert.match(later.first.trust.detail, /Câu trả lời gần nhất về “Nguyễn Đức Thắng” lập lúc .* \(cách đây 4 ngày\) đã quá cũ nên không được tính/);
  // what it says of a proven time before it stands for good
  const proven = await own.examine(stamped, { online: false, now: new Date(Date.now() + 40 * day) });
  assert.deepEqual([proven.report.verdict, proven.first.trust.revocation], ['valid', 'good']);
});

test('an answer that is fresh enough is not asked for again, an older one is, and a button asks in any case', async () => {
  const own = desk('fresh');
  const signed = await office.sign(letter, office.pki.leader);
  const count = (): number => office.authorities.count('ocsp');
  await own.examine(signed);
  const once = count();
  const again = await own.examine(signed, { now: new Date(Date.now() + hour) });
  assert.deepEqual([again.first.revocations.map(({ source }) => source), count()], [['cache', 'cache'], once]);
  const quick = await own.examine(signed, { mode: 'cache', now: new Date(Date.now() + 6 * hour) });
  assert.deepEqual([quick.first.revocations.map(({ source, unasked }) => [source, unasked]), count()], [[['cache', null], ['cache', null]], once]);
  const pressed = await own.examine(signed, { mode: 'ask-again' });
  assert.deepEqual([pressed.first.revocations.map(({ source }) => source), count()], [['asked', 'asked'], once + 2]);
  const old = await own.examine(signed, { now: new Date(Date.now() + 5 * hour) });
  assert.deepEqual([old.first.revocations.map(({ source }) => source), count()], [['asked', 'asked'], once + 4]);
});

test('an issuer that nobody brought along is fetched, and remembered', async () => {
  const own = desk('leaf');
  const signed = await office.sign(letter, office.pki.leader, { chain: [] });
  const alone = await own.examine(signed, { online: false });
  assert.deepEqual([alone.report.verdict, alone.first.trust.status], ['indeterminate', 'untrusted']);
  const found = await own.examine(signed);
  assert.deepEqual([found.report.verdict, found.first.trust.revocation, found.first.chain.map(({ thumbprint }) => thumbprint)], ['valid', 'good', [office.pki.issuing.thumbprint, office.pki.root.thumbprint]]);
  own.restart();
  const remembered = await own.examine(signed, { online: false });
  assert.deepEqual([remembered.report.verdict, remembered.first.trust.status], ['valid', 'trusted']);
});

test('a stranger’s certificate sends nobody to machines inside of the office', async () => {
  const own = desk('inside');
  const signed = await office.sign(letter, office.pki.leader, { chain: [] });
  const before = office.authorities.count('issuer');
  const { report, first } = await own.examine(signed, { more: {} });
  assert.deepEqual([report.verdict, first.trust.status, office.authorities.count('issuer')], ['indeterminate', 'untrusted', before]);
  for (const host of ['127.0.0.1', '192.168.1.1', '[::1]', 'localhost', 'may-in', 'router.lan', 'nas.local', 'a.internal', '', '.vn', '10.0.0.1.']) assert.equal(isOpenName(host), false, host);
  for (const host of ['ca.gov.vn', 'crl.vnpt-ca.vn', 'a.b.example-ca.com']) assert.equal(isOpenName(host), true, host);
});

test('a service that was silent a moment ago is not waited for by the next document, but by a button', async () => {
  const own = desk('silent');
  const silences = createSilences(() => new Date());
  const more = { silences, mayFetchFrom: () => true };
  office.authorities.fault('down');
  const first = await own.examine(await office.sign(letter, office.pki.leader), { more });
  const asked = office.authorities.requests.length;
  const second = await own.examine(await office.sign(letter, office.pki.leaderEc), { more });
  assert.deepEqual([first.first.revocations[0]?.unasked, second.first.revocations[0]?.unasked, office.authorities.requests.length], ['revocation.unreachable', 'revocation.unreachable', asked]);
  office.authorities.fault(null);
  const pressed = await own.examine(await office.sign(letter, office.pki.leaderEc), { more, mode: 'ask-again' });
  assert.deepEqual(pressed.first.revocations.map(({ source }) => source), ['asked', 'asked']);
});

test('rubbish from a service proves nothing and breaks nothing', async () => {
  const signed = await office.sign(letter, office.pki.leader);
  const rubbish = [new Uint8Array(0), Buffer.from('<html>'), Buffer.alloc(100_000, 0x30), office.pki.leader.der];
  const found = rubbish.flatMap((der) => (['certificate', 'ocsp', 'crl'] as const).map((kind) => ({ kind, der, source: 'asked' as const })));
  const { first, report } = await desk('rubbish').examine(signed, { options: { evidence: { find: async () => ({ found, unasked: null }), findIssuer: async () => ({ found, unasked: null }) } } });
  assert.deepEqual([report.verdict, first.trust.revocation], ['valid', 'not-checked']);
});
