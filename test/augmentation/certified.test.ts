import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pdfArray, pdfDict, pdfName, pdfNumber, type PdfObject } from '../../src-main/pdf/index.ts';
import { readFixture, signPdf } from '../unit/verification/make-pdf.ts';
import type { TestPki as Openssl } from '../unit/verification/pki.ts';
import { assertJudgesAgree } from './judges.ts';
import { fixture, openOffice, type Office } from './office.ts';

/** Debian's libitext5-java: the engine family of the signing tool in use. */
const jar = '/usr/share/java/itext5.jar';
const program = fileURLToPath(new URL('../unit/verification/java/SignItext.java', import.meta.url));
const skip = existsSync(jar) ? false : 'libitext5-java is not installed';

let office: Office;

before(async () => {
  office = await openOffice();
});
after(() => office.close());

/** The office's certificates for the writer of the verifier's tests, which certifies. */
function asOpenssl(): Openssl {
  const { pki } = office;
  return {
    folder: pki.dir, root: pki.root.der, issuing: pki.issuing.der, path: (name) => join(pki.dir, name),
    openssl: (...args) => execFileSync('openssl', args, { cwd: pki.dir, stdio: ['ignore', 'pipe', 'pipe'] }),
    issue: () => pki.leader.der, timestamp: () => new Uint8Array(0), remove: () => undefined,
  };
}

function certification(level: number): PdfObject {
  const parameters = pdfDict({ Type: pdfName('TransformParams'), P: pdfNumber(level), V: pdfName('1.2') });
  return pdfArray([pdfDict({ Type: pdfName('SigRef'), TransformMethod: pdfName('DocMDP'), TransformParams: parameters })]);
}

for (const [level, name] of [[1, 'cong-van-xa'], [2, 'cong-van-xa'], [3, 'cong-van-xa'], [1, 'giay-moi-chromium'], [2, 'giay-moi-chromium']] as const) {
  test(`${name} certified at P=${String(level)} goes to B-LTA, and the certification stays lawful`, async () => {
    const certified = signPdf(readFixture(`${name}.pdf`), asOpenssl(), 'leader', { entries: { Reference: certification(level) } });
    const done = await office.augment(certified);
    assert.deepEqual([done.level, done.missing], ['B-LTA', []]);
    assertJudgesAgree(office, done.pdf, { signatures: 1, stamps: 2, endsSigned: true });
    const report = await office.verify(done.pdf);
    assert.deepEqual(report.signatures.map((each) => [each.level, each.verdict]), [['B-LTA', 'valid-extended'], ['unknown', 'valid-extended'], ['unknown', 'valid']], JSON.stringify(report, null, 1));
  });
}

test('a document that iText 5 certified at P=2, leaf certificate only, is sealed by us and archived with both signatures whole', { skip }, async () => {
  const { pki } = office;
  writeFileSync(join(pki.dir, 'in.pdf'), fixture('pdf/cong-van-xa.pdf'));
  execFileSync('java', ['-XX:TieredStopAtLevel=1', '-cp', jar, program, 'in.pdf', 'out.pdf', 'leader.pem', 'leader.key', 'Lanh dao', '2'], { cwd: pki.dir, stdio: 'pipe' });
  const certified = readFileSync(join(pki.dir, 'out.pdf'));
  const sealed = await office.sign(certified, pki.organization, { timestamp: office.timestamp, place: { page: 1, rect: { x: 110, y: 180, width: 36, height: 36 } }, image: fixture('images/con-dau-do.png') });
  const done = await office.augment(sealed);
  assert.deepEqual([done.level, done.missing], ['B-LTA', []]);
  assertJudgesAgree(office, done.pdf, { signatures: 2, stamps: 2, endsSigned: true });
  const report = await office.verify(done.pdf);
  assert.deepEqual(report.signatures.map((each) => [each.level, each.verdict]), [['B-LTA', 'valid-extended'], ['B-LTA', 'valid-extended'], ['unknown', 'valid-extended'], ['unknown', 'valid']], JSON.stringify(report, null, 1));
});
