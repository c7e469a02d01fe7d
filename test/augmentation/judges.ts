import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCms } from '../../src-main/verification/cms.ts';
import { extractSignatures, run } from '../unit/signing/judges.ts';
import type { Office } from './office.ts';

export type Expected = {
  readonly signatures: number;
  /** Document time-stamps. */
  readonly stamps: number;
  /** What opens it. */
  readonly password?: string;
  /** Whether the last update is signed or stamped: all but a DSS. */
  readonly endsSigned: boolean;
};

/** Judges that are not ours. Of document time-stamps pdfsig and mutool say in so many words that they do not judge them; OpenSSL does. */
export function assertJudgesAgree({ folder, pki }: Office, pdf: Uint8Array, expected: Expected): void {
  const path = join(folder, 'judged.pdf');
  writeFileSync(path, pdf);
  const { signatures, stamps, password = '' } = expected;

  const pdfsig = run('pdfsig', ['-nocert', ...(password === '' ? [] : ['-upw', password]), path]).output;
  assert.equal(count(pdfsig, 'Signature is Valid.'), signatures, pdfsig);
  assert.equal(count(pdfsig, 'Signature Type: unknown'), stamps, pdfsig);
  assert.equal(count(pdfsig, 'Signature has not yet been verified.'), stamps, pdfsig);
  assert.equal(count(pdfsig, '- Total document signed'), expected.endsSigned ? 1 : 0, pdfsig);

  const qpdf = run('qpdf', ['--check', `--password=${password}`, path]);
  assert.equal(qpdf.status, 0, qpdf.output);

  const mutool = run('mutool', ['sign', '-v', ...(password === '' ? [] : ['-p', password]), path]).output;
  assert.equal(count(mutool, 'The signature is valid but there have been edits') + count(mutool, 'unchanged since signing'), signatures, mutool);
  assert.equal(count(mutool, 'Signature is not signed.'), stamps, mutool);

  const found = extractSignatures(pdf);
  assert.equal(found.length, signatures + stamps);
  const tokens = found.filter(({ cms }) => isToken(cms));
  assert.equal(tokens.length, stamps);
  for (const { cms, content } of tokens) assertTokenIsOver({ folder, root: pki.root.pem }, cms, content);
  for (const { cms, content } of found.filter((each) => !isToken(each.cms))) {
    const [cmsPath, contentPath] = [join(folder, 'signature.der'), join(folder, 'content.bin')];
    writeFileSync(cmsPath, cms);
    writeFileSync(contentPath, content);
    const openssl = run('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', cmsPath, '-content', contentPath, '-CAfile', pki.chainPem, '-purpose', 'any', '-out', join(folder, 'out.bin')]);
    assert.equal(openssl.status, 0, openssl.output);
    const parsed = parseCms(cms);
    if (parsed.ok && parsed.cms.timestampToken !== null) assertTokenIsOver({ folder, root: pki.root.pem }, parsed.cms.timestampToken, parsed.cms.signature);
  }
}

function assertTokenIsOver({ folder, root }: { readonly folder: string; readonly root: string }, token: Uint8Array, data: Uint8Array): void {
  const [tokenPath, dataPath] = [join(folder, 'token.der'), join(folder, 'stamped.bin')];
  writeFileSync(tokenPath, token);
  writeFileSync(dataPath, data);
  const verified = run('openssl', ['ts', '-verify', '-token_in', '-in', tokenPath, '-data', dataPath, '-CAfile', root]);
  assert.match(verified.output, /Verification: OK/);
}

/** id-ct-TSTInfo, where the content's type stands. */
function isToken(cms: Uint8Array): boolean {
  return Buffer.from(cms.subarray(0, 100)).includes(Buffer.from('060b2a864886f70d0109100104', 'hex'));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
