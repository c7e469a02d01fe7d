import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAugmenter } from '../../../src-main/augmentation/augment.ts';
import { createRevocationClient } from '../../../src-main/authorities/revocation-client.ts';
import { createTimestampClient } from '../../../src-main/authorities/timestamp-client.ts';
import type { AugmentRequest } from '../../../src-main/ports/augmentation.ts';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { SigningProfile, SignRequest } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import type { Authorities } from '../../support/authorities.ts';
import type { Meant } from '../../support/judges-batch.ts';
import { createSoftKey } from '../../support/soft-keys.ts';

export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const;
export const profiles: readonly SigningProfile[] = ['office', 'pades'];
export const ordinals = ['first', 'second', 'third'] as const;

/** One signed file. `level`: what all of its signatures are meant to have. */
export type Case = Meant & { readonly fixture: string; readonly profile: SigningProfile; readonly level: (typeof levels)[number]; readonly ordinal: (typeof ordinals)[number] };

const folder = new URL('../../fixtures/', import.meta.url);
export const fixtures: readonly string[] = readdirSync(new URL('pdf/', folder)).filter((name) => name.endsWith('.pdf')).sort();
/** Of the fixtures that do not open without. */
const passwords: Readonly<Record<string, string>> = { 'giay-moi-encrypted-password.pdf': 'mat-khau' };

export function passwordOf(fixture: string): string | undefined {
  return passwords[fixture];
}

const image = (name: string): Buffer => readFileSync(new URL(`images/${name}.png`, folder));

const engine = createSigningEngine();
const augmenter = createAugmenter();

/**
 * The three states of one fixture under one profile and level, written to `dir`: the leader's image where the page's text says, the organisation's seal over it, and a
 * third signature on P-256 that shows name and time. Each is taken to its level before the next is made, as in life.
 */
export async function signThrice(fixture: string, profile: SigningProfile, level: Case['level'], authorities: Authorities, dir: string): Promise<readonly Case[]> {
  const { pki } = authorities;
  const line = { proxyUrl: '', environment: {}, wait: async (): Promise<undefined> => undefined };
  const timestamp = createTimestampClient({ url: authorities.tsaUrl, tries: 1, ...line });
  const proofs: Omit<AugmentRequest, 'level' | 'now'> = { timestamp, revocation: createRevocationClient(line), anchors: [pki.root.der], intermediates: [] };
  const password = passwordOf(fixture);
  const source = (bytes: Uint8Array): ByteSource => ({ ...bytesSource(bytes), ...(password === undefined ? {} : { password }) });
  let pdf: Uint8Array = readFileSync(new URL(`pdf/${fixture}`, folder));
  const places = await engine.findPlaces(source(pdf));
  assert.ok(places.ok, `${fixture}: ${JSON.stringify(places)}`);
  const base = { profile, chain: [pki.issuing.der], location: 'Xã Sơn Tịnh', ...(level === 'B-B' ? {} : { timestamp }) };
  const leaderPlace = places.value.signature ?? { page: 1, rect: { x: 120, y: 230, width: 50, height: 25 } };
  const sealPlace = places.value.seal ?? { page: 1, rect: { x: 100, y: 225, width: 36, height: 36 } };
  const steps: readonly Pick<SignRequest, 'key' | 'reason' | 'place' | 'image'>[] = [
    { key: createSoftKey(pki.leader, 'rsa-pkcs1-sha256'), reason: 'Ký duyệt', place: leaderPlace, image: image('chu-ky-lanh-dao') },
    { key: createSoftKey(pki.organization, 'rsa-pkcs1-sha256'), reason: 'Phát hành', place: sealPlace, image: image('con-dau-do') },
    { key: createSoftKey(pki.leaderEc, 'ecdsa-sha256'), reason: 'Xác nhận', place: { page: 1, rect: { x: 20, y: 10, width: 60, height: 10 } }, image: null },
  ];
  const made: Case[] = [];
  let documentStamps = 0;
  for (const [i, step] of steps.entries()) {
    const what = `${fixture} ${profile} ${level} ${ordinals[i]}`;
    const before = digest(pdf);
    const signed = await engine.sign(source(pdf), { ...base, ...step, at: new Date() });
    assert.ok(signed.ok, `${what}: ${JSON.stringify(signed)}`);
    assert.ok((signed.value.timestampProblem ?? null) === null, `${what}: ${JSON.stringify(signed.value.timestampProblem)}`);
    assert.equal(digest(pdf), before, `${what}: the input was written to`);
    pdf = Buffer.concat([pdf, signed.value.tail]);
    if (level === 'B-LT' || level === 'B-LTA') {
      const augmented = await augmenter.augment(source(pdf), { ...proofs, level, now: new Date() });
      assert.ok(augmented.ok, `${what}: ${JSON.stringify(augmented)}`);
      assert.deepEqual([augmented.value.level, augmented.value.missing], [level, []], what);
      pdf = Buffer.concat([pdf, augmented.value.tail]);
    }
    if (level === 'B-LTA') documentStamps += 1;
    const ordinal = ordinals[i]!;
    const path = join(dir, `${fixture.replace('.pdf', '')}-${profile}-${level}-${ordinal}.pdf`);
    writeFileSync(path, pdf);
    made.push({ path, password, fixture, profile, level, ordinal, signatures: i + 1, stamps: documentStamps, endsSigned: level !== 'B-LT' });
  }
  return made;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
