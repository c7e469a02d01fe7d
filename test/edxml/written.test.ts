import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { nodeDigests } from '../../src-server/gateway/digests.ts';
import { checkPackage, checkStatus, writePackage, writeStatus, type PackageToSend } from '../../src-shared/edxml/writer.ts';
import * as arbitrary from './support/arbitrary.ts';
import { makeKey, signerOf } from './support/keys.ts';
import { gather, readBytes } from './support/read.ts';
import { attachment, header, pdf, status, toSend, trace } from './support/sample.ts';

const folder = mkdtempSync(join(tmpdir(), 'edxml-written-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const schema = resolve(import.meta.dirname, '../../resources/edxml/qcvn-102.xsd');
const seed = 30_2020;
const numRuns = 200;

function validate(files: readonly string[]): { readonly valid: boolean; readonly says: string } {
  const done = spawnSync('xmllint', ['--nonet', '--noout', '--huge', '--schema', schema, ...files], { encoding: 'utf8' });
  return { valid: done.status === 0, says: done.stderr };
}

function write(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

test('what we write reads back equal, contents included, and validates against the schema', async () => {
  console.log(`seed ${seed}`);
  const files: string[] = [];
  await fc.assert(
    fc.asyncProperty(arbitrary.header, arbitrary.trace, arbitrary.contents, fc.constantFrom(0 as const, 76 as const), async (head, traced, contents, columns) => {
      const attachments = contents.map(({ name, bytes }, at) => attachment(at, name, bytes));
      const wanted: PackageToSend = { header: head, trace: traced, attachments };
      assert.equal(checkPackage(wanted), undefined);
      const bytes = await gather(writePackage(wanted, { columns }));
      files.push(write(`${files.length}.edxml`, bytes));
      const { outcome, kept } = await readBytes(bytes, { pieceBytes: 1000 });
      assert.ok(outcome.ok, outcome.ok ? '' : JSON.stringify(outcome.refusal));
      assert.equal(outcome.message.kind, 'document');
      assert.ok(outcome.message.kind === 'document');
      assert.deepEqual(outcome.message.header, head);
      assert.deepEqual(outcome.message.trace, traced);
      assert.deepEqual(outcome.ignored, []);
      assert.deepEqual(
        outcome.attachments.map(({ attachmentName, contentId, packing }) => ({ attachmentName, contentId, packing })),
        attachments.map(({ attachmentName, contentId }) => ({ attachmentName, contentId, packing: 'zip' })),
      );
      assert.deepEqual(outcome.message.references.map(({ contentId }) => contentId), attachments.map(({ contentId }) => contentId));
      assert.deepEqual(kept.map((each) => each.bytes), contents.map((each) => Buffer.from(each.bytes)));
    }),
    { seed, numRuns },
  );
  assert.ok(files.length >= numRuns);
  const { valid, says } = validate(files);
  assert.ok(valid, says.slice(0, 2000));
});

test('status messages read back equal and validate', async () => {
  const files: string[] = [];
  await fc.assert(
    fc.asyncProperty(arbitrary.status, async (head) => {
      assert.equal(checkStatus(head), undefined);
      const bytes = await gather(writeStatus(head));
      files.push(write(`status-${files.length}.edxml`, bytes));
      const { outcome } = await readBytes(bytes);
      assert.ok(outcome.ok && outcome.message.kind === 'status');
      assert.deepEqual(outcome.message.header, head);
    }),
    { seed, numRuns },
  );
  const { valid, says } = validate(files);
  assert.ok(valid, says.slice(0, 2000));
});

test('signed packages validate too, and lines of 76 characters are that long', async () => {
  const signing = { signer: signerOf(makeKey(folder, 'rsa'), 'rsa-sha256'), digests: nodeDigests };
  const bytes = await gather(writePackage(toSend, { columns: 76, signing }));
  const { valid, says } = validate([write('signed.edxml', bytes), write('signed-status.edxml', await gather(writeStatus(status, { signing })))]);
  assert.ok(valid, says);
  const content = /<edXML:ContentTransferEncoded>([^<]*)</.exec(bytes.toString())?.[1] ?? '';
  const lines = content.split('\n');
  assert.ok(lines.length > 2);
  assert.ok(lines.slice(0, -1).every(({ length }) => length === 76));
});

test('the ZIP inside is one that Java’s own program unpacks, with the one entry `<uuid>.<ext>`', async () => {
  const bytes = await gather(writePackage({ header, trace, attachments: [attachment(0, 'a.pdf', pdf)] }, { columns: 76 }));
  const file = write('inside.zip', Buffer.from(/<edXML:ContentTransferEncoded>([^<]*)</.exec(bytes.toString())?.[1] ?? '', 'base64'));
  execFileSync('jar', ['--extract', '--file', file], { cwd: folder });
  assert.deepEqual(readFileSync(join(folder, toSend.attachments[0]!.entryName)), pdf);
});

const faults: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['no subject', (text) => text.replace(/<edXML:Subject>.*?<\/edXML:Subject>/s, '')],
  ['a subject of 501 characters', (text) => text.replace('<edXML:Subject>', `<edXML:Subject>${'ư'.repeat(480)}`)],
  ['no sender', (text) => text.replace(/<edXML:From>.*?<\/edXML:From>/s, '')],
  ['a code in small letters', (text) => text.replace('H14.05.02', 'h14.05.02')],
  ['a date of the other order', (text) => text.replace('2026/11/20<', '20/11/2026<')],
  ['a time without seconds', (text) => text.replace('16:45:09', '16:45')],
  ['a type of business that there is not', (text) => text.replace('BussinessDocType>0', 'BussinessDocType>4')],
  ['the right spelling, which is the wrong one', (text) => text.replaceAll('Bussiness>', 'Business>')],
  ['an element that nobody knows', (text) => text.replace('</edXML:From>', '<edXML:X>x</edXML:X></edXML:From>')],
  ['another namespace', (text) => text.replaceAll('QCVN_102_2016', 'QCVN_102_2017')],
  ['contents that are no Base64', (text) => text.replace(/<edXML:ContentTransferEncoded>/, '$&*')],
  ['a manifest without version', (text) => text.replace(' version="1.0"><edXML:Ref', '><edXML:Ref')],
];
for (const [name, change] of faults) {
  test(`the schema catches: ${name}`, async () => {
    const text = (await gather(writePackage(toSend, { columns: 76 }))).toString();
    const changed = change(text);
    assert.notEqual(changed, text);
    assert.equal(validate([write('fault.edxml', Buffer.from(changed))]).valid, false);
  });
}

test('what a reader would refuse is not written: why stands in the answer', () => {
  assert.match(checkPackage({ header: { ...header, subject: 'ư'.repeat(501) }, trace, attachments: toSend.attachments })?.reason ?? '', /^Gói tin lỗi: Subject dài quá 500 ký tự$/);
  assert.match(checkPackage({ header: { ...header, to: [] }, trace, attachments: toSend.attachments })?.reason ?? '', /thiếu nơi nhận/);
  assert.match(checkPackage({ header, trace, attachments: [] })?.reason ?? '', /không có tệp đính kèm/);
  assert.match(checkPackage({ header: { ...header, content: 'a\u{0}b' }, trace, attachments: toSend.attachments })?.reason ?? '', /ký tự điều khiển/);
});
