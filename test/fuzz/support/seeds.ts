import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStore } from '../../../src-main/augmentation/write-store.ts';
import { openPdf } from '../../../src-main/pdf/index.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { readCertificate } from '../../../src-main/verification/certificate.ts';
import { makeRandomFile } from '../../generator/make-file.ts';
import { createSigners, signTwice, sourceOf, type Signers } from '../../random/support/sign-twice.ts';
import { createTestPki } from '../../support/pki.ts';
import { onePage, tablePdf } from '../../unit/pdf/make-pdf.ts';

/** A file that our own engine signed, and every one of its signatures is good. */
export type Seed = { readonly name: string; readonly bytes: Buffer; readonly password: string | null };
export type Seeds = { readonly files: readonly Seed[]; readonly anchor: Buffer };

const engine = createSigningEngine();
/** Of a large file most bytes are a picture's; a mutation there says nothing. */
const largestBytes = 64 * 1024;

/** Signs `count` files of the generator once for a whole run, and leaves them in a folder for its processes. */
export async function makeSeeds(dir: string, count: number): Promise<void> {
  const pki = createTestPki(join(dir, 'pki'));
  const signers = createSigners(pki);
  const files: Seed[] = [await signSmall(signers), await signWithStore(signers)];
  for (let seed = 1; files.length < count; seed += 1) {
    const file = makeRandomFile(seed);
    const signed = await signTwice(file.bytes, file.password, signers, seed, { emptyField: file.spec.emptySignatureField });
    if (!signed.ok) throw new Error(`the random file ${seed} was not signed: ${signed.error.code}`);
    const bytes = Buffer.from(seed % 3 === 0 ? signed.value.once : signed.value.twice);
    if (bytes.length > largestBytes) continue;
    files.push({ name: `tệp ${seed}: ${file.spec.form}, ${file.spec.encryption}`, bytes, password: file.password });
  }
  files.forEach((file, i) => writeFileSync(join(dir, `${i}.pdf`), file.bytes));
  writeFileSync(join(dir, 'seeds.json'), JSON.stringify(files.map(({ name, password }) => ({ name, password }))));
  writeFileSync(join(dir, 'anchor.der'), pki.root.der);
}

export function readSeeds(dir: string): Seeds {
  const listed = JSON.parse(readFileSync(join(dir, 'seeds.json'), 'utf8')) as readonly Pick<Seed, 'name' | 'password'>[];
  return { files: listed.map((file, i) => ({ ...file, bytes: readFileSync(join(dir, `${i}.pdf`)) })), anchor: readFileSync(join(dir, 'anchor.der')) };
}

const plain = { profile: 'office', reason: 'Ký duyệt', location: '', place: null, image: null } as const;

async function sign(input: Buffer, signers: Signers, key: Signers['leader'], profile: 'office' | 'pades'): Promise<Buffer> {
  const signed = await engine.sign(sourceOf(input, null), { ...plain, profile, key, chain: signers.chain, at: new Date() });
  if (!signed.ok) throw new Error(signed.error.code);
  return Buffer.concat([input, signed.value.tail]);
}

/** Two signatures and a seal over a page with a text field: short, so that most mutations hit what matters. */
async function signSmall(signers: Signers): Promise<Seed> {
  const input = tablePdf([
    '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R] /DA (/Helv 0 Tf 0 g)>>>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>',
    '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <<>> /Annots [5 0 R]>>', '<</Length 22>>\nstream\n0 0 0 rg 9 9 99 9 re f\nendstream',
    '<</Type /Annot /Subtype /Widget /FT /Tx /T (so_van_ban) /Rect [100 700 200 720] /P 3 0 R /F 4>>',
  ]);
  const once = await sign(input, signers, signers.leaderEc, 'pades');
  return { name: 'một trang có trường văn bản', bytes: await sign(await sign(once, signers, signers.seal, 'office'), signers, signers.leader, 'office'), password: null };
}

/** A signature, the certificates of its path in a DSS, and a seal over them. */
async function signWithStore(signers: Signers): Promise<Seed> {
  const once = await sign(tablePdf(onePage()), signers, signers.leader, 'office');
  const opened = openPdf(bytesSource(once));
  if (!opened.ok) throw new Error(opened.error.code);
  const certificates = [...signers.chain].flatMap((der) => readCertificate(der) ?? []);
  const stored = writeStore(bytesSource(once), opened.value, [{ contents: Buffer.from('x'), certificates, proofs: [] }], new Date());
  if (!stored.ok) throw new Error(stored.error.code);
  return { name: 'một trang có kho DSS', bytes: await sign(Buffer.concat([once, stored.value]), signers, signers.seal, 'pades'), password: null };
}
