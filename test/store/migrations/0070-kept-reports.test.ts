import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReports } from '../../../src-main/store/tables/reports.ts';
import type { Sha256 } from '../../../src-shared/domain/ids.ts';
import { fileBefore, tables } from './helpers.ts';

const hash = 'ab'.repeat(32) as Sha256;

test('step 70 takes over reports to the letter, tells their verdict, and makes room for evidence', (t) => {
  const { db, step } = fileBefore(t, 70, 'desk');
  // spaces that no writer of ours would leave: whoever wrote it anew would lose them
  const json = '{ "schema": 1, "verdict": "invalid", "signatures": [],  "problems": [{"code":"x","message":"Chữ ký hỏng."}] }';
  db.write<[string, string]>('INSERT INTO report (sha256, json) VALUES (?, ?)').run(hash, json);
  db.script("INSERT INTO setting (key, value) VALUES ('station', 'một máy')");
  step();
  assert.deepEqual(db.read<[], object>('SELECT sha256, checked_at AS at, verdict, extent, json FROM report').all(), [{ sha256: hash, at: null, verdict: 'invalid', extent: 'quick', json }]);
  assert.equal(db.read<[], { value: string }>("SELECT value FROM setting WHERE key = 'station'").get()?.value, 'một máy');
  assert.ok(!tables(db).includes('report_before'));
  assert.deepEqual(['evidence', 'report_evidence'].map((name) => db.read<[], { n: number }>(`SELECT count(*) AS n FROM ${name}`).get()?.n), [0, 0]);
  const reports = createReports(db);
  assert.deepEqual(reports.kept(hash), [{ checkedAt: null, verdict: 'invalid', extent: 'quick' }]);
  assert.deepEqual(reports.find(hash, null), {
    schema: 2, checkedAt: null, program: '', file: { sha256: hash, sizeBytes: null }, trustList: null, extent: 'quick', verdict: 'invalid', signatures: [], problems: [{ code: 'x', message: 'Chữ ký hỏng.' }],
  });
});

test('step 70 leaves behind what is no report, and takes over the time and extent of one that has them', (t) => {
  const { db, step } = fileBefore(t, 70, 'desk');
  const put = db.write<[string, string]>('INSERT INTO report (sha256, json) VALUES (?, ?)');
  put.run('01', '{"schema":1,');
  put.run('02', '"valid"');
  put.run('03', '{"schema":1}');
  put.run('04', JSON.stringify({ schema: 2, checkedAt: '2026-11-22T03:00:00.000Z', extent: 'offline', verdict: 'unsigned' }));
  step();
  assert.deepEqual(db.read<[], object>('SELECT sha256, checked_at AS at, verdict, extent FROM report').all(), [{ sha256: '04', at: '2026-11-22T03:00:00.000Z', verdict: 'unsigned', extent: 'offline' }]);
});
