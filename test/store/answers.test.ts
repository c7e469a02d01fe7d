import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswers } from '../../src-main/store/tables/answers.ts';
import type { KeptAnswer } from '../../src-main/ports/store.ts';
import { fileBefore } from './migrations/helpers.ts';
import { content, draft, scene } from './helpers.ts';

function said(text: string, obtainedAtMs: number, kind: KeptAnswer['kind'] = 'ocsp'): KeptAnswer {
  return { kind, der: new Uint8Array(Buffer.from(text)), thisUpdateMs: obtainedAtMs - 5, nextUpdateMs: null, obtainedAtMs };
}

test('an answer is read as it was kept after another opening, and the newer one takes its place', (t) => {
  const { open } = scene(t);
  const first = open();
  assert.equal(first.desk.findAnswer('c', 'i'), null);
  first.desk.keepAnswer('c', 'i', said('cũ', 10));
  first.close();
  const { desk } = open();
  assert.deepEqual(desk.findAnswer('c', 'i'), said('cũ', 10));
  assert.equal(desk.findAnswer('c', ''), null);
  desk.keepAnswer('c', 'i', said('mới', 20));
  assert.deepEqual(desk.findAnswer('c', 'i'), said('mới', 20));
});

test('a list that serves many certificates lies there once, and goes with the last that leans on it', (t) => {
  const { db, step } = fileBefore(t, 80, 'desk');
  step();
  const answers = createAnswers(db);
  const proofs = (): number | undefined => db.read<[], { n: number }>('SELECT count(*) AS n FROM authority_proof').get()?.n;
  for (const one of ['a', 'b', 'c']) answers.keep(one, 'i', said('danh sách', 1, 'crl'));
  assert.equal(proofs(), 1);
  for (const one of ['a', 'b', 'c']) answers.keep(one, 'i', said('danh sách sau', 2, 'crl'));
  assert.equal(proofs(), 1);
  assert.deepEqual(answers.find('b', 'i'), said('danh sách sau', 2, 'crl'));
});

test('the oldest answers go when there are too many, or they are too large', (t) => {
  const { db, step } = fileBefore(t, 80, 'desk');
  step();
  const few = createAnswers(db, { answers: 3, bytes: 100 });
  for (let at = 1; at <= 5; at += 1) few.keep(`c${String(at)}`, 'i', said(`đáp ${String(at)}`, at));
  assert.deepEqual([1, 2, 3, 4, 5].map((at) => few.find(`c${String(at)}`, 'i') !== null), [false, false, true, true, true]);
  few.keep('large', 'i', said('x'.repeat(90), 6));
  assert.deepEqual(['c3', 'c4', 'c5', 'large'].map((one) => few.find(one, 'i') !== null), [false, false, true, true]);
  few.keep('too large', 'i', said('x'.repeat(101), 7));
  assert.equal(few.find('too large', 'i'), null);
  assert.notEqual(few.find('large', 'i'), null);
});

test('contents are told with how they were last examined, page by page', (t) => {
  const { desk } = scene(t).open();
  assert.deepEqual(desk.lastExamined('', 10), { contents: [], next: null });
  const contents = ['a', 'b', 'c'].map((title) => content(title)).sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
  for (const each of contents) draft(desk, each.fileName.slice(0, 1));
  draft(desk, 'a');
  const [first, second, third] = contents.map(({ sha256 }) => sha256);
  assert.ok(first !== undefined && second !== undefined && third !== undefined);
  const keep = (sha256: typeof first, extent: 'quick' | 'full'): void => desk.keepExamination(sha256, {
    report: { schema: 2, checkedAt: '2026-01-05T02:00:00.000Z', program: '', file: { sha256, sizeBytes: 1 }, trustList: null, extent, verdict: 'unsigned', signatures: [], problems: [] }, evidence: [],
  });
  keep(first, 'quick');
  keep(second, 'quick');
  keep(second, 'full');
  assert.deepEqual(desk.lastExamined('', 2), { contents: [{ sha256: first, extent: 'quick' }, { sha256: second, extent: 'full' }], next: second });
  assert.deepEqual(desk.lastExamined(second, 2), { contents: [{ sha256: third, extent: null }], next: null });
});
