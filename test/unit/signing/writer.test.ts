import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { X509Certificate } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { bytesSource } from '../../../src-main/ports/bytes.ts';
import type { SignRequest, SigningPort } from '../../../src-main/ports/signing.ts';
import { AppFailure } from '../../../src-shared/result.ts';
import { checkUpdate, createUpdate, openPdf, pdfDict, pdfNumber, type PdfFile } from '../../../src-main/pdf/index.ts';
import { createSigningEngine } from '../../../src-main/signing/engine.ts';
import { createVerifier } from '../../../src-main/verification/verifier.ts';
import { askItext, skipWithoutItext } from '../../support/judges-itext.ts';
import { objectStreamPdf, onePage, tablePdf } from '../pdf/make-pdf.ts';
import { assertJudgesAgree, run } from './judges.ts';
import { createTestPki, type TestPki } from './pki.ts';

const fixtures = new URL('../../fixtures/', import.meta.url);

let folder: string;
let pki: TestPki;
let engine: SigningPort;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'van-thu-writer-'));
  pki = createTestPki(folder);
  engine = createSigningEngine();
});
after(() => rmSync(folder, { recursive: true, force: true }));

function request(changes: Partial<SignRequest> = {}): SignRequest {
  return { key: pki.leader, profile: 'office', chain: pki.chain, reason: '', location: '', at: new Date(), place: { page: 1, rect: { x: 30, y: 40, width: 40, height: 20 } }, image: readFileSync(new URL('images/chu-ky-lanh-dao.png', fixtures)), ...changes };
}

async function signed(input: Uint8Array, changes: Partial<SignRequest> = {}): Promise<Uint8Array> {
  const result = await engine.sign(bytesSource(input), request(changes));
  assert.ok(result.ok, JSON.stringify(result));
  return Buffer.concat([input, result.value.tail]);
}

function open(bytes: Uint8Array): PdfFile {
  const opened = openPdf(bytesSource(bytes));
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

function qpdf(name: string, ...options: readonly string[]): Uint8Array {
  const path = join(folder, 'variant.pdf');
  const done = run('qpdf', ['--allow-weak-crypto', ...options, new URL(`pdf/${name}.pdf`, fixtures).pathname, path]);
  assert.equal(done.status, 0, done.output);
  return readFileSync(path);
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytes = (value: string): Buffer => Buffer.from(value, 'latin1');

/** The table of `tablePdf` written anew after its text was changed: offsets are found again by a plain search. */
function retabled(file: string, eol = '\r\n'): Buffer {
  const head = file.slice(0, file.lastIndexOf('xref', file.lastIndexOf('trailer')));
  const trailer = file.slice(file.lastIndexOf('trailer'), file.lastIndexOf('startxref'));
  const count = [...head.matchAll(/(?:^|[\r\n])(\d+) \d+ obj\b/g)].length;
  const rows = Array.from({ length: count }, (_, i) => {
    const found = new RegExp(`(?:^|[\\r\\n])(${i + 1}) (\\d+) obj\\b`).exec(head)!;
    return `${String(head.indexOf(found[0]) + found[0].length - found[0].trimStart().length).padStart(10, '0')} ${found[2]!.padStart(5, '0')} n${eol}`;
  });
  return bytes(`${head}xref\n0 ${count + 1}\n0000000000 65535 f${eol}${rows.join('')}${trailer}startxref\n${head.length}\n%%EOF\n`);
}

/** 7.5.8.4: the page's content hidden from old readers in a cross-reference stream beside the table. */
function hybrid(): Buffer {
  const base = tablePdf([...onePage('/Contents 4 0 R'), '[]'], '');
  const at = base.length;
  const hidden = bytes('4 0 obj\n<</Length 19>>\nstream\n0 0 30 30 re f 0 g\n\nendstream\nendobj\n');
  const rows = Buffer.from([1, 0, 0, 0, 0, 0]);
  rows.writeUInt32BE(at, 1);
  const data = deflateSync(rows);
  const streamAt = at + hidden.length;
  const stream = Buffer.concat([bytes(`5 0 obj\n<</Type /XRef /Size 6 /Root 1 0 R /W [1 4 1] /Index [4 1] /Filter /FlateDecode /Length ${data.length}>>\nstream\n`), data, bytes('\nendstream\nendobj\n')]);
  const prev = Number(/startxref\n(\d+)/.exec(text(base))![1]);
  return Buffer.concat([base, hidden, stream, bytes(`xref\n0 0\ntrailer\n<</Size 6 /Root 1 0 R /Prev ${prev} /XRefStm ${streamAt}>>\nstartxref\n${streamAt + stream.length}\n%%EOF\n`)]);
}

function revised(times: number, base: Uint8Array): Uint8Array {
  let result = base;
  for (let i = 0; i < times; i += 1) {
    const file = open(result);
    const update = createUpdate(file);
    update.put(update.allocate(), 0, pdfDict({ Mark: pdfNumber(i) }));
    // The page is overridden each time, too.
    const page = file.findPage(0)!;
    update.put(page.num, page.gen, page.dict);
    result = Buffer.concat([result, update.build().tail]);
  }
  return result;
}

const plain = (): string => text(tablePdf(onePage()));

const forms: Readonly<Record<string, () => Uint8Array>> = {
  'a table': () => tablePdf(onePage()),
  'a cross-reference stream over object streams, whose page is overridden': () => objectStreamPdf(onePage(), 2),
  'object streams made of a letter by qpdf': () => qpdf('cong-van-xa', '--object-streams=generate'),
  'a linearised table': () => qpdf('cong-van-xa', '--linearize', '--object-streams=disable'),
  'a linearised cross-reference stream': () => qpdf('cong-van-xa', '--linearize', '--object-streams=generate'),
  'a linearised and encrypted file': () => qpdf('quyet-dinh', '--linearize', '--encrypt', '', 'x', '256', '--'),
  'qdf, whose streams are not compressed': () => qpdf('quyet-dinh', '--qdf'),
  'a hybrid of table and stream': hybrid,
  'sixty revisions of a table': () => revised(60, tablePdf(onePage())),
  'thirty revisions of streams': () => revised(30, objectStreamPdf(onePage(), 2)),
  'no end of line after %%EOF': () => tablePdf(onePage()).subarray(0, -1),
  'a carriage return alone after every line': () => {
    const file = plain().replace(/(\r?)\n/g, (_, pair: string) => (pair === '' ? '\r' : ' \r'));
    return bytes(file);
  },
  'white space and comments where they may stand': () => retabled(plain().replace(/<<\/Type \/Page\b/, '%a note (with < brackets\n<<\t\f/Type%here\r/Page\0').replace('/Kids [3 0 R]', '/Kids[ 3\t0\r\n%x\nR\f]').replace('trailer\n', 'trailer \t\r\n')),
  'lines of a table that end in a space and a line feed': () => retabled(plain(), ' \n'),
  'a page and a catalog of higher generations': () => retabled(plain().replace('3 0 obj', '3 7 obj').replace('3 0 R', '3 7 R').replace('1 0 obj', '1 2 obj').replace('/Root 1 0 R', '/Root 1 2 R')),
  'a /Size below its highest number': () => bytes(plain().replace('/Size 4', '/Size 3')),
  'a page tree of its own object for each level, and an indirect /Annots': () => tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [4 0 R] /Count 1>>', '<</Type /Page /Parent 4 0 R /Annots 5 0 R>>', '<</Type /Pages /Parent 2 0 R /Kids 6 0 R /Count 1 /MediaBox [0 0 595 842]>>', '[]', '[3 0 R]']),
  'free numbers in the middle of the table': () => {
    const base = tablePdf([...onePage(), 'null', 'null', '[]']);
    return bytes(text(base).replace('0000000000 65535 f', '0000000004 65535 f').replace(/(\d{10} 00000 n\r\n){2}(?=\d{10} 00000 n\r\ntrailer)/, '0000000005 00001 f\r\n0000000000 00001 f\r\n'));
  },
};

async function verdicts(output: Uint8Array): Promise<readonly string[]> {
  const root = new Uint8Array(new X509Certificate(readFileSync(pki.rootPem)).raw);
  const report = await createVerifier().verify(bytesSource(output), { anchors: [root], intermediates: [], now: new Date() });
  return [report.verdict, ...report.signatures.map((each) => each.verdict)];
}

for (const [name, make] of Object.entries(forms)) {
  test(`${name}: two signatures stand before every judge, in a section of the file's own form`, async () => {
    const input = make();
    const { newestSectionKind } = open(input);
    const once = await signed(input);
    const twice = await signed(once, { key: pki.ec256, profile: 'pades', place: { page: 1, rect: { x: 90, y: 40, width: 40, height: 20 } } });
    assert.ok(Buffer.from(twice.subarray(0, input.length)).equals(Buffer.from(input)));
    assert.equal(open(twice).newestSectionKind, newestSectionKind);
    assert.doesNotMatch(text(twice.subarray(input.length)), /XRefStm/);
    assertJudgesAgree(folder, twice, 2, pki.rootPem);
    assert.deepEqual(await verdicts(twice), ['valid-extended', 'valid-extended', 'valid']);
    writeFileSync(join(folder, `${made.length}.pdf`), twice);
    made.push(name);
  });
}

const made: string[] = [];

test('iText 5 reads each of these files without mending it, and finds both signatures whole', { skip: skipWithoutItext }, async () => {
  // Debian's comes without Bouncy Castle, without which it opens nothing that is encrypted.
  const asked = made.map((name, i) => ({ name, path: join(folder, `${i}.pdf`) })).filter(({ name }) => !name.includes('encrypted'));
  assert.ok(asked.length > 15);
  const opinions = await askItext(asked, folder);
  for (const { name, path } of asked) {
    const opinion = opinions.get(path);
    assert.ok(opinion !== undefined && 'signatures' in opinion, `${name}: ${JSON.stringify(opinion)}`);
    assert.deepEqual(opinion.signatures.map(({ integrity }) => integrity), ['ok', 'ok'], name);
    assert.equal(opinion.signatures.filter(({ coversWhole }) => coversWhole).length, 1, name);
  }
});

test('what is no lawful PDF is refused in words that name what is wrong', async () => {
  const good = plain();
  const cases: Readonly<Record<string, readonly [Uint8Array, RegExp]>> = {
    'cut off': [bytes(good.slice(0, good.length / 2)), /startxref.*cắt cụt/],
    'words before the header': [bytes(`HTTP/1.1 200 OK\n${good}`), /trước đầu tệp/],
    'words after the end': [bytes(`${good}thua`), /sau cuối tệp/],
    'a startxref into nothing': [bytes(good.replace(/startxref\n\d+/, 'startxref\n99999')), /nằm ngoài tệp/],
    'a startxref beside the table': [bytes(good.replace(/startxref\n\d+/, 'startxref\n17')), /không có bảng tham chiếu|byte 17/],
    'offsets that are wrong': [bytes(good.replace(/0000000015 00000 n/, '0000000019 00000 n')), /byte 19/],
    'rows of nineteen bytes': [bytes(good.replace(/ n\r\n/g, ' n\n')), /20 byte/],
    'two entries for one object': [bytes(good.replace('xref\n0 4\n', 'xref\n0 1\n0000000000 65535 f\r\n0 4\n')), /ghi hai lần/],
    'sections that lead in a circle': [bytes(good.replace('/Root', `/Prev ${/startxref\n(\d+)/.exec(good)![1]} /Root`)), /trỏ vòng/],
    'no catalog': [bytes(good.replace('/Root 1 0 R', '/Root 9 0 R')), /danh mục gốc/],
    'a page without a size': [bytes(good.replace('/MediaBox [0 0 595 842]', '/MediaBxx [0 0 595 842]')), /khổ giấy/],
    'a page turned by five degrees': [retabled(good.replace('/MediaBox', '/Rotate 5 /MediaBox')), /góc xoay/],
    'a /Size beyond all reason': [bytes(good.replace('/Size 4', '/Size 999999999')), /999999999 đối tượng/],
    'a stream that does not end where it says': [tablePdf([...onePage('/Annots 4 0 R'), '<</Length 2>>\nstream\nabcdef\nendstream']), /không kết thúc đúng chỗ/],
  };
  for (const [name, [input, reason]] of Object.entries(cases)) {
    const result = await engine.sign(bytesSource(input), request());
    assert.ok(!result.ok && result.error.code === 'pdf.broken', `${name}: ${JSON.stringify(result)}`);
    assert.match(String(result.error.params?.['reason']), reason, name);
  }
});

test('a file whose whole is sealed by a code of its encryption is refused, since an update would break the code', async () => {
  const sealed = text(qpdf('giay-moi', '--object-streams=disable', '--encrypt', '', 'x', '256', '--')).replace('/Encrypt ', '/AuthCode <</MACLocation /Standalone>> /Encrypt ');
  assert.deepEqual(await engine.sign(bytesSource(bytes(sealed)), request()), { ok: false, error: { code: 'pdf.encrypted', params: { filter: 'AuthCode' } } });
});

test('an update that would point wrongly is never handed out', () => {
  const input = tablePdf(onePage());
  const file = open(input);
  const update = createUpdate(file);
  update.put(update.allocate(), 0, pdfDict({ Mark: pdfNumber(1) }));
  const { tail } = update.build();
  checkUpdate(file, tail);
  const wrong: Readonly<Record<string, (from: string) => string>> = {
    'an offset one too far': (from) => from.replace(/\n(\d{10}) 00000 n/, (_, at: string) => `\n${String(Number(at) + 1).padStart(10, '0')} 00000 n`),
    'an offset one too short': (from) => from.replace(/\n(\d{10}) 00000 n/, (_, at: string) => `\n${String(Number(at) - 1).padStart(10, '0')} 00000 n`),
    'an offset into the input': (from) => from.replace(/\n\d{10} 00000 n/, '\n0000000015 00000 n'),
    'another catalog': (from) => from.replace('/Root 1 0 R', '/Root 2 0 R'),
    'a lost /Prev': (from) => from.replace(/\/Prev \d+/, (found) => found.replace('/Prev', '/Prex')),
    'a /Prev of another section': (from) => from.replace(/\/Prev (\d+)/, (_, at: string) => `/Prev ${Number(at) + 1}`),
    'a /Size that hides the new object': (from) => from.replace(/\/Size \d+/, '/Size 4'),
    'a startxref that misses': (from) => from.replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) - 1}`),
    'bytes after the end': (from) => `${from} `,
    'a generation that is not the object\'s': (from) => from.replace(/ 00000 n/, ' 00001 n'),
  };
  for (const [name, change] of Object.entries(wrong)) {
    const damaged = bytes(change(text(tail)));
    assert.notDeepEqual(damaged, Buffer.from(tail), name);
    assert.throws(() => checkUpdate(file, damaged), (error) => error instanceof AppFailure && error.error.code === 'signing.self-check-failed', name);
  }
});

/** Pixels that are not white, as poppler shows the page: where the image stands, in millimetres from the top left. */
function inkBox(document: Uint8Array, dpi: number): { readonly page: readonly [number, number]; readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } {
  writeFileSync(join(folder, 'shown.pdf'), document);
  const done = run('pdftoppm', ['-cropbox', '-r', String(dpi), '-singlefile', join(folder, 'shown.pdf'), join(folder, 'shown')]);
  assert.equal(done.status, 0, done.output);
  const ppm = readFileSync(join(folder, 'shown.ppm'));
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(ppm.subarray(0, 40).toString('latin1'))!;
  const [width, height] = [Number(header[1]), Number(header[2])];
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = header[0].length + (y * width + x) * 3;
      if (ppm[at]! > 200 && ppm[at + 1]! > 200 && ppm[at + 2]! > 200) continue;
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
    }
  }
  const mm = 25.4 / dpi;
  return { page: [width * mm, height * mm], left: left * mm, top: top * mm, right: (right + 1) * mm, bottom: (bottom + 1) * mm };
}

test('the seal stands where it was asked for, to a millimetre, whatever the page\'s rotation, crop box and unit', async () => {
  const asked = { x: 120, y: 200, width: 36, height: 36 };
  const seal = readFileSync(new URL('images/con-dau-do.png', fixtures));
  const pages: Readonly<Record<string, readonly string[]>> = {
    'upright': onePage('', '[0 0 595 842]'),
    'turned by 90': onePage('/Rotate 90', '[0 0 842 595]'),
    'turned by 180': onePage('/Rotate 180', '[0 0 595 842]'),
    'turned by 270': onePage('/Rotate 270', '[0 0 842 595]'),
    'turned by -90': onePage('/Rotate -90', '[0 0 842 595]'),
    'a media box that does not begin at zero': onePage('', '[100 -200 695 642]'),
    'a crop box inside a larger sheet': onePage('/CropBox [50 70 645 912]', '[0 0 800 1000]'),
    'a crop box turned by 90': onePage('/CropBox [-30 -40 812 555] /Rotate 90', '[-100 -100 900 900]'),
    'a crop box turned by 270': onePage('/CropBox [-30 -40 812 555] /Rotate 270', '[-100 -100 900 900]'),
    'a crop box larger than the sheet': onePage('/CropBox [-100 -100 900 900]', '[0 0 595 842]'),
    'units of two points': onePage('/UserUnit 2', '[0 0 297.5 421]'),
    'units of half a point, cropped, turned by 180': onePage('/UserUnit 0.5 /CropBox [10 20 1200 1704] /Rotate 180', '[0 0 1300 1800]'),
    'boxes with their corners the other way round': onePage('/CropBox [645 912 50 70]', '[800 1000 0 0]'),
  };
  for (const [name, objects] of Object.entries(pages)) {
    const output = await signed(tablePdf(objects), { image: seal, place: { page: 1, rect: asked } });
    // Poppler takes every unit for a point; that larger units come out in their true size is mutool's to say (engine.test.ts).
    const unit = Number(/\/UserUnit ([\d.]+)/.exec(objects.join(' '))?.[1] ?? 1);
    const shown = inkBox(output, 96 / Math.min(1, unit));
    const box = { page: shown.page.map((size) => size * unit), left: shown.left * unit, top: shown.top * unit, right: shown.right * unit, bottom: shown.bottom * unit };
    assert.ok(Math.abs(box.page[0]! - 209.9) < 0.6 && Math.abs(box.page[1]! - 297) < 0.6, `${name}: the page is shown as ${box.page.join(' × ')} mm`);
    for (const [side, is, should] of [['left', box.left, asked.x], ['top', box.top, asked.y], ['right', box.right, asked.x + asked.width], ['bottom', box.bottom, asked.y + asked.height]] as const) {
      assert.ok(Math.abs(is - should) < 1, `${name}: ${side} at ${is.toFixed(2)} mm instead of ${should}`);
    }
  }
});
