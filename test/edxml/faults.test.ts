import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeDigests } from '../../src-server/gateway/digests.ts';
import type { ReadLimits } from '../../src-shared/edxml/limits.ts';
import { readPackage } from '../../src-shared/edxml/reader.ts';
import { writePackage, writeStatus } from '../../src-shared/edxml/writer.ts';
import { cut, gather, readBytes } from './support/read.ts';
import { attachment, header, pdf, status, trace } from './support/sample.ts';
import { makeZip } from './support/zip.ts';

const one = (await gather(writePackage({ header, trace, attachments: [attachment(0, 'Công văn.pdf', pdf)] }, { columns: 76 }))).toString();
const statusText = (await gather(writeStatus(status))).toString();
const entry = 'b0e3c1aa-2f0f-4b6e-9e1f-0c6b2d7f8a90.pdf';

function withContent(content: Uint8Array | string): string {
  return one.replace(/(<edXML:ContentTransferEncoded>)[^<]*/, `$1${typeof content === 'string' ? content : Buffer.from(content).toString('base64')}`);
}

async function refusalOf(text: string | Uint8Array, limits: Partial<ReadLimits> = {}): Promise<string> {
  const { outcome } = await readBytes(Buffer.from(text), { limits });
  assert.ok(!outcome.ok, 'it was read');
  assert.equal(outcome.refusal.code, '02');
  assert.ok(outcome.refusal.reason.startsWith('Gói tin lỗi: '));
  assert.ok(outcome.refusal.reason.length <= 1000 && outcome.refusal.where.length > 0);
  return `${outcome.refusal.reason} @ ${outcome.refusal.where}`;
}

type Case = readonly [name: string, said: RegExp, text: () => string | Uint8Array, limits?: Partial<ReadLimits>];
const bomb = (): Buffer => makeZip([{ name: entry, bytes: Buffer.alloc(64 << 20) }]);
const laughs = `<!DOCTYPE edXML [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at] ?? ''} "${`&${'abcdefghi'[at] ?? ''};`.repeat(10)}">`).join('')}]>`;

const cases: readonly Case[] = [
  // XML
  ['stray bytes before the declaration', /ký tự lạ ngoài phần tử gốc/, () => `1212${one}`],
  ['stray bytes after the root', /ký tự lạ ngoài phần tử gốc/, () => `${one}x`],
  ['nothing', /rỗng/, () => ''],
  ['blanks alone', /bị cụt|không phải XML/, () => '  \n'],
  ['broken off in the header', /bị cụt|không phải XML/, () => one.slice(0, 900)],
  ['broken off in the Base64', /bị cụt|không phải XML/, () => one.slice(0, one.indexOf('<edXML:ContentTransferEncoded>') + 200)],
  ['two roots', /không phải XML|ký tự lạ/, () => one + one.slice(one.indexOf('<edXML '))],
  ['an undeclared prefix', /tiền tố .* chưa được khai báo/, () => one.replace('<edXML:Subject>', '<khac:Subject>').replace('</edXML:Subject>', '</khac:Subject>')],
  ['an attribute with an undeclared prefix, as in a published sample', /tiền tố .* chưa được khai báo/, () => one.replace('<edXML:Reference>', '<edXML:Reference xlink:href="cid:1">')],
  ['a DOCTYPE', /DOCTYPE/, () => one.replace('<edXML ', '<!DOCTYPE edXML><edXML ')],
  ['a DOCTYPE that asks for a file', /DOCTYPE/, () => one.replace('<edXML ', '<!DOCTYPE edXML [<!ENTITY x SYSTEM "file:///etc/passwd">]><edXML ').replace('V/v', '&x;')],
  ['a billion laughs', /DOCTYPE/, () => one.replace('<edXML ', `${laughs}<edXML `).replace('V/v', '&j;')],
  ['an entity that nobody declared', /thực thể/, () => one.replace('V/v', '&nbsp;')],
  ['two attributes of one name', /trùng tên|không phải XML/, () => one.replace('version="1.0"><edXML:Ref', 'version="1.0" version="1.0"><edXML:Ref')],
  ['a byte that is no UTF-8', /UTF-8/, () => Buffer.concat([Buffer.from(one.slice(0, one.indexOf('V/v'))), Buffer.from([0xff]), Buffer.from(one.slice(one.indexOf('V/v')))])],
  ['half a character at the end', /UTF-8|ký tự lạ/, () => Buffer.concat([Buffer.from(one), Buffer.from([0xe1, 0xba])])],
  ['another character set', /UTF-8/, () => one.replace('encoding="UTF-8"', 'encoding="windows-1258"')],
  ['UTF-16', /UTF-8|XML/, () => Buffer.from(`\u{feff}${one}`, 'utf16le')],
  ['XML 1.1', /phiên bản/, () => one.replace('version="1.0" enc', 'version="1.1" enc')],
  ['a control character by its number', /không phải XML|thực thể/, () => one.replace('V/v', '&#1;')],
  ['elements a thousand deep', /quá sâu/, () => one.replace('V/v', '<a>'.repeat(1000))],
  ['an attribute of 5,000 characters', /thuộc tính quá dài/, () => one.replace('<edXML:Reference>', `<edXML:Reference x="${'a'.repeat(5000)}">`)],
  ['forty attributes', /quá nhiều thuộc tính/, () => one.replace('<edXML:Reference>', `<edXML:Reference ${Array.from({ length: 40 }, (_, at) => `a${at}=""`).join(' ')}>`)],
  ['a text of 100,000 characters', /quá dài/, () => one.replace('V/v', 'x'.repeat(100_000))],
  ['a header of 9 MB', /quá lớn/, () => one.replace('<edXML:Reference>', `${'<!-- x -->'.repeat(900_000)}<edXML:Reference>`)],
  ['a package larger than taken', /quá lớn/, () => withContent(Buffer.alloc(100_000)), { packageBytes: 50_000 }],
  // the message
  ['another root', /phần tử gốc/, () => '<a/>'],
  ['another namespace', /phần tử gốc/, () => one.replaceAll('QCVN_102_2016', 'QCVN_102_2099')],
  ['no envelope', /thiếu edXMLEnvelope/, () => '<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016"/>'],
  ['no header', /thiếu MessageHeader/, () => one.replaceAll('edXML:MessageHeader', 'edXML:Khac')],
  ['no trace', /thiếu TraceHeaderList/, () => one.replace(/<edXML:TraceHeaderList>.*<\/edXML:TraceHeaderList>/s, '')],
  ['no sender', /thiếu From @ .*MessageHeader\/From/, () => one.replace(/<edXML:From>.*?<\/edXML:From>/s, '')],
  ['no receiver', /thiếu nơi nhận/, () => one.replace(/<edXML:To>.*<\/edXML:To>/s, '')],
  ['no document id', /thiếu DocumentId/, () => one.replace(/<edXML:DocumentId>[^<]*<\/edXML:DocumentId>(<edXML:Code>)/, '$1')],
  ['an empty subject', /thiếu Subject/, () => one.replace(/(<edXML:Subject>)[^<]*/, '$1  ')],
  ['two subjects', /có hai phần tử Subject/, () => one.replace(/<edXML:Subject>[^<]*<\/edXML:Subject>/, '$&$&')],
  ['a subject of 501 characters', /Subject dài quá 500 ký tự/, () => one.replace('V/v', 'ư'.repeat(500))],
  ['a number of 12 characters', /CodeNumber dài quá 11 ký tự/, () => one.replace('<edXML:CodeNumber>15', '<edXML:CodeNumber>123456789012')],
  ['a code of no form', /OrganId không đúng dạng mã định danh .*From\/OrganId/, () => one.replace('000.00.00.H41', 'UBND xã')],
  ['a code of 36 characters', /OrganId/, () => one.replace('H14.05.02', `H14.${'0'.repeat(32)}`)],
  ['the second receiver’s code', /To\[2\]\/OrganId/, () => one.replace('>G22<', '>g22<')],
  ['one receiver twice', /hai lần/, () => one.replace('>G22<', '>H14.05.02<')],
  ['a day that the calendar has not', /PromulgationDate phải là ngày có thật/, () => one.replace('<edXML:PromulgationDate>2026/11/20', '<edXML:PromulgationDate>2026/02/30')],
  ['a time that no clock has', /Timestamp phải là giờ có thật/, () => one.replace('16:45:09', '24:00:00')],
  ['a priority that there is not', /Priority có mã không nằm trong danh mục/, () => one.replace('Priority>1', 'Priority>9')],
  ['no type of business', /thiếu BussinessDocType/, () => one.replace(/<edXML:BussinessDocType>0<\/edXML:BussinessDocType>/, '')],
  ['an update of nothing', /văn bản được cập nhật/, () => one.replace('BussinessDocType>0', 'BussinessDocType>2')],
  ['a replacement of nothing', /văn bản bị thay thế/, () => one.replace('BussinessDocType>0', 'BussinessDocType>3')],
  ['letters between elements', /chữ lạc/, () => one.replace('<edXML:CodeNumber>', 'x<edXML:CodeNumber>')],
  ['an element inside a text', /phải chỉ có chữ/, () => one.replace('V/v', '<edXML:b/>')],
  ['a status that there is not', /StatusCode có mã/, () => statusText.replace('StatusCode>03', 'StatusCode>07')],
  ['a status about nothing', /thiếu ResponseFor/, () => statusText.replace(/<edXML:ResponseFor>.*<\/edXML:ResponseFor>/s, '')],
  // attachments
  ['a new document without files', /không có tệp đính kèm/, () => one.replace(/<edXML:AttachmentEncoded.*<\/edXML:AttachmentEncoded>/s, '').replace(/<edXML:Reference>.*<\/edXML:Reference>/s, '')],
  ['a file that the manifest does not know', /không khớp/, () => one.replace('cid:1', 'cid:9')],
  ['a listed file that is not there', /không khớp/, () => one.replace('<edXML:Reference>', '<edXML:Reference><edXML:ContentId>cid:7</edXML:ContentId><edXML:AttachmentName>x</edXML:AttachmentName></edXML:Reference><edXML:Reference>')],
  ['a file without content', /thiếu ContentTransferEncoded/, () => one.replace(/<edXML:ContentTransferEncoded>.*<\/edXML:ContentTransferEncoded>/s, '')],
  ['a file without name', /thiếu AttachmentName/, () => one.replace(/(<edXML:Attachment>.*)<edXML:AttachmentName>[^<]*<\/edXML:AttachmentName>/s, '$1')],
  ['a file of 0 bytes', /rỗng \(0 byte\)/, () => withContent('')],
  ['a packed file of 0 bytes', /rỗng \(0 byte\)/, () => withContent(makeZip([{ name: entry, bytes: Buffer.alloc(0) }]))],
  ['letters that are no Base64', /không phải Base64/, () => withContent('AAAA*AAA')],
  ['Base64 that breaks off', /không phải Base64/, () => withContent('AAAAA')],
  ['padding in the middle', /không phải Base64/, () => withContent('AA==AAAA')],
  ['bits left over', /không phải Base64/, () => withContent('AB==')],
  ['an element in the Base64', /phần tử lạ/, () => withContent('AAAA<edXML:x/>AAAA')],
  ['a character of Base64 by a large number', /không phải Base64/, () => withContent('AAAA&#1234;AAAA')],
  // the ZIP inside
  ['a ZIP bomb', /bom nén/, () => withContent(bomb())],
  ['a ZIP bomb in small', /quá lớn sau khi giải nén/, () => withContent(bomb()), { attachmentBytes: 4 << 20 }],
  ['two files that are too much together', /quá lớn sau khi giải nén/, () => one, { contentBytes: 1000 }],
  ['a ZIP with two entries', /không phải đúng một tệp/, () => withContent(makeZip([{ name: entry, bytes: pdf }, { name: `2${entry}`, bytes: pdf }]))],
  ['a ZIP with two entries that says one', /cấu trúc|kích thước/, () => withContent(makeZip([{ name: entry, bytes: pdf }, { name: `2${entry}`, bytes: pdf }], { count: 1 }))],
  ['a ZIP without entries', /không phải đúng một tệp|Base64|cấu trúc/, () => withContent(Buffer.concat([makeZip([{ name: entry, bytes: pdf }]).subarray(0, 200), makeZip([])]))],
  ['a ZIP that breaks off', /cấu trúc/, () => withContent(makeZip([{ name: entry, bytes: pdf }]).subarray(0, 150))],
  ['the first bytes of a ZIP', /bị cụt/, () => withContent(makeZip([{ name: entry, bytes: pdf }]).subarray(0, 20))],
  ['bytes after the ZIP', /cấu trúc/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { trailing: Buffer.from('x') }))],
  ['a size that lies', /kích thước/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { size: 5 }))],
  ['a size that lies, in the local header', /kích thước/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { size: 5, sized: true }))],
  ['a packed size that lies', /kích thước|cấu trúc/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { packed: 5 }))],
  ['a check sum that lies', /mã kiểm tra/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { crc: 1 }))],
  ['a ZIP with a password', /mật khẩu/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { flags: 9 }))],
  ['a way of packing that is not read', /cách nén/, () => withContent(makeZip([{ name: entry, bytes: pdf }], { method: 12 }))],
  ['data that is not packed as said', /không giải nén được|kích thước/, () => {
    const zip = makeZip([{ name: entry, bytes: pdf }]);
    zip.fill(0xff, 30 + entry.length, 60 + entry.length);
    return withContent(zip);
  }],
];

for (const [name, said, text, limits] of cases) {
  test(`refused with 02: ${name}`, async () => {
    assert.match(await refusalOf(text(), limits), said);
  });
}

test('the other dialect reads alike: no prefix on the attachments, another prefix, any order, line ends of Windows', async () => {
  const bare = one.replace(/<edXML:AttachmentEncoded.*<\/edXML:AttachmentEncoded>/s, (block) => block.replaceAll('edXML:', '').replace(/ xmlns:edXML="[^"]*"/, '').replaceAll('ContentTransferEncoded', 'edXML:ContentTransferEncoded').replace('<edXML:Content', '<edXML:Content').replace('<edXML:ContentTransferEncoded>', '<edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'));
  const renamed = one.replaceAll('edXML:', 'ed:').replaceAll('xmlns:edXML=', 'xmlns:ed=').replaceAll('xmlns:ed:', 'xmlns:ed');
  const turned = one.replace(/(<edXML:Subject>.*?<\/edXML:Subject>)(<edXML:Content>.*?<\/edXML:Content>)/s, '$2$1').replace(/(<edXML:edXMLEnvelope.*<\/edXML:edXMLEnvelope>)(<edXML:AttachmentEncoded.*<\/edXML:AttachmentEncoded>)/s, '$2$1');
  const lines = one.replace(/(<edXML:ContentTransferEncoded>)([^<]*)/, (_, tag: string, text: string) => `${tag}\r\n${text.replaceAll('\n', '&#13;\n').replace('A', '<![CDATA[A]]>').replace('B', '<!-- > -->B')}\r\n`);
  const expected = await readBytes(Buffer.from(one));
  assert.ok(expected.outcome.ok);
  for (const [name, text] of Object.entries({ bare, renamed, turned, lines })) {
    assert.notEqual(text, one, name);
    const { outcome, kept } = await readBytes(Buffer.from(text));
    assert.ok(outcome.ok, `${name}: ${outcome.ok ? '' : JSON.stringify(outcome.refusal)}`);
    assert.deepEqual(outcome.message, expected.outcome.message, name);
    assert.deepEqual(kept[0]?.bytes, pdf, name);
  }
});

test('what is no ZIP, and office files that are ZIPs themselves, pass as they are', async () => {
  const docx = makeZip([{ name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') }, { name: 'word/document.xml', bytes: pdf }]);
  for (const content of [pdf, docx, Buffer.from('P'), Buffer.from('PK')]) {
    const { outcome, kept } = await readBytes(Buffer.from(withContent(content)));
    assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.refusal));
    assert.equal(outcome.attachments[0]?.packing, 'raw');
    assert.deepEqual(kept[0]?.bytes, content);
  }
});

test('an entry named as a path is unpacked, and its name appears nowhere', async () => {
  for (const name of ['../../../etc/passwd', 'C:\\Windows\\system32\\x.dll', '/tmp/x', 'thư mục/tệp.pdf']) {
    for (const sized of [true, false]) {
      const { outcome, kept } = await readBytes(Buffer.from(withContent(makeZip([{ name, bytes: pdf }], { sized }))));
      assert.ok(outcome.ok);
      assert.deepEqual(kept[0]?.bytes, pdf);
      assert.equal(outcome.attachments[0]?.attachmentName, 'Công văn.pdf');
      assert.ok(!JSON.stringify(outcome).includes(JSON.stringify(name).slice(1, -1)));
    }
  }
});

test('a package from an organisation that no directory knows is read: whether it is known is not the reader’s to say', async () => {
  const { outcome } = await readBytes(Buffer.from(one.replaceAll('000.00.00.H41', 'Y99.99.ZZ')));
  assert.ok(outcome.ok && outcome.message.kind === 'document');
  assert.equal(outcome.message.header.from.organId, 'Y99.99.ZZ');
});

test('elements that are not known are named, not lost in silence', async () => {
  const { outcome } = await readBytes(Buffer.from(one.replace('</edXML:Subject>', '</edXML:Subject><edXML:ApplicationType>1</edXML:ApplicationType>')));
  assert.ok(outcome.ok);
  assert.deepEqual(outcome.ignored, ['edXML/edXMLEnvelope/edXMLHeader/MessageHeader/ApplicationType']);
});

test('when a package breaks off in a content, whoever reads that content is told there and then', async () => {
  const text = withContent(Buffer.alloc(300_000, 1)).slice(0, -100_000);
  let told: unknown;
  const outcome = await readPackage(cut(Buffer.from(text), 10_000), {
    digests: nodeDigests,
    sink: async (_, content) => {
      try {
        for await (const piece of content) assert.ok(piece.length <= 65_536);
      } catch (fault) {
        told = fault;
        throw fault;
      }
    },
  });
  assert.equal(outcome.ok, false);
  assert.match(String(told), /bị cụt|XML/);
});

test('a sink that fails and a source that fails are no fault of the package', async () => {
  const full = new Error('disk full');
  const bytes = Buffer.from(withContent(Buffer.alloc(300_000, 1)));
  let given = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const piece of cut(bytes, 9000)) {
      given += piece.length;
      yield piece;
    }
  }
  await assert.rejects(readPackage(counted(), { digests: nodeDigests, sink: () => Promise.reject(full) }), full);
  assert.ok(given < bytes.length / 2, 'the rest is not read for nothing');
  async function* failing(): AsyncGenerator<Uint8Array, void, undefined> {
    yield bytes.subarray(0, 200_000);
    throw full;
  }
  let seen: unknown;
  const sink = async (_: unknown, content: AsyncIterable<Uint8Array>): Promise<void> => {
    try {
      for await (const piece of content) assert.ok(piece.length > 0);
    } catch (fault) {
      seen = fault;
    }
  };
  await assert.rejects(readPackage(failing(), { digests: nodeDigests, sink }), full);
  assert.equal(seen, full);
});

test('a sink that wants nothing holds nothing up', async () => {
  const outcome = await readPackage(cut(Buffer.from(withContent(Buffer.alloc(300_000, 1))), 9000), { digests: nodeDigests, sink: () => Promise.resolve() });
  assert.equal(outcome.ok, true);
  const first = await readPackage(cut(Buffer.from(withContent(Buffer.alloc(300_000, 1))), 9000), {
    digests: nodeDigests,
    sink: async (_, content) => {
      for await (const piece of content) if (piece.length > 0) break;
    },
  });
  assert.equal(first.ok, true);
});
