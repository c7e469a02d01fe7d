import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import { createTestPki } from '../support/pki.ts';
import { complaintsOf } from './support/judge-sample.ts';
import { createSigners, sourceOf, verify } from './support/sign-twice.ts';
import { makeRandomFile } from '../generator/make-file.ts';
import { onePage, tablePdf } from '../unit/pdf/make-pdf.ts';

// What random files and flipped bytes have brought to light, each in its smallest form.

const dir = mkdtempSync(join(tmpdir(), 'van-thu-found-'));
after(() => rmSync(dir, { recursive: true }));
const signers = createSigners(createTestPki(join(dir, 'pki')));
const engine = createSigningEngine();

const request = { key: signers.leader, profile: 'office', chain: signers.chain, reason: 'Ký duyệt', location: '', at: new Date(), image: null } as const;

/** Two pages; on the second the widget of an empty signature field. */
function emptyField(fieldAndWidget: readonly string[]): Buffer {
  return tablePdf([
    '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [5 0 R]>>>>',
    '<</Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842]>>',
    '<</Type /Page /Parent 2 0 R>>',
    `<</Type /Page /Parent 2 0 R /Annots [${fieldAndWidget.length + 4} 0 R]>>`,
    ...fieldAndWidget,
  ]);
}
const widget = '/Type /Annot /Subtype /Widget /Rect [100 100 200 150] /P 4 0 R';
const merged = [`<</FT /Sig /T (o_ky) ${widget}>>`];
const apart = ['<</FT /Sig /T (o_ky) /Kids [6 0 R]>>', `<</Parent 5 0 R ${widget}>>`];

for (const [kind, objects] of [['merged with its widget', merged], ['whose widget is its kid', apart]] as const) {
  test(`an empty field ${kind} is seen as signed by foreign readers`, async () => {
    const input = emptyField(objects);
    const signed = await engine.sign(sourceOf(input, null), { ...request, field: 'o_ky', place: { page: 2, rect: { x: 40, y: 200, width: 40, height: 20 } } });
    assert.ok(signed.ok, JSON.stringify(signed));
    assert.equal(complaintsOf(input, Buffer.concat([input, signed.value.tail]), null, 1), '');
  });

  test(`an empty field ${kind} that is signed without a place keeps its page and its rectangle`, async () => {
    const signed = await engine.sign(sourceOf(emptyField(objects), null), { ...request, field: 'o_ky', place: null });
    assert.ok(signed.ok, JSON.stringify(signed));
    const tail = Buffer.from(signed.value.tail).toString('latin1');
    assert.match(tail, /\/P 4 0 R/);
    assert.match(tail, /\/Rect \[100 100 200 150\]/);
  });
}

test('a file whose earlier saving cannot be opened by itself is refused', async () => {
  const once = tablePdf(onePage());
  const at = once.lastIndexOf('startxref');
  const damaged = Buffer.concat([once.subarray(0, at), Buffer.from('startxref\n999999\n%%EOF\n')]);
  const offset = Number(/startxref\n(\d+)/.exec(once.toString('latin1'))?.[1]);
  const section = damaged.length;
  const input = Buffer.concat([damaged, Buffer.from(`xref\n0 1\n0000000000 65535 f\r\ntrailer\n<</Size ${onePage().length + 1} /Root 1 0 R /Prev ${offset}>>\nstartxref\n${section}\n%%EOF\n`)]);
  const signed = await engine.sign(sourceOf(input, null), { ...request, place: null });
  assert.equal(signed.ok ? 'signed' : signed.error.code, 'pdf.broken');
});

test('a page that cannot be read is a reason, not a crash, where places are looked for', async () => {
  const input = tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', '(no page)']);
  const found = await engine.findPlaces(sourceOf(input, null));
  assert.equal(found.ok ? 'found' : found.error.code, 'pdf.broken');
});

test('a row of a hybrid table that cannot be read leaves its signatures in doubt and is no fault of the verifier', async () => {
  const hybrid = makeRandomFile(1, { form: 'hybrid', encryption: 'none', hasUserPassword: false, revisions: 1, spacing: 'plain', oddGenerations: false }).bytes;
  const rows = [...hybrid.toString('latin1').matchAll(/\d{10} 00000 f/g)];
  // neither the first nor the last, which are looked at when the table is opened
  const row = rows[rows.length >> 1]!;
  hybrid.write('x', row.index + 3, 'latin1');
  const report = await verify(hybrid, null, signers);
  assert.deepEqual(report.problems.map(({ code }) => code), ['structure.two-readings']);
});

test('a crypt filter that does not go with the key is a reason, not a crash', async () => {
  const file = makeRandomFile(1, { form: 'table', encryption: 'aes-128', hasUserPassword: false, revisions: 1, oddSpelling: false }).bytes;
  file.write('AESV3', file.indexOf('AESV2'), 'latin1');
  const signed = await engine.sign(sourceOf(file, null), { ...request, place: null });
  assert.equal(signed.ok ? 'signed' : signed.error.code, 'pdf.encrypted');
});

for (const [what, page] of [['without a type', '<</Parent 2 0 R /MediaBox [0 0 595 842]>>'], ['that is a node without kids', '<</Type /Pages /Parent 2 0 R /MediaBox [0 0 595 842]>>']] as const) {
  test(`a page ${what} is not signed on: the next signature would make this one invalid`, async () => {
    const input = tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 1>>', page]);
    const signed = await engine.sign(sourceOf(input, null), { ...request, place: null });
    assert.equal(signed.ok ? 'signed' : signed.error.code, 'pdf.broken');
  });
}

// The number of a new object was the next after the largest; a document that refers past its own end to numbers that do not exist yet gave its reference away to it.
test('a new object does not fill a reference that leads nowhere', async () => {
  const dangling = Array.from({ length: 60 }, (_, i) => `${i + 10} 0 R`).join(' ');
  const input = tablePdf([`<</Type /Catalog /Pages 2 0 R /VT [${dangling}]>>`, ...onePage().slice(1)]);
  const once = await engine.sign(sourceOf(input, null), { ...request, place: null });
  assert.ok(once.ok, JSON.stringify(once));
  const first = Buffer.concat([input, once.value.tail]);
  const twice = await engine.sign(sourceOf(first, null), { ...request, key: signers.seal, place: null });
  assert.ok(twice.ok, JSON.stringify(twice));
  const report = await verify(Buffer.concat([first, twice.value.tail]), null, signers);
  assert.deepEqual(report.signatures.map(({ verdict }) => verdict), ['valid-extended', 'valid']);
});
