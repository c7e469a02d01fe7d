import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { arrivalFromPackage, noticeFromStatus, packageFromDocument, statusFromNotice } from '../../src-server/gateway/exchange.ts';
import type { Directory, OutgoingDocument, StatusNotice } from '../../src-server/gateway/exchange-types.ts';
import { fromAxisTime, toAxisTime } from '../../src-server/gateway/vietnam-time.ts';
import { statusCodes, type StatusCode } from '../../src-shared/edxml/codes.ts';
import { writePackage, writeStatus } from '../../src-shared/edxml/writer.ts';
import { gather, readBytes } from './support/read.ts';
import { pdf } from './support/sample.ts';

const sha256 = createHash('sha256').update(pdf).digest('hex');
const from = { code: '000.00.00.H41', name: 'UBND xã Hòa Tiến' };
const document: OutgoingDocument = {
  documentId: '000.00.00.H41,2026/11/20,15/UBND-VP',
  title: 'V/v báo cáo kết quả',
  kindName: 'Công văn',
  number: '05',
  notation: 'UBND-VP',
  issuedOn: '2026-11-20',
  place: 'Hòa Tiến',
  signer: { capacity: 'KT. CHỦ TỊCH', position: 'Phó Chủ tịch', fullName: 'Nguyễn Văn A' },
  urgency: '2',
  dueOn: '2026-11-30',
  pages: 3,
  toPlaces: ['Như trên', 'Lưu: VT'],
  replies: [{ officeCode: 'G22', numberAndNotation: '267/VPCP', issuedOn: '2026-11-02', documentId: 'x-1' }],
  business: '0',
  reason: null,
  updates: null,
  replaces: [],
  staff: { department: 'Văn thư', name: 'Trần Thị B', email: null, phone: '0912' },
  from,
  to: [
    { code: 'H14.05', name: 'UBND xã Hòa Sơn' },
    { code: '000.12.34.H17', name: 'UBND huyện Hòa Vang' },
    { code: 'Y98.01', name: 'Cơ quan lạ' },
  ],
  sentAt: '2026-11-20T17:30:00.000Z',
  files: [{ sha256, name: 'Công văn số 5 – ký số.pdf', sizeBytes: pdf.length }],
};
const directory: Directory = (code) => ({ '000.00.00.H41': { name: 'UBND xã Hòa Tiến', ceasedOn: null }, 'H14.05': { name: 'UBND xã Hòa Sơn', ceasedOn: null }, '000.12.34.H17': { name: 'UBND huyện Hòa Vang', ceasedOn: '2025-06-30' } })[code];

async function* open(): AsyncGenerator<Uint8Array, void, undefined> {
  yield await Promise.resolve(pdf);
}

async function arrive(sent: OutgoingDocument, ourCodes: readonly string[] = ['H14.05'], known: Directory = directory): Promise<ReturnType<typeof arrivalFromPackage>> {
  const mapped = packageFromDocument(sent, open);
  assert.ok(mapped.ok, mapped.ok ? '' : mapped.refusal.reason);
  const { outcome, kept } = await readBytes(await gather(writePackage(mapped.value, { columns: 76 })));
  assert.ok(outcome.ok && outcome.message.kind === 'document', outcome.ok ? '' : outcome.refusal.reason);
  const attachments = outcome.attachments.map((each) => ({ ...each, sha256: createHash('sha256').update(kept[each.index]?.bytes ?? '').digest('hex') }));
  return arrivalFromPackage(outcome.message, attachments, { directory: known, ourCodes: new Set(ourCodes), signature: outcome.signature });
}

test('a document goes over the axis and arrives as it was: fields, files by their hash, and who is who', async () => {
  const arrived = await arrive(document);
  const { from: sender, to, files, sentAt, reason, addressedToUs, signature, ...fields } = arrived;
  const { from: _, to: __, files: ___, sentAt: ____, reason: _____, ...wanted } = document;
  assert.deepEqual(fields, wanted);
  assert.deepEqual(sender, { ...from, standing: 'known' });
  assert.deepEqual(to.map(({ standing }) => standing), ['known', 'ceased', 'unknown']);
  assert.deepEqual(files, [{ sha256, name: 'Cong_van_so_5_ky_so.pdf', sizeBytes: pdf.length, description: 'Công văn số 5 – ký số.pdf' }]);
  assert.equal(sentAt, document.sentAt);
  assert.equal(reason, 'Văn bản điện tử mới');
  assert.equal(addressedToUs, true);
  assert.deepEqual(signature, { state: 'none' });
});

test('an office that no directory knows, and one that ceased, send like any other and are marked', async () => {
  assert.equal((await arrive(document, ['H14.05'], () => undefined)).from.standing, 'unknown');
  assert.equal((await arrive(document, ['H14.05'], () => ({ name: 'x', ceasedOn: '2025-06-30' }))).from.standing, 'ceased');
});

test('what is not addressed to us says so', async () => {
  assert.equal((await arrive(document, ['A01'])).addressedToUs, false);
});

test('recall, update and replacement carry what they are about', async () => {
  const recall = await arrive({ ...document, business: '1', reason: 'Sai thể thức', files: [] });
  assert.deepEqual([recall.business, recall.reason, recall.documentId, recall.files], ['1', 'Sai thể thức', document.documentId, []]);
  assert.equal((await arrive({ ...document, business: '2', updates: 'cũ-1' })).updates, 'cũ-1');
  const replaces = [{ documentId: 'cũ-1', officeCodes: ['H14.05'] }, { documentId: 'cũ-2', officeCodes: [] }];
  assert.deepEqual((await arrive({ ...document, business: '3', replaces })).replaces, replaces);
});

const unsendable: readonly (readonly [name: string, said: RegExp, change: Partial<OutgoingDocument>])[] = [
  ['without receivers', /thiếu nơi nhận/, { to: [] }],
  ['without files', /không có tệp đính kèm/, { files: [] }],
  ['with a file of 0 bytes', /“trống.pdf” rỗng/, { files: [{ sha256, name: 'trống.pdf', sizeBytes: 0 }] }],
  ['with a title of 501 characters', /Subject dài quá 500/, { title: 'ư'.repeat(501) }],
  ['to a code of no form', /mã định danh/, { to: [{ code: 'xã Hòa Sơn', name: 'UBND xã Hòa Sơn' }] }],
  ['on a day that there is not', /ngày có thật/, { issuedOn: '2026-02-30' }],
  ['an update of nothing', /văn bản được cập nhật/, { business: '2' }],
  ['a replacement of nothing', /văn bản bị thay thế/, { business: '3' }],
];
for (const [name, said, change] of unsendable) {
  test(`not sent, with the reason: ${name}`, () => {
    const mapped = packageFromDocument({ ...document, ...change }, open);
    assert.ok(!mapped.ok);
    assert.match(mapped.refusal.reason, said);
  });
}

test('file names of any kind go as provinces ask: 50 characters, no marks, none twice, the own name beside', async () => {
  const names = [`${'Quyết định phê duyệt '.repeat(15)}.pdf`, `${'Quyết định phê duyệt '.repeat(15)}.PDF`, '../../etc/passwd', '.pdf', 'Đề án/nâng cấp\n\u{0}.docx', 'a.pdf', 'á.pdf', '文書.xlsx'];
  const arrived = await arrive({ ...document, files: names.map((name) => ({ sha256, name, sizeBytes: pdf.length })) });
  const got = arrived.files.map(({ name }) => name);
  assert.ok(got.every((name) => name.length <= 50 && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)), got.join(' | '));
  assert.equal(new Set(got).size, names.length);
  assert.equal(arrived.files[0]?.description?.startsWith('Quyết định phê duyệt'), true);
  assert.deepEqual(got.slice(5, 7), ['a.pdf', 'a_2.pdf']);
});

for (const code of Object.keys(statusCodes) as StatusCode[]) {
  test(`status ${code} goes to the sender and is read there`, async () => {
    const notice: StatusNotice = { code, from: { code: 'H14.05', name: 'UBND xã Hòa Sơn' }, about: document.replies[0]!, staff: document.staff, description: 'Lý do: …', at: '2026-11-20T18:00:01.000Z' };
    const mapped = statusFromNotice(notice);
    assert.ok(mapped.ok);
    const { outcome } = await readBytes(await gather(writeStatus(mapped.value)));
    assert.ok(outcome.ok && outcome.message.kind === 'status');
    assert.deepEqual(noticeFromStatus(outcome.message.header, directory), { ...notice, from: { ...notice.from, standing: 'known' } });
    const silent = statusFromNotice({ ...notice, description: null });
    assert.equal(silent.ok, !['02', '13', '16'].includes(code), 'a refusal says why');
    assert.equal(statusFromNotice({ ...notice, description: 'x'.repeat(1001) }).ok, false);
  });
}

test('times are Vietnam’s, whatever this machine’s zone is, and come back to the second', () => {
  assert.equal(toAxisTime('2026-12-31T17:00:00.000Z'), '2027/01/01 00:00:00');
  fc.assert(
    fc.property(fc.date({ min: new Date('1990-01-01'), max: new Date('2099-01-01'), noInvalidDate: true }), (at) => {
      const whole = new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();
      assert.equal(fromAxisTime(toAxisTime(whole)), whole);
    }),
    { seed: 7 },
  );
});
