import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verificationReport, type VerificationReport } from '../../../src-shared/contract/verification.ts';
import { codes, readFixture, signPdf, verify } from './make-pdf.ts';
import { createTestPki, ecKey, type TestPki } from './pki.ts';

let pki: TestPki;
let once: Uint8Array;
let twice: Uint8Array;

before(() => {
  pki = createTestPki();
  pki.issue('leader');
  pki.issue('office', { key: ecKey });
  once = signPdf(readFixture('cong-van-xa.pdf'), pki, 'leader');
  twice = signPdf(once, pki, 'office', { name: 'Signature2', subFilter: 'ETSI.CAdES.detached' });
});
after(() => pki.remove());

function verdicts(report: VerificationReport): readonly string[] {
  verificationReport.parse(report);
  return [report.verdict, ...report.signatures.map((each) => each.verdict)];
}

describe('an honest file', () => {
  test('signed once by a trusted signer is valid and covered whole', async () => {
    const report = await verify(once, [pki.root]);
    assert.deepEqual(verdicts(report), ['valid', 'valid'], JSON.stringify(report, null, 1));
    const [signature] = report.signatures;
    assert.equal(signature?.coverage, 'whole-file');
    assert.equal(signature?.integrity, 'intact');
    assert.equal(signature?.level, 'B-B');
    assert.equal(signature?.signer?.commonName, 'leader');
    assert.equal(signature?.signer?.organization, 'UBND xã Thử Nghiệm');
    assert.equal(signature?.trust.revocation, 'not-checked');
    assert.equal(signature?.time?.proven, false);
    assert.deepEqual(signature?.revision, { index: 2, of: 2 });
    assert.equal(signature?.place?.page, 1);
  });

  test('signed twice leaves the first signature valid and extended', async () => {
    const report = await verify(twice, [pki.root]);
    assert.deepEqual(verdicts(report), ['valid-extended', 'valid-extended', 'valid'], JSON.stringify(report, null, 1));
    assert.equal(report.signatures[0]?.coverage, 'whole-revision');
    assert.equal(report.signatures[0]?.changesAfter.status, 'allowed');
  });

  test('without an anchor is intact and indeterminate, and says why', async () => {
    const report = await verify(once, []);
    assert.deepEqual(verdicts(report), ['indeterminate', 'indeterminate']);
    assert.equal(report.signatures[0]?.integrity, 'intact');
    assert.equal(report.signatures[0]?.trust.status, 'unknown');
  });

  test('signed by a stranger is intact and indeterminate', async () => {
    const stranger = createTestPki();
    try {
      const report = await verify(once, [stranger.root]);
      assert.deepEqual(verdicts(report), ['indeterminate', 'indeterminate']);
      assert.equal(report.signatures[0]?.trust.status, 'untrusted');
    } finally {
      stranger.remove();
    }
  });

  test('is judged alike with tables, streams, object streams and linearised', async () => {
    for (const name of ['cong-van-xa-gs14.pdf', 'quyet-dinh.pdf', 'quyet-dinh-linearized-objstm.pdf', 'giay-moi-chromium.pdf', 'bao-cao-quy.pdf', 'phu-luc.pdf', 'giay-moi.pdf']) {
      const signed = signPdf(signPdf(readFixture(name), pki, 'leader'), pki, 'office', { name: 'Signature2' });
      const report = await verify(signed, [pki.root]);
      assert.deepEqual(verdicts(report), ['valid-extended', 'valid-extended', 'valid'], `${name} ${JSON.stringify(report, null, 1)}`);
    }
  });

  test('without a signature is unsigned; a foreign one, or one without its password, cannot be judged', async () => {
    assert.deepEqual(verdicts(await verify(readFixture('bao-cao-quy-encrypted.pdf'), [])), ['unsigned']);
    assert.deepEqual(verdicts(await verify(readFixture('quyet-dinh.pdf'), [])), ['unsigned']);
    assert.deepEqual(codes(await verify(readFixture('giay-moi-encrypted-password.pdf'), [])), ['file.encrypted']);
    assert.deepEqual(codes(await verify(new Uint8Array(0), [])), ['file.not-pdf']);
    assert.deepEqual(codes(await verify(Buffer.from('không phải PDF'), [])), ['file.not-pdf']);
    assert.equal((await verify(Buffer.from('không phải PDF'), [])).verdict, 'indeterminate');
  });

  test('whose claimed time lies in the future, or outside the certificate, is indeterminate', async () => {
    const day = 86_400_000;
    assert.ok(codes(await verify(once, [pki.root], new Date(Date.now() - 3 * day))).includes('time.future'));
    pki.issue('brief', { days: 1 });
    const { pdfText } = await import('../../../src-main/pdf/index.ts');
    const late = signPdf(readFixture('phu-luc.pdf'), pki, 'brief', { entries: { M: pdfText('D:20990101000000Z') } });
    const report = await verify(late, [pki.root], new Date('2099-02-01T00:00:00Z'));
    assert.equal(report.signatures[0]?.trust.status, 'expired');
    assert.equal(report.verdict, 'indeterminate');
  });
});

describe('a hostile file', () => {
  test('with any covered byte flipped or cut is never valid and never throws', async () => {
    const random = seeded(20261122);
    for (let i = 0; i < 200; i += 1) {
      const at = Math.floor(random() * twice.length);
      if (i % 4 === 3) {
        const report = await verify(twice.subarray(0, at), [pki.root]);
        verificationReport.parse(report);
        // A cut right after a revision leaves the file as it was then.
        const wholeRevision = Math.abs(at - once.length) <= 1 || Math.abs(at - twice.length) <= 1;
        assert.ok(wholeRevision || !['valid', 'valid-extended'].includes(report.verdict), `cut at ${at}: ${report.verdict}`);
        continue;
      }
      const bytes = Uint8Array.from(twice);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      if (sameHexDigit(at, bytes[at] ?? 0)) continue;
      const report = await verify(bytes, [pki.root]);
      verificationReport.parse(report);
      assert.ok(!['valid', 'valid-extended', 'changed'].includes(report.verdict), `byte ${at}: ${report.verdict}`);
    }
  });
});

test('random bytes between the words of a PDF never make the verifier throw', async () => {
  const random = seeded(7);
  const words = ['obj', 'endobj', 'stream\n', 'endstream', 'xref\n', 'trailer', 'startxref\n', '%%EOF', '<<', '>>', '[', ']', '1 0 R', '/Root', '/AcroForm', '/Fields', '/Kids', '/Type/Sig', '/ByteRange', '/Contents<00>', '/FT/Sig', '/Prev 0', '0 65535 f\r\n', '-1', '999999999999'];
  for (let i = 0; i < 100; i += 1) {
    const tail = Array.from({ length: 40 }, () => words[Math.floor(random() * words.length)]).join(' ');
    const report = await verify(Buffer.concat([once, Buffer.from(`\n${tail}\nstartxref\n${Math.floor(random() * (once.length + tail.length))}\n%%EOF\n`)]), [pki.root]);
    verificationReport.parse(report);
    assert.ok(!['valid', 'valid-extended', 'unsigned'].includes(report.verdict), `${tail}: ${report.verdict}`);
  }
});

/** The last signature's own hex string is all that nothing covers; a letter of it in the other case is the same signature. */
function sameHexDigit(at: number, changed: number): boolean {
  const gapStart = Buffer.from(twice).lastIndexOf('/Contents <') + 10;
  const gapEnd = Buffer.from(twice).indexOf('>', gapStart);
  const digit = (byte: number): string => String.fromCharCode(byte).toLowerCase();
  return at > gapStart && at < gapEnd && /[a-f]/.test(digit(changed)) && digit(changed) === digit(twice[at] ?? 0);
}

function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
