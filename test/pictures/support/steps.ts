import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Placement } from '../../../src-shared/contract/signing.ts';
import { choosePlace } from '../../../src-shared/domain/place.ts';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { Mark, Places, SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import type { SigningKey } from '../../../src-main/ports/token.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createTestPki, issueCertificate } from '../../support/pki.ts';
import { createSoftKey } from '../../support/soft-keys.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
/** All pictures are drawn at one moment. */
export const at = new Date('2026-11-21T01:51:07Z');
export const organization = 'Ủy ban nhân dân xã Sơn Tịnh';

export type Signed = { readonly before: Uint8Array; readonly pdf: Uint8Array; readonly place: Placement };

/** The steps of an office over a key in this process, at places as the screens choose them. */
export type Steps = {
  readonly engine: SigningPort;
  readonly fixture: (name: string) => Uint8Array;
  readonly placesOf: (pdf: Uint8Array) => Promise<Places>;
  readonly prepare: (pdf: Uint8Array) => Promise<Uint8Array>;
  readonly approve: (pdf: Uint8Array, options?: { readonly image?: Uint8Array }) => Promise<Signed>;
  readonly issue: (pdf: Uint8Array, options?: { readonly diameterMm?: number; readonly place?: Placement; readonly texts?: { readonly number: string; readonly day: string; readonly month: string } }) => Promise<Signed & { readonly places: Places }>;
  readonly mark: (pdf: Uint8Array, mark: Mark, place?: Placement | null) => Promise<Signed>;
};

const signatureImage = readFileSync(new URL('images/chu-ky-lanh-dao.png', fixtures));
const sealImage = readFileSync(new URL('images/con-dau-do.png', fixtures));
const signatureWidthMm = 45;

export function createSteps(): Steps {
  const engine = createSigningEngine();
  const key = makeKey();
  const request = (place: Placement, image: Uint8Array | null, reason: string): SignRequest => ({ key, profile: 'office', chain: [], reason, location: 'Sơn Tịnh', at, place, image });
  const placesOf = async (pdf: Uint8Array): Promise<Places> => unwrap(await engine.findPlaces(bytesSource(pdf)));
  const joined = (before: Uint8Array, tail: Uint8Array): Uint8Array => Buffer.concat([before, tail]);
  return {
    engine, placesOf,
    fixture: (name) => readFileSync(new URL(`pdf/${name}.pdf`, fixtures)),
    prepare: async (pdf) => joined(pdf, unwrap(await engine.prepare(bytesSource(pdf), await placesOf(pdf))).tail),
    approve: async (before, { image = signatureImage } = {}) => {
      const { width, height } = unwrap(engine.checkImage(image));
      const size = { widthMm: signatureWidthMm, heightMm: (signatureWidthMm * height) / width };
      const { placement: place } = choosePlace(await placesOf(before), { of: 'signature', kind: 'cong-van', image: size, templates: [] });
      return { before, place, pdf: joined(before, unwrap(await engine.sign(bytesSource(before), request(place, image, 'Ký duyệt'))).tail) };
    },
    issue: async (before, { diameterMm = 36, place: given, texts = { number: '05', day: '09', month: '02' } } = {}) => {
      const places = await placesOf(before);
      const place = given ?? choosePlace(places, { of: 'seal', kind: 'cong-van', image: { widthMm: diameterMm, heightMm: diameterMm }, templates: [] }).placement;
      return { before, place, places, pdf: joined(before, unwrap(await engine.issue(bytesSource(before), { ...request(place, sealImage, 'Phát hành'), ...texts, places })).tail) };
    },
    mark: async (before, mark, place = null) => {
      const shown = unwrap(await engine.previewMark(bytesSource(before), { at, place, mark }));
      const signed = unwrap(await engine.mark(bytesSource(before), { key, profile: 'office', chain: [], reason: 'Đóng dấu', location: 'Sơn Tịnh', at, place, mark }));
      return { before, place: shown.place, pdf: joined(before, signed.tail) };
    },
  };
}

/** A certificate that is good at the pictures' moment, whenever they are drawn. */
function makeKey(): SigningKey {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-pictures-pki-'));
  try {
    return createSoftKey(issueCertificate(createTestPki(folder), { name: 'pictures', key: 'rsa2048', dates: ['20260101000000Z', '20460101000000Z'] }), 'rsa-pkcs1-sha256');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function unwrap<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}
