import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marksOf } from '../../../src-renderer/features/marks/marks-of.ts';
import { markInputOf, nothingWritten, parseMarkValues } from '../../../src-renderer/features/marks/mark-values.ts';
import type { DocumentDetail } from '../../../src-shared/contract/documents.ts';
import type { Stage } from '../../../src-shared/domain/document.ts';
import type { MarkKind } from '../../../src-shared/domain/mark.ts';
import type { Role } from '../../../src-shared/domain/organization.ts';

function marksAt(direction: 'incoming' | 'outgoing', stage: Stage, role: Role, written: readonly MarkKind[] = []): readonly MarkKind[] {
  const detail = { document: { direction, stage }, history: written.map((mark) => ({ type: 'marked', mark })) } as unknown as DocumentDetail;
  return marksOf(detail, role);
}

test('each mark is offered to whom it is meant for, at its step', () => {
  assert.deepEqual(marksAt('incoming', 'arrived', 'clerk'), []);
  assert.deepEqual(marksAt('incoming', 'registered', 'clerk'), ['incoming', 'copy']);
  assert.deepEqual(marksAt('incoming', 'presented', 'leader'), ['comment']);
  assert.deepEqual(marksAt('outgoing', 'issued', 'clerk'), ['appendix']);
  assert.deepEqual(marksAt('incoming', 'registered', 'officer'), []);
});

test('dấu đến and the number on an annex are written once, copies and notes as often as they are needed', () => {
  assert.deepEqual(marksAt('incoming', 'registered', 'clerk', ['incoming', 'copy']), ['copy']);
  assert.deepEqual(marksAt('outgoing', 'issued', 'clerk', ['appendix']), []);
  assert.deepEqual(marksAt('incoming', 'assigned', 'leader', ['comment']), ['comment']);
});

test('a bút phê without words is none yet; the others need none', () => {
  assert.equal(markInputOf('comment', { ...nothingWritten, text: '  \n' }), null);
  assert.deepEqual(markInputOf('comment', { ...nothingWritten, text: ' Giao Văn phòng. ' }), { kind: 'comment', text: 'Giao Văn phòng.' });
  assert.deepEqual(markInputOf('incoming', { ...nothingWritten, forwardTo: ' Phòng Nội vụ ' }), { kind: 'incoming', forwardTo: 'Phòng Nội vụ', fileCode: '' });
  assert.deepEqual(markInputOf('copy', { ...nothingWritten, form: 'sao-luc' }), { kind: 'copy', form: 'sao-luc' });
  assert.deepEqual(markInputOf('appendix', nothingWritten), { kind: 'appendix' });
});

test('what an older version kept of a half-written mark is used whole or not at all', () => {
  assert.deepEqual(parseMarkValues({ ...nothingWritten, text: 'Giao' }), { ...nothingWritten, text: 'Giao' });
  assert.equal(parseMarkValues({ text: 'Giao' }), null);
});
