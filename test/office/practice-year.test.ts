import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openPracticeOffice, type PracticeOffice } from '../../src-main/practice/office.ts';
import { isRecall, yearBetween } from '../../src-main/practice/year.ts';
import type { Channel, EventPayload, Input, Output } from '../../src-shared/contract/index.ts';
import type { PracticeJourney } from '../../src-shared/contract/practice.ts';
import { addMonths, createCalendar, dayMonthYear } from '../../src-shared/domain/calendar.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import type { BookId, DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { practiceGoal, type PracticeStep } from '../../src-shared/domain/practice-clock.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import type { Result } from '../../src-shared/result.ts';
import { layPracticeOffice } from '../support/kept.ts';
import { resourcesDir } from './support.ts';

const clerk = 'commune-clerk';
const mai = clerk as PersonId;
const calendar = createCalendar();

let dir: string;
let office: PracticeOffice;
/** Where the practice stood before its first journey, and everything that came since. */
let began: string;
const happened: PracticeJourney['happened'][number][] = [];
const alarms: EventPayload<'tasks.alarm'>['rows'][number][] = [];

const open = (): Promise<PracticeOffice> => openPracticeOffice({ dir: join(dir, 'office'), resourcesDir, holdMs: 0, log: (level, message, fields) => { if (level !== 'info') console.error(message, fields ?? ''); } });
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'van-thu-year-'));
  await layPracticeOffice(join(dir, 'office'));
  office = await open();
  began = office.clock.now().toISOString();
});
after(async () => {
  await office.close();
  await rm(dir, { recursive: true, force: true });
});

async function tryAsk<C extends Channel>(desk: string, channel: C, input: Input<C>): Promise<Result<Output<C>>> {
  const door = office.connect(desk);
  try {
    return (await door.call(channel, input)) as Result<never>;
  } finally {
    door.close();
  }
}
async function ask<C extends Channel>(desk: string, channel: C, input: Input<C>): Promise<Output<C>> {
  const result = await tryAsk(desk, channel, input);
  if (!result.ok) throw new Error(`${channel}: ${JSON.stringify(result.error)}`);
  return result.value;
}
/** A door that is open the whole way, as a window's is: what it hears is what a person is told. */
async function go(step: PracticeStep): Promise<Result<PracticeJourney>> {
  const door = office.connect(clerk);
  door.on((name, payload) => { if (name === 'tasks.alarm') alarms.push(...(payload as EventPayload<'tasks.alarm'>).rows); });
  try {
    const gone = (await door.call('practice.goTo', { step })) as Result<PracticeJourney>;
    if (gone.ok) happened.push(...gone.value.happened);
    return gone;
  } finally {
    door.close();
  }
}
async function mustGo(step: PracticeStep): Promise<PracticeJourney> {
  const gone = await go(step);
  if (!gone.ok) throw new Error(JSON.stringify(gone.error));
  return gone.value;
}
const today = (): string => vietnamDay(office.clock.now());
const year = (): number => Number(today().slice(0, 4));
const arrivals = async () => (await ask(clerk, 'documents.list', { folder: 'incoming', query: '', quick: [], offset: 0, limit: 100 })).rows.map(({ document }) => document);
const bookOf = (of: number): BookId => `H48.60.12/${of}/van-ban-den` as BookId;
async function register(id: DocumentId): Promise<number | undefined> {
  return (await ask(clerk, 'documents.register', { id })).document.arrival?.number;
}

let oldYear: number;
let registered: readonly DocumentId[];

test('to the end of the year: what the days bring has come once, in its order, of its own date, and its signatures hold', { timeout: 420_000 }, async () => {
  oldYear = year();
  registered = (await arrivals()).slice(0, 3).map(({ id }) => id);
  for (const id of registered) await register(id);
  const expected = practiceGoal('year-end', began, office.clock.lastDay, calendar);
  const startedMs = performance.now();
  const journey = await mustGo('year-end');
  const tookMs = performance.now() - startedMs;
  if (journey.happened.length > 0) console.log(`${journey.happened.length} letters, each ${Math.round(tookMs / journey.happened.length)} ms`);
  assert.deepEqual([journey.to, journey.stopped, journey.failed, journey.lineCut], [vietnamDay(expected ?? ''), false, 0, false]);
  const script = yearBetween(began, expected ?? '', calendar);
  assert.deepEqual(journey.happened.map(({ title }) => title), script.flatMap((one) => (isRecall(one) ? journey.happened.filter(({ what }) => what === 'recall').map(({ title }) => title) : [one.title])));
  const came = (await arrivals()).filter(({ createdAt }) => vietnamDay(createdAt) > vietnamDay(began)).toReversed();
  const letters = script.flatMap((one) => (isRecall(one) ? [] : [one]));
  assert.deepEqual(came.map(({ title, createdAt, issuedDate, urgency }) => [title, vietnamDay(createdAt), issuedDate, urgency]), letters.map(({ title, at, urgency }) => [title, vietnamDay(at), vietnamDay(at), urgency]));
  const last = came.at(-1);
  if (last === undefined) return;
  const { report } = await ask(clerk, 'verification.report', { id: last.id });
  assert.match(report?.verdict ?? '', /^valid/);
  assert.equal(report?.signatures.length, 2);
  assert.ok(report.signatures.every(({ verdict }) => verdict.startsWith('valid')), 'signed at the practice’s date, judged at the practice’s date');
});

test('the new year’s book begins with number 1; the old one is closed and its register lists all', { timeout: 120_000 }, async () => {
  assert.equal((await tryAsk(clerk, 'registers.close', { book: bookOf(year()) })).ok, false, 'the year is not over');
  const toRegister = (await arrivals()).filter(({ stage }) => stage === 'arrived');
  await mustGo('next-morning');
  assert.equal(year(), oldYear + 1);
  const [first, second] = toRegister.slice(-2);
  assert.ok(first && second);
  assert.deepEqual([await register(first.id), await register(second.id)], [1, 2]);
  await ask(clerk, 'sync.now', {});
  await ask(clerk, 'registers.close', { book: bookOf(oldYear) });
  const { books } = await ask(clerk, 'registers.books', {});
  const closed = books.find(({ book, register: kind }) => book === bookOf(oldYear) && kind === 'incoming');
  assert.equal(vietnamDay(closed?.closed?.at ?? 0), today());
  const { table, total } = await ask(clerk, 'registers.page', { register: 'incoming', book: bookOf(oldYear), from: null, to: null, offset: 0, limit: 50 });
  assert.deepEqual([total, table.rows.map((row) => row[1])], [3, ['418', '419', '420']]);
  const file = await ask(clerk, 'registers.export', { register: 'incoming', book: bookOf(oldYear), from: null, to: null, format: 'pdf' });
  assert.equal(Buffer.from(file.bytes.subarray(0, 5)).toString(), '%PDF-');
});

test('opened again in the middle, the practice stands where it stood', { timeout: 60_000 }, async () => {
  const before = office.clock.now();
  const count = (await arrivals()).length;
  await office.close();
  office = await open();
  assert.ok(office.clock.now() >= before && office.clock.now().getTime() - before.getTime() < 120_000);
  assert.equal((await arrivals()).length, count);
  const { practice } = await ask(clerk, 'app.state', {});
  assert.equal(practice?.clock.lastDay, office.clock.lastDay);
  assert.ok(Math.abs(Date.now() + (practice?.clock.shiftMs ?? 0) - office.clock.now().getTime()) < 1000);
});

test('the alarm of a deadline comes the working day before it, not sooner', { timeout: 120_000 }, async () => {
  const document = (await arrivals()).find(({ stage }) => stage === 'registered');
  assert.ok(document);
  await ask(clerk, 'documents.present', { id: document.id, note: '' });
  await ask(clerk, 'sync.now', {});
  await ask('commune-leader', 'sync.now', {});
  await ask('commune-leader', 'documents.assign', { id: document.id, lead: mai, support: [], inform: [], directive: 'Tham mưu trả lời', deadline: calendar.addWorkingDays(today(), 3), closedDay: 'keep' });
  const told = (): number => alarms.filter(({ id, what }) => id === document.id && what.startsWith('Giải quyết việc được giao')).length;
  await mustGo('next-morning');
  assert.equal(told(), 0);
  await mustGo('next-morning');
  assert.equal(told(), 1);
});

test('a dossier that is closed shows its notice when the thirtieth day before its hand-over has come', { timeout: 120_000 }, async () => {
  const due = addDays(today(), 32);
  const { state } = await ask(clerk, 'dossiers.open', { code: '01.VTLT', title: 'Văn thư năm cũ', retention: 10, keeper: mai, startDate: addDays(today(), -700), construction: false, rights: '', note: '', year: year(), catalogueCode: null });
  await ask(clerk, 'dossiers.file', { id: state.id, documents: [...registered] });
  const closed = await ask(clerk, 'dossiers.close', { id: state.id, endDate: addMonths(due, -12), pages: 12 });
  assert.deepEqual([closed.handOverDue, closed.dueSoon], [due, false]);
  await mustGo('next-week');
  const { due: noticed } = await ask(clerk, 'dossiers.atHand', {});
  assert.deepEqual(noticed.map(({ state: { id }, dueSoon }) => [id, dueSoon]), [[state.id, true]]);
  const handed = await ask(clerk, 'dossiers.handOver', { id: state.id, receiver: 'Lưu trữ cơ quan', date: today() });
  assert.equal(handed.state.stage, 'handed-over');
});

test('with the line cut the days go by; what came waits at the server and is here when the line is mended', { timeout: 180_000 }, async () => {
  await ask(clerk, 'practice.setLine', { up: false });
  const before = (await arrivals()).length;
  const journey = await mustGo('quarter-end');
  assert.deepEqual([journey.lineCut, today()], [true, journey.to]);
  assert.equal((await arrivals()).length, before);
  await ask(clerk, 'practice.setLine', { up: true });
  await ask(clerk, 'sync.now', {});
  assert.equal((await arrivals()).length, before + journey.happened.filter(({ what }) => what !== 'recall').length);
});

test('two journeys at once are refused, and so is a desk that is left on the way; a journey can be stopped', { timeout: 60_000 }, async () => {
  if (practiceGoal('next-week', office.clock.now().toISOString(), office.clock.lastDay, calendar) === null) return;
  const going = go('next-week');
  const [second, other] = await Promise.all([tryAsk(clerk, 'practice.goTo', { step: 'next-morning' }), tryAsk(clerk, 'practice.switchDesk', { desk: 'commune-leader' })]);
  assert.deepEqual([second, other].map((one) => !one.ok && one.error.code), ['practice.moving', 'practice.moving']);
  assert.deepEqual(await ask(clerk, 'practice.stop', {}), {});
  assert.equal((await going).ok, true);
});

test('to the last day: every letter of the way came, one was asked back, one replaced; beyond it the practice says where it ends', { timeout: 420_000 }, async () => {
  for (let step: PracticeStep = 'year-end'; ; ) {
    const gone = await go(step);
    if (gone.ok) continue;
    if (step === 'year-end') step = 'next-week';
    else {
      assert.deepEqual(gone.error, { code: 'practice.ended', params: { until: dayMonthYear(office.clock.lastDay), today: dayMonthYear(today()) } });
      break;
    }
  }
  assert.ok(today() <= office.clock.lastDay);
  const script = yearBetween(began, office.clock.now().toISOString(), calendar);
  const withoutEarlier = script.length - happened.length;
  assert.ok(withoutEarlier >= 0 && withoutEarlier <= 1, 'at most the answer to a letter from before the first journey is left out');
  const documents = await arrivals();
  const replaced = happened.find(({ what }) => what === 'replacement');
  assert.equal(documents.find(({ title }) => title === replaced?.title.replace(/ \(thay thế.*$/, ''))?.stage, 'replaced');
  assert.equal(new Set(documents.map(({ number, notation, issuedDate }) => `${number}/${notation} ${issuedDate}`)).size, documents.length, 'each once');
});
