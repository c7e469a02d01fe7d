import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { dictOf, entryOf, isName, openPdf, type PdfFile, type PdfObject } from '../../../src-main/pdf/index.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { onePage, tablePdf } from '../pdf/make-pdf.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-pdf-a-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'pades', chain: pki.chain, reason: '', location: '', at: new Date('2026-11-22T01:00:00Z'), place: { page: 1, rect: { x: 110, y: 60, width: 50, height: 25 } }, image: readFileSync(new URL('images/chu-ky-lanh-dao.png', fixtures)), ...changes };
}

async function signed(input: Uint8Array, changes: Partial<SignRequest> = {}): Promise<Uint8Array> {
  const result = await engine.sign(bytesSource(input), request({ at: new Date(), ...changes }));
  assert.ok(result.ok, JSON.stringify(result));
  return Buffer.concat([input, result.value.tail]);
}

function open(bytes: Uint8Array): PdfFile {
  const opened = openPdf(bytesSource(bytes));
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

/** A letter as Ghostscript archives it; `definition` names the output intent's profile, as its manual has it. */
function archived(part: 1 | 2): Uint8Array {
  const definition = join(folder, 'intent.ps');
  writeFileSync(definition, `%!
[/_objdef {icc_PDFA} /type /stream /OBJ pdfmark
[{icc_PDFA} << /N 3 >> /PUT pdfmark
[{icc_PDFA} (/usr/share/color/icc/ghostscript/srgb.icc) (r) file /PUT pdfmark
[/_objdef {OutputIntent_PDFA} /type /dict /OBJ pdfmark
[{OutputIntent_PDFA} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {icc_PDFA} /OutputConditionIdentifier (sRGB) >> /PUT pdfmark
[{Catalog} <</OutputIntents [ {OutputIntent_PDFA} ]>> /PUT pdfmark
`);
  const path = join(folder, `archived-${part}.pdf`);
  const done = run('gs', [`-dPDFA=${part}`, '-dBATCH', '-dNOPAUSE', '-q', '-sDEVICE=pdfwrite', '-sColorConversionStrategy=RGB', '-dPDFACompatibilityPolicy=1', '--permit-file-read=/usr/share/color/icc/ghostscript/', `-sOutputFile=${path}`, definition, new URL('pdf/giay-moi.pdf', fixtures).pathname]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(path);
}

const xmp = (claim: string): string => {
  const text = `<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ${claim}</rdf:RDF></x:xmpmeta>`;
  return `<</Type /Metadata /Subtype /XML /Length ${text.length}>>\nstream\n${text}\nendstream`;
};

test('the claim is read however the XMP writes it', () => {
  const ns = 'http://www.aiim.org/pdfa/ns/id/';
  const claims: Readonly<Record<string, string | null>> = {
    [`xmlns:pdfaid="${ns}" pdfaid:part="2" pdfaid:conformance="U"/>`]: '2u',
    [`xmlns:pdfaid='${ns}'><pdfaid:part>1</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>`]: '1a',
    [`xmlns:a="${ns}"><a:part> 4 </a:part><a:rev>2020</a:rev></rdf:Description>`]: '4',
    [`xmlns:pdfaid="http://example.vn/" pdfaid:part="2" pdfaid:conformance="U"/>`]: null,
    'xmlns:dc="http://purl.org/dc/elements/1.1/"/>': null,
  };
  for (const [claim, expected] of Object.entries(claims)) {
    const input = tablePdf(['<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>', ...onePage().slice(1), xmp(claim)]);
    assert.partialDeepStrictEqual(engine.inspect(bytesSource(input)), { ok: true, value: { pdfA: expected } });
  }
  const unreadable = tablePdf(['<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R>>', ...onePage().slice(1), '<</Filter /LZWDecode /Length 3>>\nstream\nabc\nendstream']);
  assert.partialDeepStrictEqual(engine.inspect(bytesSource(unreadable)), { ok: true, value: { pdfA: null } });
});

/** What our update may not bring into PDF/A, by the objects that it wrote. */
function assertKeepsArchive(file: PdfFile, from: number, part: 1 | 2): { readonly masks: number; readonly cidSets: number } {
  let masks = 0;
  let cidSets = 0;
  for (let num = from; num < file.size; num += 1) {
    const object = file.readObject(num);
    const dict = dictOf(object);
    if (dict === null) continue;
    if (part === 1) assert.equal(entryOf(dict, 'SMask').kind, 'null', 'a soft mask');
    for (const key of ['AA', 'A', 'JS', 'Group', 'Encrypt', 'EmbeddedFiles', 'OC']) assert.equal(entryOf(dict, key).kind, 'null', key);
    assert.doesNotMatch(JSON.stringify(file.get(dict, 'Filter')), /LZW|Crypt/);
    if (isName(entryOf(dict, 'Type'), 'FontDescriptor')) assert.notEqual(entryOf(dict, 'FontFile2').kind, 'null', 'a font that is not embedded');
    if (isName(entryOf(dict, 'Subtype'), 'Widget')) {
      // Print set; Invisible, Hidden, NoView and ToggleNoView not (ISO 19005-1 6.5.3).
      const flags = entryOf(dict, 'F');
      assert.ok(flags.kind === 'number' && (flags.value & 0b1_0010_0111) === 4, 'annotation flags');
      assert.deepEqual([...(dictOf(file.get(dict, 'AP'))?.entries.keys() ?? [])], ['N']);
    }
    if (entryOf(dict, 'Mask').kind !== 'null') masks += 1;
    if (entryOf(dict, 'CIDSet').kind !== 'null') cidSets += 1;
  }
  const intents = file.get(file.catalog, 'OutputIntents');
  assert.ok(intents.kind === 'array' && intents.items.length === 1);
  return { masks, cidSets };
}

for (const part of [1, 2] as const) {
  test(`PDF/A-${part} made by Ghostscript: image and text signatures bring in nothing that it forbids, and it still says what it is`, async () => {
    const input = archived(part);
    const base = open(input);
    assert.partialDeepStrictEqual(engine.inspect(bytesSource(input)), { ok: true, value: { pdfA: `${part}b` } });
    const once = await signed(input);
    const twice = await signed(once, { key: pki.seal, image: null, place: { page: 1, rect: { x: 40, y: 60, width: 60, height: 20 } } });
    assertJudgesAgree(folder, twice, 2, pki.rootPem);
    assert.partialDeepStrictEqual(engine.inspect(bytesSource(twice)), { ok: true, value: { pdfA: `${part}b`, signatures: 2 } });
    const found = assertKeepsArchive(open(twice), base.size, part);
    assert.deepEqual(found, part === 1 ? { masks: 1, cidSets: 1 } : { masks: 0, cidSets: 0 });
    assert.match(run('pdfinfo', ['-meta', join(folder, 'judged.pdf')]).output, new RegExp(`pdfaid:part='${part}'`));
    assert.doesNotMatch(run('pdffonts', [join(folder, 'judged.pdf')]).output.split('\n').slice(2).join('\n'), / no +(?:yes|no) +(?:yes|no) +\d+ +0$/m);
    assert.match(run('pdftotext', [join(folder, 'judged.pdf'), '-']).output, /Người ký: UBND xã Thử/);
  });
}

function rendered(document: Uint8Array): Buffer {
  writeFileSync(join(folder, 'shown.pdf'), document);
  const done = run('pdftoppm', ['-r', '72', '-singlefile', join(folder, 'shown.pdf'), join(folder, 'shown')]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(join(folder, 'shown.ppm'));
}

const claimed = (claim: string, intents = ''): Buffer => tablePdf([`<</Type /Catalog /Pages 2 0 R /Metadata 4 0 R ${intents}>>`, ...onePage('/Contents 5 0 R', '[0 0 595 842]').slice(1), xmp(`xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" ${claim}/>`), '<</Length 37>>\nstream\n0.8 0.9 0.8 rg 0 0 595 842 re f 0 0 0 rg\n\nendstream'.replace('37', '41')]);

test('with a hard mask or with colours of its own an image looks as it does with neither', async () => {
  const plain = rendered(await signed(claimed('pdfaid:part="2" pdfaid:conformance="B"', '/OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile 6 0 R>>]')));
  assert.ok(plain.length > 1000);
  for (const [claim, mask, colours] of [['pdfaid:part="1" pdfaid:conformance="B"', true, true], ['pdfaid:part="2" pdfaid:conformance="B"', false, true]] as const) {
    const input = claimed(claim);
    const output = await signed(input);
    const tail = Buffer.from(output.subarray(input.length)).toString('latin1');
    assert.equal(/\/Mask \d+ 0 R/.test(tail), mask);
    assert.equal(/\/SMask \d+ 0 R/.test(tail), !mask);
    assert.equal(/\/DefaultRGB/.test(tail), colours);
    const shown = rendered(output);
    assert.equal(shown.length, plain.length);
    // The ground shows through everywhere but in the strokes, whose edges may differ.
    let different = 0;
    let ink = 0;
    for (let i = 15; i < shown.length; i += 3) {
      if (Math.abs(shown[i]! - plain[i]!) > 60) different += 1;
      if (shown[i]! < 120) ink += 1;
    }
    assert.ok(ink > 100, `${claim}: the image is to be seen at all`);
    assert.ok(different < ink / 2, `${claim}: ${different} dots differ of ${ink}`);
  }
});

test('a preview of PDF/A-1 shows the hard edges that will be signed', async () => {
  const input = claimed('pdfaid:part="1" pdfaid:conformance="B"');
  const shown = await engine.previewSign(bytesSource(input), { ...request(), name: 'x' });
  assert.ok(shown.ok);
  assert.match(Buffer.from(shown.value[0]!.pdf).toString('latin1'), /\/Mask \d+ 0 R/);
  assert.doesNotMatch(Buffer.from(shown.value[0]!.pdf).toString('latin1'), /\/SMask/);
});

test('the list of a subset\'s glyphs names every letter that is shown, and nothing past the font', async () => {
  const input = claimed('pdfaid:part="1" pdfaid:conformance="B"');
  const file = open(await signed(input, { image: null }));
  const all = Array.from({ length: file.size }, (_, num): PdfObject => file.readObject(num));
  const descriptor = all.find((object) => isName(entryOf(object, 'Type'), 'FontDescriptor'));
  const child = all.find((object) => isName(entryOf(object, 'Subtype'), 'CIDFontType2'));
  assert.ok(descriptor !== undefined && child !== undefined);
  const set = file.get(descriptor, 'CIDSet');
  const widths = file.get(child, 'W');
  assert.ok(set.kind === 'stream' && widths.kind === 'array');
  const bits = file.decode(set);
  const has = (cid: number): boolean => (bits[cid >> 3]! & (0x80 >> (cid & 7))) !== 0;
  const shown = widths.items.flatMap((item) => (item.kind === 'number' ? [item.value] : []));
  assert.ok(shown.length > 10);
  for (const cid of [0, ...shown]) assert.ok(has(cid), `glyph ${cid}`);
  const listed = Array.from({ length: bits.length * 8 }, (_, cid) => cid).filter(has);
  assert.ok(listed.length >= shown.length && listed.length < shown.length + 40, `${listed.length} of ${shown.length}`);
});
