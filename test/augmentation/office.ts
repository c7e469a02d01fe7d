import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { createAugmenter } from '../../src-main/augmentation/augment.ts';
import { createRevocationClient } from '../../src-main/authorities/revocation-client.ts';
import { createTimestampClient } from '../../src-main/authorities/timestamp-client.ts';
import type { AugmentRequest, Augmented, AugmentationPort } from '../../src-main/ports/augmentation.ts';
import type { RevocationPort, TimestampPort } from '../../src-main/ports/authorities.ts';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import type { SignRequest } from '../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import { createVerifier } from '../../src-main/verification/verifier.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import type { AppError } from '../../src-shared/result.ts';
import { startAuthorities, type Authorities } from '../support/authorities.ts';
import { createTestPki, type TestCertificate, type TestPki } from '../support/pki.ts';
import { signingKey } from '../unit/signing/levels-stamp.ts';

/** An office that signs here, and the real services of its authorities on loopback. */
export type Office = {
  readonly folder: string;
  readonly authorities: Authorities;
  readonly pki: TestPki;
  readonly timestamp: TimestampPort;
  /** A new one, which remembers no answer. */
  readonly revocation: () => RevocationPort;
  readonly sign: (input: Uint8Array, by: TestCertificate, changes?: Partial<SignRequest>) => Promise<Buffer>;
  /** The input with what was added, and what was said of it. */
  readonly augment: (input: Uint8Array, changes?: Partial<AugmentRequest>, augmenter?: AugmentationPort) => Promise<Augmented & { readonly pdf: Buffer }>;
  readonly augmentError: (input: Uint8Array, changes?: Partial<AugmentRequest>) => Promise<AppError>;
  readonly verify: (pdf: Uint8Array, now?: Date) => Promise<VerificationReport>;
  readonly close: () => Promise<void>;
};

export const engine = createSigningEngine();

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
}

export async function openOffice(): Promise<Office> {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-augmentation-'));
  const authorities = await startAuthorities(createTestPki(join(folder, 'pki')));
  const { pki } = authorities;
  const line = { proxyUrl: '', environment: {}, wait: async () => undefined };
  const timestamp = createTimestampClient({ url: authorities.tsaUrl, tries: 1, ...line });
  const revocation = (): RevocationPort => createRevocationClient(line);
  const request = (changes: Partial<AugmentRequest>): AugmentRequest => ({ level: 'B-LTA', timestamp, revocation: revocation(), anchors: [pki.root.der], intermediates: [], now: new Date(), ...changes });
  return {
    folder, authorities, pki, timestamp, revocation,
    sign: async (input, by, changes = {}) => {
      const signed = await engine.sign(bytesSource(input), { key: signingKey(by), profile: 'pades', chain: [pki.issuing.der], reason: '', location: '', at: new Date(), place: null, image: null, ...changes });
      assert.ok(signed.ok, JSON.stringify(signed));
      return Buffer.concat([input, signed.value.tail]);
    },
    augment: async (input, changes = {}, augmenter = createAugmenter()) => {
      const before = Buffer.from(input);
      const result = await augmenter.augment(bytesSource(input), request(changes));
      assert.ok(result.ok, JSON.stringify(result));
      assert.ok(before.equals(input), 'the input is not touched');
      return { ...result.value, pdf: Buffer.concat([input, result.value.tail]) };
    },
    augmentError: async (input, changes = {}) => {
      const result = await createAugmenter().augment(bytesSource(input), request(changes));
      assert.ok(!result.ok);
      return result.error;
    },
    verify: (pdf, now = new Date()) => createVerifier().verify(bytesSource(pdf), { anchors: [pki.root.der], intermediates: [], now }),
    close: async () => {
      await authorities.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
