import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dossierPackage } from '../../src-main/print/official/dossier-package.ts';
import type { ArchivedDossier, ArchivedFile } from '../../src-main/ports/printing.ts';

const schema = fileURLToPath(new URL('../../resources/dossier/dossier.xsd', import.meta.url));
const options = { parentBody: null, body: 'UBND xã Sơn Tịnh', placeAndDate: '', at: new Date('2026-11-22T03:00:00Z') };

function file(name: string, text: string, sha256 = createHash('sha256').update(text).digest('hex')): ArchivedFile {
  return { name, mediaType: 'application/pdf', sizeBytes: Buffer.byteLength(text), sha256, signed: null, content: async function* () { yield Buffer.from(text); } };
}

function dossier(files: readonly ArchivedFile[]): ArchivedDossier {
  return {
    fileCode: { organId: '000.00.17.H48', fileCatalog: 2026, fileNotation: '01.VP' }, title: 'Hồ sơ <phòng cháy> & chữa cháy \u0007', maintenance: '10 năm', rights: '', creator: 'Trần Thị Nguyệt', language: 'Tiếng Việt', startDate: '2026-01-05', endDate: '', docTotal: 1, pageTotal: 3, description: '',
    documents: [{ docOrdinal: 1, typeName: 'Quyết định', codeNumber: '15', codeNotation: 'QĐ-UBND', issuedDate: '2026-02-05', organName: 'UBND xã', subject: 'Về việc phòng cháy', language: 'Tiếng Việt', pageAmount: 3, description: '', signers: [{ position: 'Chủ tịch', fullName: 'Lê Văn Đức' }], files }],
  };
}

async function collect(files: readonly ArchivedFile[]): Promise<Buffer> {
  const made = await dossierPackage(dossier(files), options);
  assert.ok(made.ok);
  const pieces: Uint8Array[] = [];
  for await (const piece of made.value) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a dossier is a ZIP that other programs test and open; its index is valid and names the hash of each file', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-dossier-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const zip = join(dir, 'dossier.zip');
  writeFileSync(zip, await collect([file('Quyết định số 15.pdf', 'một'), file('../../etc/Phụ lục.PDF', 'hai'), file('phu luc.pdf', 'ba'), file('.....', '')]));
  execFileSync('unzip', ['-tq', zip]);
  assert.deepEqual(execFileSync('zipinfo', ['-1', zip], { encoding: 'utf8' }).trim().split('\n'), ['index.xml', 'muc-luc-van-ban.pdf', 'muc-luc-van-ban.xlsx', 'van-ban/01-quyet-dinh-so-15.pdf', 'van-ban/01-etc-phu-luc.pdf', 'van-ban/01-phu-luc.pdf', 'van-ban/01-tep', 'sha256sum.txt']);
  execFileSync('unzip', ['-q', zip, '-d', dir]);
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(dir, 'index.xml')], { stdio: 'pipe' });
  const xml = readFileSync(join(dir, 'index.xml'), 'utf8');
  const named = [...xml.matchAll(/<Path>([^<]+)<\/Path>.*?<SHA256>([0-9a-f]{64})</g)];
  assert.equal(named.length, 4);
  for (const [, path, sha256] of named) assert.equal(createHash('sha256').update(readFileSync(join(dir, path ?? ''))).digest('hex'), sha256);
  assert.match(execFileSync('sha256sum', ['--strict', '-c', 'sha256sum.txt'], { cwd: dir, encoding: 'utf8' }), /^(van-ban\/\S+: OK\n){4}$/);
  assert.ok(execFileSync('pdftotext', [join(dir, 'muc-luc-van-ban.pdf'), '-'], { encoding: 'utf8' }).includes('15/QĐ-UBND'));
});

test('of each file it is said how long its signatures can be proven from it, and no more than is known', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-dossier-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  const checked = { verdict: 'valid', checkedAt: '2026-11-22T03:00:00.000Z' } as const;
  writeFileSync(join(dir, 'd.zip'), await collect([
    { ...file('a.pdf', 'a'), signed: { count: 2, level: 'B-LTA', ...checked } }, { ...file('b.pdf', 'b'), signed: { count: 1, level: 'B-B', ...checked } },
    { ...file('c.pdf', 'c'), signed: { count: 0, level: null, verdict: 'unsigned', checkedAt: null } }, file('d.docx', 'd'),
  ]));
  execFileSync('unzip', ['-q', join(dir, 'd.zip'), '-d', dir]);
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(dir, 'index.xml')], { stdio: 'pipe' });
  const xml = readFileSync(join(dir, 'index.xml'), 'utf8');
  assert.deepEqual([...xml.matchAll(/<Signatures[^>]*>/g)].map(([found]) => found), [
    '<Signatures count="2" level="B-LTA" verdict="valid" checkedAt="2026-11-22T03:00:00.000Z"/>', '<Signatures count="1" level="B-B" verdict="valid" checkedAt="2026-11-22T03:00:00.000Z"/>', '<Signatures count="0" verdict="unsigned"/>',
  ]);
  const index = execFileSync('pdftotext', ['-layout', join(dir, 'muc-luc-van-ban.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
  for (const said of ['1 tệp có chữ ký số ở mức B-LTA', '1 tệp có chữ ký số chưa đạt mức B-LTA', '1 tệp không có chữ ký số.', '1 tệp chưa được kiểm tra chữ ký số.']) assert.ok(index.includes(said), said);
  writeFileSync(join(dir, 'x.xml'), xml.replace('B-LTA', 'B-FOREVER'));
  assert.throws(() => execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(dir, 'x.xml')], { stdio: 'pipe' }));
});

test('an index with a wrong hash or without a title is not valid', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'van-thu-dossier-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'd.zip'), await collect([file('a.pdf', 'a')]));
  const xml = execFileSync('unzip', ['-p', join(dir, 'd.zip'), 'index.xml'], { encoding: 'utf8' });
  for (const broken of [xml.replace(/<SHA256>../, '<SHA256>'), xml.replace(/<Title>.*<\/Title>/, '<Title/>'), xml.replace('van-ban/', '../')]) {
    writeFileSync(join(dir, 'x.xml'), broken);
    assert.throws(() => execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(dir, 'x.xml')], { stdio: 'pipe' }));
  }
});

test('a content that is not what its hash says leaves no package that opens', async () => {
  await assert.rejects(collect([file('a.pdf', 'a', '0'.repeat(64))]), /not what its hash says/);
});

test('a dossier beyond the format is refused before anything is written', async () => {
  const made = await dossierPackage(dossier([{ ...file('a.pdf', 'a'), sizeBytes: 5_000_000_000 }]), options);
  assert.ok(!made.ok && made.error.code === 'dossier.too-large');
});
