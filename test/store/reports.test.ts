import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import type { VerificationReport } from '../../src-shared/contract/verification.ts';
import type { Examination } from '../../src-main/ports/verification.ts';
import { connect } from '../../src-main/store/driver.ts';
import { arrived, content, draft, key, newId, scene } from './helpers.ts';

type Told = { readonly verdict?: VerificationReport['verdict']; readonly extent?: VerificationReport['extent']; readonly evidence?: readonly string[] };

/** The examination of minute `at`. */
function examined(at: number, { verdict = 'valid', extent = 'full', evidence = [] }: Told = {}): Examination {
  return {
    report: { schema: 2, checkedAt: time(at), program: '0.2.0', file: { sha256: null, sizeBytes: 5 }, trustList: { version: 3, dated: '2026-11-01' }, extent, verdict, signatures: [], problems: [] },
    evidence: evidence.map((text) => ({ kind: 'ocsp' as const, der: Buffer.from(text), sha256: hash(text) })),
  };
}

const time = (at: number): string => new Date(Date.UTC(2026, 10, 22, 3, at)).toISOString();
const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

test('of every content stay the first report, the newest, and each that judged otherwise than the one before it', (t) => {
  const { desk } = scene(t).open();
  const { sha256 } = content('một tệp');
  const verdicts = ['valid', 'valid', 'valid', 'indeterminate', 'indeterminate', 'valid', 'valid', 'valid'] as const;
  verdicts.forEach((verdict, at) => {
    desk.keepExamination(sha256, examined(at, { verdict }));
    assert.deepEqual(desk.findReport(sha256, null), { ...examined(at, { verdict }).report, file: { sha256, sizeBytes: 5 } });
  });
  assert.deepEqual(desk.keptReports(sha256).map(({ checkedAt }) => checkedAt), [0, 3, 5, 7].map(time));
  assert.deepEqual([desk.findReport(sha256, time(3))?.verdict, desk.findReport(sha256, time(4))], ['indeterminate', null]);
  assert.deepEqual(desk.keptReports(content('tệp khác').sha256), []);
});

test('the first report in full stays too, for it holds the proofs of that day', (t) => {
  const { desk } = scene(t).open();
  const { sha256 } = content('một tệp');
  desk.keepExamination(sha256, examined(0, { extent: 'quick' }));
  for (let at = 1; at < 5; at += 1) desk.keepExamination(sha256, examined(at, { evidence: [`OCSP ${at}`] }));
  assert.deepEqual(desk.keptReports(sha256).map(({ checkedAt, extent }) => [checkedAt, extent]), [[time(0), 'quick'], [time(1), 'full'], [time(4), 'full']]);
  assert.deepEqual(desk.readEvidence(sha256, time(1)).map(({ der }) => Buffer.from(der).toString()), ['OCSP 1']);
});

test('what reports lean on is kept once, and goes with the last of them', (t) => {
  const { desk } = scene(t).open();
  const [a, b] = [content('a').sha256, content('b').sha256];
  desk.keepExamination(a, examined(0));
  desk.keepExamination(b, examined(0));
  desk.keepExamination(a, examined(1, { evidence: ['CA', 'of a'] }));
  desk.keepExamination(b, examined(1, { evidence: ['CA', 'CA', 'of b'] }));
  assert.deepEqual(desk.findEvidence(hash('CA')), { kind: 'ocsp', der: new Uint8Array(Buffer.from('CA')), sha256: hash('CA') });
  assert.deepEqual(desk.readEvidence(b, null).map(({ sha256 }) => sha256), [hash('CA'), hash('of b')]);

  desk.keepExamination(a, examined(2));
  assert.deepEqual([desk.findEvidence(hash('of a')), desk.findEvidence(hash('CA'))?.kind, desk.findEvidence(hash('of b'))?.kind], [null, 'ocsp', 'ocsp']);
  desk.keepExamination(b, examined(2));
  assert.deepEqual(['CA', 'of b'].map((text) => desk.findEvidence(hash(text))), [null, null]);
});

test('the digest of evidence is that of its bytes, whatever the caller said', (t) => {
  const { desk } = scene(t).open();
  const { sha256 } = content('a');
  desk.keepExamination(sha256, { ...examined(0), evidence: [{ kind: 'crl', der: Buffer.from('danh sách'), sha256: hash('something else') }] });
  assert.equal(desk.findEvidence(hash('something else')), null);
  assert.equal(desk.findEvidence(hash('danh sách'))?.kind, 'crl');
});

test('a report of a form that came after this version is named with its verdict, read as none, and left as it is', (t) => {
  const { dir, open } = scene(t);
  const { sha256 } = content('một tệp');
  const first = open();
  const id = draft(first.desk, 'một tệp').id;
  first.desk.keepExamination(sha256, examined(0));
  first.close();
  const json = JSON.stringify({ schema: 3, when: time(9), verdict: 'invalid', everything: ['new'] });
  const db = connect(join(dir, 'desk.db'), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
  db.write<[string, string, string]>("INSERT INTO report (sha256, checked_at, verdict, extent, json) VALUES (?, ?, 'invalid', 'full', ?)").run(sha256, time(9), json);
  db.close();

  const { desk } = open();
  assert.deepEqual([desk.findDocument(id)?.verdict, desk.findDocument(id)?.report], ['invalid', null]);
  assert.deepEqual([desk.findReport(sha256, null), desk.findReport(sha256, time(9)), desk.findReport(sha256, time(0))?.verdict], [null, null, 'valid']);
  assert.deepEqual(desk.keptReports(sha256).map(({ verdict }) => verdict), ['valid', 'invalid']);
  desk.keepExamination(sha256, examined(10));
  assert.deepEqual(desk.keptReports(sha256).map(({ verdict }) => verdict), ['valid', 'invalid', 'valid']);
  const reader = connect(join(dir, 'desk.db'), { key, readonly: true, pageSizeBytes: 4096, cacheKiB: 1024 });
  assert.equal(reader.read<[], { json: string }>("SELECT json FROM report WHERE verdict = 'invalid'").get()?.json, json);
  reader.close();
});

test('what was kept is there after the program was closed', (t) => {
  const { open } = scene(t);
  const shared = content('cùng một tệp');
  const first = open();
  const id = newId<never>();
  first.desk.applyChanges([{ document: id, from: 0, events: [arrived('A', { content: shared })] }], 'c1');
  first.desk.keepExamination(shared.sha256, examined(0, { verdict: 'changed', evidence: ['CA'] }));
  first.close();
  const { desk } = open();
  assert.equal(desk.findDocument(id)?.report?.verdict, 'changed');
  assert.equal(desk.readEvidence(shared.sha256, null).length, 1);
});
