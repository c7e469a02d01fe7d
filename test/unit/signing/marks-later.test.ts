import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RectMm } from '../../../src-shared/contract/signing.ts';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { Mark, SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { wordsOf } from '../places/judge.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const marks: readonly Mark[] = [
  { kind: 'incoming', organization: 'UBND xã Mường Lài', number: '1234', date: '22/11/2026', forwardTo: 'Văn phòng', fileCode: '' },
  { kind: 'comment', author: 'Nguyễn Đức Thắng', text: 'Giao Văn phòng tham mưu trả lời.' },
  { kind: 'copy', form: 'sao-y', organization: 'UBND xã Mường Lài' },
  { kind: 'appendix', number: '28/2026/QĐ-UBND', date: '22/11/2026' },
];

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-later-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function image(name: string): Uint8Array {
  return readFileSync(new URL(`images/${name}.png`, fixtures));
}

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: '', location: 'Xã Thử', at: new Date(), place: null, image: null, ...changes };
}

function source(bytes: Uint8Array, password: string): ByteSource {
  return password === '' ? bytesSource(bytes) : { ...bytesSource(bytes), password };
}

async function verdictsOf(bytes: Uint8Array): Promise<readonly string[]> {
  const report = await createVerifier().verify(bytesSource(bytes), { anchors: [new Uint8Array(new X509Certificate(readFileSync(pki.rootPem)).raw)], intermediates: [], now: new Date() });
  return report.signatures.map(({ verdict }) => verdict);
}

function overlap(a: RectMm, b: RectMm): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

for (const prepared of [true, false]) {
  test(`after leader and seal (${prepared ? 'prepared' : 'from elsewhere'}) every mark is lawful for every judge, and stands on nothing that was put there`, async () => {
    let pdf: Uint8Array = readFileSync(new URL('pdf/cong-van-xa.pdf', fixtures));
    const places = await engine.findPlaces(bytesSource(pdf));
    assert.ok(places.ok && places.value.signature !== null && places.value.seal !== null && places.value.number !== null);
    const add = (result: { readonly ok: true; readonly value: { readonly tail: Uint8Array } } | { readonly ok: false; readonly error: unknown }): void => {
      assert.ok(result.ok, JSON.stringify(result));
      pdf = Buffer.concat([pdf, result.value.tail]);
    };
    if (prepared) add(await engine.prepare(bytesSource(pdf), places.value));
    add(await engine.sign(bytesSource(pdf), request({ place: places.value.signature, image: image('chu-ky-lanh-dao') })));
    add(await engine.issue(bytesSource(pdf), { ...request({ key: pki.seal, place: places.value.seal, image: image('con-dau-do') }), number: '15', day: '05', month: '02', places: places.value }));
    const taken: RectMm[] = [places.value.signature.rect, places.value.seal.rect, places.value.number.rect];
    for (const mark of marks) {
      const shown = await engine.previewMark(bytesSource(pdf), { at: new Date(), place: null, mark });
      assert.ok(shown.ok);
      const { rect } = shown.value.place;
      for (const other of taken) assert.ok(!overlap(other, rect), `${mark.kind} ${JSON.stringify(rect)} over ${JSON.stringify(other)}`);
      taken.push(rect);
      add(await engine.mark(bytesSource(pdf), { ...request({ key: pki.seal }), mark }));
    }
    assertJudgesAgree(folder, pdf, 2 + marks.length, pki.rootPem);
    assert.deepEqual(await verdictsOf(pdf), [...Array.from({ length: 1 + marks.length }, () => 'valid-extended'), 'valid']);
    // Where the seal's own widget spans number and seal, what lies between them is still free
    assert.ok(taken.at(-2)!.y < 20, 'the copy stands at the top');
  });
}

for (const [name, password] of [['bao-cao-quy', ''], ['giay-moi', 'mo-tep']] as const) {
  test(`an encrypted file (${password === '' ? 'limits of its owner' : 'with a password'}) takes every mark, clear of its words`, async () => {
    const bare = new URL(`pdf/${name}.pdf`, fixtures).pathname;
    const encrypted = join(folder, 'encrypted.pdf');
    const made = run('qpdf', ['--encrypt', password, 'chu-so-huu', '256', '--', bare, encrypted]);
    assert.equal(made.status, 0, made.output);
    const input = readFileSync(encrypted);
    for (const mark of marks) {
      const shown = await engine.previewMark(source(input, password), { at: new Date(), place: null, mark });
      assert.ok(shown.ok, JSON.stringify(shown));
      const signed = await engine.mark(source(input, password), { ...request({ key: pki.seal }), mark });
      assert.ok(signed.ok, JSON.stringify(signed));
      const output = Buffer.concat([input, signed.value.tail]);
      assertJudgesAgree(folder, output, 1, pki.rootPem, password);
      const path = join(folder, 'text.pdf');
      writeFileSync(path, output);
      const { page } = shown.value.place;
      const text = run('pdftotext', ['-upw', password, '-layout', '-f', String(page), '-l', String(page), path, '-']).output;
      assert.match(text, { incoming: /ĐẾN/, comment: /Giao Văn phòng tham mưu trả lời/, copy: /SAO Y; UBND xã Mường Lài; /, appendix: /28\/2026\/QĐ-UBND; 22\/11\/2026; / }[mark.kind]);
      for (const word of wordsOf(readFileSync(bare), page)) assert.ok(!overlap({ x: word.left, y: word.top + 1, width: word.right - word.left, height: word.bottom - word.top - 2 }, shown.value.place.rect), `${mark.kind} over ${word.text}`);
    }
  });
}
