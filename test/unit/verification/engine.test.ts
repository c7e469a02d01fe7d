import assert from 'node:assert/strict';
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest } from '../../../src-main/ports/signing.ts';
import type { SigningKey } from '../../../src-main/ports/token.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { ok } from '../../../src-shared/result.ts';
import { readFixture, verify } from './make-pdf.ts';
import { createTestPki, type TestPki } from './pki.ts';

const engine = createSigningEngine();
let pki: TestPki;
let leader: SigningKey;
let office: SigningKey;

before(() => {
  pki = createTestPki();
  leader = keyOf('leader', pki.issue('leader'));
  office = keyOf('office', pki.issue('office'));
});
after(() => pki.remove());

function keyOf(name: string, certificate: Uint8Array): SigningKey {
  const key = createPrivateKey(readFileSync(pki.path(`${name}.key`)));
  return { certificate, others: [], algorithm: 'rsa-pkcs1-sha256', sign: async (data) => ok(new Uint8Array(sign('sha256', data, key))) };
}

function image(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(`../../fixtures/images/${name}.png`, import.meta.url))));
}

function request(key: SigningKey, picture: string, place: SignRequest['place'], profile: SignRequest['profile']): SignRequest {
  return { key, profile, chain: [pki.issuing], reason: 'Ký duyệt', location: 'Xã Thử', at: new Date(), place, image: image(picture) };
}

async function flow(name: string, profile: SignRequest['profile'], prepare: boolean): Promise<Uint8Array> {
  let bytes = readFixture(name);
  const places = await engine.findPlaces(bytesSource(bytes));
  assert.ok(places.ok, JSON.stringify(places));
  const append = (tail: Uint8Array): void => {
    bytes = Uint8Array.from(Buffer.concat([bytes, tail]));
  };
  if (prepare) {
    const prepared = await engine.prepare(bytesSource(bytes), places.value);
    assert.ok(prepared.ok, JSON.stringify(prepared));
    append(prepared.value.tail);
  }
  const signed = await engine.sign(bytesSource(bytes), request(leader, 'chu-ky-lanh-dao', places.value.signature, profile));
  assert.ok(signed.ok, JSON.stringify(signed));
  append(signed.value.tail);
  const issued = await engine.issue(bytesSource(bytes), { ...request(office, 'con-dau-do', places.value.seal, profile), number: '15', day: '22', month: '11', places: places.value });
  assert.ok(issued.ok, JSON.stringify(issued));
  append(issued.value.tail);
  return bytes;
}

for (const profile of ['office', 'pades'] as const) {
  for (const name of ['cong-van-xa.pdf', 'quyet-dinh-linearized-objstm.pdf', 'giay-moi-chromium.pdf']) {
    for (const prepare of [true, false]) {
      test(`${name} ${prepare ? 'prepared, ' : ''}signed and issued in the profile ${profile} is lawful to the end`, async () => {
        const bytes = await flow(name, profile, prepare);
        const report = await verify(bytes, [pki.root]);
        const text = JSON.stringify(report, null, 1);
        // Where number and seal stand on different pages of an unprepared document, each page has its own signature.
        const verdicts = report.signatures.map((each) => each.verdict);
        assert.ok(verdicts.length >= 2, text);
        assert.deepEqual(verdicts, verdicts.map((_, i) => (i < verdicts.length - 1 ? 'valid-extended' : 'valid')), text);
        assert.equal(report.verdict, 'valid-extended');
        assert.equal(report.signatures.at(-1)?.coverage, 'whole-file');
        assert.ok(report.signatures.every((each) => each.place !== null), text);
        assert.equal((await verify(bytes, [])).verdict, 'indeterminate');
      });
    }
  }
}
