import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { officialCsv } from '../../src-main/print/official/csv.ts';
import { handOverMinutes } from '../../src-main/print/official/minutes.ts';
import { officialPdf } from '../../src-main/print/official/pdf.ts';
import { printable } from '../../src-main/print/official/wrap.ts';
import { officialXlsx, sheetName } from '../../src-main/print/official/xlsx.ts';
import { officeConverts } from '../support/office-suite.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { documentIndex, incomingRegister } from './official-samples.ts';
import { see, sha256 } from './support.ts';

test('a register of 150 documents has every row once, in order, and its head on each page', async (t) => {
  const table = { ...incomingRegister(150), rows: incomingRegister(150).rows.map((row, at) => [...row.slice(0, 9), `g${at + 1}.`]) };
  const seen = see(t, await officialPdf(table));
  assert.ok(await qpdfIsSound(seen.file));
  const info = await seen.info();
  assert.match(info, /^Page size: +841\.89 x 595\.28 pts \(A4\)$/m);
  assert.match(info, /^Tagged: +yes$/m);
  const text = await seen.text();
  assert.equal(text.match(/Ngày đến/g)?.length, Number(/Pages: +(\d+)/.exec(info)?.[1]));
  assert.deepEqual(text.match(/\bg\d+\./g), Array.from({ length: 150 }, (_, at) => `g${at + 1}.`));
  for (const words of ['ỦY BAN NHÂN DÂN XÃ SƠN TỊNH', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN', '(10)', 'Sổ này có 150 văn bản.', 'Trần Thị Ánh Nguyệt']) assert.ok(text.includes(words), words);
  assert.ok((await seen.fonts()).every(({ embedded }) => embedded));
});

test('the same register gives the same bytes, upright as an index too', async () => {
  const [one, two] = [await officialPdf(documentIndex(30), { orientation: 'portrait' }), await officialPdf(documentIndex(30), { orientation: 'portrait' })];
  assert.equal(sha256(one), sha256(two));
});

test('a row that is higher than a page goes over as many as it needs, and an empty register has its head', async (t) => {
  const table = documentIndex(1);
  const long = Array.from({ length: 300 }, (_, at) => `w${at}.`).join('\n');
  const text = await see(t, await officialPdf({ ...table, rows: [['1', '', '', long, '', '', '']] })).text();
  assert.deepEqual(text.match(/\bw\d+\./g), long.split('\n'));
  assert.ok((await see(t, await officialPdf({ ...table, rows: [] })).text()).includes('Ghi chú'));
});

test('minutes of a hand-over name both sides, all dossiers and both signatures', async (t) => {
  const dossiers = Array.from({ length: 40 }, (_, at) => ({ code: `${at + 1}.KT.`, title: 'Hồ sơ phòng cháy', time: '2025', retention: '10 năm', sheets: '45', note: '' }));
  const seen = see(t, await handOverMinutes({ parentBody: null, body: 'UBND xã Sơn Tịnh', placeAndDate: '', grounds: ['Kế hoạch số 5'], giver: { unit: 'Phòng Kinh tế', people: [{ name: 'Lê Thị Bưởi', position: '' }] }, receiver: { unit: 'Lưu trữ cơ quan', people: [] }, subject: 'Hồ sơ năm 2025', dossiers, remarks: [], copies: 2 }));
  assert.ok(await qpdfIsSound(seen.file));
  const text = await seen.text();
  assert.deepEqual(text.match(/\d+\.KT\./g), dossiers.map(({ code }) => code));
  for (const words of ['BÊN GIAO: Phòng Kinh tế', 'BÊN NHẬN: Lưu trữ cơ quan', 'Lê Thị Bưởi', '40 hồ sơ', 'ĐẠI DIỆN BÊN GIAO', 'ĐẠI DIỆN BÊN NHẬN']) assert.ok(text.includes(words), words);
});

const risky = ['=1+1', '+cmd|x', '-2+3', '@SUM(A1)', '=HYPERLINK("http://x")', '\t=1+1', '_x0041_', ' a ', '007', '15', '22/11/2026', 'Nguyễn "Văn" Đức, ông', 'dòng một\ndòng hai', '<b>&amp;'];

test('an office suite reads the sheet as it was written: no text becomes a formula, plain integers are numbers', async () => {
  const table = { ...incomingRegister(1), columns: incomingRegister(1).columns.slice(0, 2), rows: risky.map((text, at) => [text, String(at)]) };
  const bytes = await officialXlsx(table);
  const cells = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
  assert.ok(!/<f[ >]/.test(cells));
  assert.match(cells, /<c r="A\d+" s="\d+"( t="n")?><v>15<\/v>/);
  const csv = (await officeConverts(bytes, 'csv')).toString('utf8');
  for (const text of risky) assert.ok(csv.includes(text.replaceAll('"', '""')), `${JSON.stringify(text)} in ${csv}`);
});

test('CSV has its mark, quotes by RFC 4180, and disarms what a spreadsheet would compute', () => {
  const csv = Buffer.from(officialCsv({ ...incomingRegister(0), columns: incomingRegister(0).columns.slice(0, 1), rows: risky.map((text) => [text]) })).toString('utf8');
  assert.ok(csv.startsWith('\uFEFFNgày đến\r\n'));
  for (const line of ["'=1+1", "'+cmd|x", "'-2+3", "'@SUM(A1)", '"Nguyễn ""Văn"" Đức, ông"', '007', '"dòng một\ndòng hai"']) assert.ok(csv.includes(line), line);
  assert.ok(!/(^|\r\n|,)"?\s*[=@]/.test(csv));
});

test('a sheet has a name that Excel takes, whatever its title', () => {
  for (const [title, name] of [["'a/b'", 'a b'], ['', 'Sổ'], ['History', 'Sổ'], ['[x]:*?', 'x'], ['x'.repeat(40), 'x'.repeat(31)]] as const) assert.equal(sheetName(title), name);
});

test('any table, of any letters, gives files that open and hold its texts', { timeout: 120_000 }, async (t) => {
  const seed = 20261122;
  t.diagnostic(`seed ${seed}`);
  const word = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 40 }), fc.string({ minLength: 200, maxLength: 300 }), fc.constantFrom(...risky));
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(word, word), { maxLength: 12 }), word, async (rows, title) => {
    const table = { ...incomingRegister(0), title, columns: incomingRegister(0).columns.slice(0, 2), rows };
    const seen = see(t, await officialPdf(table));
    assert.ok(await qpdfIsSound(seen.file));
    const bare = (text: string): string => Array.from(text.normalize('NFKD').replaceAll(/[^\p{Script=Latin}\p{N}]/gu, '')).sort().join('');
    const found = bare(await seen.text());
    let at = 0;
    for (const letter of bare(rows.flat().map(printable).join(''))) {
      at = found.indexOf(letter, at);
      assert.ok(at >= 0, `${letter} is missing`);
      at += 1;
    }
    for (const [name, xml] of Object.entries(unzipSync(await officialXlsx(table)))) if (name.endsWith('.xml')) execFileSync('xmllint', ['--noout', '-'], { input: xml, stdio: 'pipe' });
    assert.equal(Buffer.from(officialCsv(table)).subarray(0, 3).toString('hex'), 'efbbbf');
  }), { seed, numRuns: 25 });
});
