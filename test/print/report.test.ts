import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReportPrinter } from '../../src-main/print/report.ts';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { about, sample, sampleEvidence, see, sha256 } from './support.ts';

const print = createReportPrinter();
const lasting = '2-luu-tru-hai-nguoi';

test('the report says in Vietnamese who signed, when, whether whole, and by what it was judged', async (t) => {
  const report = sample(lasting);
  const seen = see(t, await print(report, about, sampleEvidence(lasting)));
  assert.ok(await qpdfIsSound(seen.file));
  const text = await seen.text();
  assert.equal(text, text.normalize('NFC'));
  const wanted = [
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc', 'UBND XÃ SƠN TỊNH', 'PHIẾU KIỂM TRA CHỮ KÝ SỐ', 'Công văn số 15/UBND-VP ngày 20/11/2026 của Ủy ban nhân dân tỉnh Quảng Ngãi',
    'HỢP LỆ, SAU ĐÓ CÓ THÊM CHỮ KÝ', 'Về việc tăng cường phòng, chống cháy rừng', 'Nguyễn Đức Thắng', 'Toàn vẹn', 'có dấu thời gian chứng minh', 'Phản hồi OCSP', 'PAdES B-LTA', 'Kiểm tra nhanh', 'Trang 1/',
    report.signatures[0]?.signer?.serial, report.signatures[0]?.signer?.thumbprint,
  ];
  for (const words of wanted) assert.ok(words !== undefined && text.includes(words), `${words} in ${text.slice(0, 3000)}`);
  // UTC+7, as the clock on the wall has it
  const at = new Date(Date.parse(report.checkedAt ?? '') + 7 * 3_600_000).toISOString();
  assert.ok(text.includes(`${at.slice(11, 19)} ngày ${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)}`));
});

test('the type is inside the file, the file says what it is, and it asks for nothing outside', async (t) => {
  const seen = see(t, await print(sample(lasting), about, sampleEvidence(lasting)));
  const fonts = await seen.fonts();
  assert.ok(fonts.length >= 2);
  for (const { name, embedded } of fonts) assert.ok(embedded && /\+Tinos/.test(name), name);
  const info = await seen.info();
  assert.match(info, /^Title: +Phiếu kiểm tra chữ ký số: Công văn số 15\/UBND-VP/m);
  assert.match(info, /^JavaScript: +no$/m);
  assert.match(info, /^Page size: +595\.28 x 841\.89 pts \(A4\)$/m);
  const objects = await seen.objects();
  // ISO 19005-3: its mark, one colour space for all, related files; ISO 32000: the language of the document
  assert.match(objects, /<pdfaid:part>3<\/pdfaid:part>\s+<pdfaid:conformance>B<\/pdfaid:conformance>/);
  assert.match(objects, /\/OutputIntents \[/);
  assert.match(objects, /\/AF \[/);
  assert.match(objects, /\/AFRelationship \/Source/);
  assert.match(objects, /\/Lang \(vi\)/);
  for (const outside of ['/URI', '/Launch', '/GoToR', '/SubmitForm', '/JavaScript', '/OpenAction', '/AA ']) assert.ok(!objects.includes(outside), outside);
});

test('the report and every proof go along, byte for byte', async (t) => {
  const report = sample(lasting);
  const evidence = sampleEvidence(lasting);
  const seen = see(t, await print(report, about, evidence));
  const attached = await seen.attached();
  assert.deepEqual(JSON.parse(attached.get('bao-cao.json')?.toString('utf8') ?? ''), report);
  const proofs = [...attached].filter(([name]) => name !== 'bao-cao.json');
  assert.deepEqual(proofs.map(([, bytes]) => sha256(bytes)).sort(), evidence.map((each) => each.sha256).sort());
  const names = proofs.map(([name]) => name);
  for (const name of ['nguoi-ky-nguyen-duc-thang.cer', 'ocsp-01.ors']) assert.ok(names.includes(name), names.join());
  assert.ok(names.every((name) => /^[a-z0-9-]+\.(cer|ors|crl)$/.test(name)), names.join());
  const signer = report.signatures[0]?.signer?.thumbprint ?? '';
  assert.equal(sha256(attached.get('nguoi-ky-nguyen-duc-thang.cer') ?? Buffer.alloc(0)), signer);
  // whoever has the paper alone can tell the files by their digests
  const text = await seen.text();
  for (const { sha256: digest } of evidence) assert.ok(text.includes(digest), digest);
});

test('a list of revoked certificates goes along as .crl', async (t) => {
  const seen = see(t, await print(sample('2-danh-sach-thu-hoi'), about, sampleEvidence('2-danh-sach-thu-hoi')));
  assert.ok([...(await seen.attached()).keys()].includes('crl-01.crl'));
});

test('the same report gives the same bytes at any time, and another gives others', async () => {
  const report = sample(lasting);
  const first = await print(report, about, sampleEvidence(lasting));
  await new Promise((resolve) => setImmediate(resolve));
  const printer = createReportPrinter();
  assert.equal(sha256(await printer(report, about, sampleEvidence(lasting))), sha256(first));
  assert.notEqual(sha256(await print({ ...report, checkedAt: '2030-01-01T00:00:00.000Z' }, about, sampleEvidence(lasting))), sha256(first));
  assert.notEqual(sha256(await print(report, { ...about, title: 'Khác' }, sampleEvidence(lasting))), sha256(first));
  const undated = await print(sample('1-mot-chu-ky'), about, []);
  assert.equal(sha256(await print(sample('1-mot-chu-ky'), about, [])), sha256(undated));
});

test('a report without a time says so, and the file claims none', async (t) => {
  const seen = see(t, await print(sample('1-mot-chu-ky'), about, []));
  assert.ok((await seen.text()).includes('Không ghi (kết quả do phiên bản cũ của chương trình lưu lại)'));
  assert.doesNotMatch(await seen.info(), /CreationDate|ModDate/);
  assert.doesNotMatch(await seen.objects(), /CreateDate/);
});

test('on the command line nobody’s office stands on it', async (t) => {
  const bare = { fileName: 'tệp của tôi.pdf', sizeBytes: 5, kind: null, code: null, issuer: null, issuedDate: null, title: null, office: null, kept: null };
  const text = await see(t, await print(sample('2-chua-ky'), bare, [])).text();
  assert.ok(text.includes('PHIẾU KIỂM TRA CHỮ KÝ SỐ Tệp tệp của tôi.pdf'), text);
  assert.ok(text.includes('CHƯA CÓ CHỮ KÝ SỐ'));
  assert.ok(!text.includes('CỘNG HÒA'));
});

test('each verdict has words of its own', async (t) => {
  const words = { '2-mot-chu-ky': 'HỢP LỆ', '2-them-noi-dung': 'HỢP LỆ NHƯNG ĐÃ THÊM NỘI DUNG SAU KHI KÝ', '2-sua-sau-khi-ky': 'KHÔNG HỢP LỆ', '2-thu-hoi': 'KHÔNG THỂ KẾT LUẬN' };
  for (const [name, expected] of Object.entries(words)) assert.ok((await see(t, await print(sample(name), about, [])).text()).includes(expected), name);
});

test('the first page says of each signature what is wrong with it, and where', async (t) => {
  const changed = sample('2-sua-sau-khi-ky');
  const text = await see(t, await print(changed, about, [])).text();
  assert.match(text, /Chữ ký 1 \([^)]+\): tệp bị thay đổi trái phép sau khi ký( \(trang \d+\))?\./);
  assert.doesNotMatch(await see(t, await print(sample('2-them-chu-ky'), about, [])).text(), /trái phép|không khớp chữ ký/);
});

test('64 signatures go over as many pages as they need, each under its heading', async (t) => {
  const report = many(64);
  const seen = see(t, await print(report, about, []));
  const text = await seen.text();
  for (let number = 1; number <= 64; number += 1) assert.ok(text.includes(`Chữ ký ${number}: `) || text.includes(`số ${number}: `), String(number));
  assert.ok(Number(/Pages: +(\d+)/.exec(await seen.info())?.[1]) > 20);
  assert.ok(await qpdfIsSound(seen.file));
});

test('25 signatures take less than a second of the processor', async () => {
  const report = many(25);
  const evidence = sampleEvidence(lasting);
  await print(report, about, evidence);
  let best = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const before = process.threadCpuUsage();
    await print(report, about, evidence);
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  assert.ok(best < 1000, `${best} ms`);
});

function many(count: number): VerificationReport {
  const report = sample(lasting);
  const of = report.signatures;
  return { ...report, signatures: Array.from({ length: count }, (_, index) => ({ ...(of[index % of.length] ?? assert.fail()), revision: { index: index + 1, of: count } })) };
}
