import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { sendLetter } from '../../src-main/practice/seed.ts';
import type { DocumentDetail } from '../../src-shared/contract/documents.ts';
import type { Tokens } from '../../src-main/token/client.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { opensslCmsVerifies, pdfsig, qpdfIsSound, sliceSignatures } from '../support/judges.ts';
import { openOffice, pdfDir, resourcesDir, type OfficeUnderTest } from './support.ts';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const department = 'department-clerk';

function cut(...desks: string[]): void {
  for (const desk of desks) o.office.desks.get(desk)?.line.cut();
}
function mend(...desks: string[]): void {
  for (const desk of desks) o.office.desks.get(desk)?.line.mend();
}

/** The desk answers without a line, says that something waits, and names it. */
async function assertWaits(desk: string, id: DocumentId, type: string): Promise<void> {
  await o.ask(desk, 'sync.now', {});
  const status = await o.ask(desk, 'sync.status', {});
  assert.equal(status.online, false);
  assert.ok(status.pending >= 1);
  const { rows } = await o.ask(desk, 'outbox.list', {});
  assert.ok(rows.some((row) => row.document === id && row.type === type && row.problem === null), `${type} waits in the outbox`);
  const detail = await o.ask(desk, 'documents.read', { id });
  assert.ok(['waiting', 'sending', 'confirming'].includes(detail.sync));
}

async function atStage(desk: string, id: DocumentId, stage: string): Promise<DocumentDetail> {
  return o.until(desk, async () => {
    const read = await o.tryAsk(desk, 'documents.read', { id });
    return read.ok && read.value.document.stage === stage && read.value.contentHere ? read.value : null;
  });
}

test('every document that the practice begins with is sound to foreign judges, whatever made its file', async () => {
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 50 });
  assert.equal(rows.length, 6);
  for (const { document } of rows) {
    const file = join(o.dir, 'given.pdf');
    const bytes = await o.readContent(clerk, document.content.sha256);
    await writeFile(file, bytes);
    const signatures = await pdfsig(file);
    assert.deepEqual(signatures.map((s) => s.valid), [true, true], document.content.fileName);
    assert.equal(signatures.at(-1)?.coversAll, true, document.content.fileName);
    assert.ok(await qpdfIsSound(file), document.content.fileName);
    for (const slice of sliceSignatures(bytes)) assert.ok(await opensslCmsVerifies(slice, o.office.rootPem), document.content.fileName);
    assert.equal((await o.ask(clerk, 'verification.report', { id: document.id })).report?.verdict, 'valid-extended', document.content.fileName);
  }
});

test('with the line cut between every two steps a letter still arrives, is answered, signed, sealed, sent and received once', async () => {
  // the province writes while the commune has no line
  cut(clerk);
  await sendLetter(o.office.desks, join(resourcesDir, 'practice'), {
    file: 'quyet-dinh.pdf', title: 'Quyết định gửi khi xã mất mạng', kind: 'quyet-dinh', notation: 'QĐ-UBND', urgency: 'normal', from: 'province',
  }, [practiceUnits.commune]);
  const find = async (desk: string, query: string) => (await o.ask(desk, 'documents.list', { folder: 'incoming', query, offset: 0, limit: 10 })).rows[0];
  assert.equal(await find(clerk, 'khi xa mat mang'), undefined);
  mend(clerk);
  const arrived = await o.until(clerk, async () => { const row = await find(clerk, 'khi xa mat mang'); return row?.contentHere === true ? row : null; });
  const incoming = arrived.document.id;

  cut(clerk);
  const registered = await o.ask(clerk, 'documents.register', { id: incoming });
  assert.equal(registered.document.arrival?.number, 418);
  await assertWaits(clerk, incoming, 'register');
  mend(clerk);
  await o.until(clerk, async () => (await o.ask(clerk, 'documents.read', { id: incoming })).sync === 'synced');

  // the answer: drafted and submitted offline
  cut(clerk);
  const original = await readFile(join(pdfDir, 'cong-van-xa.pdf'));
  const imported = await o.importPdf(clerk, original, 'cong-van-xa.pdf');
  assert.ok(imported.ok);
  const drafted = await o.ask(clerk, 'documents.draft', {
    title: 'Trả lời quyết định', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: imported.value.content,
    recipients: [practiceUnits.department], inReplyTo: incoming,
  });
  const id = drafted.document.id;
  const submitted = await o.ask(clerk, 'documents.submit', { id });
  assert.equal(submitted.document.content.parent, imported.value.content.sha256);
  await assertWaits(clerk, id, 'submit');
  mend(clerk);

  await o.until(leader, async () => (await o.tryAsk(leader, 'documents.read', { id })).ok);
  await atStage(leader, id, 'submitted');
  cut(leader);
  const places = await o.ask(leader, 'signing.propose', { id });
  assert.ok(places.prepared && places.signature !== null);
  const approved = await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin: '135790', placement: places.signature });
  const leadersRevision = await o.readContent(leader, approved.document.content.sha256);
  await assertWaits(leader, id, 'approve');
  mend(leader);
  await o.until(leader, async () => (await o.ask(leader, 'documents.read', { id })).sync === 'synced');

  await atStage(clerk, id, 'approved');
  cut(clerk, department);
  const proposed = await o.ask(clerk, 'issuing.propose', { id });
  assert.equal(proposed.number, 15);
  const seal = (await o.ask(clerk, 'signing.propose', { id })).seal;
  assert.ok(seal !== null);
  const issued = await o.ask(clerk, 'issuing.issue', {
    id, thumbprint: await o.thumbprintOf(clerk), pin: '246810', number: 15, notation: 'UBND-VP', date: '2026-11-21', placement: seal,
    recipients: [practiceUnits.department], send: true,
  });
  assert.equal(issued.document.number, 15);
  await assertWaits(clerk, id, 'send');
  assert.equal((await o.ask(clerk, 'documents.read', { id })).document.recipients[0]?.status, 'sent');
  mend(clerk);
  await o.until(clerk, async () => (await o.ask(clerk, 'documents.read', { id })).document.recipients[0]?.status === '01');

  mend(department);
  const received = await o.until(department, async () => { const row = await find(department, 'tra loi quyet dinh'); return row?.contentHere === true ? row : null; });
  assert.deepEqual((await o.ask(department, 'documents.list', { folder: 'incoming', query: 'tra loi quyet dinh', offset: 0, limit: 10 })).total, 1);
  await o.ask(department, 'documents.register', { id: received.document.id });
  await o.until(clerk, async () => (await o.ask(clerk, 'documents.read', { id })).document.recipients[0]?.status === '03');
  for (const desk of [clerk, leader, department]) {
    await o.until(desk, async () => (await o.ask(desk, 'sync.status', {})).pending === 0);
    assert.deepEqual((await o.ask(desk, 'outbox.list', {})).rows, []);
  }

  // judged by tools that are not ours
  const bytes = await o.readContent(department, received.document.content.sha256);
  const file = join(o.dir, 'received.pdf');
  await writeFile(file, bytes);
  const signatures = await pdfsig(file);
  assert.deepEqual(signatures.map((s) => s.valid), [true, true]);
  assert.equal(signatures.at(-1)?.coversAll, true);
  assert.ok(await qpdfIsSound(file));
  const slices = sliceSignatures(bytes);
  assert.equal(slices.length, 2);
  for (const slice of slices) assert.ok(await opensslCmsVerifies(slice, o.office.rootPem));
  assert.ok(bytes.subarray(0, leadersRevision.length).equals(leadersRevision), 'the leader’s revision is a prefix');
  assert.ok(bytes.subarray(0, original.length).equals(original), 'the draft is a prefix');

  const { report } = await o.ask(department, 'verification.report', { id: received.document.id });
  assert.equal(report?.verdict, 'valid-extended');
  assert.deepEqual(report.signatures.map((s) => [s.signer?.commonName, s.verdict]), [['Nguyễn Đức Thắng', 'valid-extended'], ['Ủy ban nhân dân xã Sơn Tịnh', 'valid']]);
});

test('a wrong PIN is told once, is not tried again, and leaves the document as it was', async () => {
  const { rows } = await o.ask(leader, 'documents.list', { folder: 'signing', query: '', offset: 0, limit: 10 });
  const waiting = rows[0];
  assert.ok(waiting !== undefined);
  const placement = { page: 1, rect: { x: 120, y: 200, width: 40, height: 17.6 } };
  const thumbprint = await o.thumbprintOf(leader);
  const error = await o.refused(leader, 'signing.approve', { id: waiting.document.id, thumbprint, pin: '000000', placement });
  assert.equal(error.code, 'token.pin-wrong');
  const after = await o.ask(leader, 'documents.read', { id: waiting.document.id });
  assert.deepEqual([after.document.stage, after.document.content.sha256], ['submitted', waiting.document.content.sha256]);
});

test('a token host killed in mid-signature is told, the document is untouched, and the next try works', async () => {
  const seated = o.office.desks.get(leader);
  const { rows } = await o.ask(leader, 'documents.list', { folder: 'signing', query: '', offset: 0, limit: 10 });
  const waiting = rows[0];
  assert.ok(seated !== undefined && waiting !== undefined);
  const input = { id: waiting.document.id, thumbprint: await o.thumbprintOf(leader), pin: seated.cast.pin, placement: { page: 1, rect: { x: 120, y: 200, width: 40, height: 17.6 } } };

  const [pid] = [...((seated.tokens as Partial<Tokens>).hostPids?.() ?? new Map<string, number>()).values()];
  assert.ok(pid !== undefined, 'the practice token is behind a host process');
  process.kill(pid, 'SIGSTOP'); // the host takes the call and answers nothing…
  const signing = o.tryAsk(leader, 'signing.approve', input);
  setImmediate(() => process.kill(pid, 'SIGKILL')); // …and then it is gone
  const failed = await signing;
  assert.equal(failed.ok, false);
  assert.equal(!failed.ok && failed.error.code, 'token.host-died');
  assert.equal((await o.ask(leader, 'documents.read', { id: waiting.document.id })).document.content.sha256, waiting.document.content.sha256);

  const again = await o.ask(leader, 'signing.approve', input);
  assert.equal(again.document.stage, 'approved');
});

test('a letter sent back while the token still signs is not signed over: the person is told, and it stays sent back', async () => {
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'issuing', query: '', offset: 0, limit: 10 });
  const waiting = await o.until(clerk, async () => rows[0] ?? (await o.ask(clerk, 'documents.list', { folder: 'issuing', query: '', offset: 0, limit: 10 })).rows[0]);
  const seated = o.office.desks.get(clerk);
  assert.ok(seated !== undefined);
  const { id, content } = waiting.document;
  await atStage(clerk, id, 'approved');
  const proposed = await o.ask(clerk, 'issuing.propose', { id });
  const seal = (await o.ask(clerk, 'signing.propose', { id })).seal;
  assert.ok(proposed.number !== null && seal !== null);
  const thumbprint = await o.thumbprintOf(clerk);
  const [pid] = [...((seated.tokens as Partial<Tokens>).hostPids?.() ?? new Map<string, number>()).values()];
  assert.ok(pid !== undefined);
  process.kill(pid, 'SIGSTOP'); // the token is slow…
  const issuing = o.tryAsk(clerk, 'issuing.issue', { id, thumbprint, pin: seated.cast.pin, number: proposed.number, notation: 'UBND-VP', date: proposed.date, placement: seal, recipients: [practiceUnits.department], send: true });
  await o.ask(clerk, 'documents.returnToDrafter', { id, reason: 'Sai nơi nhận' }); // …and the letter goes back meanwhile
  process.kill(pid, 'SIGCONT');
  const told = await issuing;
  assert.deepEqual([told.ok, !told.ok && told.error.code], [false, 'workflow.changed-meanwhile']);
  const { document } = await o.ask(clerk, 'documents.read', { id });
  assert.deepEqual([document.stage, document.number, document.content.sha256], ['returned', null, content.sha256]);
  assert.equal((await o.ask(clerk, 'issuing.propose', { id })).number, proposed.number, 'the number is not used up');
});

test('a file that is not a PDF, an empty one, an encrypted one and one of no pages are refused with a reason, and nothing is kept', async () => {
  const noPages = Buffer.from('%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\nxref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000053 00000 n \ntrailer\n<</Size 3/Root 1 0 R>>\nstartxref\n100\n%%EOF\n');
  const cases: readonly (readonly [string, Uint8Array])[] = [
    ['pdf.not-pdf', Buffer.from('Đây là một tệp văn bản.')],
    ['file.empty', new Uint8Array()],
    ['pdf.password-needed', await readFile(join(pdfDir, 'giay-moi-encrypted-password.pdf'))],
    ['pdf.no-pages', noPages],
  ];
  const before = await o.ask(clerk, 'documents.list', { folder: 'outgoing', query: '', offset: 0, limit: 100 });
  for (const [code, bytes] of cases) {
    const result = await o.importPdf(clerk, bytes, 'tep.pdf');
    assert.deepEqual([result.ok, !result.ok && result.error.code], [false, code]);
  }
  assert.equal((await o.ask(clerk, 'documents.list', { folder: 'outgoing', query: '', offset: 0, limit: 100 })).total, before.total);
});
