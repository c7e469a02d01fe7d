import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentId } from '../../../src-shared/domain/ids.ts';
import { replay } from '../../../src-shared/domain/workflow.ts';
import type { WritableDb } from '../../../src-main/store/driver.ts';
import { createDocumentLists } from '../../../src-main/store/tables/document-lists.ts';
import { createDocumentWriter } from '../../../src-main/store/tables/documents.ts';
import { arrived } from '../helpers.ts';
import { fileBefore, tables } from './helpers.ts';

/** As versions before this step wrote it: the words as they were, counted by triggers. */
function addAsBefore(db: WritableDb, row: number, title: string): void {
  const id = `0195f000-0000-7000-8000-${String(row).padStart(12, '0')}` as DocumentId;
  const state = replay(id, [arrived(title)]);
  const json = JSON.parse(JSON.stringify(state)) as Record<string, unknown>;
  // nothing of later versions stood in a state then
  for (const later of ['attachments', 'numberText', 'tasks', 'channel', 'drafterId', 'relation', 'supersededBy', 'asked']) delete json[later];
  db.write<[number, string, string]>(`
    INSERT INTO document (row, id, direction, stage, listed_at_ms, issuing_office, number, content_sha256, state, kind, urgency, dated_on)
    VALUES (?, ?, 'incoming', 'arrived', 1, 'H48', 15, 'aa', ?, 'quyet-dinh', 'normal', '2026-03-01')`).run(row, id, JSON.stringify(json));
  db.write<[number, string]>('INSERT INTO document_search (rowid, text) VALUES (?, ?)').run(row, 'what was found before');
}

test('step 140 makes the index anew from what an older version kept, and the counts go on without triggers', (t) => {
  const { db, step } = fileBefore(t, 140, 'desk');
  addAsBefore(db, 1, 'Về việc bảo vệ rừng đầu nguồn');
  addAsBefore(db, 7, 'Đường liên thôn');
  db.script(`INSERT INTO snapshot_document (id, direction, stage, listed_at_ms, issuing_office, content_sha256, state, kind, urgency, dated_on, sender, words)
    VALUES ('x', 'outgoing', 'draft', 1, 'H48', 'aa', '{}', 'cong-van', 'normal', '2026-03-01', 'UBND', 'bao ve rung')`);
  step();
  assert.ok(tables(db).includes('content_text'));
  assert.deepEqual(db.read<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'document'").all(), []);
  assert.deepEqual(db.read<[], { words: string }>('SELECT words FROM snapshot_document').all(), [{ words: '\u{E001} bao ve rung' }]);

  const lists = createDocumentLists(db, (work) => work());
  const found = (text: string): readonly string[] => lists.list({ folder: 'incoming', me: 'p', text, offset: 0, limit: 9 }).rows.map(({ state }) => state.title);
  assert.deepEqual(found('duong lien'), ['Đường liên thôn']);
  assert.deepEqual(found('rừng'), ['Về việc bảo vệ rừng đầu nguồn']);
  assert.deepEqual(found('before'), []);
  assert.equal(lists.counts('p').incoming, 2);
  const writer = createDocumentWriter(db);
  writer.remove('0195f000-0000-7000-8000-000000000007' as DocumentId);
  lists.forget();
  assert.equal(lists.counts('p').incoming, 1);
  assert.deepEqual(found('duong'), []);
});
