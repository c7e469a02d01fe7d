import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Foreign tools that judge our files: none of them shares a line with us. */
export type PdfsigSignature = { readonly valid: boolean; readonly coversAll: boolean; readonly signer: string };

/** `pdfsig -nocert`: signatures in file order. */
export async function pdfsig(file: string): Promise<PdfsigSignature[]> {
  const { stdout } = await run('pdfsig', ['-nocert', file]).catch((error: { stdout?: string; message: string }) => ({ stdout: error.stdout ?? error.message }));
  return stdout.split(/^Signature #\d+:/m).slice(1).map((part) => ({
    valid: /Signature Validation: Signature is Valid\./.test(part),
    coversAll: /Total document signed/.test(part) && !/Not total document signed/.test(part),
    signer: /Signer Certificate Common Name: (.*)/.exec(part)?.[1] ?? '',
  }));
}

/** `qpdf --check`: true when it finds no error and no warning. */
export async function qpdfIsSound(file: string): Promise<boolean> {
  return run('qpdf', ['--check', file]).then(() => true, () => false);
}

/** `mutool sign -v`: its own words. */
export async function mutoolSays(file: string): Promise<string> {
  return run('mutool', ['sign', '-v', file]).then((r) => r.stdout + r.stderr, (error: { stdout?: string; stderr?: string }) => (error.stdout ?? '') + (error.stderr ?? ''));
}

export type SignatureSlices = { readonly signedBytes: Buffer; readonly cms: Buffer; readonly revisionEnd: number };

/** The signed ranges and CMS of each signature, found by text search alone, so that our reader is not its own judge. */
export function sliceSignatures(pdf: Buffer): SignatureSlices[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)]
    .map((m) => m.slice(1, 5).map(Number) as [number, number, number, number])
    .map(([a, b, c, d]) => {
      const hex = pdf.subarray(a + b + 1, c - 1).toString('latin1');
      const padded = Buffer.from(hex, 'hex');
      return { signedBytes: Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]), cms: padded.subarray(0, derLength(padded)), revisionEnd: c + d };
    })
    .sort((x, y) => x.revisionEnd - y.revisionEnd);
}

/** `openssl cms -verify -cades` over detached content, with the chain to `rootPem`. */
export async function opensslCmsVerifies(slices: SignatureSlices, rootPem: string): Promise<boolean> {
  const dir = await mkdtemp(join(tmpdir(), 'van-thu-cms-'));
  try {
    await writeFile(join(dir, 'cms.der'), slices.cms);
    await writeFile(join(dir, 'content'), slices.signedBytes);
    await writeFile(join(dir, 'root.pem'), rootPem);
    const args = ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', join(dir, 'cms.der'), '-content', join(dir, 'content'), '-CAfile', join(dir, 'root.pem'), '-purpose', 'any', '-out', join(dir, 'out')];
    return await run('openssl', args).then(() => true, () => false);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

function derLength(der: Buffer): number {
  const first = der.readUInt8(1);
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return 2 + count + der.readUIntBE(2, count);
}
