import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { createAugmenter } from '../../../src-main/augmentation/augment.ts';
import type { ByteSource } from '../../../src-main/ports/bytes.ts';
import type { Places } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { fail } from '../../../src-shared/result.ts';
import { makeRandomFile } from '../../generator/make-file.ts';
import { createRandom } from '../../generator/random.ts';
import { createTestPki } from '../../support/pki.ts';
import { flipBytes } from './flip.ts';
import { createSigners, errorText, inShort, signTwice, sourceOf, verify } from './sign-twice.ts';

/** `refused` with the code; `signed` when all is as it should be; `wrong` says what is not. */
export type FlipOutcome = { readonly seed: number; readonly kind: 'refused' | 'signed' | 'wrong'; readonly detail: string };
export type FlipTask = { readonly seed: number; readonly of: 'input' | 'signed' };

const { dir } = workerData as { readonly dir: string };
const signers = createSigners(createTestPki(join(dir, 'pki')));
const engine = createSigningEngine();
/** Every so-manieth is also searched for places and marked, by a renderer that is slow to start. */
const placesEvery = 20;

parentPort?.on('message', (task: FlipTask) => {
  void (task.of === 'input' ? signFlipped(task.seed) : verifyFlipped(task.seed))
    .catch((error: unknown): FlipOutcome => ({ seed: task.seed, kind: 'wrong', detail: `thrown: ${error instanceof Error ? error.stack : String(error)}` }))
    .then((outcome) => parentPort?.postMessage(outcome));
});
parentPort?.postMessage('ready');

/** A damaged file is refused with a code, or signed so that the verifier finds nothing wrong with the signatures. */
async function signFlipped(seed: number): Promise<FlipOutcome> {
  const file = makeRandomFile(seed);
  const flipped = flipBytes(file.bytes, createRandom(seed + 7));
  const before = Buffer.from(flipped);
  const astray = await tryTheRest(sourceOf(flipped, file.password), seed % placesEvery === 0);
  if (astray !== null) return { seed, kind: 'wrong', detail: astray };
  const signed = await signTwice(flipped, file.password, signers, seed, { emptyField: file.spec.emptySignatureField });
  if (!flipped.equals(before)) return { seed, kind: 'wrong', detail: 'the input was written to' };
  if (!signed.ok) return { seed, kind: 'refused', detail: signed.error.code };
  const { twice } = signed.value;
  if (!Buffer.from(twice.subarray(0, flipped.length)).equals(before)) return { seed, kind: 'wrong', detail: 'earlier bytes were changed' };
  const report = await verify(twice, file.password, signers);
  const intact = report.signatures.length >= 2 && report.signatures.every(({ integrity, coverage }) => integrity === 'intact' && coverage.startsWith('whole'));
  const codes = [...report.problems, ...report.signatures.flatMap(({ problems }) => problems)].map(({ code }) => code);
  return intact ? { seed, kind: 'signed', detail: report.verdict } : { seed, kind: 'wrong', detail: `${inShort(report)} ${[...new Set(codes)].join(' ')}` };
}

const proposal: Places['seal'] = { page: 1, rect: { x: 10, y: 10, width: 36, height: 20 }, confidence: 0.5 };
const places: Places = { pages: [], signature: proposal, seal: proposal, number: proposal, day: null, month: null, prepared: false };
const silent = { timestamp: { stamp: async () => fail('timestamp.unreachable') }, revocation: { check: async () => fail('revocation.unreachable'), findIssuer: async () => null } } as const;

/** The other calls end with a result too (an exception is seen by the caller); null when nothing is wrong with it. */
async function tryTheRest(source: ByteSource, withPages: boolean): Promise<string | null> {
  await engine.prepare(source, places);
  await createAugmenter().augment(source, { level: 'B-LTA', ...silent, anchors: signers.anchors, intermediates: [], now: new Date() });
  if (withPages) {
    await engine.findPlaces(source);
    await engine.previewMark(source, { at: new Date(), place: null, mark: { kind: 'copy', form: 'sao-y', organization: 'UBND xã' } });
  }
  const repaired = engine.repair(source);
  if (!repaired.ok) return null;
  const reopened = engine.inspect(sourceOf(repaired.value, source.password ?? null));
  return reopened.ok ? null : `a repaired copy is refused: ${errorText(reopened.error)}`;
}

/** A signed file with a byte changed outside /Contents is never read as good. */
async function verifyFlipped(seed: number): Promise<FlipOutcome> {
  const file = makeRandomFile(seed);
  const signed = await signTwice(file.bytes, file.password, signers, seed, { emptyField: false });
  if (!signed.ok) return { seed, kind: 'wrong', detail: signed.error.code };
  const { twice } = signed.value;
  const flipped = flipBytes(twice, createRandom(seed + 11));
  const changed = [...twice.keys()].filter((at) => twice[at] !== flipped[at]);
  const gaps = [...Buffer.from(twice).toString('latin1').matchAll(/<[0-9A-F]{2000,}>/g)].map(({ index, 0: hex }) => [index, index + hex.length] as const);
  const outside = changed.filter((at) => !gaps.some(([start, end]) => at >= start && at < end));
  const report = await verify(flipped, file.password, signers);
  const isGood = report.signatures.length > 0 && report.signatures.every(({ verdict }) => verdict.startsWith('valid'));
  return outside.length > 0 && isGood ? { seed, kind: 'wrong', detail: `bytes ${outside.join(' ')} differ and the report says ${inShort(report)}` } : { seed, kind: 'refused', detail: report.verdict };
}
