import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Judges that are not ours (signing.md §7). All must agree; `signatures` is how many there must be. */
export function assertJudgesAgree(folder: string, pdf: Uint8Array, signatures: number, rootPem: string, password = ''): void {
  const path = join(folder, 'judged.pdf');
  writeFileSync(path, pdf);

  const pdfsig = run('pdfsig', ['-nocert', ...(password === '' ? [] : ['-upw', password]), path]);
  assert.equal(count(pdfsig.output, 'Signature is Valid'), signatures, pdfsig.output);
  assert.equal(count(pdfsig.output, '- Total document signed'), 1, pdfsig.output);

  const qpdf = run('qpdf', ['--check', `--password=${password}`, path]);
  assert.equal(qpdf.status, 0, qpdf.output);

  const mutool = run('mutool', ['sign', '-v', ...(password === '' ? [] : ['-p', password]), path]);
  // Of every signature but the last mutool says that bytes were added after it, whatever they are.
  assert.equal(count(mutool.output, 'unchanged since signing'), 1, mutool.output);
  assert.equal(count(mutool.output, 'The signature is valid but there have been edits'), signatures - 1, mutool.output);

  const found = extractSignatures(pdf);
  assert.equal(found.length, signatures);
  for (const { cms, content } of found) {
    const [cmsPath, contentPath] = [join(folder, 'signature.der'), join(folder, 'content.bin')];
    writeFileSync(cmsPath, cms);
    writeFileSync(contentPath, content);
    const openssl = run('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', cmsPath, '-content', contentPath, '-CAfile', rootPem, '-purpose', 'any', '-out', join(folder, 'out.bin')]);
    assert.equal(openssl.status, 0, openssl.output);
  }
}

/** By plain search, apart from the program's own reader. */
export function extractSignatures(pdf: Uint8Array): readonly { readonly cms: Uint8Array; readonly content: Uint8Array; readonly range: readonly number[] }[] {
  const bytes = Buffer.from(pdf);
  return [...bytes.toString('latin1').matchAll(/\/ByteRange \[(\d+) +(\d+) +(\d+) +(\d+) *\]/g)].map((match) => {
    const range = match.slice(1).map(Number);
    const [a, b, c, d] = [range[0]!, range[1]!, range[2]!, range[3]!];
    const der = Buffer.from(bytes.subarray(a + b + 1, c - 1).toString('latin1'), 'hex');
    assert.equal(der[0], 0x30);
    const lengthBytes = der[1]! & 0x7f;
    const cms = der.subarray(0, 2 + lengthBytes + der.readUIntBE(2, lengthBytes));
    return { cms, content: Buffer.concat([bytes.subarray(a, a + b), bytes.subarray(c, c + d)]), range };
  });
}

export function run(command: string, args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: 60_000 });
  return { status: done.status, output: `${done.stdout}${done.stderr}${done.error?.message ?? ''}` };
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
