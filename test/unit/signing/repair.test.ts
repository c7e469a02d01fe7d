import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { createUpdate, openPdf, pdfDict, pdfName, pdfStream, withEntries, type PdfFile } from '../../../src-main/pdf/index.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { makeRandomFile } from '../../generator/make-file.ts';
import { objectStreamPdf, onePage, tablePdf } from '../pdf/make-pdf.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-repair-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

const pdf = (name: string): Buffer => readFileSync(new URL(`pdf/${name}.pdf`, fixtures));
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytes = (value: string): Buffer => Buffer.from(value, 'latin1');

function request(): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: '', location: '', at: new Date(), place: { page: 1, rect: { x: 110, y: 180, width: 50, height: 25 } }, image: readFileSync(new URL('images/chu-ky-lanh-dao.png', fixtures)) };
}

function source(input: Uint8Array, password?: string): ByteSource {
  return { ...bytesSource(input), ...(password === undefined ? {} : { password }) };
}

function opened(input: ByteSource): PdfFile {
  const file = openPdf(input);
  assert.ok(file.ok, JSON.stringify(file));
  return file.value;
}

function qpdf(name: string, ...options: readonly string[]): Buffer {
  const path = join(folder, 'variant.pdf');
  const done = run('qpdf', ['--allow-weak-crypto', ...options, new URL(`pdf/${name}.pdf`, fixtures).pathname, path]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(path);
}

function wordsOf(input: Uint8Array): string {
  const path = join(folder, 'words.pdf');
  writeFileSync(path, input);
  return run('pdftotext', ['-layout', path, '-']).output;
}

const wrongStart = (file: string): string => file.replace(/startxref\s+\d+\s+%%EOF\s*$/, 'startxref\n7\n%%EOF\n');
/** Everything after the first object moves. */
const moved = (file: string): string => file.replace('endobj', 'endobj\n%moved by an editor that knows nothing of offsets\n');

const damages: Readonly<Record<string, () => readonly [broken: Uint8Array, whole: Uint8Array]>> = {
  'a wrong startxref': () => [bytes(wrongStart(text(pdf('cong-van-xa')))), pdf('cong-van-xa')],
  'no startxref at all': () => [bytes(text(pdf('cong-van-xa')).replace(/startxref\s+\d+\s+%%EOF\s*$/, '')), pdf('cong-van-xa')],
  'offsets that are all wrong': () => [bytes(moved(text(pdf('quyet-dinh')))), pdf('quyet-dinh')],
  'rows of nineteen bytes': () => [bytes(text(qpdf('giay-moi', '--object-streams=disable')).replace(/ n \n/g, ' n\n')), pdf('giay-moi')],
  'words before the header': () => [Buffer.concat([bytes('HTTP/1.1 200 OK\r\n\r\n'), pdf('phu-luc')]), pdf('phu-luc')],
  'words after the end': () => [Buffer.concat([pdf('phu-luc'), bytes('<!-- end of mail -->')]), pdf('phu-luc')],
  'object streams behind a wrong startxref': () => [bytes(wrongStart(text(pdf('quyet-dinh-linearized-objstm')))), pdf('quyet-dinh-linearized-objstm')],
  'object streams that have moved': () => [bytes(moved(text(qpdf('cong-van-xa', '--object-streams=generate')))), pdf('cong-van-xa')],
  'a linearised file that has moved': () => [bytes(moved(text(qpdf('quyet-dinh', '--linearize')))), pdf('quyet-dinh')],
  'an encrypted file that has moved': () => [bytes(moved(text(qpdf('giay-moi', '--encrypt', '', 'x', '256', '--')))), pdf('giay-moi')],
  'encrypted object streams that have moved': () => [bytes(moved(text(qpdf('giay-moi', '--object-streams=generate', '--encrypt', '', 'x', '128', '--use-aes=y', '--')))), pdf('giay-moi')],
  'a stream that lies about its length': () => [bytes(text(qpdf('giay-moi', '--qdf')).replace(/\/Length (\d+) 0 R/, '/Length 7')), pdf('giay-moi')],
  'an endobj that is missing': () => [bytes(text(tablePdf(onePage())).replace('endobj\n2 0 obj', '\n2 0 obj')), tablePdf(onePage())],
};

for (const [name, make] of Object.entries(damages)) {
  test(`${name}: signing refuses, the copy says the same words, is sound, and can be signed`, async () => {
    const [broken, whole] = make();
    assert.partialDeepStrictEqual(await engine.sign(source(broken), request()), { ok: false, error: { code: 'pdf.broken' } });
    const repaired = engine.repair(source(broken));
    assert.ok(repaired.ok, JSON.stringify(repaired));
    const path = join(folder, 'repaired.pdf');
    writeFileSync(path, repaired.value);
    const checked = run('qpdf', ['--check', path]);
    assert.equal(checked.status, 0, checked.output);
    assert.doesNotMatch(checked.output, /WARNING/);
    assert.equal(wordsOf(repaired.value), wordsOf(whole));
    const result = await engine.sign(source(repaired.value), request());
    assert.ok(result.ok, JSON.stringify(result));
    assertJudgesAgree(folder, Buffer.concat([repaired.value, result.value.tail]), 1, pki.rootPem);
  });
}

test('random files of every form, with comments that say obj and strings that say endobj, are mended to the same pages', () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const made = makeRandomFile(seed);
    const password = made.password ?? undefined;
    const moved = bytes(text(made.bytes).replace('endobj', () => 'endobj\n%1 0 obj\n'));
    const repaired = engine.repair(source(moved, password));
    assert.ok(repaired.ok, `seed ${seed}: ${JSON.stringify(repaired)}`);
    const was = opened(source(made.bytes, password));
    const is = opened(source(repaired.value, password));
    assert.equal(is.pageCount, was.pageCount, `seed ${seed}`);
    for (let index = 0; index < was.pageCount; index += 1) {
      const old = was.findPage(index);
      const mended = is.findPage(index);
      assert.deepEqual([mended?.num, mended?.mediaBox, mended?.rotate], [old?.num, old?.mediaBox, old?.rotate], `seed ${seed}`);
      const contents = was.get(old!.dict, 'Contents');
      const again = is.get(mended!.dict, 'Contents');
      if (contents.kind === 'stream') assert.ok(again.kind === 'stream' && Buffer.compare(was.decode(contents), is.decode(again)) === 0, `seed ${seed}`);
    }
    if (seed % 6 !== 0) continue;
    writeFileSync(join(folder, 'random.pdf'), made.bytes);
    writeFileSync(join(folder, 'mended.pdf'), repaired.value);
    const check = (name: string): number | null => run('qpdf', ['--check', `--password=${password ?? ''}`, join(folder, name)]).status;
    assert.ok(check('mended.pdf') === 0 || check('random.pdf') !== 0, `seed ${seed}: qpdf`);
  }
});

test('the newest of an object\'s versions is the copy\'s, and what was deleted does not come back', () => {
  const base = tablePdf([...onePage('/Contents 4 0 R'), '<</Length 8>>\nstream\n(one) Tj\nendstream', '(a deleted secret)']);
  const opened = openPdf(source(base));
  assert.ok(opened.ok);
  const update = createUpdate(opened.value);
  update.put(4, 0, pdfStream(pdfDict({}), bytes('(two) Tj')));
  const repaired = engine.repair(source(bytes(wrongStart(text(Buffer.concat([base, update.build().tail]))))));
  assert.ok(repaired.ok);
  assert.match(text(repaired.value), /\(two\) Tj/);
  assert.doesNotMatch(text(repaired.value), /\(one\)|secret/);
});

test('a user\'s password is asked for, and the copy keeps it', async () => {
  const broken = bytes(wrongStart(text(qpdf('giay-moi', '--object-streams=generate', '--encrypt', 'mo-tep', 'x', '256', '--'))));
  assert.partialDeepStrictEqual(engine.repair(source(broken)), { ok: false, error: { code: 'pdf.password-needed' } });
  assert.partialDeepStrictEqual(engine.repair(source(broken, 'sai')), { ok: false, error: { code: 'pdf.password-wrong' } });
  const repaired = engine.repair(source(broken, 'mo-tep'));
  assert.ok(repaired.ok);
  assert.partialDeepStrictEqual(engine.inspect(source(repaired.value)), { ok: false, error: { code: 'pdf.password-needed' } });
  const result = await engine.sign(source(repaired.value, 'mo-tep'), request());
  assert.ok(result.ok);
  assertJudgesAgree(folder, Buffer.concat([repaired.value, result.value.tail]), 1, pki.rootPem, 'mo-tep');
});

test('a file that shows a signature anywhere is never repaired', async () => {
  const result = await engine.sign(source(pdf('giay-moi')), request());
  assert.ok(result.ok);
  const signed = Buffer.concat([pdf('giay-moi'), result.value.tail]);
  const file = openPdf(source(signed));
  assert.ok(file.ok);
  // Deleted by a later revision: no reader of the file as it stands sees it.
  const update = createUpdate(file.value);
  const root = file.value.trailer.entries.get('Root') as { num: number; gen: number };
  update.put(root.num, root.gen, withEntries(file.value.catalog, { AcroForm: null }));
  const hidden = Buffer.concat([signed, update.build().tail]);
  const cases: Readonly<Record<string, Uint8Array>> = {
    'signed, its startxref wrong': bytes(wrongStart(text(signed))),
    'signed, cut off in the last lines': signed.subarray(0, signed.length - 30),
    'signed, its signature taken out by a later revision': bytes(wrongStart(text(hidden))),
    'the name spelt with a number sign': bytes(wrongStart(text(signed)).replaceAll('/ByteRange', '/Byte#52ange').replaceAll('/SubFilter /adbe', '/SubFilter /a#64be').replaceAll('/Type /Sig\n', '/Type /S#69g\n')),
    'a signature inside an object stream': bytes(wrongStart(text(objectStreamPdf([...onePage('/X 4 0 R'), '<</Type /Sig /ByteRange [0 1 2 3] /Contents <00>>>'], 2)))),
  };
  for (const [name, input] of Object.entries(cases)) assert.deepEqual(engine.repair(source(input)), { ok: false, error: { code: 'pdf.repair-signed' } }, name);
});

test('a file that has lost anything that it shows is not mended, and the reason is named', () => {
  const reasonOf = (input: Uint8Array): string => {
    const result = engine.repair(source(input));
    assert.ok(!result.ok && result.error.code === 'pdf.repair-impossible', JSON.stringify(result).slice(0, 300));
    return String(result.error.params?.['reason']);
  };
  const letter = text(qpdf('giay-moi', '--qdf'));
  assert.match(reasonOf(bytes(letter.slice(0, letter.length / 2))), /mất|bị hỏng/);
  assert.match(reasonOf(bytes(text(tablePdf(onePage('/Contents 9 0 R'))).replace('/Size 4', '/Size 10'))), /mất đối tượng 9/);
  assert.match(reasonOf(tablePdf([...onePage('/Annots 4 0 R'), '[[['])), /đối tượng 4 bị hỏng/);
  assert.match(reasonOf(bytes(text(tablePdf(onePage())).replace(/<<\/Type \/Catalog[^>]*>>/, '<</Nothing true>>'))), /danh mục gốc|cây trang/);
  assert.match(reasonOf(bytes('%PDF-1.7\nnothing follows')), /không còn đối tượng/);
  assert.deepEqual(engine.repair(source(bytes('Kính gửi'))), { ok: false, error: { code: 'pdf.not-pdf' } });
  assert.deepEqual(engine.repair(source(new Uint8Array(0))), { ok: false, error: { code: 'file.empty' } });
  assert.match(reasonOf(bytes(text(tablePdf(onePage())).replace('/Kids [3 0 R] /Count 1', '/Kids [] /Count 0'))), /không còn trang/);
});

test('a reference to what the file itself calls free, or past its end, is no loss', () => {
  const free = text(tablePdf([...onePage('/Old 4 0 R /Older 77 0 R'), '(deleted)'])).replace(/4 0 obj\n\(deleted\)\nendobj\n/, '').replace(/\d{10} 00000 n\r\ntrailer/, '0000000000 00001 f\r\ntrailer');
  const repaired = engine.repair(source(bytes(wrongStart(free))));
  assert.ok(repaired.ok, JSON.stringify(repaired));
  assert.ok(openPdf(source(repaired.value)).ok);
  // Without the table's word for it, the same reference is a loss.
  assert.partialDeepStrictEqual(engine.repair(source(bytes(wrongStart(free.replace(' 00001 f', ' 00001 x'))))), { ok: false, error: { code: 'pdf.repair-impossible' } });
});

test('random damage ends in a sound copy or a refusal, never in another error', () => {
  let seed = 20261122;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (const good of [tablePdf([...onePage('/Contents 4 0 R'), '<</Length 8>>\nstream\n(one) Tj\nendstream']), objectStreamPdf(onePage(), 2), qpdf('giay-moi', '--encrypt', '', 'x', '256', '--').subarray(0)]) {
    for (let round = 0; round < 60; round += 1) {
      const damaged = Buffer.from(good);
      for (let i = random(8); i >= 0; i -= 1) damaged[random(damaged.length)] = random(3) === 0 ? random(256) : 0x30 + random(10);
      const result = engine.repair(source(random(4) === 0 ? damaged.subarray(0, random(damaged.length)) : damaged));
      if (result.ok) assert.ok(openPdf(source(result.value)).ok);
      else assert.match(result.error.code, /^(?:pdf\.|file\.empty)/);
    }
  }
});

test('an object that nothing reaches is left behind', () => {
  const repaired = engine.repair(source(bytes(wrongStart(text(tablePdf([...onePage(), '<</Type /Font>>']))))));
  assert.ok(repaired.ok);
  const file = openPdf(source(repaired.value));
  assert.ok(file.ok);
  assert.equal(file.value.findEntry(4), null);
  assert.deepEqual(file.value.get(file.value.catalog, 'Type'), pdfName('Catalog'));
});
