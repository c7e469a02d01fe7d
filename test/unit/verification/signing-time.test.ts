import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { pdfText } from '../../../src-main/pdf/index.ts';
import { codes, pdfDate, readFixture, signPdf, verify } from './make-pdf.ts';
import { createTestPki, ecKey, type TestPki } from './pki.ts';

const hour = 3_600_000;
let pki: TestPki;

before(() => {
  pki = createTestPki();
  pki.issue('leader', { key: ecKey, days: 3650 });
});
after(() => pki.remove());

const timesOf = (found: readonly string[]): readonly string[] => found.filter((code) => code.startsWith('time.'));

// OpenSSL writes a signing-time attribute of its own, which is now
test('the time in the file and the one in the CMS are held against each other', async () => {
  const cases = [[0, ['time.claimed']], [-10 * 60_000, ['time.claimed']]] as const;
  for (const [off, expected] of cases) {
    const report = await verify(signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { entries: { M: pdfText(pdfDate(new Date(Date.now() + off))) } }), [pki.root]);
    assert.deepEqual(timesOf(codes(report)), expected);
  }
  // as of tomorrow: the certificate was made a moment ago
  const now = new Date(Date.now() + 24 * hour);
  for (const [off, code] of [[7 * hour, 'time.zone-mistaken'], [3 * hour, 'time.differs']] as const) {
    const report = await verify(signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { entries: { M: pdfText(pdfDate(new Date(Date.now() + off))) } }), [pki.root], now);
    assert.deepEqual([report.verdict, timesOf(codes(report))], ['valid', ['time.claimed', code]]);
  }
});

test('where the file names no time, the one in the CMS is the claim', async () => {
  const report = await verify(signPdf(readFixture('phu-luc.pdf'), pki, 'leader', { entries: { M: pdfText('hôm qua') } }), [pki.root]);
  const at = report.signatures[0]?.time?.at;
  assert.ok(at !== undefined && Math.abs(Date.parse(at) - Date.now()) < 60_000, JSON.stringify(report.signatures[0]?.time));
  assert.deepEqual(timesOf(codes(report)), ['time.claimed']);
});
