import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createReportPrinter } from '../../src-main/print/report.ts';
import { isNewerReport, readReport } from '../../src-shared/contract/read-report.ts';
import { verificationReport1 } from '../../src-shared/contract/report-schema-1.ts';
import { verificationReport } from '../../src-shared/contract/verification.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { about, sample, samples, sampleText, see } from './support.ts';

const print = createReportPrinter();

test('there are samples of every verdict in both schemas', () => {
  for (const [schema, fewest] of [['1', 15], ['2', 8]] as const) {
    const own = samples.filter((name) => name.startsWith(`${schema}-`));
    assert.ok(own.length >= fewest, `${own.length} of schema ${schema}`);
    const verdicts = new Set(own.map((name) => sample(name).verdict));
    for (const verdict of ['valid', 'valid-extended', 'changed', 'invalid', 'indeterminate', 'unsigned'] as const) assert.ok(verdicts.has(verdict), `${verdict} in schema ${schema}`);
  }
});

for (const name of samples) {
  test(`the kept report ${name} is read, loses nothing, and prints`, async (t) => {
    const written = JSON.parse(sampleText(name)) as Record<string, unknown>;
    const report = sample(name);
    assert.deepEqual(verificationReport.parse(report), report, 'it is of the form of today');
    if (written['schema'] === 2) assert.deepEqual(report, written);
    else assertRaised(report, sampleText(name));
    const bytes = await print(report, { ...about, kept: sampleText(name) }, []);
    const seen = see(t, bytes);
    assert.ok(await qpdfIsSound(seen.file));
    const attached = await seen.attached();
    assert.deepEqual([...attached.keys()], ['bao-cao.json']);
    assert.equal(attached.get('bao-cao.json')?.toString('utf8'), sampleText(name));
    const text = await seen.text();
    for (const { signer } of report.signatures) if (signer !== null) assert.ok(text.includes(signer.commonName.split(' ')[0] ?? ''), signer.commonName);
  });
}

function assertRaised(report: ReturnType<typeof sample>, text: string): void {
  const old = verificationReport1.parse(JSON.parse(text));
  assert.deepEqual([report.schema, report.checkedAt, report.program, report.file, report.trustList, report.extent], [2, null, '', { sha256: null, sizeBytes: null }, null, 'quick']);
  assert.deepEqual([report.verdict, report.problems, report.signatures.length], [old.verdict, old.problems, old.signatures.length]);
  report.signatures.forEach((signature, index) => {
    const { changesAfter, ...same } = old.signatures[index] ?? assert.fail();
    assert.deepEqual({ ...signature, ...same }, signature, 'what was known is as it was');
    assert.deepEqual([signature.signedBytes, signature.chain, signature.revocations], [null, [], []]);
    assert.equal(signature.changesAfter.status, changesAfter.status);
    assert.deepEqual(signature.changesAfter.changes.map(({ message }) => message), changesAfter.details);
    // a known sentence has its kind: the lawful ones among what was allowed, and nothing unexamined where all was examined
    const kinds = new Set(signature.changesAfter.changes.map(({ kind }) => kind));
    if (changesAfter.status === 'allowed') for (const kind of ['content-added', 'forbidden', 'not-examined'] as const) assert.ok(!kinds.has(kind), kind);
    if (changesAfter.status === 'forbidden') assert.ok(kinds.has('forbidden') || kinds.has('content-added') || kinds.has('field-filled') || kinds.has('signature'), [...kinds].join());
    assert.notEqual(signature.look.status, 'same');
  });
}

test('a sentence of schema 1 that nobody knows is a change that is not examined', () => {
  const text = JSON.parse(sampleText('1-them-chu-ky')) as { signatures: { changesAfter: { details: string[] } }[] };
  text.signatures[0]?.changesAfter.details.splice(0, 9, 'Câu mà không phiên bản nào viết.');
  assert.deepEqual(readReport(text)?.signatures[0]?.changesAfter.changes.map(({ kind, revision }) => [kind, revision]), [['not-examined', 4]]);
});

test('a report of a newer schema is read as none and told to be newer; what is no report is neither', () => {
  const newer = { ...sample('2-mot-chu-ky'), schema: 3 };
  assert.deepEqual([readReport(newer), isNewerReport(newer)], [null, true]);
  for (const none of [null, 5, 'valid', [], {}, { schema: '3' }, { schema: 2 }, { schema: 1, verdict: 'fine', signatures: [], problems: [] }]) assert.deepEqual([readReport(none), isNewerReport(none)], [null, false], JSON.stringify(none));
});
