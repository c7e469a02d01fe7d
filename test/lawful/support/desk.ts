import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { Mark, Places, SignedTail, SignRequest } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import type { VerificationReport } from '../../../src-shared/contract/verification.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { TestPki } from '../../support/pki.ts';
import { createSoftKey } from '../../support/soft-keys.ts';

/** Our own signer, and our verifier over what anybody made. */
export type Desk = {
  readonly findPlaces: (bytes: Uint8Array) => Promise<Places>;
  readonly prepare: (bytes: Uint8Array, places: Places) => Promise<Uint8Array>;
  readonly sign: (bytes: Uint8Array, request?: Partial<SignRequest>) => Promise<Uint8Array>;
  readonly issue: (bytes: Uint8Array, places: Places, request?: Partial<SignRequest>) => Promise<Uint8Array>;
  readonly mark: (bytes: Uint8Array, mark: Mark) => Promise<Uint8Array>;
  readonly seal: (changes?: Partial<SignRequest>) => Partial<SignRequest>;
  readonly verify: (bytes: Uint8Array) => Promise<VerificationReport>;
  /** Asserts that every signature of it is in order, and that there are so many. Counts the file. */
  readonly expectLawful: (what: string, bytes: Uint8Array, signatures: number) => Promise<VerificationReport>;
  /** How many were expected to be lawful. */
  readonly count: () => number;
};

const image = (name: string): Buffer => readFileSync(new URL(`../../fixtures/images/${name}.png`, import.meta.url));
const images = { leader: image('chu-ky-lanh-dao'), seal: image('con-dau-do') };
const engine = createSigningEngine();
const verifier = createVerifier();

export function createDesk(pki: TestPki, password: string | null = null): Desk {
  const source = (bytes: Uint8Array): ByteSource => (password === null ? bytesSource(bytes) : { ...bytesSource(bytes), password });
  const leader = createSoftKey(pki.leader, 'rsa-pkcs1-sha256');
  const organization = createSoftKey(pki.organization, 'rsa-pkcs1-sha256');
  const base: SignRequest = { key: leader, profile: 'office', chain: [pki.issuing.der], reason: 'Ký duyệt', location: 'Xã Sơn Tịnh', at: new Date(), place: { page: 1, rect: { x: 30, y: 50, width: 30, height: 20 } }, image: images.leader };
  const seal = (changes: Partial<SignRequest> = {}): Partial<SignRequest> => ({ key: organization, reason: 'Phát hành', place: { page: 1, rect: { x: 20, y: 45, width: 36, height: 36 } }, image: images.seal, ...changes });
  const whole = (bytes: Uint8Array, result: Result<SignedTail>): Uint8Array => {
    assert.ok(result.ok, JSON.stringify(result));
    return Uint8Array.from(Buffer.concat([bytes, result.value.tail]));
  };
  const verify: Desk['verify'] = (bytes) => verifier.verify(source(bytes), { anchors: [pki.root.der], intermediates: [pki.issuing.der], now: new Date() });
  let count = 0;
  return {
    findPlaces: async (bytes) => {
      const places = await engine.findPlaces(source(bytes));
      assert.ok(places.ok, JSON.stringify(places));
      return places.value;
    },
    prepare: async (bytes, places) => {
      const prepared = await engine.prepare(source(bytes), places);
      assert.ok(prepared.ok, JSON.stringify(prepared));
      return Uint8Array.from(Buffer.concat([bytes, prepared.value.tail]));
    },
    sign: async (bytes, request = {}) => whole(bytes, await engine.sign(source(bytes), { ...base, ...request })),
    issue: async (bytes, places, request = {}) => whole(bytes, await engine.issue(source(bytes), { ...base, ...seal(), ...request, number: '15', day: '05', month: '02', places })),
    mark: async (bytes, mark) => whole(bytes, await engine.mark(source(bytes), { ...base, key: mark.kind === 'comment' ? leader : organization, place: null, mark })),
    seal, verify,
    expectLawful: async (what, bytes, signatures) => {
      count += 1;
      const report = await verify(bytes);
      const found = report.signatures.map(({ field, verdict, integrity, changesAfter, problems }) => ({ field, verdict, integrity, changes: changesAfter.changes.map(({ message }) => message), problems: problems.map(({ code }) => code) }));
      const told = `${what}\n${JSON.stringify(found, null, 1)}\n${JSON.stringify(report.problems)}`;
      assert.equal(report.signatures.length, signatures, told);
      assert.deepEqual(found.map(({ verdict, integrity }) => `${verdict} ${integrity}`), found.map((_, i) => (found[i]!.verdict === 'valid' ? 'valid intact' : 'valid-extended intact')), told);
      assert.ok(report.verdict === 'valid' || report.verdict === 'valid-extended', told);
      return report;
    },
    count: () => count,
  };
}
