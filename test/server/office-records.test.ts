import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { bookId, grantId, type DocumentId } from '../../src-shared/domain/ids.ts';
import type { CommandBody } from '../../src-shared/domain/document.ts';
import type { Grant } from '../../src-shared/domain/records/office.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import { bookNumbers } from '../../src-shared/protocol/wire.ts';
import { overBoth } from '../storage/backends.ts';
import { openRound, wordOf, type Desk, type Round } from './desks.ts';
import { commune, draftBody, newDocument, personOf, province } from './office.ts';

const office = recordId(commune.code, 'office');
/** Last year's: the commands are of 22 November 2026. */
const lastYear = bookId.parse(`${commune.code}/2025/van-ban-di`);

function grantOf(round: Round, more: Partial<Grant> = {}): Grant {
  return {
    id: grantId.parse(randomUUID()), from: personOf(round.leader.who).id, to: personOf(round.officer.who).id, capacity: 'TUQ.', lends: 'leader', firstDay: '2026-11-20', lastDay: '2026-11-25',
    basis: '12/GUQ-UBND ngày 19/11/2026', content: null, ...more,
  };
}

async function submitted(round: Round): Promise<{ document: DocumentId; approve: CommandBody }> {
  const document = newDocument();
  const content = await round.clerk.upload(randomBytes(100));
  await round.clerk.done(document, draftBody(content));
  await round.clerk.done(document, { type: 'submit', args: { content } });
  return { document, approve: { type: 'approve', args: { content, signer: 'Chuyên viên', capacity: 'TUQ.' } } };
}

/** A document of the commune, signed, and the command that numbers it. */
async function signed(round: Round): Promise<{ document: DocumentId; issue: (entry: { epoch: number; number: number }) => CommandBody }> {
  const { document, approve } = await submitted(round);
  assert.ok(approve.type === 'approve');
  const { content } = approve.args;
  await round.leader.done(document, { type: 'approve', args: { content, signer: 'Chủ tịch' } });
  return { document, issue: ({ epoch, number }) => ({ type: 'issue', args: { content, entry: { book: lastYear, epoch, number }, notation: 'UBND-VP', issuedDate: '2025-12-30', signer: 'Chủ tịch' } }) };
}

async function lend(desk: Desk, station: string, book: string = lastYear): Promise<{ status: number; body: { epoch: number; reserveEnd: number; error?: { code: string; params?: object } } }> {
  const response = await desk.post('/v1/books/lease', { book, station });
  return { status: response.status, body: await response.json() as never };
}
const giveBack = async (desk: Desk, station: string, epoch: number): Promise<number> => (await desk.post('/v1/books/return', { book: lastYear, station, epoch })).status;
const close = (lastNumber: number): CommandBody => ({ type: 'closeBook', args: { book: lastYear, lastNumber } });

async function numbersOf(desk: Desk, book: string = lastYear, after = 0) {
  const response = await desk.get(`/v1/books/${book}/numbers?after=${after}`);
  return response.status === 200 ? bookNumbers.parse(await response.json()) : response.status;
}

overBoth((backend) => {
  test('two stations that begin the office’s record at once both stand, and it is begun once', async (t) => {
    const round = await openRound(t, backend);
    const grant = grantOf(round);
    const given = await round.leader.make(office, { type: 'giveGrant', args: { grant } });
    const day = await round.clerk.make(office, { type: 'setDay', args: { date: '2026-11-23', kind: 'off', name: 'Ngày truyền thống' } });
    const books = await round.clerk.make(office, { type: 'setBooks', args: { books: [{ slug: 'van-ban-di', name: 'Văn bản đi', kinds: null }] } });
    const answers = (await Promise.all([round.leader.push(given), round.clerk.push(day, books), round.leader.push(given)])).flat();
    assert.deepEqual(answers.map(({ status }) => status), ['applied', 'applied', 'applied', 'applied']);
    const events = (await round.officer.logs()).get(office) ?? [];
    assert.deepEqual(events.map(({ type }) => type).sort(), ['booksSet', 'daySet', 'grantGiven', 'officeBegun']);
    assert.equal(events[0]?.type, 'officeBegun');
    const state = await round.officer.find(office);
    assert.ok(state !== null && 'record' in state && state.record === 'office');
    assert.deepEqual([state.grants.map(({ id }) => id), state.days.length, state.books.length, state.unit.name], [[grant.id], 1, 1, commune.name]);
  });

  test('of two lists of dossiers made at once one stands, and whoever made the other is told', async (t) => {
    const round = await openRound(t, backend);
    const id = recordId(commune.code, 'catalogue/2026');
    const set = (title: string): CommandBody => ({ type: 'setCatalogue', args: { year: 2026, entries: [{ code: '01.TH', heading: false, title, retention: 10, keeper: null, note: '' }] } });
    const [one, two] = [await round.clerk.make(id, set('A')), await round.leader.make(id, set('B'))];
    const answers = (await Promise.all([round.clerk.push(one), round.leader.push(two)])).flat().map(wordOf);
    assert.deepEqual(answers.sort(), ['applied', 'conflict']);
    assert.equal(await round.clerk.give(id, { type: 'approveCatalogue', args: {} }), 'not-allowed');
    assert.equal(await round.leader.give(id, { type: 'approveCatalogue', args: {} }), 'applied');
    assert.equal(await round.clerk.give(newDocument(), set('C')), 'not-found', 'there is one a year, under its own name');
  });

  test('a dossier is its own unit’s: another office finds nothing under its name', async (t) => {
    const round = await openRound(t, backend);
    const dossier = newDocument();
    const open = (desk: Desk): CommandBody => ({
      type: 'openDossier', args: { code: '01.TH', title: 'Kế hoạch năm', retention: 'permanent', keeper: personOf(desk.who).id, startDate: '2026-01-05', construction: false, rights: '', note: '', year: 2026, catalogueCode: null },
    });
    await round.officer.done(dossier, open(round.officer));
    const document = newDocument();
    await round.clerk.done(document, draftBody(await round.clerk.upload(randomBytes(50))));
    const file: CommandBody = { type: 'fileDocuments', args: { documents: [document] } };
    assert.equal(await round.elsewhere.give(dossier, file), 'not-found');
    assert.equal(await round.elsewhere.give(dossier, { type: 'closeDossier', args: { endDate: '2026-11-01', pages: null } }), 'not-found');
    assert.equal(await round.elsewhere.find(dossier), null);
    const [once, twice] = [await round.clerk.make(dossier, file), await round.officer.make(dossier, file)];
    assert.deepEqual((await Promise.all([round.clerk.push(once), round.officer.push(twice)])).flat().map(wordOf), ['applied', 'applied'], 'two who file it at once both have');
    const state = await round.clerk.find(dossier);
    assert.ok(state !== null && 'record' in state && state.record === 'dossier');
    assert.deepEqual(state.documents, [document]);
    assert.equal(await round.clerk.give(document, file), 'not-found', 'a letter is no dossier');
    assert.equal(await round.clerk.give(dossier, { type: 'comment', args: { text: 'x', aspect: 'opinion' } }), 'not-found');
  });

  test('an officer signs by a leader’s written leave while it lasts; without one, after it, or by another’s leave they may not', async (t) => {
    const round = await openRound(t, backend);
    const [mine, others] = [grantOf(round), grantOf(round, { to: personOf(round.clerk.who).id })];
    const paper = await round.leader.upload(randomBytes(300));
    await round.leader.done(office, { type: 'giveGrant', args: { grant: { ...mine, content: paper } } });
    await round.leader.done(office, { type: 'giveGrant', args: { grant: others } });
    assert.equal((await round.officer.get(`/v1/blobs/${paper.sha256}`)).status, 200, 'the paper itself is the unit’s to read');
    const { document, approve } = await submitted(round);
    assert.equal(await round.officer.give(document, approve), 'not-allowed');
    assert.equal(await round.officer.give(document, approve, { byGrant: others.id }), 'not-allowed');
    assert.equal(await round.officer.give(document, approve, { byGrant: grantId.parse(randomUUID()) }), 'not-allowed');
    assert.equal(await round.officer.give(document, approve, { byGrant: mine.id, at: '2026-11-25T17:00:00Z' }), 'grant.not-in-force', 'the 26th in Vietnam');
    assert.equal(await round.officer.give(document, approve, { byGrant: mine.id, at: '2026-11-19T16:59:59Z' }), 'grant.not-in-force', 'the 19th in Vietnam');
    assert.equal(await round.officer.give(document, approve, { byGrant: mine.id }), 'applied');
    const last = (await round.clerk.logs()).get(document)?.at(-1);
    assert.deepEqual([last?.type, last?.byGrant, last?.by?.role], ['approved', mine.id, 'officer']);

    const another = await submitted(round);
    assert.equal(await round.officer.give(office, { type: 'giveGrant', args: { grant: grantOf(round) } }), 'not-allowed', 'nobody gives away what is another’s');
    await round.leader.done(office, { type: 'endGrant', args: { grant: mine.id, lastDay: '2026-11-21', reason: 'Đã về' } });
    assert.equal(await round.officer.give(another.document, another.approve, { byGrant: mine.id }), 'grant.not-in-force', 'it was ended before its last day');
  });

  test('a book is closed when it was given back, with the number that the table says, and then nothing is numbered in it and nobody is lent it', async (t) => {
    const round = await openRound(t, backend);
    const { body: { epoch } } = await lend(round.clerk, 'station-one');
    const [first, late] = [await signed(round), await signed(round)];
    await round.clerk.done(first.document, first.issue({ epoch, number: 1 }));
    assert.equal(await round.clerk.give(office, close(1)), 'register.numbers-missing', 'the station may have given more');
    assert.equal(await giveBack(round.clerk, 'station-one', epoch), 204);
    assert.equal(await round.clerk.give(office, close(2)), 'register.last-number');
    assert.equal(await round.leader.give(office, close(1)), 'not-allowed');
    const command = await round.clerk.make(office, close(1));
    assert.deepEqual((await round.clerk.push(command, command)).map(wordOf), ['applied', 'applied']);
    assert.equal(await round.clerk.give(office, close(1)), 'numbering.closed-for-good');

    assert.equal(await round.clerk.give(late.document, late.issue({ epoch, number: 2 })), 'numbering.book-closed');
    const { arrived } = await round.deliver();
    assert.equal(await round.clerk.give(arrived, { type: 'register', args: { entry: { book: lastYear, epoch, number: 2 }, arrivalDate: '2025-12-30' } }), 'numbering.book-closed');
    const refused = await lend(round.clerk, 'station-one');
    assert.deepEqual([refused.status, refused.body.error], [409, { code: 'numbering.book-closed', params: { year: '2025' } }]);
    assert.equal((await lend(round.clerk, 'station-one', `${commune.code}/2026/van-ban-di`)).status, 200, 'this year’s is another book');
    const numbers = await numbersOf(round.leader);
    assert.ok(typeof numbers === 'object');
    assert.deepEqual([numbers.last, numbers.lent, numbers.closed, numbers.numbers], [1, false, true, [{ number: 1, document: first.document }]]);
  });

  test('this year’s book, and another office’s, cannot be closed; one that was never used can', async (t) => {
    const round = await openRound(t, backend);
    const of = (book: string, lastNumber = 0): CommandBody => ({ type: 'closeBook', args: { book: bookId.parse(book), lastNumber } });
    assert.equal(await round.clerk.give(office, of(`${commune.code}/2026/van-ban-di`)), 'numbering.year-not-over');
    assert.equal(await round.clerk.give(office, of(`${province.code}/2025/van-ban-di`)), 'not-allowed');
    assert.equal(await round.clerk.give(office, of(lastYear, 3)), 'register.last-number');
    assert.equal(await round.clerk.give(office, of(lastYear)), 'applied');
  });

  test('of closing a book and lending it, whichever comes second sees the first', async (t) => {
    const round = await openRound(t, backend);
    for (let at = 0; at < 6; at++) {
      const book = bookId.parse(`${commune.code}/${2010 + at}/van-ban-di`);
      const command = await round.clerk.make(office, { type: 'closeBook', args: { book, lastNumber: 0 } });
      const both: (() => Promise<unknown>)[] = [async () => wordOf((await round.clerk.push(command))[0]), async () => (await lend(round.clerk, 'station-one', book)).status];
      const said = await Promise.all((at % 2 === 0 ? both : both.toReversed()).map((work) => work()));
      const [closed, lent] = at % 2 === 0 ? said : said.toReversed();
      assert.ok((closed === 'applied' && lent === 409) || (closed === 'register.numbers-missing' && lent === 200), JSON.stringify({ closed, lent }));
    }
  });

  test('a register can show every number of its book: given, void, page by page, and no other office’s', async (t) => {
    const round = await openRound(t, backend);
    assert.deepEqual(await numbersOf(round.clerk), { book: lastYear, last: 0, lent: false, closed: false, numbers: [], hasMore: false });
    const { body: { epoch, reserveEnd } } = await lend(round.clerk, 'station-one');
    const { document, issue } = await signed(round);
    await round.clerk.done(document, issue({ epoch, number: 3 }));
    const before = await numbersOf(round.clerk);
    assert.ok(typeof before === 'object');
    assert.deepEqual([before.last, before.lent, before.numbers], [3, true, [{ number: 3, document }]], 'what the holder skipped may come yet');
    await round.server.admin.releaseBook(lastYear);
    const after = await numbersOf(round.clerk, lastYear, 1);
    assert.ok(typeof after === 'object');
    assert.deepEqual([after.last, after.lent, after.hasMore], [reserveEnd, false, false]);
    assert.deepEqual(after.numbers, Array.from({ length: reserveEnd - 1 }, (_, at) => ({ number: at + 2, document: at + 2 === 3 ? document : null })));
    assert.equal(await round.clerk.give(office, close(reserveEnd)), 'applied', 'void ones are known');
    assert.equal(await numbersOf(round.officer), 403);
    assert.equal(await numbersOf(round.elsewhere), 404);
    assert.equal((await round.clerk.get(`/v1/books/${lastYear}/numbers?after=x`)).status, 400);
  });

  test('grants, closings, void numbers, recalls and their answers stand in the audit, by codes and ids alone', async (t) => {
    const round = await openRound(t, backend);
    const grant = grantOf(round);
    await round.leader.done(office, { type: 'giveGrant', args: { grant } });
    await round.leader.done(office, { type: 'endGrant', args: { grant: grant.id, lastDay: '2026-11-23', reason: 'LÝ DO' } });
    await round.clerk.done(office, close(0));
    const voided = await round.issue();
    await round.sender.done(voided.document, { type: 'voidNumber', args: { reason: 'LÝ DO' } });
    const { document, arrived } = await round.deliver();
    const asked = await round.sender.done(document, { type: 'askChange', args: { change: 'recall', reason: 'LÝ DO' } });
    const answer = await round.clerk.done(arrived, { type: 'answerChange', args: { request: asked.id, agree: false, reason: 'LÝ DO' } });
    await round.clerk.push(answer);
    assert.equal(await round.leader.give(office, { type: 'endGrant', args: { grant: grantId.parse(randomUUID()), lastDay: '2026-11-23', reason: '' } }), 'not-found');

    const administrator = { ...personOf('provinceLeader'), id: 'tinh.quantri' as never, roles: ['administrator'] as const };
    await round.server.admin.addPerson({ person: { ...administrator, roles: ['administrator'] }, user: 'tinh.quantri', password: 'mật khẩu dài', unit: province.code, role: 'administrator' });
    const { token } = await (await fetch(`${round.server.url}/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: 'tinh.quantri', password: 'mật khẩu dài' }) })).json() as { token: string };
    const text = await (await fetch(`${round.server.url}/v1/audit`, { headers: { authorization: `Bearer ${token}` } })).text();
    assert.doesNotMatch(text, /LÝ DO/);
    const lines = text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as { action: string; user: string; subject: string; detail: object });
    const wanted = new Set(['grant.given', 'grant.ended', 'book.closed', 'number.voided', 'document.recalled', 'document.change-answered']);
    assert.deepEqual(lines.filter(({ action }) => wanted.has(action)).map(({ action, user, subject, detail }) => [action, user, subject, detail]), [
      ['grant.given', 'xa.lanhdao', grant.id, { from: 'xa.lanhdao', to: 'xa.chuyenvien', capacity: 'TUQ.', lends: 'leader', firstDay: '2026-11-20', lastDay: '2026-11-25' }],
      ['grant.ended', 'xa.lanhdao', grant.id, { lastDay: '2026-11-23' }],
      ['book.closed', 'xa.vanthu', lastYear, { last: 0 }],
      ['number.voided', 'tinh.vanthu', voided.document, { book: `${province.code}/2026/cong-van-di`, epoch: 1, number: 1 }],
      ['document.recalled', 'tinh.vanthu', document, { command: asked.id }],
      ['document.change-answered', 'xa.vanthu', arrived, { request: asked.id, agree: false }],
    ]);
  });
});
