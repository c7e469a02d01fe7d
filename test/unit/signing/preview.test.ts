import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { Layer, SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import type { Result } from '../../../src-shared/result.ts';
import { onePage, tablePdf } from '../pdf/make-pdf.ts';
import { run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);
const rect = { x: 110, y: 180, width: 50, height: 25 };
const at = new Date('2026-11-21T01:51:00Z');
const name = 'Nguyễn Văn Thử';

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-preview-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function pdf(file: string): Uint8Array {
  return readFileSync(new URL(`pdf/${file}.pdf`, fixtures));
}

function image(file: 'chu-ky-lanh-dao' | 'con-dau-do'): Uint8Array {
  return readFileSync(new URL(`images/${file}.png`, fixtures));
}

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: 'Ký duyệt', location: 'Xã Thử', at: new Date(), place: { page: 1, rect }, image: image('chu-ky-lanh-dao'), ...changes };
}

async function signed(input: Uint8Array, changes: Partial<SignRequest> = {}): Promise<Uint8Array> {
  const result = await engine.sign(bytesSource(input), request(changes));
  assert.ok(result.ok, JSON.stringify(result));
  return Buffer.concat([input, result.value.tail]);
}

function layers(result: Result<readonly Layer[]>): readonly Layer[] {
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** The page as a renderer that is not ours shows it, one byte a channel. */
function rendered(document: Uint8Array, page = 1): Buffer {
  const path = join(folder, 'shown.pdf');
  writeFileSync(path, document);
  // not mutool, which lays a tag of its own over signature fields that are still empty
  const done = run('pdftoppm', ['-cropbox', '-r', '96', '-singlefile', '-f', String(page), '-l', String(page), path, join(folder, 'shown')]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(join(folder, 'shown.ppm'));
}

test('on an empty page the preview and the signed page are the same picture, whatever the rotation, crop box and unit', async () => {
  const pages = {
    'upright': onePage('', '[0 0 600 840]'),
    'rotated by 90': onePage('/Rotate 90', '[0 0 840 600]'),
    'rotated by 180': onePage('/Rotate 180', '[0 0 600 840]'),
    'rotated by 270': onePage('/Rotate -90', '[0 0 840 600]'),
    'cropped and rotated': onePage('/CropBox [-20 30 820 630] /Rotate 90', '[-50 0 900 900]'),
    'in units of 1/36 inch': onePage('/UserUnit 2', '[0 0 300 420]'),
  };
  for (const [kind, objects] of Object.entries(pages)) {
    const input = tablePdf(objects);
    const [layer, ...others] = layers(await engine.previewSign(bytesSource(input), { place: { page: 1, rect }, image: image('chu-ky-lanh-dao'), at, name }));
    assert.ok(layer !== undefined && others.length === 0);
    const shown = rendered(layer.pdf);
    assert.ok(shown.equals(rendered(await signed(input))), `${kind}: preview and signed page differ`);
    assert.ok(shown.filter((byte) => byte < 128).length > 300, `${kind}: the image is to be seen at all`);
  }
});

test('without an image the preview shows the same name and time as the signature', async () => {
  const input = tablePdf(onePage('', '[0 0 600 840]'));
  const [layer] = layers(await engine.previewSign(bytesSource(input), { place: { page: 1, rect }, image: null, at: new Date(), name }));
  assert.ok(layer !== undefined);
  writeFileSync(join(folder, 'layer.pdf'), layer.pdf);
  assert.match(run('pdftotext', [join(folder, 'layer.pdf'), '-']).output, /Người ký: Nguyễn Văn Thử/);
  assert.equal(run('qpdf', ['--check', join(folder, 'layer.pdf')]).status, 0);
});

/** An image's clear parts are blended in steps of 8 bits, which may move a channel by as much where nothing is seen. */
const blending = 2;

/** Over white paper the signed page is the preview; where the preview is empty it is the page as it was. */
function assertOnlyTheLayerWasAdded(before: Uint8Array, layer: Uint8Array, after: Uint8Array, page: number): void {
  const [was, drawn, is] = [rendered(before, page), rendered(layer), rendered(after, page)];
  assert.deepEqual([drawn.length, is.length], [was.length, was.length]);
  let added = 0;
  for (let i = 16; i < was.length; i += 1) {
    if (was[i]! === 255) assert.ok(Math.abs(is[i]! - drawn[i]!) <= blending, `byte ${i}: ${drawn[i]} was previewed, ${is[i]} is there`);
    else if (drawn[i]! === 255) assert.ok(Math.abs(is[i]! - was[i]!) <= blending, `byte ${i}: ${is[i]} stands where ${was[i]} stood`);
    if (drawn[i]! < 200) added += 1;
  }
  assert.ok(added > 300, 'something was drawn');
}

test('number, date and seal of a prepared letter are previewed as they are issued', async () => {
  const input = pdf('cong-van-xa');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok && places.value.seal !== null);
  const prepared = await engine.prepare(bytesSource(input), places.value);
  assert.ok(prepared.ok);
  const leaders = await signed(Buffer.concat([input, prepared.value.tail]), { place: places.value.signature });
  const texts = { number: '15', day: '05', month: '02', places: places.value };
  const place = places.value.seal;
  const shown = layers(await engine.previewIssue(bytesSource(leaders), { place, image: image('con-dau-do'), at, name, ...texts }));
  assert.deepEqual(shown.map(({ page }) => page), [1]);
  const issued = await engine.issue(bytesSource(leaders), { ...request({ key: pki.seal, place, image: image('con-dau-do') }), ...texts });
  assert.ok(issued.ok, JSON.stringify(issued));
  assertOnlyTheLayerWasAdded(leaders, shown[0]!.pdf, Buffer.concat([leaders, issued.value.tail]), 1);
});

test('a document from elsewhere is previewed on each page that gets something', async () => {
  const input = pdf('quyet-dinh');
  const places = await engine.findPlaces(bytesSource(input));
  assert.ok(places.ok);
  const place = { page: 4, rect: { x: 90, y: 175, width: 36, height: 36 } };
  const texts = { number: '15', day: '05', month: '02', places: places.value };
  const shown = layers(await engine.previewIssue(bytesSource(input), { place, image: image('con-dau-do'), at, name, ...texts }));
  assert.deepEqual(shown.map(({ page }) => page), [1, 4]);
  const issued = await engine.issue(bytesSource(input), { ...request({ key: pki.seal, place, image: image('con-dau-do') }), ...texts });
  assert.ok(issued.ok, JSON.stringify(issued));
  const after = Buffer.concat([input, issued.value.tail]);
  for (const { page, pdf: layer } of shown) assertOnlyTheLayerWasAdded(input, layer, after, page);
});

test('what cannot be drawn is refused in the preview with the reason that signing would give', async () => {
  const preview = async (changes: object): Promise<string> => {
    const result = await engine.previewSign(bytesSource(pdf('giay-moi')), { place: { page: 1, rect }, image: null, at, name, ...changes });
    return result.ok ? 'ok' : result.error.code;
  };
  assert.equal(await preview({ place: { page: 2, rect } }), 'pdf.no-such-page');
  assert.equal(await preview({ place: { page: 1, rect: { ...rect, x: 180 } } }), 'placement.outside-page');
  assert.equal(await preview({ image: Buffer.from('không phải ảnh') }), 'image.not-png');
});
