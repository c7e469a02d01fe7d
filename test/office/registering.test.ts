import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import type { DocumentDetail, DocumentRow } from '../../src-shared/contract/documents.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { withFreeText } from '../support/tampering.ts';
import { arrive, giveBooks, openDeskAt, type DeskPlace, type DeskUnderTest } from './leader-desk.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'department-leader';
const department = 'department-clerk';
const reason = 'Đã gọi điện xác minh với nơi gửi.';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

const read = (id: DocumentId): Promise<DocumentDetail> => o.ask(clerk, 'documents.read', { id });

function checkOf(detail: DocumentDetail): unknown {
  const last = detail.history.findLast(({ type }) => type === 'registered');
  return last?.type === 'registered' ? last.check : undefined;
}

async function incoming(query: string): Promise<DocumentRow> {
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query, offset: 0, limit: 5 });
  // others may say so in their text
  const named = rows.filter(({ document }) => document.title.includes(query));
  assert.equal(named.length, 1, query);
  return named[0] as DocumentRow;
}

/** The department signs, seals and sends on a file whose first signature somebody had written over; it comes over the line like any other. */
async function deliverChanged(title: string): Promise<DocumentId> {
  const signed = await o.readContent(clerk, (await incoming('Quy chế tiếp nhận')).document.content.sha256);
  const imported = await o.importPdf(department, withFreeText(signed), 'quyet-dinh.pdf');
  assert.ok(imported.ok);
  const { document: { id } } = await o.ask(department, 'documents.draft', {
    title, kind: 'quyet-dinh', notation: 'QĐ-SKHCN', urgency: 'normal', content: imported.value.content, recipients: [practiceUnits.commune], inReplyTo: null,
  });
  await o.ask(department, 'documents.submit', { id });
  const stageAt = (desk: string, stage: string) => o.until(desk, async () => {
    const found = await o.tryAsk(desk, 'documents.read', { id });
    return found.ok && found.value.document.stage === stage && found.value.contentHere;
  });
  await stageAt(leader, 'submitted');
  const accepted = (await o.ask(leader, 'signing.inspect', { id })).changedSince?.field ?? null;
  assert.ok(accepted !== null);
  const at = (x: number) => ({ page: 1, rect: { x, y: 262, width: 30, height: 15 } });
  await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin: pinOf(leader), placement: at(150), accepted });
  await stageAt(department, 'approved');
  const { number, date } = await o.until(department, async () => {
    const proposed = await o.ask(department, 'issuing.propose', { id });
    return proposed.number === null ? null : { number: proposed.number, date: proposed.date };
  });
  await o.ask(department, 'issuing.issue', { id, thumbprint: await o.thumbprintOf(department), pin: pinOf(department), number, notation: 'QĐ-SKHCN', date, placement: at(110), recipients: [practiceUnits.commune], send: true });
  const arrived = await o.until(clerk, async () => {
    const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: title, offset: 0, limit: 20 });
    const row = rows.find(({ document }) => document.title === title);
    return row?.contentHere === true ? row : null;
  });
  return arrived.document.id;
}

function pinOf(desk: string): string {
  return o.office.desks.get(desk)?.cast.pin ?? '';
}

test('a document whose signatures are in order is registered as before, and the verdict is written down with it', async () => {
  const { document: { id } } = await incoming('Quy chế tiếp nhận');
  const registered = await o.ask(clerk, 'documents.register', { id });
  assert.deepEqual([registered.document.arrival?.number, checkOf(registered)], [418, { verdict: 'valid-extended', reason: null }]);
});

test('one that was written over after signing takes no number until a reason is given; then the reason is in the log, here and on the server', async () => {
  const id = await deliverChanged('Quyết định bị sửa');
  for (const given of [undefined, null, '', '   ']) {
    assert.equal((await o.refused(clerk, 'documents.register', { id, ...(given === undefined ? {} : { reason: given }) })).code, 'verification.reason-needed');
  }
  const untouched = await read(id);
  assert.deepEqual([untouched.document.stage, untouched.document.arrival, untouched.history.length, untouched.sync], ['arrived', null, 1, 'synced']);
  assert.deepEqual((await o.ask(clerk, 'outbox.list', {})).rows, [], 'nothing waits for the line');

  const { report } = await o.ask(clerk, 'verification.report', { id });
  assert.ok(report);
  const registered = await o.ask(clerk, 'documents.register', { id, reason: `  ${reason} ` });
  assert.deepEqual([registered.document.arrival?.number, checkOf(registered)], [419, { verdict: report.verdict, reason }]);
  // the province decides by the same rule and hands the log back
  await o.until(clerk, async () => (await read(id)).sync === 'synced');
  assert.deepEqual(checkOf(await read(id)), { verdict: report.verdict, reason });
  assert.equal((await o.ask(clerk, 'documents.present', { id, note: '' })).document.stage, 'presented');
});

test('it can be refused without a reason for registering, and takes no number then either', async () => {
  const id = await deliverChanged('Quyết định trả lại');
  assert.equal((await o.ask(clerk, 'documents.refuse', { id, reason: 'Nội dung bị sửa sau khi ký' })).document.stage, 'refused');
  const next = await o.ask(clerk, 'documents.register', { id: (await incoming('Tập huấn ký số')).document.id });
  assert.equal(next.document.arrival?.number, 420);
});

test('two that are registered at once get two numbers, and one that is pressed twice gets one', async () => {
  const [first, second] = await Promise.all(['Họp triển khai ký số', 'Danh mục hồ sơ'].map(async (query) => (await incoming(query)).document.id));
  assert.ok(first !== undefined && second !== undefined);
  // which of the two comes first is the examination's to say: neither waits for the other's
  const [one, other, again] = (await Promise.all([first, second, first].map((id) => o.tryAsk(clerk, 'documents.register', { id })))).map((answer) => (answer.ok ? answer.value.document.arrival?.number : answer.error.code));
  assert.deepEqual([one, again].filter((answer) => answer === 'workflow.wrong-stage').length, 1);
  assert.deepEqual([one, other, again].filter((answer) => typeof answer === 'number').toSorted((less, more) => less - more), [421, 422]);
});

describe('a desk without a line', () => {
  const place = (): DeskPlace => ({ dir: join(o.dir, `desk-${randomUUID()}`), driver: '/none', env: {}, trust: { anchors: [], intermediates: [] } });
  const open = async (t: TestContext, at: DeskPlace, more: Parameters<typeof openDeskAt>[1] = {}): Promise<DeskUnderTest> => {
    const desk = await openDeskAt(at, { role: 'clerk', ...more });
    t.after(() => desk.close());
    return desk;
  };

  test('what is not here yet cannot be checked and is not held up: the log says so', async (t) => {
    const at = place();
    const id = await arrive(at, null, 'Nội dung chưa về');
    giveBooks(at);
    const desk = await open(t, at);
    const registered = await desk.ask('documents.register', { id });
    assert.deepEqual([registered.document.stage, registered.contentHere, checkOf(registered)], ['registered', false, { verdict: 'unchecked', reason: null }]);
  });

  test('what nobody signed needs no reason, what cannot be read as a document does', async (t) => {
    const at = place();
    const unsigned = await arrive(at, await readFile(join(pdfDir, 'giay-moi.pdf')), 'Không ký');
    const damaged = await arrive(at, Buffer.from('not a document'), 'Không đọc được');
    giveBooks(at);
    const desk = await open(t, at);
    assert.deepEqual(checkOf(await desk.ask('documents.register', { id: unsigned })), { verdict: 'unsigned', reason: null });
    assert.equal((await desk.refused('documents.register', { id: damaged })).code, 'verification.reason-needed');
    assert.deepEqual(checkOf(await desk.ask('documents.register', { id: damaged, reason })), { verdict: 'indeterminate', reason });
  });

  test('who may not register is told so, whatever the signatures say', async (t) => {
    const at = place();
    const id = await arrive(at, Buffer.from('not a document'), 'Không đọc được');
    giveBooks(at);
    assert.equal((await (await open(t, at, { role: 'leader' })).refused('documents.register', { id })).code, 'not-allowed');
  });
});
