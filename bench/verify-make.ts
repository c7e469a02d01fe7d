import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAugmenter } from '../src-main/augmentation/augment.ts';
import { createRevocationClient } from '../src-main/authorities/revocation-client.ts';
import { createTimestampClient } from '../src-main/authorities/timestamp-client.ts';
import { openFileSource } from '../src-main/backend/file-source.ts';
import { bytesSource, type ByteSource } from '../src-main/ports/bytes.ts';
import type { SignRequest } from '../src-main/ports/signing.ts';
import { createSigningEngine } from '../src-main/signing/engine.ts';
import type { Result } from '../src-shared/result.ts';
import { startAuthorities } from '../test/support/authorities.ts';
import { createTestPki, type TestCertificate } from '../test/support/pki.ts';
import { createSoftKey } from '../test/support/soft-keys.ts';
import { makeObjectsPdf } from './make-objects.ts';
import { makeScanPdf } from './make-scan.ts';

/** Makes what the verifier is measured with, and the anchor it leads to (`root.pem`): one word of it each, in the given folder. */
const [folder, ...wanted] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: verify-make.ts FOLDER NAME…');

const letter = fileURLToPath(new URL('../test/fixtures/pdf/cong-van-xa.pdf', import.meta.url));
const image = (name: string): Uint8Array => new Uint8Array(readFileSync(fileURLToPath(new URL(`../test/fixtures/images/${name}.png`, import.meta.url))));
const engine = createSigningEngine();
mkdirSync(join(folder, 'pki'), { recursive: true });
const authorities = await startAuthorities(createTestPki(join(folder, 'pki')));
const { pki } = authorities;
const timestamp = createTimestampClient({ url: authorities.tsaUrl, proxyUrl: '' });

try {
  copyFileSync(pki.root.pem, join(folder, 'root.pem'));
  for (const name of wanted) {
    const path = join(folder, `${name}.pdf`);
    if (name === 'one-page') await makeLetter(path);
    else if (name === '25-signatures') await makeManySigned(path);
    else if (name === 'objects-300k') await makeSigned(path, makeObjectsPdf);
    else await makeSigned(path, (to) => makeScanPdf(to, name === '500mb' ? 100 : 24));
  }
} finally {
  await authorities.close();
}

function request(who: TestCertificate, more: Partial<SignRequest> = {}): SignRequest {
  return { key: createSoftKey(who, 'rsa-pkcs1-sha256'), profile: 'office', chain: [pki.issuing.der], reason: 'Ký duyệt', location: 'Sơn Tịnh', at: new Date(), place: null, image: null, ...more };
}

function taken<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The office's everyday file: prepared, signed by the leader, numbered and sealed by the clerk. */
async function makeLetter(path: string): Promise<void> {
  let bytes = new Uint8Array(readFileSync(letter));
  const append = (tail: Uint8Array): void => {
    bytes = Uint8Array.from(Buffer.concat([bytes, tail]));
  };
  const places = taken(await engine.findPlaces(bytesSource(bytes)));
  append(taken(await engine.prepare(bytesSource(bytes), places)).tail);
  append(taken(await engine.sign(bytesSource(bytes), request(pki.leader, { place: places.signature, image: image('chu-ky-lanh-dao') }))).tail);
  append(taken(await engine.issue(bytesSource(bytes), { ...request(pki.organization, { place: places.seal, image: image('con-dau-do') }), number: '15', day: '22', month: '11', places })).tail);
  writeFileSync(path, bytes);
}

/** Twenty-five people one after another, each with a time-stamp; then what proves all of them for long, in the file. */
async function makeManySigned(path: string): Promise<void> {
  let bytes = new Uint8Array(readFileSync(letter));
  const append = (tail: Uint8Array): void => {
    bytes = Uint8Array.from(Buffer.concat([bytes, tail]));
  };
  for (let index = 0; index < 25; index += 1) {
    const place = { page: 1, rect: { x: 25 + 34 * (index % 5), y: 200 + 14 * Math.floor(index / 5), width: 24, height: 11 } };
    append(taken(await engine.sign(bytesSource(bytes), request(pki.leader, { place, image: image('chu-ky-lanh-dao'), timestamp }))).tail);
  }
  const augmented = taken(await createAugmenter().augment(bytesSource(bytes), { level: 'B-LT', timestamp, revocation: createRevocationClient({ proxyUrl: '' }), anchors: [pki.root.der], intermediates: [], now: new Date() }));
  if (augmented.level !== 'B-LT') throw new Error(`only ${augmented.level}: ${JSON.stringify(augmented.missing)}`);
  append(augmented.tail);
  writeFileSync(path, bytes);
}

async function makeSigned(path: string, make: (path: string) => void): Promise<void> {
  make(path);
  const source = openFileSource(path);
  const signed = await engine.sign(taken(source) as ByteSource, request(pki.leader, { place: { page: 1, rect: { x: 130, y: 150, width: 45, height: 20 } }, image: image('chu-ky-lanh-dao') }));
  taken(source).close();
  appendFileSync(path, taken(signed).tail);
}
