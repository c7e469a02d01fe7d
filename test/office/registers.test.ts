import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { RegisterKind } from '../../src-shared/contract/registers.ts';
import { fillLastYear, lastYear, lastYearsBook, takeNextNumber } from '../support/last-year.ts';
import { officeConverts } from '../support/office-suite.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { see } from '../print/support.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
/** Number 5 was given by a station whose document never came here; 3 by nobody. */
const given = [1, 2, 4, 6, 7];
const shown = ['01', '02', '03', '04', '05', '06', '07'];

let o: OfficeUnderTest;
before(async () => {
  o = await openOffice();
  await fillLastYear(join(o.dir, 'office/server'), { given, elsewhere: [5, 8] });
  for (const desk of [clerk, leader]) await o.until(desk, async () => (await o.ask(desk, 'registers.books', {})).books.some(({ book, count }) => book === lastYearsBook && count === given.length));
});
after(async () => { await o.close(); });

const page = (more: object = {}, register: RegisterKind = 'incoming') => o.ask(clerk, 'registers.page', { register, book: lastYearsBook, from: null, to: null, offset: 0, limit: 100, ...more });
const numbersOf = ({ table }: Awaited<ReturnType<typeof page>>): (string | undefined)[] => table.rows.map((row) => row[1]);
const lineOf = (desk: string) => {
  const line = o.office.desks.get(desk)?.line;
  assert.ok(line);
  return line;
};

test('a number that only the server knows to be void is asked for once, and stands in the register from then on, without a line too', async () => {
  const unasked = await page();
  assert.deepEqual([numbersOf(unasked), unasked.voidsAsOf, unasked.marks], [shown, null, [null, null, 'unknown', null, 'unknown', null, null]]);
  lineOf(clerk).cut();
  assert.equal((await o.refused(clerk, 'registers.refresh', { book: lastYearsBook })).code, 'sync.offline');
  lineOf(clerk).mend();
  await o.until(clerk, async () => (await o.tryAsk(clerk, 'registers.refresh', { book: lastYearsBook })).ok);
  lineOf(clerk).cut();
  const asked = await page();
  assert.deepEqual([numbersOf(asked), asked.marks], [shown, [null, null, 'void', null, 'unknown', null, null]]);
  assert.equal(asked.table.rows[2]?.at(-1), 'Đã hủy số (không cấp cho văn bản nào)');
  assert.deepEqual(asked.ids.map((id) => id !== null), [true, true, false, true, false, true, true]);
  assert.deepEqual(asked.table.notes, ['Sổ có 6 văn bản, từ số 01 đến số 07, trong đó 1 số đã hủy; 1 số chưa có thông tin trên máy này.']);
  assert.ok(asked.voidsAsOf !== null);
  lineOf(clerk).mend();
});

test('page after page has the lines of the whole, and a part by number or by day those in it', async () => {
  const whole = await page();
  const pieces = [];
  for (let offset = 0; offset < whole.total; offset += 2) pieces.push(await page({ offset, limit: 2 }));
  assert.deepEqual(pieces.flatMap(numbersOf), shown, 'a gap at the edge of a page is in it');
  assert.deepEqual(pieces.flatMap(({ ids }) => ids), whole.ids);
  assert.ok(pieces.every(({ total, table }) => total === shown.length && table.notes[0] === whole.table.notes[0]));
  assert.deepEqual(numbersOf(await page({ from: 2, to: 4 })), ['02', '03', '04']);
  assert.deepEqual(numbersOf(await page({ fromDate: `${lastYear}-11-03`, toDate: `${lastYear}-11-05` })), ['02', '03', '04']);
  assert.deepEqual(numbersOf(await page({ from: 3, fromDate: null, toDate: `${lastYear}-11-05` })), ['04'], 'what has no day stands between its neighbours, or not at all');
  const tracking = await page({}, 'tracking');
  assert.deepEqual([tracking.total, tracking.table.columns.length, tracking.table.rows.map((row) => row[0])], [5, 7, ['01', '02', '04', '06', '07']]);
  assert.deepEqual((await page({ offset: 3, limit: 2 }, 'tracking')).table.rows.map((row) => row[0]), ['06', '07']);
});

test('a register leaves the desk as a PDF, a sheet and a list that other programs read, with every number', { timeout: 60_000 }, async (t) => {
  const file = (format: 'pdf' | 'xlsx' | 'csv') => o.ask(clerk, 'registers.export', { register: 'incoming', book: lastYearsBook, from: null, to: null, format });
  const pdf = await file('pdf');
  const seen = see(t, pdf.bytes);
  assert.equal(pdf.fileName, `so-van-ban-den-${lastYear}.pdf`);
  assert.ok(await qpdfIsSound(seen.file));
  const text = await seen.text();
  for (const words of ['SỔ ĐĂNG KÝ VĂN BẢN ĐẾN', `Năm ${lastYear}`, 'ỦY BAN NHÂN DÂN XÃ SƠN TỊNH', '107/SKHCN', 'Đã hủy số', 'Sổ có 6 văn bản']) assert.ok(text.includes(words), words);
  const sheet = (await officeConverts((await file('xlsx')).bytes, 'csv')).toString('utf8');
  const list = Buffer.from((await file('csv')).bytes).toString('utf8');
  for (const number of given) for (const where of [text, sheet, list]) assert.ok(where.includes(`${100 + number}/SKHCN`), String(number));
  const part = await o.ask(clerk, 'registers.export', { register: 'tracking', book: lastYearsBook, from: 2, to: 4, format: 'csv' });
  assert.equal(part.fileName, `so-theo-doi-van-ban-den-${lastYear}-2-4.csv`);
  const lines = Buffer.from(part.bytes).toString('utf8');
  assert.deepEqual(given.filter((number) => lines.includes(`${100 + number}/SKHCN`)), [2, 4]);
});

test('an answer to a document stands in the register that follows it up, and is asked for by that document alone', async () => {
  const { ids: [first] } = await page();
  assert.ok(first);
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, 'cong-van-xa.pdf')), 'tra-loi.pdf');
  assert.ok(imported.ok);
  const { document: { id } } = await o.ask(clerk, 'documents.draft', { title: 'Trả lời', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: imported.value.content, recipients: [], inReplyTo: first });
  await o.ask(clerk, 'documents.submit', { id });
  await o.until(leader, async () => { const read = await o.tryAsk(leader, 'documents.read', { id }); return read.ok && read.value.contentHere; });
  const place = (x: number) => ({ page: 1, rect: { x, y: 262, width: 30, height: 15 } });
  const pin = (desk: string) => o.office.desks.get(desk)?.cast.pin ?? '';
  await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin: pin(leader), placement: place(120), accepted: null });
  await o.until(clerk, async () => { const read = await o.ask(clerk, 'documents.read', { id }); return read.document.stage === 'approved' && read.contentHere; });
  const { number, date } = await o.ask(clerk, 'issuing.propose', { id });
  assert.ok(number !== null);
  await o.ask(clerk, 'issuing.issue', { id, thumbprint: await o.thumbprintOf(clerk), pin: pin(clerk), number, notation: 'UBND-VP', placement: place(90), date, recipients: [], send: false });
  assert.deepEqual((await page({}, 'tracking')).table.rows.map((row) => row[5]), [`${number}/UBND-VP`, '', '', '', '']);
});

test('one number given by two clerks stays with the first, and the other’s document takes the next with its work kept', async () => {
  const { rows: [row] } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'Tập huấn ký số', offset: 0, limit: 1 });
  assert.ok(row);
  const { id } = row.document;
  lineOf(clerk).cut();
  const { number } = await takeNextNumber(join(o.dir, 'office/server'));
  assert.equal((await o.ask(clerk, 'documents.register', { id })).document.arrival?.number, number);
  lineOf(clerk).mend();
  const problem = await o.until(clerk, async () => (await o.ask(clerk, 'outbox.list', {})).rows.find((one) => one.document === id && one.problem !== null));
  assert.equal(problem.problem?.code, 'number.taken');
  assert.deepEqual([(await o.ask(clerk, 'documents.read', { id })).document.stage, (await o.ask(clerk, 'documents.nextNumber', { id })).reference], ['arrived', String(number + 1)]);
  // what was refused holds back what follows it until a person has seen it
  await o.ask(clerk, 'outbox.dismiss', { id: problem.id });
  assert.equal((await o.ask(clerk, 'documents.register', { id })).document.arrival?.number, number + 1);
  await o.until(leader, async () => { const read = await o.tryAsk(leader, 'documents.read', { id }); return read.ok && read.value.document.arrival?.number === number + 1; });
});

test('last year’s book is closed with the server’s last number, for good, and only by the clerk with a line', async () => {
  lineOf(clerk).cut();
  assert.deepEqual(await o.refused(clerk, 'registers.close', { book: lastYearsBook }), { code: 'numbering.line-needed', params: { year: lastYear } });
  assert.equal((await o.refused(leader, 'registers.close', { book: lastYearsBook })).code, 'not-allowed');
  lineOf(clerk).mend();
  const closed = (desk: string) => o.ask(desk, 'registers.books', {}).then(({ books }) => books.filter((one) => one.closed !== null).map(({ register }) => register));
  assert.deepEqual(await closed(clerk), []);
  // this desk knows of number 7, the server of number 8: with 7 it would refuse
  await o.until(clerk, async () => (await o.tryAsk(clerk, 'registers.close', { book: lastYearsBook })).ok);
  assert.deepEqual(await closed(clerk), ['incoming', 'tracking']);
  await o.until(leader, async () => (await closed(leader)).length === 2);
  assert.equal((await o.refused(clerk, 'registers.close', { book: lastYearsBook })).code, 'numbering.closed-for-good');
});
