import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import { createTestPki } from '../support/pki.ts';
import { complaintsOf } from './support/judge-sample.ts';
import { createSigners, sourceOf } from './support/sign-twice.ts';
import { tablePdf } from '../unit/pdf/make-pdf.ts';

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
