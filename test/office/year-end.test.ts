import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createGate } from '../../src-main/backend/gate.ts';
import { composeDesk } from '../../src-main/backend/compose.ts';
import type { Desk } from '../../src-main/backend/desk.ts';
import { uuidv7 } from '../../src-main/backend/uuid.ts';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createSoftTokens } from '../../src-main/token/soft.ts';
import type { Channel, EventPayload, Input, Output } from '../../src-shared/contract/index.ts';
import type { Urgency } from '../../src-shared/domain/document.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import { bookId, documentId, organizationCode, personId, sha256, type BookId, type DocumentId } from '../../src-shared/domain/ids.ts';
import { plainEntry } from '../../src-shared/domain/organization.ts';
import type { AppError, Result } from '../../src-shared/result.ts';

const unit = { code: organizationCode.parse('H48.60.12'), name: 'UBND xã Sơn Tịnh' };
const sender = { code: organizationCode.parse('H48.33'), name: 'UBND huyện Sơn Tịnh' };
const me = { id: personId.parse('mai.tt'), fullName: 'Trần Thị Mai', position: 'Văn thư', unit: unit.code, roles: ['clerk' as const] };
const actor = { person: me.id, fullName: me.fullName, role: 'clerk' as const, unit: unit.code };
const today = vietnamDate(new Date());
const thisYear = Number(today.slice(0, 4));
const book = (year: number): BookId => bookId.parse(`${unit.code}/${year}/van-ban-den`);
const key = randomBytes(32);

let dir: string;
let desk: Desk;
let express: DocumentId;
const alarms: EventPayload<'tasks.alarm'>[] = [];
let alarmed: Promise<void>;

/** A clerk's desk as it stands after last year: its store was filled by the feed, and there is no line now. */
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'van-thu-year-'));
  const opened = openProfileStore({ dir, key });
  assert.ok(opened.ok);
  const store = opened.value.desk;
  let page = 0;
  const arrive = (urgency: Urgency, registered: { readonly book: BookId; readonly number: number; readonly on: string } | null): DocumentId => {
    const document = documentId.parse(uuidv7());
    const at = registered === null ? new Date().toISOString() : `${registered.on}T02:00:00.000Z`;
    const content = { sha256: sha256.parse(randomBytes(32).toString('hex')), sizeBytes: 1, fileName: 'cong-van.pdf', parent: null };
    store.applyChanges([{
      document, from: 0,
      events: [
        { type: 'arrived', at, by: null, command: null, unit, from: sender, origin: documentId.parse(uuidv7()), title: 'Công văn', kind: 'cong-van', number: 15, notation: 'UBND', issuedDate: '2025-06-20', urgency, content, signer: '', inReplyTo: null },
        ...(registered === null ? [] : [{ type: 'registered' as const, at, by: actor, command: randomUUID() as never, entry: { book: registered.book, epoch: 1, number: registered.number }, arrivalDate: registered.on }]),
      ],
    }], `cursor-${++page}`);
    return document;
  };
  for (const number of [1, 2, 3]) arrive('normal', { book: book(thisYear - 1), number, on: `${thisYear - 1}-12-2${number}` });
  // somebody's clock was right when this was registered, and ours is not
  arrive('normal', { book: book(thisYear), number: 7, on: addDays(today, 1) });
  store.putBook({ book: book(thisYear), epoch: 1, next: 8, reserveEnd: 100 });
  express = arrive('express', null);
  // of the year before last: one number is on the server, one was given when the line was gone and still waits
  arrive('normal', { book: book(thisYear - 2), number: 1, on: `${thisYear - 2}-12-21` });
  const late = arrive('normal', null);
  const entry = { book: book(thisYear - 2), epoch: 1, number: 2 };
  const command = { id: randomUUID() as never, document: late, unit: unit.code, actor, at: `${thisYear - 2}-12-31T02:00:00.000Z`, base: { workflow: 0, assignment: 0 }, dependsOn: null, type: 'register' as const, args: { entry, arrivalDate: `${thisYear - 2}-12-31` } };
  store.putBook({ book: entry.book, epoch: 1, next: 2, reserveEnd: 50 });
  store.recordAction(command, [{ type: 'registered', at: command.at, by: actor, command: command.id, entry, arrivalDate: command.args.arrivalDate }], { id: entry.book, used: 2 });
  store.putDirectory([plainEntry(unit), { ...plainEntry(sender), ceasedOn: '2025-06-30' }], 1);
  opened.value.close();

  desk = composeDesk({
    dir, key, me, role: 'clerk', unit, serverUrl: 'http://127.0.0.1:9', credentials: null, tokens: createSoftTokens({ pkcs12: [] }), trust: {}, holdMs: () => 0, log: () => {},
    office: { signature: null, seal: null, profile: 'office', location: 'Sơn Tịnh', policy: { level: 'B-B', digest: 'sha256', tsaUrl: '', proxyUrl: '' } },
  });
  alarmed = new Promise((resolve) => {
    desk.on((name, payload) => {
      if (name !== 'tasks.alarm') return;
      alarms.push(payload as EventPayload<'tasks.alarm'>);
      resolve();
    });
  });
});
after(async () => {
  await desk.close();
  await rm(dir, { recursive: true, force: true });
});

async function tryAsk<C extends Channel>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
  return (await createGate(desk.handlers, () => {})(channel, input)) as Result<never>;
}
async function ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const result = await tryAsk(channel, input);
  if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
  return result.value;
}
async function refused<C extends Channel>(channel: C, input: Input<C>): Promise<AppError> {
  const result = await tryAsk(channel, input);
  if (result.ok) throw new Error(`${channel} was not refused`);
  return result.error;
}

test('what is express and not registered is told before it is late, once, and stands among the alarms', { timeout: 20_000 }, async () => {
  await alarmed;
  assert.deepEqual(alarms[0]?.rows.filter(({ id }) => id === express).map(({ what }) => what), ['Vào sổ văn bản đến', 'Trình lãnh đạo']);
  const { rows } = await ask('tasks.alarms', {});
  assert.deepEqual(rows.filter(({ document }) => document.id === express).map(({ deadline }) => [deadline.step, deadline.state]).slice(0, 2), [['register', 'soon'], ['present', 'soon']]);
});

test('with a clock that is behind the register no number is given, and none is used up', async () => {
  assert.equal((await refused('documents.register', { id: express })).code, 'numbering.clock-back');
  assert.equal((await ask('documents.nextNumber', { id: express })).reference, '08');
  assert.equal((await ask('documents.read', { id: express })).document.stage, 'arrived');
});

test('signed out, no register is closed, this year’s is not even with one, and one that nobody knows is not found', async () => {
  const closed = async () => (await ask('registers.books', {})).books.filter((one) => one.closed !== null).map(({ book: id, register }) => [id, register]);
  assert.deepEqual(await closed(), []);
  assert.equal((await refused('registers.close', { book: book(1999) })).code, 'not-found');
  assert.equal((await refused('registers.close', { book: book(thisYear) })).code, 'numbering.clock-back');
  assert.deepEqual(await refused('registers.close', { book: book(thisYear - 1) }), { code: 'sync.signed-out' });
  assert.deepEqual(await closed(), []);
  const { table, total } = await ask('registers.page', { register: 'incoming', book: book(thisYear - 1), from: null, to: null, offset: 0, limit: 50 });
  assert.deepEqual([total, table.rows.map((row) => row[1]), table.notes], [3, ['01', '02', '03'], ['Sổ có 3 văn bản, từ số 01 đến số 03.']]);
});

test('a book of which a number still waits for the line is not closed, and it is said how many wait', async () => {
  assert.deepEqual(await refused('registers.close', { book: book(thisYear - 2) }), { code: 'numbering.waiting', params: { count: 1, year: thisYear - 2 } });
  assert.equal((await ask('registers.books', {})).books.every((one) => one.closed === null), true);
});

test('an office that ceased stays the author of what it wrote before, and of nothing after', async () => {
  const { importId } = await ask('content.beginImport', { fileName: 'scan.jpg', as: 'attachment' });
  await ask('content.appendImport', { importId, bytes: Buffer.from('a scan') });
  const { content } = await ask('content.finishImport', { importId });
  const paper = (issuedDate: string) => ({
    title: 'Về đất đai', kind: 'cong-van' as const, numberText: '30', notation: 'UBND', issuedDate, from: sender, urgency: 'normal' as const, content, signer: '', channel: 'paper' as const, inReplyTo: null,
  });
  assert.deepEqual(await refused('documents.receive', paper('2025-07-02')), { code: 'workflow.ceased-sender', params: { org: sender.code, on: '30/06/2025', date: '02/07/2025' } });
  assert.equal((await ask('documents.receive', paper('2025-06-30'))).document.stage, 'arrived');
});
