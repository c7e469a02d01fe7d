import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentEvent, LogEvent } from '../../../src-shared/domain/document.ts';
import type { DocumentId, GrantId, PersonId } from '../../../src-shared/domain/ids.ts';
import { recordId } from '../../../src-shared/domain/records/record-id.ts';
import type { WritableDb } from '../../../src-main/store/driver.ts';
import { replay } from '../../support/rules.ts';
import { actor, book, content, newId, province, unit } from '../helpers.ts';
import { life, newDocument } from '../random-logs.ts';
import { fileBefore, tables } from './helpers.ts';

/** As the version before wrote it: a state that says less, and whose task it was by the assignment. */
function putOld(db: WritableDb, id: DocumentId, events: readonly DocumentEvent[], local = 0): void {
  const add = db.write<[string, string, number, string]>('INSERT INTO event (document, origin, position, json) VALUES (?, ?, ?, ?)');
  const server = events.length - local;
  for (const [at, event] of events.entries()) add.run(id, at < server ? 'server' : 'local', at < server ? at : at - server, JSON.stringify(event));
  const now = replay(id, events);
  assert.ok(now !== null);
  const { attachments: _a, tasks: _t, numberText: _n, channel: _c, drafterId: _d, relation: _r, supersededBy: _s, asked: _k, ...before } = now;
  const row = db.write<(string | number | null)[]>(`INSERT INTO document (id, direction, stage, listed_at_ms, issuing_office, number, content_sha256, state, kind, urgency, arrival_number, dated_on, deadline, open, due, unread)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`).run(
    id, now.direction, now.stage, Date.parse(now.direction === 'incoming' ? now.createdAt : now.updatedAt), now.from.code, now.number, now.content.sha256, JSON.stringify(before), now.kind, now.urgency,
    now.arrival?.number ?? null, now.arrival?.arrivalDate ?? now.issuedDate ?? '2026-03-01', now.assignment?.deadline ?? null, now.direction === 'incoming' ? 1 : 0, now.assignment?.deadline ?? null,
  ).lastInsertRowid;
  if (now.assignment !== null) db.write<[string, number, string]>('INSERT INTO assignee VALUES (?, ?, ?)').run(now.assignment.lead, Number(row), 'lead');
}

const meta = { at: '2026-03-02T09:00:00+07:00', by: actor('clerk'), command: null };

test('step 130 folds every state anew, ours on top of what the server said, and keeps what a person left here', (t) => {
  const { db, step } = fileBefore(t, 130, 'desk');
  const [assigned, waiting, letter] = [newDocument(), newDocument(), newDocument()];
  const logs = new Map<DocumentId, readonly DocumentEvent[]>([
    [assigned, life('Giao việc', 4, { number: 7 })],
    [waiting, life('Chờ gửi', 2, { number: 8 })],
    [letter, [
      { ...meta, by: actor('officer'), type: 'drafted', title: 'Trả lời', kind: 'cong-van', notation: 'UBND', urgency: 'normal', content: content('x'), recipients: [province], inReplyTo: null, unit },
      { ...meta, type: 'issued', content: content('y'), entry: { book, epoch: 1, number: 15 }, notation: 'UBND', issuedDate: '2026-03-04', signer: '' },
    ]],
  ]);
  for (const [id, events] of logs) putOld(db, id, events, id === waiting ? 1 : 0);
  db.script(`
    INSERT INTO outbox (id, document, state, title, command, unit, held_until_ms) VALUES ('a', '${waiting}', 'waiting', 'Chờ gửi', '{}', '{}', 17);
    INSERT INTO mark (person, document, sha256) VALUES ('p1', '${assigned}', 'x');
    INSERT INTO report (sha256, verdict, extent, json) VALUES ('x', 'valid', 'full', '{}');
    INSERT INTO link (document, count, chain) VALUES ('${assigned}', 4, 'c');
    INSERT INTO snapshot (one, info, next_offset, documents, digest) VALUES (1, '{}', 9, 9, '');
    INSERT INTO cursor VALUES (1, 'c7')`);
  const kept = ['event', 'outbox', 'mark', 'report', 'link', 'cursor'];
  const rows = (): string => JSON.stringify(kept.map((table) => db.read<[], object>(`SELECT * FROM ${table}`).all()));
  const before = rows();
  step();
  assert.equal(rows(), before);
  assert.equal(db.read<[], { n: number }>('SELECT count(*) AS n FROM snapshot').get()?.n, 0, 'made ready by the older program: asked for again');
  for (const name of ['record', 'dossier_document', 'attached', 'named_content', 'snapshot_record']) assert.ok(tables(db).includes(name), name);

  for (const [id, events] of logs) assert.equal(db.read<[string], { state: string }>('SELECT state FROM document WHERE id = ?').get(id)?.state, JSON.stringify(replay(id, events)));
  assert.deepEqual(db.read<[], object>('SELECT book, book_number, open, due, unread, asked FROM document ORDER BY row').all().map((row) => Object.values(row)), [
    [book, 7, 1, '2026-03-20', 0, 0], [book, 8, 1, null, 0, 0], [book, 15, 0, null, 0, 0],
  ]);
  assert.deepEqual(db.read<[], { key: string | null; origin: number }>('SELECT number_key AS key, origin IS NOT NULL AS origin FROM document ORDER BY row').all(), [
    { key: '15/qd-ubnd', origin: 1 }, { key: '15/qd-ubnd', origin: 1 }, { key: null, origin: 0 },
  ]);
  assert.deepEqual(db.read<[], object>('SELECT person, part, state, deadline, open FROM assignee ORDER BY person').all().map((row) => Object.values(row)), [
    ['p1', 'lead', 'new', '2026-03-20', 1], ['p2', 'support', 'new', '2026-03-20', 1],
  ]);
  assert.deepEqual(db.read<[], object>('SELECT person, due, documents FROM load ORDER BY person').all().map((row) => Object.values(row)), [['p1', '2026-03-20', 1], ['p2', '2026-03-20', 1]]);
});

test('step 130 gives records that an older program only carried a row of their own', (t) => {
  const { db, step } = fileBefore(t, 130, 'desk');
  const id = recordId(unit.code, 'office');
  const grant = { id: newId<GrantId>(), from: 'l' as PersonId, to: 'd' as PersonId, capacity: 'KT.', lends: 'leader', firstDay: '2026-03-01', lastDay: '2026-03-31', basis: '', content: content('giấy') } as const;
  const events: readonly LogEvent[] = [{ ...meta, type: 'officeBegun', unit }, { ...meta, type: 'grantGiven', grant }];
  const add = db.write<[string, string, number, string]>('INSERT INTO event (document, origin, position, json) VALUES (?, ?, ?, ?)');
  for (const [at, event] of events.entries()) add.run(id, 'server', at, JSON.stringify(event));
  step();
  assert.equal(db.read<[], { kind: string }>('SELECT kind FROM record').get()?.kind, 'office');
  assert.deepEqual(db.read<[], { sha256: string }>('SELECT sha256 FROM attached').all(), [{ sha256: content('giấy').sha256 }]);
  assert.deepEqual(db.read<[], { sha256: string }>('SELECT sha256 FROM named_content').all(), [{ sha256: content('giấy').sha256 }], 'no file goes that a log names');
});
