import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import type { Output } from '../../src-shared/contract/index.ts';
import type { FigureId } from '../../src-shared/domain/figures/definitions.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { parseCsv } from '../support/csv.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const today = vietnamDate(new Date());
const period = { from: addDays(today, -30), to: today };
const asked = { period, compare: null };

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

type Report = Output<'figures.report'>;
const valueOf = ({ report }: Report, figure: FigureId, by = ''): number => {
  const value = report.rows.find((row) => row.figure === figure && row.by === by)?.value;
  return value === undefined ? 0 : value.kind === 'share' ? value.of : value.n;
};
const counted = (desk: string): Promise<Report> => o.until(desk, async () => {
  const report = await o.ask(desk, 'figures.report', asked);
  return report.counting.left === 0 ? report : null;
});

async function receive(title: string): Promise<DocumentId> {
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, 'cong-van-xa.pdf')), 'quét.pdf');
  assert.ok(imported.ok);
  const { document } = await o.ask(clerk, 'documents.receive', {
    title, kind: 'cong-van', numberText: '02a', notation: 'HTX', issuedDate: today, from: { code: null, name: 'Hợp tác xã Bình An' }, urgency: 'normal', content: imported.value.content, signer: '', channel: 'paper', inReplyTo: null,
  });
  return document.id;
}

test('a report says of when it is, what it judged and what is not counted; a document that came a moment ago is in it, and behind its number', async () => {
  const before = await counted(clerk);
  const id = await receive('Đơn đề nghị của hợp tác xã');
  const after = await o.ask(clerk, 'figures.report', asked);
  assert.deepEqual([after.counting.left, valueOf(after, 'received') - valueOf(before, 'received'), valueOf(after, 'received', 'channel:paper') - valueOf(before, 'received', 'channel:paper')], [0, 1, 1]);
  assert.ok(Math.abs(Date.parse(after.at) - Date.now()) < 60_000);
  assert.deepEqual([after.report.asOf, after.report.judgedTo], [today, addDays(today, -1)]);
  const behind = await o.ask(clerk, 'figures.drill', { period, figure: 'received', by: 'channel:paper', part: 'n', offset: 0, limit: 50 });
  assert.equal(behind.total, valueOf(after, 'received', 'channel:paper'));
  assert.ok(behind.rows.some(({ document, day }) => document?.id === id && day === today));
});

test('numbers of the report and documents behind them are as many, in every count', async () => {
  const report = await counted(clerk);
  for (const { figure, by, value } of report.report.rows) {
    if (value.kind !== 'count' && value.kind !== 'share') continue;
    const parts = value.kind === 'count' ? (['n'] as const) : (['met', 'missed'] as const);
    let behind = 0;
    for (const part of parts) behind += (await o.ask(clerk, 'figures.drill', { period, figure, by, part, offset: 0, limit: 1 })).total;
    const told = value.kind === 'share' ? value.of : value.n;
    // a document with two tasks is one row
    assert.ok(figure === 'on-time-task' ? behind <= told : behind === told, `${figure} ${by}: ${told} told, ${behind} behind`);
  }
});

test('a period beside it is told beside it', async () => {
  const { before } = await o.ask(leader, 'figures.report', { period, compare: { from: addDays(today, -400), to: addDays(today, -390) } });
  assert.deepEqual([before?.from, before?.to, before?.asOf], [addDays(today, -400), addDays(today, -390), today]);
});

test('months follow each other, and say what a report of the same days says', async () => {
  const { months } = await o.ask(clerk, 'figures.months', { to: today, months: 3, figures: ['sent', 'on-time-task'] });
  assert.deepEqual([months.length, months.at(-1)?.from, months.at(-1)?.to], [3, `${today.slice(0, 8)}01`, today]);
  for (const { from, to, values } of months) {
    const { report } = await o.ask(clerk, 'figures.report', { period: { from, to }, compare: null });
    assert.deepEqual(values, (['sent', 'on-time-task'] as const).map((figure) => report.rows.find((row) => row.figure === figure && row.by === '')?.value));
  }
});

test('aims are set by whoever keeps the office’s settings, reach the other desk, and a wrong one changes nothing', async () => {
  assert.deepEqual(await o.ask(leader, 'figures.targets', {}), { targets: [{ figure: 'signed-both', aimPercent: 100, nearPoints: 5 }], own: false, maySet: true });
  const aim = { figure: 'on-time-task', aimPercent: 98.5, nearPoints: 3 } as const;
  for (const wrong of [{ ...aim, aimPercent: 101 }, { ...aim, figure: 'sent' as const }, { ...aim, nearPoints: -1 }]) assert.equal((await o.refused(leader, 'figures.setTargets', { targets: [wrong] })).code, 'input.invalid');
  await o.ask(leader, 'figures.setTargets', { targets: [aim] });
  assert.deepEqual(await o.ask(leader, 'figures.targets', {}), { targets: [aim], own: true, maySet: true });
  await o.until(leader, async () => (await o.ask(leader, 'outbox.list', {})).rows.length === 0);
  const there = await o.until(clerk, async () => {
    const { targets, own } = await o.ask(clerk, 'figures.targets', {});
    return own ? targets : null;
  });
  assert.deepEqual(there, [aim]);
  assert.equal((await o.refused(leader, 'figures.report', { period: { from: today, to: addDays(today, -1) }, compare: null })).code, 'input.invalid');
});

test('the report is saved as an office prints it, as a sheet, and as numbers for another program', async () => {
  const pdf = await o.ask(clerk, 'figures.export', { ...asked, format: 'pdf' });
  assert.equal(Buffer.from(pdf.bytes).subarray(0, 5).toString(), '%PDF-');
  assert.equal(pdf.fileName, `so-lieu-van-thu-tu-${period.from}-den-${period.to}.pdf`);
  const csv = await o.ask(clerk, 'figures.export', { ...asked, format: 'csv' });
  const rows = parseCsv(new TextDecoder().decode(csv.bytes));
  const report = await counted(clerk);
  assert.ok(rows.some((row) => row.includes('Văn bản đến đã tiếp nhận') && row.includes(valueOf(report, 'received').toLocaleString('vi-VN'))), JSON.stringify(rows.slice(0, 12)));
  const json = JSON.parse(new TextDecoder().decode((await o.ask(clerk, 'figures.export', { ...asked, format: 'json' })).bytes)) as { report: unknown; uncounted: number };
  assert.deepEqual([json.report, json.uncounted], [report.report, 0]);
  assert.equal(Buffer.from((await o.ask(clerk, 'figures.export', { ...asked, format: 'xlsx' })).bytes).subarray(0, 2).toString(), 'PK');
});
