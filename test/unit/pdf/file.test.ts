import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { bytesSource, type ByteSource } from '../../../src-main/ports/bytes.ts';
import { attempt, createUpdate, openPdf, pdfDict, pdfNumber, type PdfFile } from '../../../src-main/pdf/index.ts';
import { objectStreamPdf, onePage, tablePdf } from './make-pdf.ts';

const fixtures = new URL('../../fixtures/pdf/', import.meta.url);

function open(bytes: Uint8Array): PdfFile {
  const opened = openPdf(bytesSource(bytes));
  assert.ok(opened.ok, JSON.stringify(opened));
  return opened.value;
}

function codeOf(bytes: Uint8Array): string {
  const opened = openPdf(bytesSource(bytes));
  return opened.ok ? 'ok' : opened.error.code;
}

function appended(bytes: Uint8Array, value: number): Buffer {
  const update = createUpdate(open(bytes));
  update.put(update.allocate(), 0, pdfDict({ Mark: pdfNumber(value) }));
  return Buffer.concat([bytes, update.build().tail]);
}

function qpdfAccepts(bytes: Uint8Array): void {
  const folder = mkdtempSync(join(tmpdir(), 'van-thu-pdf-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), bytes);
    execFileSync('qpdf', ['--check', join(folder, 'a.pdf')], { stdio: 'pipe' });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('every object of every fixture is read', () => {
  for (const name of readdirSync(fixtures).filter((one) => !one.includes('password'))) {
    const file = open(readFileSync(new URL(name, fixtures)));
    for (let num = 0; num < file.size; num += 1) {
      const object = file.readObject(num);
      if (object.kind === 'stream' && file.get(object, 'Filter').kind === 'name' && JSON.stringify(file.get(object, 'Filter')).includes('Flate')) file.decode(object);
    }
    for (let index = 0; index < file.pageCount; index += 1) assert.ok(file.findPage(index) !== null);
    assert.equal(file.findPage(file.pageCount), null);
    assert.equal(file.revisions.length, 1);
    assert.equal(file.revisions[0]?.end, file.source.sizeBytes);
  }
});

test('an update takes the form of the newest section and reads back', () => {
  for (const [bytes, kind] of [[tablePdf(onePage()), 'table'], [objectStreamPdf(onePage(), 2), 'stream']] as const) {
    const once = appended(bytes, 1);
    const twice = appended(once, 2);
    const file = open(twice);
    assert.equal(file.newestSectionKind, kind);
    assert.deepEqual(file.revisions.map(({ end }) => end), [bytes.length, once.length, twice.length]);
    assert.ok(twice.subarray(0, bytes.length).equals(bytes));
    qpdfAccepts(twice);
  }
});

test('an input without a last newline keeps its bytes and gets its update on a new line', () => {
  const bytes = tablePdf(onePage()).subarray(0, -1);
  const output = appended(bytes, 1);
  assert.equal(output[bytes.length], 0x0a);
  assert.equal(open(output).revisions.at(-1)?.end, output.length);
  qpdfAccepts(output);
});

test('a hybrid file shows the objects that its table hides, and its update leaves /XRefStm behind', () => {
  // 7.5.8.4: object 4 lives only in the cross-reference stream.
  const base = tablePdf([...onePage('/Annots 4 0 R'), '[]'], '');
  const at = base.length;
  const rows = Buffer.from([1, 0, 0, 0, 0, 0]);
  const hidden = Buffer.from(`4 0 obj\n[null]\nendobj\n`);
  rows.writeUInt32BE(at, 1);
  const streamAt = at + hidden.length;
  const data = deflateSync(rows);
  const stream = Buffer.concat([Buffer.from(`5 0 obj\n<</Type /XRef /Size 6 /Root 1 0 R /W [1 4 1] /Index [4 1] /Filter /FlateDecode /Length ${data.length}>>\nstream\n`), data, Buffer.from('\nendstream\nendobj\n')]);
  const tableAt = streamAt + stream.length;
  const prev = Number(/startxref\n(\d+)/.exec(base.toString('latin1'))?.[1]);
  const hybrid = Buffer.concat([base, hidden, stream, Buffer.from(`xref\n0 0\ntrailer\n<</Size 6 /Root 1 0 R /Prev ${prev} /XRefStm ${streamAt}>>\nstartxref\n${tableAt}\n%%EOF\n`)]);
  const file = open(hybrid);
  assert.deepEqual(file.readObject(4), { kind: 'array', items: [{ kind: 'null' }] });
  const output = appended(hybrid, 1);
  assert.doesNotMatch(output.subarray(hybrid.length).toString('latin1'), /XRefStm/);
  assert.equal(open(output).readObject(4).kind, 'array');
});

test('a page takes what it lacks from the nodes above it', () => {
  const file = open(tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R 5 0 R] /Count 3 /MediaBox [0 0 100 200] /Rotate 450>>', '<</Type /Pages /Kids [4 0 R 4 0 R] /Count 2 /Parent 2 0 R>>', '<</Type /Page /CropBox [10 -5 90 150] /UserUnit 2>>', '<</Type /Page /MediaBox [200 100 0 0] /Rotate -90>>']));
  const page = file.findPage(1);
  assert.deepEqual([page?.num, page?.mediaBox, page?.cropBox, page?.rotate, page?.userUnit], [4, [0, 0, 100, 200], [10, 0, 90, 150], 90, 2]);
  assert.deepEqual([file.findPage(2)?.mediaBox, file.findPage(2)?.rotate], [[0, 0, 200, 100], 270]);
});

test('files that are no sound PDF are refused with the reason', () => {
  const good = tablePdf(onePage());
  const text = good.toString('latin1');
  const change = (from: string | RegExp, to: string): Buffer => Buffer.from(text.replace(from, to), 'latin1');
  assert.equal(codeOf(new Uint8Array(0)), 'file.empty');
  assert.equal(codeOf(Buffer.from('hello')), 'pdf.not-pdf');
  assert.equal(codeOf(readFileSync(new URL('giay-moi-encrypted-password.pdf', fixtures))), 'pdf.password-needed');
  assert.equal(codeOf(change('/Kids [3 0 R] /Count 1', '/Kids []      /Count 0')), 'pdf.no-pages');
  const broken: Record<string, Buffer> = {
    'cut off': good.subarray(0, good.length / 2),
    'bytes before the header': Buffer.concat([Buffer.from('x'), good]),
    'a wrong startxref': change(/startxref\n\d+/, 'startxref\n7'),
    'a startxref outside': change(/startxref\n\d+/, 'startxref\n99999999'),
    'a wrong offset': change(/0000000015 00000 n/, '0000000016 00000 n'),
    'rows of 19 bytes': change(/ n\r\n/g, ' n\n'),
    'no root': change('/Root 1 0 R', ''),
    'two roots': change('/Root 1 0 R', '/Root 1 0 R /Root 3 0 R'),
    'a /Prev that leads home': change('/Root', `/Prev ${/startxref\n(\d+)/.exec(text)?.[1]} /Root`),
    'a catalog that is itself': change('<</Type /Catalog /Pages 2 0 R>>', '1 0 R                          '),
  };
  for (const [name, bytes] of Object.entries(broken)) assert.equal(codeOf(bytes), 'pdf.broken', name);
});

test('a page tree that loops or lies ends in a refusal', () => {
  const loop = open(tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [2 0 R] /Count 1>>']));
  const lie = open(tablePdf(['<</Type /Catalog /Pages 2 0 R>>', '<</Type /Pages /Kids [3 0 R] /Count 9>>', '<</Type /Page /MediaBox [0 0 9 9]>>']));
  for (const file of [loop, lie]) assert.equal(attempt(() => file.findPage(file.pageCount - 1)).ok, false);
});

test('damaged files never escape as another error', () => {
  let seed = 7;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (const good of [appended(tablePdf(onePage()), 1), appended(objectStreamPdf(onePage(), 2), 1)]) {
    for (let round = 0; round < 400; round += 1) {
      const bytes = Buffer.from(good);
      for (let i = random(4); i >= 0; i -= 1) bytes[random(bytes.length)] = random(3) === 0 ? random(256) : 0x30 + random(10);
      const opened = openPdf(bytesSource(bytes));
      if (!opened.ok) continue;
      attempt(() => opened.value.findPage(0));
      attempt(() => opened.value.revisions);
      for (let num = 0; num < Math.min(opened.value.size, 50); num += 1) attempt(() => opened.value.readObject(num));
    }
  }
});

test('opening a large file reads its end, its tables and what is asked for, no more', () => {
  const bytes = tablePdf([...onePage(), Buffer.concat([Buffer.from('<</Length 20000000>>\nstream\n'), Buffer.alloc(20_000_000, 0x41), Buffer.from('\nendstream')])]);
  let read = 0;
  const source: ByteSource = { sizeBytes: bytes.length, read: (offset, length) => { read += length; return bytes.subarray(offset, offset + length); } };
  const opened = openPdf(source);
  assert.ok(opened.ok);
  assert.ok(opened.value.findPage(0) !== null);
  assert.ok(read < 1_000_000, `${read} bytes were read`);
});
