import { readFileSync } from 'node:fs';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { Places, SignedTail, SignRequest } from '../../../src-main/ports/signing.ts';
import type { SigningKey } from '../../../src-main/ports/token.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import { fail, type AppError, type Result } from '../../../src-shared/result.ts';
import { emptyFieldName } from '../../generator/form.ts';
import { createRandom, type Random } from '../../generator/random.ts';
import type { TestPki } from '../../support/pki.ts';
import { createSoftKey } from '../../support/soft-keys.ts';

export type Signers = { readonly leader: SigningKey; readonly leaderEc: SigningKey; readonly seal: SigningKey; readonly chain: readonly Uint8Array[]; readonly anchors: readonly Uint8Array[] };

export function createSigners(pki: TestPki): Signers {
  return {
    leader: createSoftKey(pki.leader, 'rsa-pkcs1-sha256'), leaderEc: createSoftKey(pki.leaderEc, 'ecdsa-sha256'), seal: createSoftKey(pki.organization, 'rsa-pkcs1-sha256'),
    chain: [pki.issuing.der, pki.root.der], anchors: [pki.root.der],
  };
}

const image = (name: string): Buffer => readFileSync(new URL(`../../fixtures/images/${name}.png`, import.meta.url));
const images = { signature: image('chu-ky-lanh-dao'), seal: image('con-dau-do') };
const engine = createSigningEngine();
const verifier = createVerifier();

export type SignedTwice = { readonly once: Uint8Array; readonly twice: Uint8Array };

export function sourceOf(bytes: Uint8Array, password: string | null): ByteSource {
  return password === null ? bytesSource(bytes) : { ...bytesSource(bytes), password };
}

/** The leader's signature and the organisation's over it; place, image, profile and key by lot. */
export async function signTwice(input: Uint8Array, password: string | null, signers: Signers, seed: number, options: { readonly emptyField: boolean }): Promise<Result<SignedTwice>> {
  const random = createRandom(seed + 1_000_003);
  const inspected = engine.inspect(sourceOf(input, password));
  if (!inspected.ok) return inspected;
  const { pages } = inspected.value;
  const leader = request(random, random.chance(0.7) ? signers.leader : signers.leaderEc, signers, pages, images.signature);
  const first = await engine.sign(sourceOf(input, password), options.emptyField && random.chance(0.7) ? { ...leader, field: emptyFieldName, place: null } : leader);
  if (!first.ok) return first;
  const once = Buffer.concat([input, first.value.tail]);
  const second = await seal(random, sourceOf(once, password), request(random, signers.seal, signers, pages, images.seal), pages);
  if (!second.ok) return second;
  if (second.value.tail.length === 0 || first.value.tail.length === 0) return fail('signing.self-check-failed');
  return { ok: true, value: { once, twice: Buffer.concat([once, second.value.tail]) } };
}

async function seal(random: Random, input: ByteSource, wanted: SignRequest, pages: number): Promise<Result<SignedTail>> {
  if (wanted.place === null || random.chance(0.6)) return engine.sign(input, wanted);
  const at = (x: number): Places['number'] => ({ page: random.between(1, pages), rect: { x, y: 20, width: 12, height: 6 }, confidence: 0.5 });
  const places: Places = { pages: [], signature: null, seal: null, number: at(10), day: random.chance(0.5) ? at(30) : null, month: null, prepared: false };
  return engine.issue(input, { ...wanted, number: '15', day: '05', month: '02', places });
}

function request(random: Random, key: SigningKey, signers: Signers, pages: number, png: Uint8Array): SignRequest {
  // every page of the generator is wider and higher than this
  const rect = { x: random.between(5, 60), y: random.between(5, 60), width: random.between(20, 50), height: random.between(15, 40) };
  return {
    key, chain: signers.chain, profile: random.pick(['office', 'pades'] as const), at: new Date(),
    reason: random.pick(['Ký duyệt', 'Approved (1)', '']), location: random.pick(['Xã Sơn Tịnh', '']),
    place: random.chance(0.2) ? null : { page: random.between(1, pages), rect }, image: random.chance(0.7) ? png : null,
  };
}

export function verify(bytes: Uint8Array, password: string | null, signers: Signers): Promise<VerificationReport> {
  return verifier.verify(sourceOf(bytes, password), { anchors: signers.anchors, intermediates: [], now: new Date() });
}

/** In a word what a report says, for a message or a comparison. */
export function inShort(report: VerificationReport): string {
  return report.signatures.map(({ integrity, coverage, verdict }) => `${integrity} ${coverage} ${verdict}`).join(', ') || `no signature (${report.problems.map(({ code }) => code).join(' ')})`;
}

export function errorText(error: AppError): string {
  return `${error.code} ${JSON.stringify(error.params ?? {})}`;
}
