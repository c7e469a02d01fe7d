import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentId, PersonId } from '../../../src-shared/domain/ids.ts';
import type { DocumentEvent, DocumentState } from '../../../src-shared/domain/document.ts';
import { replay } from '../../support/rules.ts';
import { arrived, book, content, newId, province, unit } from '../helpers.ts';
import { fileBefore, tables } from './helpers.ts';

const meta = { at: '2026-03-02T20:00:00Z', by: null, command: null };

function states(): readonly DocumentState[] {
  const [answered, open, plain, answer] = [newId<DocumentId>(), newId<DocumentId>(), newId<DocumentId>(), newId<DocumentId>()];
  const assigned: DocumentEvent = { ...meta, type: 'assigned', lead: 'p1' as PersonId, support: ['p2' as PersonId, 'p1' as PersonId], inform: ['p3' as PersonId], directive: '', deadline: '2026-03-10' };
  const registered = { ...meta, type: 'registered', entry: { book, epoch: 1, number: 418 }, arrivalDate: '2026-03-03' } as const;
  return [
    replay(answered, [arrived('Đã trả lời'), registered, { ...meta, type: 'presented', note: '' }, assigned]),
    replay(open, [arrived('Còn việc'), registered, { ...meta, type: 'presented', note: '' }, assigned]),
    replay(plain, [arrived('Mới đến', { at: '2026-03-01T20:00:00Z' })]),
    replay(answer, [
      { ...meta, type: 'drafted', title: 'Trả lời', kind: 'cong-van', notation: 'UBND', urgency: 'express', content: content('x'), recipients: [province], inReplyTo: answered, unit },
      { ...meta, type: 'issued', content: content('y'), entry: { book, epoch: 1, number: 15 }, notation: 'UBND', issuedDate: '2026-03-04', signer: '' },
    ]),
  ].filter((state) => state !== null);
}

test('step 50 reads the new columns out of documents that were there, counts them, and holds nothing that waits', (t) => {
  const { db, step } = fileBefore(t, 50, 'desk');
  const insert = db.write<[string, string, string, number, string, number | null, string, string]>(
    'INSERT INTO document (id, direction, stage, listed_at_ms, issuing_office, number, content_sha256, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const assign = db.write<[string, number, string]>('INSERT OR IGNORE INTO assignee VALUES (?, ?, ?)');
  for (const state of states()) {
    const row = Number(insert.run(state.id, state.direction, state.stage, 0, state.from.code ?? '', state.number, state.content.sha256, JSON.stringify(state)).lastInsertRowid);
    for (const [person, part] of state.assignment === null ? [] : [['p1', 'lead'], ['p2', 'support'], ['p1', 'support'], ['p3', 'inform']] as const) assign.run(person, row, part);
  }
  db.script("INSERT INTO outbox (id, document, state, title, command, unit) VALUES ('a', 'd', 'waiting', '', '{}', '{}')");
  step();
  for (const name of ['mark', 'directive', 'kept_form', 'sender', 'tally', 'load']) assert.ok(tables(db).includes(name), name);
  assert.deepEqual(db.read<[], object>('SELECT kind, urgency, arrival_number, dated_on, deadline, open, due, unread FROM document ORDER BY row').all().map((row) => Object.values(row)), [
    ['quyet-dinh', 'normal', 418, '2026-03-03', '2026-03-10', 0, null, 1],
    ['quyet-dinh', 'normal', 418, '2026-03-03', '2026-03-10', 1, '2026-03-10', 1],
    // 20:00 UTC is the next day in Vietnam
    ['quyet-dinh', 'normal', null, '2026-03-02', null, 1, null, 1],
    ['cong-van', 'express', null, '2026-03-04', null, 0, null, 1],
  ]);
  assert.deepEqual(db.read<[], object>('SELECT direction, stage, documents FROM tally').all().map((row) => Object.values(row)), [['incoming', 'arrived', 1], ['incoming', 'assigned', 2], ['outgoing', 'issued', 1]]);
  assert.deepEqual(db.read<[], object>('SELECT person, due, documents FROM load').all().map((row) => Object.values(row)), [['p1', '2026-03-10', 1], ['p2', '2026-03-10', 1]]);
  assert.deepEqual(db.read<[], object>('SELECT code, name FROM sender ORDER BY code').all().map((row) => Object.values(row)), [[province.code, province.name], [unit.code, unit.name]]);
  assert.equal(db.read<[], { held: number | null }>('SELECT held_until_ms AS held FROM outbox').get()?.held, null);
});
