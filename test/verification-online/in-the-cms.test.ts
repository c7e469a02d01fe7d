import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { createRevocationClient } from '../../src-main/authorities/revocation-client.ts';
import { fixture, openOffice, type Office } from '../augmentation/office.ts';
import { issueCertificate, type TestCertificate } from '../support/pki.ts';
import { codesOf, openLookingDesk, type LookingDesk } from './desk.ts';
import { withRevocationData, type Carry } from './rewrap.ts';

const letter = fixture('pdf/giay-moi.pdf');
const hour = 3_600_000;
let office: Office;
let desk: LookingDesk;

before(async () => {
  office = await openOffice();
  desk = openLookingDesk(office, 'cms');
});
afterEach(() => office.authorities.fault(null));
after(async () => {
  desk.close();
  await office.close();
});

async function answer(about: TestCertificate, by: TestCertificate, kind: 'ocsp' | 'crl'): Promise<Uint8Array> {
  if (kind === 'crl') office.authorities.fault('down', 'ocsp');
  const client = createRevocationClient({ proxyUrl: '', environment: {}, wait: async () => undefined });
  const said = await client.check(about.der, by.der);
  office.authorities.fault(null);
  assert.ok(said.ok && said.value.proof.kind === kind, JSON.stringify(said));
  return said.value.proof.der;
}

async function bothOf(kind: 'ocsp' | 'crl', signer: TestCertificate = office.pki.leaderEc): Promise<Carry> {
  const all = [await answer(signer, office.pki.issuing, kind), await answer(office.pki.issuing, office.pki.root, kind)];
  return kind === 'ocsp' ? { ocsps: all } : { crls: all };
}

test('revocation data in the signature itself is used, in every place and form, and nobody need be asked', async () => {
  const signed = await office.sign(letter, office.pki.leaderEc, { timestamp: office.timestamp });
  for (const place of ['archival', 'field'] as const) {
    for (const kind of ['ocsp', 'crl'] as const) {
      const { report, first } = await desk.examine(withRevocationData(signed, office.pki.leaderEc.key, { [place]: await bothOf(kind) }), { online: false });
      assert.deepEqual([report.verdict, first.integrity, first.trust.revocation], ['valid', 'intact', 'good'], `${place} ${kind} ${JSON.stringify(first.problems)}`);
      assert.deepEqual(first.revocations.map((each) => [each.status, each.source, each.kind]), [['good', 'cms', kind], ['good', 'cms', kind]], `${place} ${kind}`);
      assert.match(first.trust.detail, /Bằng chứng có sẵn trong tệp/);
    }
  }
});

test('it makes no level: B-LT is what stands in the DSS', async () => {
  const signed = await office.sign(letter, office.pki.leaderEc, { timestamp: office.timestamp });
  const data = await bothOf('ocsp');
  const carried = withRevocationData(signed, office.pki.leaderEc.key, { field: { ocsps: [...(data.ocsps ?? []), await answer(office.pki.tsa, office.pki.issuing, 'ocsp')] } });
  const { first } = await desk.examine(carried, { online: false });
  assert.deepEqual([first.level, first.trust.revocation, first.time?.proven], ['B-T', 'good', true]);
});

test('what it says of a revocation is believed', async () => {
  const thief = issueCertificate(office.pki, { name: 'thief-in-cms' });
  office.authorities.revoke(thief, new Date(Date.now() - hour));
  const signed = await office.sign(letter, thief, { timestamp: office.timestamp });
  const { report, first } = await desk.examine(withRevocationData(signed, thief.key, { field: await bothOf('ocsp', thief) }), { online: false });
  assert.deepEqual([report.verdict, first.revocations[0]?.source, codesOf(first).includes('revocation.revoked')], ['invalid', 'cms', true]);
});

test('rubbish in its place proves nothing and spoils nothing', async () => {
  const signed = await office.sign(letter, office.pki.leaderEc, { timestamp: office.timestamp });
  const rubbish = [office.pki.root.der, await answer(office.pki.issuing, office.pki.root, 'crl')];
  for (const place of ['archival', 'field'] as const) {
    const { report, first } = await desk.examine(withRevocationData(signed, office.pki.leaderEc.key, { [place]: { ocsps: rubbish, crls: [office.pki.root.der] } }), { online: false });
    assert.deepEqual([report.verdict, first.trust.revocation], ['valid', 'not-checked'], place);
  }
});
