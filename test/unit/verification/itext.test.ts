import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readFixture, verify } from './make-pdf.ts';
import { createTestPki, type TestPki } from './pki.ts';

/** Debian's libitext5-java: the engine family of the signing tool in use. */
const jar = '/usr/share/java/itext5.jar';
const program = fileURLToPath(new URL('./java/SignItext.java', import.meta.url));
const skip = existsSync(jar) ? false : 'libitext5-java is not installed';

let pki: TestPki;
before(() => {
  pki = createTestPki();
  pki.issue('leader');
});
after(() => pki.remove());

function signWithItext(input: Uint8Array, field: string, level: number): Uint8Array {
  writeFileSync(pki.path('in.pdf'), input);
  execFileSync('java', ['-XX:TieredStopAtLevel=1', '-cp', jar, program, 'in.pdf', 'out.pdf', 'leader.pem', 'leader.key', field, String(level)], { cwd: pki.folder, stdio: 'pipe' });
  return new Uint8Array(readFileSync(pki.path('out.pdf')));
}

for (const name of ['cong-van-xa.pdf', 'quyet-dinh-linearized-objstm.pdf']) {
  test(`${name} certified P=2 and signed again by iText 5, leaf certificate only, is lawful to the end`, { skip }, async () => {
    const twice = signWithItext(signWithItext(readFixture(name), 'Lanh dao', 2), 'Van thu', 0);
    const { createVerifier } = await import('../../../src-main/verification/verifier.ts');
    const { bytesSource } = await import('../../../src-main/ports/bytes.ts');
    const report = await createVerifier().verify(bytesSource(twice), { anchors: [pki.root], intermediates: [pki.issuing], now: new Date() });
    assert.deepEqual(report.signatures.map((each) => each.verdict), ['valid-extended', 'valid'], JSON.stringify(report, null, 1));
    // The intermediate is in the trust store, not in the file.
    assert.equal((await verify(twice, [pki.root])).signatures[0]?.trust.status, 'untrusted');
  });
}
