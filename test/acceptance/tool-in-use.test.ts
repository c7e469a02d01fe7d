import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import type { Places, SignRequest } from '../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import type { Meant } from '../support/judges-batch.ts';
import { signLikeTool, skipWithoutItext } from '../support/judges-itext.ts';
import { createTestPki, type TestPki } from '../support/pki.ts';
import { createSoftKey } from '../support/soft-keys.ts';
import { judgeAll, judges } from './support/opinions.ts';

// Files as the signing tool in use leaves them: made with iText 5, certified P=2, the leaf certificate alone, a time-stamp whose imprint is under SHA-1.

const skip = skipWithoutItext;
const engine = createSigningEngine();
const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'van-thu-tool-'));
let pki: TestPki;

before(() => {
  pki = createTestPki(join(dir, 'pki'));
});
after(() => rmSync(dir, { recursive: true, force: true }));

/** The leader's signature by the tool over `input`; `field` is signed when it is there. */
function byTool(input: Uint8Array, name: string, field: string, certificationLevel: 0 | 1 | 2 | 3): Buffer {
  writeFileSync(join(dir, `${name}-in.pdf`), input);
  signLikeTool({ input: `${name}-in.pdf`, output: `${name}-tool.pdf`, certificatePem: pki.leader.pem, keyPem: pki.leader.key, field, certificationLevel, tsaConfig: pki.tsaConfig }, dir);
  return readFileSync(join(dir, `${name}-tool.pdf`));
}

async function seal(input: Uint8Array, places: Places): Promise<{ readonly field: string; readonly pdf: Buffer }> {
  const request: SignRequest = {
    key: createSoftKey(pki.organization, 'rsa-pkcs1-sha256'), profile: 'office', chain: [pki.issuing.der], reason: 'Phát hành', location: 'Xã Sơn Tịnh', at: new Date(),
    place: places.seal ?? { page: 1, rect: { x: 90, y: 175, width: 36, height: 36 } }, image: fixture('images/con-dau-do.png'),
  };
  const issued = await engine.issue(bytesSource(input), { ...request, number: '15', day: '05', month: '02', places });
  assert.ok(issued.ok, JSON.stringify(issued));
  return { field: issued.value.field, pdf: Buffer.concat([input, issued.value.tail]) };
}

async function assertAllAgree(name: string, pdf: Uint8Array, signatures: number): Promise<void> {
  const path = join(dir, `${name}.pdf`);
  writeFileSync(path, pdf);
  const meant: Meant & { readonly level: null } = { path, signatures, stamps: 0, endsSigned: true, level: null };
  const [judged] = await judgeAll([meant], pki, dir, true);
  assert.ok(judged !== undefined);
  for (const judge of judges) assert.ok(judged.opinions[judge].ok, `${name}: ${judge}: ${judged.opinions[judge].says}\n${judged.opinions[judge].detail}`);
}

async function placesOf(input: Uint8Array): Promise<Places> {
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok, JSON.stringify(places));
  return places.value;
}

for (const name of ['cong-van-xa', 'quyet-dinh-linearized-objstm']) {
  for (const level of [2, 3, 0] as const) {
    const kind = level === 0 ? 'signed' : `certified P=${level}`;
    test(`our seal with number and date on ${name}, ${kind} by the tool in use, leaves every signature intact for all judges`, { skip }, async () => {
      const places = await placesOf(fixture(`pdf/${name}.pdf`));
      const leaders = byTool(fixture(`pdf/${name}.pdf`), `${name}-${level}`, 'Lanh dao', level);
      assert.equal(leaders.includes('/DocMDP'), level !== 0);
      const sealed = await seal(leaders, places);
      // number and date on another page than the seal's are a signature of the seal's of their own
      const signatures = [places.number, places.day, places.month].some((place) => place !== null && place.page !== (places.seal?.page ?? 1)) ? 3 : 2;
      await assertAllAgree(`${name}-${level}-sealed`, sealed.pdf, signatures);
    });
  }

  test(`our seal on ${name}, prepared by us and certified P=2 by the tool in use in the leader's field, goes into its own field and leaves both intact`, { skip }, async () => {
    const input = fixture(`pdf/${name}.pdf`);
    const prepared = await engine.prepare(bytesSource(input), await placesOf(input));
    assert.ok(prepared.ok, JSON.stringify(prepared));
    const leaders = byTool(Buffer.concat([input, prepared.value.tail]), `${name}-prepared`, 'chu_ky_lanh_dao', 2);
    const sealed = await seal(leaders, await placesOf(leaders));
    assert.equal(sealed.field, 'con_dau_co_quan');
    await assertAllAgree(`${name}-prepared-sealed`, sealed.pdf, 2);
  });
}

test('a document that the tool in use certified P=1 is refused by name, and stays as it is', { skip }, async () => {
  const closed = byTool(fixture('pdf/cong-van-xa.pdf'), 'closed', 'Lanh dao', 1);
  const inspected = engine.inspect(bytesSource(closed));
  assert.ok(inspected.ok);
  assert.deepEqual(inspected.value.certified, { level: 1, by: 'Nguyễn Đức Thắng' });
  const signed = await engine.sign(bytesSource(closed), { key: createSoftKey(pki.organization, 'rsa-pkcs1-sha256'), profile: 'office', chain: [], reason: '', location: '', at: new Date(), place: null, image: null });
  assert.equal(signed.ok ? 'signed' : signed.error.code, 'pdf.certified-no-changes');
});
