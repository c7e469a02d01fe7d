import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsOf } from '../../../src-renderer/features/documents/steps-of.ts';
import { translate, type Translate } from '../../../src-renderer/i18n/translate.ts';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import { documentEvent, type DocumentEvent, type Stage } from '../../../src-shared/domain/document.ts';
import { documentId } from '../../../src-shared/domain/ids.ts';
import { replay } from '../../support/rules.ts';

const t: Translate = (key, params) => translate('vi', key, params);
const id = documentId.parse('01900000-0000-7000-8000-000000000001');
const unit = { code: 'H48.60.12', name: 'UBND xã Sơn Tịnh' };
const content = { sha256: 'a'.repeat(64), sizeBytes: 1, fileName: 'a.pdf', parent: null };
const by = { person: 'mai', fullName: 'Trần Thị Mai', role: 'clerk', unit: 'H48.60.12' };
const meta = { at: '2026-11-22T02:00:00Z', by, command: null };
const entry = { book: 'H48.60.12/2026/den', epoch: 1, number: 418 };

const arrived = documentEvent.parse({
  ...meta, by: null, type: 'arrived', unit, from: unit, origin: id, title: 'T', kind: 'cong-van', number: 1, notation: 'N', issuedDate: '2026-11-21', urgency: 'normal', content, signer: 'S', inReplyTo: null,
});
const drafted = documentEvent.parse({ ...meta, type: 'drafted', unit, title: 'T', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content, recipients: [], inReplyTo: null });

function detailOf(history: readonly DocumentEvent[]): DocumentDetail {
  const document = replay(id, history);
  assert.ok(document);
  return { document, sync: 'synced', contentHere: true, verdict: 'valid', read: true, history: [...history], actions: [], undo: [] };
}

function statesOf(history: readonly DocumentEvent[]): readonly string[] {
  return stepsOf(detailOf(history), t).map((step) => step.state);
}

test('an arrival waits to be registered, and a registered one says its number and by whom', () => {
  assert.deepEqual(statesOf([arrived]), ['done', 'current', 'ahead', 'ahead']);
  const registered = documentEvent.parse({ ...meta, type: 'registered', entry, arrivalDate: '2026-11-22' });
  assert.deepEqual(statesOf([arrived, registered]), ['done', 'done', 'current', 'ahead']);
  assert.equal(stepsOf(detailOf([arrived, registered]), t)[1]?.detail, 'Số đến 418 · Trần Thị Mai · 09:00, 22/11/2026');
});

test('a refused arrival and a returned draft stop, and say why', () => {
  const refused = documentEvent.parse({ ...meta, type: 'refused', reason: 'Gửi nhầm' });
  const step = stepsOf(detailOf([arrived, refused]), t)[1];
  assert.deepEqual([step?.state, step?.label, step?.detail], ['stopped', 'Đã từ chối', 'Gửi nhầm']);
  const submitted = documentEvent.parse({ ...meta, type: 'submitted', content });
  const returned = documentEvent.parse({ ...meta, type: 'returned', reason: 'Sửa mục 2' });
  assert.deepEqual(statesOf([drafted, submitted, returned]), ['done', 'stopped', 'ahead', 'ahead', 'ahead']);
});

test('every stage of the office has its place on the line', () => {
  const stages: readonly Stage[] = ['draft', 'submitted', 'approved', 'issued', 'sent', 'returned'];
  for (const stage of stages) {
    const detail = detailOf([drafted]);
    const steps = stepsOf({ ...detail, document: { ...detail.document, stage } }, t);
    assert.equal(steps.length, 5);
    assert.equal(steps[0]?.state, 'done', stage);
  }
});

test('a document that ended early shows what was done until then, how it ended, and nothing to come', () => {
  const registered = documentEvent.parse({ ...meta, type: 'registered', entry, arrivalDate: '2026-11-22' });
  const sentBack = documentEvent.parse({ ...meta, type: 'sentBack', reason: 'Không thuộc xã' });
  const line = stepsOf(detailOf([arrived, registered, sentBack]), t).map(({ label, state }) => `${label}: ${state}`);
  assert.deepEqual(line, ['Đã đến: done', 'Vào sổ văn bản đến: done', 'Đã chuyển trả: stopped']);
  assert.equal(stepsOf(detailOf([arrived, registered, sentBack]), t).at(-1)?.detail, 'Không thuộc xã');
  const ended = detailOf([arrived]);
  assert.deepEqual(stepsOf({ ...ended, document: { ...ended.document, stage: 'recalled' } }, t).map(({ state }) => state), ['done', 'stopped']);
});

test('a mark stands in the line where it was written, with its words, and long-term data after what it was added to', () => {
  const registered = documentEvent.parse({ ...meta, type: 'registered', entry, arrivalDate: '2026-11-22' });
  const stamped = documentEvent.parse({ ...meta, type: 'marked', content, mark: 'incoming', text: '', signer: 'UBND xã Sơn Tịnh' });
  const presented = documentEvent.parse({ ...meta, type: 'presented', note: '' });
  const noted = documentEvent.parse({ ...meta, type: 'marked', content, mark: 'comment', text: 'Giao Văn phòng.', signer: 'Nguyễn Đức Thắng' });
  const line = stepsOf(detailOf([arrived, registered, stamped, presented, noted]), t).map(({ label, state }) => `${label}: ${state}`);
  assert.deepEqual(line, ['Đã đến: done', 'Vào sổ văn bản đến: done', 'Đóng dấu đến: done', 'Trình lãnh đạo: done', 'Bút phê: Giao Văn phòng.: done', 'Phân công, xử lý: current']);
  const issued = documentEvent.parse({ ...meta, type: 'issued', content, entry, notation: 'UBND-VP', issuedDate: '2026-11-22', signer: 'UBND xã' });
  const augmented = documentEvent.parse({ ...meta, by: null, type: 'augmented', content, level: 'B-LT' });
  assert.equal(stepsOf(detailOf([drafted, issued, augmented]), t).find(({ label }) => label.startsWith('Bổ sung'))?.label, 'Bổ sung dữ liệu kiểm chứng (B-LT)');
});
