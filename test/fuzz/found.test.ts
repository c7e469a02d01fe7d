import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesSource } from '../../src-main/ports/bytes.ts';
import { inspectDocument } from '../../src-main/signing/inspect.ts';
import { createSigningEngine } from '../../src-main/signing/engine.ts';
import { createVerifier } from '../../src-main/verification/verifier.ts';
import { onePage, tablePdf } from '../unit/pdf/make-pdf.ts';

// What hostile and mutated files have brought to light, each in its smallest form.

const verify = (bytes: Buffer): ReturnType<ReturnType<typeof createVerifier>['verify']> => createVerifier().verify(bytesSource(bytes), { anchors: [], intermediates: [], now: new Date() });
const signature = '<</Type /Sig /SubFilter /adbe.pkcs7.detached /ByteRange [0 10 20 30] /Contents <3000>>>';

/** A page with one signature field, 4, whose value is 5, and what else there is. */
function signed(catalog: string, ...more: readonly string[]): Buffer {
  return tablePdf([`<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>> ${catalog}>>`, ...onePage().slice(1), '<</FT /Sig /T (ky) /V 5 0 R>>', signature, ...more]);
}

// Its items were handed to one call as arguments: a RangeError, which was told as a file that is too large
test('a list of 200,000 is looked through for repeated keys like any other', async () => {
  const report = await verify(signed('/VT 6 0 R', `[${'1 '.repeat(200_000)}]`));
  assert.deepEqual(report.problems.map(({ code }) => code), []);
  assert.equal(report.signatures.length, 1);
});

// A megabyte of name, handed down to every field below, was written out for each of them
test('a field whose name no form would have is refused by the reader that signing begins with, and in doubt to the verifier', async () => {
  const file = tablePdf(['<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>>>>', ...onePage().slice(1), `<</T (${'a'.repeat(100_000)}) /FT /Tx>>`]);
  const inspected = inspectDocument(bytesSource(file));
  assert.equal(inspected.ok ? 'read' : inspected.error.code, 'pdf.broken');
  assert.deepEqual((await verify(file)).problems.map(({ code }) => code), ['structure.repaired']);
});

// Each of them read, decoded and compared the same sixteen megabytes
test('fields that share one signature are each said to, and it is read once', async () => {
  const fields = Array.from({ length: 40 }, (_, i) => `<</FT /Sig /T (f${i}) /V 5 0 R>>`);
  const file = tablePdf([`<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R ${fields.map((_, i) => `${i + 6} 0 R`).join(' ')}]>>>>`, ...onePage().slice(1), '<</FT /Sig /T (ky) /V 5 0 R>>', signature, ...fields]);
  const report = await verify(file);
  assert.equal(report.signatures.length, 41);
  assert.ok(report.signatures.every(({ problems, verdict }) => verdict === 'invalid' && problems.some(({ code }) => code === 'signature.shared')));
  assert.equal(new Set(report.signatures.map(({ field }) => field)).size, 41);
});

test('a hundred signatures are too many, and none of them is said to be missing', async () => {
  const fields = Array.from({ length: 100 }, (_, i) => `<</FT /Sig /T (f${i}) /V <</Type /Sig /Contents <30>>>>>`);
  const report = await verify(tablePdf([`<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [${fields.map((_, i) => `${i + 4} 0 R`).join(' ')}]>>>>`, ...onePage().slice(1), ...fields]));
  assert.deepEqual([report.verdict, report.problems.map(({ code }) => code)], ['indeterminate', ['file.too-large']]);
});

// Every unclosed string or stream was looked for to the end of the file, again from each object
test('a damaged file of 50,000 objects that never end is given up in time', () => {
  for (const head of ['obj (', 'obj <<>> stream\n', 'obj [']) {
    const startedAt = process.cpuUsage();
    const repaired = createSigningEngine().repair(bytesSource(Buffer.from(`%PDF-1.7\n${Array.from({ length: 50_000 }, (_, i) => `${i + 1} 0 ${head}`).join('')}`)));
    const { user, system } = process.cpuUsage(startedAt);
    assert.equal(repaired.ok ? 'repaired' : repaired.error.code, 'pdf.repair-impossible', head);
    assert.ok((user + system) / 1000 < 5_000, `${head}: ${Math.round((user + system) / 1000)} ms`);
  }
});
