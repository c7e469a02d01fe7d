import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { ReadOutcome } from '../../src-shared/edxml/reader.ts';
import { readBytes } from './support/read.ts';

/** Third-party samples of the axis: they lie beside the project, and are not part of it. */
const folder = resolve(import.meta.dirname, '../../../shared/fixtures/edxml');
const there = existsSync(folder);
if (!there) console.log('SKIPPED: the sample packages of the axis are not on this machine (../shared/fixtures/edxml)');

const expected: Readonly<Record<string, (outcome: ReadOutcome, kept: readonly Buffer[]) => void>> = {
  'edoc_new.edxml': (outcome) => {
    assert.ok(!outcome.ok);
    assert.deepEqual(outcome.refusal, { code: '02', reason: 'Gói tin lỗi: có ký tự lạ ngoài phần tử gốc', where: 'gói tin (byte 0)' });
  },
  'edoc_revocation.edxml': (outcome, kept) => {
    assert.ok(outcome.ok && outcome.message.kind === 'document');
    assert.equal(outcome.message.trace.bussiness.bussinessDocType, '1');
    assert.equal(outcome.message.header.documentId, '000.00.00.G22,2015/09/30,7816/VPCP-TTĐT');
    assert.deepEqual(outcome.message.header.to.map(({ organId }) => organId), ['000.00.00.H41', '000.00.00.H14', '000.00.00.G17']);
    assert.deepEqual(outcome.message.header.responseFor.map(({ code }) => code), ['267/VPCP-TTĐT']);
    assert.equal(outcome.attachments[0]?.attachmentName, '1896_QD-TTg_m_294779.doc');
    assert.equal(outcome.attachments[0].packing, 'zip');
    assert.equal(kept[0]?.length, outcome.attachments[0].sizeBytes);
    // the sample's Signature lies in the wrong namespace, and its certificate is cut short
    assert.deepEqual(outcome.signature, { state: 'broken', why: 'namespace' });
  },
  'status_inbox_01.edxml': (outcome) => assertStatus(outcome, '01'),
  'status_rejection_02.edxml': (outcome) => assertStatus(outcome, '02'),
  'status_acceptance_03.edxml': (outcome) => assertStatus(outcome, '03'),
};

function assertStatus(outcome: ReadOutcome, code: string): void {
  assert.ok(outcome.ok && outcome.message.kind === 'status');
  assert.equal(outcome.message.header.statusCode, code);
  assert.equal(outcome.message.header.responseFor.code, '7816/VPCP-TTĐT');
  assert.equal(outcome.message.header.timestamp, '2015/09/20 11:08:36');
  assert.deepEqual(outcome.signature, { state: 'none' });
}

for (const [name, judge] of Object.entries(expected)) {
  test(`the published sample ${name} is read, or refused with 02`, { skip: there ? false : 'no samples on this machine' }, async () => {
    const { outcome, kept } = await readBytes(readFileSync(join(folder, name)));
    judge(outcome, kept.map(({ bytes }) => bytes));
  });
}

test('the sample with stray bytes is whole without them', { skip: there ? false : 'no samples on this machine' }, async () => {
  const { outcome, kept } = await readBytes(readFileSync(join(folder, 'edoc_new.edxml')).subarray(4));
  assert.ok(outcome.ok && outcome.message.kind === 'document');
  assert.equal(outcome.message.header.to[0]?.organId, '28.22.H17');
  assert.equal(kept[0]?.bytes.length, 388_347);
});

test('every sample of the folder has a judgement here', { skip: there ? false : 'no samples on this machine' }, () => {
  assert.deepEqual(readdirSync(folder).toSorted(), Object.keys(expected).toSorted());
});
