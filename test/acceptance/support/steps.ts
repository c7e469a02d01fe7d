import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { Mark, SignedTail, SignRequest } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import type { Result } from '../../../src-shared/result.ts';
import type { Meant } from '../../support/judges-batch.ts';
import type { TestPki } from '../../support/pki.ts';
import { createSoftKey } from '../../support/soft-keys.ts';
import { passwordOf } from './cases.ts';

export const lives = ['prepared', 'unprepared', 'annex'] as const;
export type Life = (typeof lives)[number];

/** A document that went through the steps of an office, after the last of them. */
export type Lived = Meant & { readonly fixture: string; readonly life: Life; readonly level: null };

const folder = new URL('../../fixtures/', import.meta.url);
const image = (name: string): Buffer => readFileSync(new URL(`images/${name}.png`, folder));
const engine = createSigningEngine();

const marks: Readonly<Record<'received' | 'annex', readonly Mark[]>> = {
  received: [
    { kind: 'incoming', organization: 'UBND xã Sơn Tịnh', number: '215', date: '23/11/2026', forwardTo: 'Văn phòng', fileCode: 'H12' },
    { kind: 'comment', author: 'Nguyễn Đức Thắng', text: 'Giao Văn phòng tham mưu, trả lời trước ngày 30.' },
    { kind: 'copy', form: 'sao-y', organization: 'UBND xã Sơn Tịnh' },
  ],
  annex: [{ kind: 'appendix', number: '15/QĐ-UBND', date: '22/11/2026' }],
};

/**
 * `prepared`: fields laid out, ký duyệt and phát hành into them. `unprepared`: ký duyệt, then phát hành with number and date in the seal's own appearance. Both are then
 * received elsewhere: dấu đến, bút phê, sao y. `annex`: phụ lục alone. All are signatures.
 */
export async function live(fixture: string, life: Life, pki: TestPki, dir: string): Promise<Lived> {
  const password = passwordOf(fixture);
  const source = (bytes: Uint8Array): ByteSource => ({ ...bytesSource(bytes), ...(password === undefined ? {} : { password }) });
  const leader = createSoftKey(pki.leader, 'rsa-pkcs1-sha256');
  const organization = createSoftKey(pki.organization, 'rsa-pkcs1-sha256');
  let pdf: Uint8Array = readFileSync(new URL(`pdf/${fixture}`, folder));
  let signatures = 0;
  const add = (what: string, result: Result<SignedTail>): void => {
    assert.ok(result.ok, `${fixture}, ${life}, ${what}: ${JSON.stringify(result)}`);
    pdf = Buffer.concat([pdf, result.value.tail]);
    signatures += 1;
  };
  const places = await engine.findPlaces(source(pdf));
  assert.ok(places.ok, `${fixture}: ${JSON.stringify(places)}`);
  const base = (key: SignRequest['key'], reason: string): Omit<SignRequest, 'place' | 'image'> => ({ key, profile: 'office', chain: [pki.issuing.der], reason, location: 'Xã Sơn Tịnh', at: new Date() });
  if (life !== 'annex') {
    if (life === 'prepared') {
      const prepared = await engine.prepare(source(pdf), places.value);
      assert.ok(prepared.ok && prepared.value.tail.length > 0, `${fixture}: ${JSON.stringify(prepared)}`);
      pdf = Buffer.concat([pdf, prepared.value.tail]);
    }
    const leaderPlace = places.value.signature ?? { page: 1, rect: { x: 120, y: 230, width: 50, height: 25 } };
    const sealPlace = places.value.seal ?? { page: 1, rect: { x: 100, y: 225, width: 36, height: 36 } };
    add('ký duyệt', await engine.sign(source(pdf), { ...base(leader, 'Ký duyệt'), place: leaderPlace, image: image('chu-ky-lanh-dao') }));
    add('phát hành', await engine.issue(source(pdf), { ...base(organization, 'Phát hành'), place: sealPlace, image: image('con-dau-do'), number: '15', day: '05', month: '02', places: places.value }));
    // without fields, what is written on another page than the seal's is a signature of its own there
    const apart = new Set([places.value.number, places.value.day, places.value.month].flatMap((place) => (place === null || place.page === sealPlace.page ? [] : [place.page])));
    if (life === 'unprepared') signatures += apart.size;
  }
  for (const mark of marks[life === 'annex' ? 'annex' : 'received']) add(mark.kind, await engine.mark(source(pdf), { ...base(mark.kind === 'comment' ? leader : organization, ''), place: null, mark }));
  const path = join(dir, `${fixture.replace('.pdf', '')}-life-${life}.pdf`);
  writeFileSync(path, pdf);
  return { path, password, fixture, life, signatures, stamps: 0, endsSigned: true, level: null };
}
