import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { verifyAudit } from '../../src-main/features/audit/chain.ts';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { readAuditLine, type AuditLine } from '../../src-shared/protocol/audit-chain.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const title = 'Về việc kiểm tra nhật ký của bàn làm việc';
const pin = '135790';
const wrongPin = '908172';

async function exported(desk: string): Promise<readonly string[]> {
  const { bytes } = await o.ask(desk, 'audit.export', {});
  return Buffer.from(bytes).toString('utf8').trimEnd().split('\n');
}

function parsed(lines: readonly string[]): readonly AuditLine[] {
  return lines.map((text) => readAuditLine(text) ?? assert.fail(text));
}

test('who did what with which certificate stands in the audit of the desk where it was done, with no title and no PIN', async () => {
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, 'cong-van-xa.pdf')), 'cong-van-xa.pdf');
  assert.ok(imported.ok);
  const { document: { id } } = await o.ask(clerk, 'documents.draft', { title, kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: imported.value.content, recipients: [practiceUnits.department], inReplyTo: null });
  await o.ask(clerk, 'documents.submit', { id });
  await o.until(leader, async () => {
    const read = await o.tryAsk(leader, 'documents.read', { id });
    return read.ok && read.value.document.stage === 'submitted' && read.value.contentHere;
  });
  const thumbprint = await o.thumbprintOf(leader);
  const { signature } = await o.ask(leader, 'signing.propose', { id });
  assert.ok(signature !== null);
  assert.equal((await o.refused(leader, 'signing.approve', { id, thumbprint, pin: wrongPin, placement: signature })).code, 'token.pin-wrong');
  const { document } = await o.ask(leader, 'signing.approve', { id, thumbprint, pin, placement: signature });

  const text = await exported(leader);
  const lines = parsed(text);
  const used = lines.filter(({ action }) => action === 'token.used');
  assert.deepEqual(used.map(({ subject, detail }) => [subject, detail]), [[thumbprint, { ok: false, opened: false, code: 'token.pin-wrong' }], [thumbprint, { ok: true }]]);
  const signed = lines.find(({ action }) => action === 'signature.made');
  assert.deepEqual(signed?.detail, { step: 'sign', certificate: thumbprint });
  const approved = lines.find(({ action, subject }) => action === 'approve' && subject === id);
  assert.equal(approved?.user, leader);
  assert.equal(approved.detail['content'], document.content.sha256);
  // what was signed is what the document has since
  assert.equal(signed.subject, document.content.sha256);
  for (const secret of [title, pin, wrongPin]) assert.equal(text.join('\n').includes(secret), false);
  assert.deepEqual(parsed(await exported(clerk)).filter(({ subject }) => subject === id).map(({ action }) => action), ['draft', 'submit']);
});

test('the screen reads it newest first, with the name of who did it and of what', async () => {
  const { total, rows } = await o.ask(leader, 'audit.page', { offset: 0, limit: 200 });
  assert.equal(rows.length, total);
  assert.deepEqual(rows.map(({ seq }) => seq), Array.from({ length: total }, (_, i) => total - i));
  const row = rows.find(({ action }) => action === 'approve');
  assert.deepEqual([row?.name, row?.about], ['Nguyễn Đức Thắng', title]);
  assert.equal(rows.at(-1)?.action, 'desk.opened');
  const { rows: older } = await o.ask(leader, 'audit.page', { offset: total - 1, limit: 50 });
  assert.deepEqual(older.map(({ seq }) => seq), [1]);
});

test('carrying it away is written down too, and the chain is whole', async () => {
  const before = await o.ask(leader, 'audit.check', { expect: null });
  await o.ask(leader, 'audit.export', {});
  const after = await o.ask(leader, 'audit.check', { expect: before.head });
  assert.deepEqual([before.faultCount, after.faultCount, after.lines - before.lines], [0, 0, 1]);
  assert.deepEqual((await o.ask(leader, 'audit.check', { expect: { seq: 1, hash: 'f'.repeat(64) } })).faults, [{ kind: 'anchor', from: 1, to: 1 }]);
});

test('a line that somebody with the key changed, took out or put in is named', async () => {
  const { lines: count } = await o.ask(clerk, 'audit.check', { expect: null });
  assert.ok(count >= 3);
  const text = await exported(clerk);
  const bent = (change: (lines: string[]) => void): readonly string[] => {
    const copy = [...text];
    change(copy);
    return copy;
  };
  const kinds = (lines: readonly string[]): readonly string[] => verifyAudit(lines).faults.map(({ kind }) => kind);
  assert.deepEqual(kinds(text), []);
  assert.deepEqual(kinds(bent((lines) => { lines[1] = lines[1]?.replace('"action":"', '"action":"x') ?? ''; })), ['changed']);
  assert.deepEqual(kinds(bent((lines) => lines.splice(1, 1))), ['missing']);
  assert.deepEqual(kinds(bent((lines) => lines.splice(1, 0, lines[0] ?? ''))), ['inserted']);
});
