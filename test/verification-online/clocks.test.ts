import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import type { SignRequest } from '../../src-main/ports/signing.ts';
import { fixture, openOffice, type Office } from '../augmentation/office.ts';
import { issueCertificate, type TestCertificate } from '../support/pki.ts';
import { codesOf, openLookingDesk, type LookingDesk, type Looking } from './desk.ts';

const letter = fixture('pdf/giay-moi.pdf');
const minute = 60_000;
const hour = 60 * minute;
let office: Office;
let desk: LookingDesk;
let signer: TestCertificate;

before(async () => {
  office = await openOffice();
  desk = openLookingDesk(office, 'clocks');
  signer = issueCertificate(office.pki, { name: 'clock', dates: ['20200101000000Z', '20400101000000Z'] });
});
afterEach(() => office.authorities.fault(null));
after(async () => {
  desk.close();
  await office.close();
});

/** Whole seconds, as /M has them. */
const inMs = (ms: number): Date => new Date(Math.floor(Date.now() / 1000) * 1000 + ms);

async function look(changes: Partial<SignRequest>, looking: Looking = {}): Promise<{ readonly verdict: string; readonly codes: readonly string[]; readonly time: { readonly at: string; readonly proven: boolean; readonly claimed?: string | undefined } | null }> {
  const { report, first } = await desk.examine(await office.sign(letter, signer, changes), looking);
  return { verdict: report.verdict, codes: codesOf(first).filter((code) => code.startsWith('time.')), time: first.time };
}

test('clocks that differ by minutes are not spoken of', async () => {
  const timestamp = office.timestamp;
  for (const off of [-10, 0, 10]) {
    const seen = await look({ at: inMs(off * minute), timestamp });
    assert.deepEqual([seen.verdict, seen.codes, seen.time?.proven, seen.time?.claimed], ['valid', [], true, undefined], String(off));
  }
  assert.deepEqual((await look({ at: inMs(10 * minute) })).codes, ['time.claimed']);
});

test('a signer who writes local time as UTC, or UTC as local time, is named and not failed', async () => {
  const timestamp = office.timestamp;
  for (const off of [7 * hour, -7 * hour, 7 * hour - 5 * minute]) {
    const at = inMs(off);
    const seen = await look({ at, timestamp });
    assert.deepEqual([seen.verdict, seen.codes, seen.time?.proven, seen.time?.claimed], ['valid', ['time.zone-mistaken'], true, at.toISOString()]);
  }
});

test('without a time-stamp, up to seven hours ahead are a mistaken zone, and more are the future', async () => {
  for (const off of [7 * hour, 3 * hour]) {
    const at = inMs(off);
    const seen = await look({ at });
    assert.deepEqual([seen.verdict, seen.codes, seen.time], ['valid', ['time.claimed', 'time.zone-mistaken'], { at: at.toISOString(), proven: false }]);
  }
  for (const off of [8 * hour, 48 * hour]) {
    const seen = await look({ at: inMs(off) });
    assert.deepEqual([seen.verdict, seen.codes], ['indeterminate', ['time.future']]);
  }
});

test('any other difference from the proven time is named, and the claimed time shown', async () => {
  for (const off of [-3 * hour, 2 * hour, -20 * 24 * hour]) {
    const at = inMs(off);
    const seen = await look({ at, timestamp: office.timestamp });
    assert.deepEqual([seen.verdict, seen.codes, seen.time?.claimed], ['valid', ['time.differs'], at.toISOString()]);
  }
});

test('a later time-stamp of the document differs from an earlier claim by nature, not from a later one', async () => {
  const stamped = async (off: number): Promise<readonly string[]> => {
    const done = await office.augment(await office.sign(letter, signer, { at: inMs(off) }), { level: 'B-T' });
    const { first, report } = await desk.examine(done.pdf);
    assert.equal(report.verdict, 'valid-extended');
    return codesOf(first).filter((code) => code.startsWith('time.'));
  };
  assert.deepEqual(await stamped(-50 * hour), ['time.document-timestamp']);
  assert.deepEqual(await stamped(7 * hour), ['time.document-timestamp', 'time.zone-mistaken']);
  assert.deepEqual(await stamped(30 * hour), ['time.document-timestamp', 'time.differs']);
});

test('a mistaken zone makes nobody a thief: revoked in those seven hours is a doubt, not a forgery', async () => {
  const own = issueCertificate(office.pki, { name: 'zone-thief', dates: ['20200101000000Z', '20400101000000Z'] });
  const signed = await office.sign(letter, own, { at: inMs(7 * hour) });
  office.authorities.revoke(own, inMs(hour));
  const { report, first } = await desk.examine(signed, { now: inMs(2 * hour) });
  assert.deepEqual([report.verdict, codesOf(first).includes('revocation.revoked-unproven'), codesOf(first).includes('time.zone-mistaken')], ['indeterminate', true, true]);
});
