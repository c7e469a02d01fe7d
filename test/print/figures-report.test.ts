import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { officialPdf } from '../../src-main/print/official/pdf.ts';
import { officialXlsx } from '../../src-main/print/official/xlsx.ts';
import { compareReports } from '../../src-shared/domain/figures/compare.ts';
import { countFacts } from '../../src-shared/domain/figures/count.ts';
import { figureIds } from '../../src-shared/domain/figures/definitions.ts';
import { reportTable } from '../../src-shared/domain/figures/report-table.ts';
import { reportOf } from '../../src-shared/domain/figures/report.ts';
import { usualTargets } from '../../src-shared/domain/figures/targets.ts';
import { figureGroups, figureWords } from '../../src-shared/domain/figures/words.ts';
import { officeConverts } from '../support/office-suite.ts';
import { qpdfIsSound } from '../support/judges.ts';
import { madeFacts } from '../unit/domain/support/made-facts.ts';
import { see } from './support.ts';

const [early, late] = [madeFacts(3_000, 7), madeFacts(60, 8)];
const tally = countFacts([...early, ...late]);
const [november, october] = [{ from: '2026-11-01', to: '2026-11-30' }, { from: '2026-10-01', to: '2026-10-31' }];
const asOf = '2026-12-15';
const report = reportOf(tally, { units: null, ...november, asOf });
const head = { parentBody: 'UBND tỉnh Quảng Ngãi', body: 'Ủy ban nhân dân xã Sơn Tịnh', placeAndDate: 'Sơn Tịnh, ngày 15 tháng 12 năm 2026', signers: [{ title: 'Người lập báo cáo', name: '' }, { title: 'Chủ tịch', name: 'Nguyễn Văn An' }] };
const table = reportTable({
  head, report, before: reportOf(tally, { units: null, ...october, asOf }), targets: usualTargets, level: 'commune',
  changes: compareReports({ tally: countFacts(early), asOf: '2026-12-01' }, { tally, asOf }, { units: null, ...november }),
});
const spaced = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe('the report of a period on paper and in a sheet', () => {
  test('every figure stands in it once, in one group', () => {
    assert.deepEqual(figureGroups.flatMap(({ figures }) => figures).sort(), [...figureIds].sort());
    for (const name of Object.values(figureWords)) assert.equal(table.rows.filter((row) => row[1] === name).length, 1, name);
    assert.ok(table.rows.every((row) => row.length === table.columns.length));
  });

  test('other programs read in the PDF what was counted, and what the last report said otherwise', async (t) => {
    const seen = see(t, await officialPdf(table, { orientation: 'landscape', at: new Date('2026-12-15T03:00:00Z') }));
    assert.ok(await qpdfIsSound(seen.file));
    const text = await seen.text();
    const counted = report.rows.find(({ figure, by }) => figure === 'received' && by === '')?.value;
    assert.ok(counted?.kind === 'count' && counted.n > 100);
    for (const words of ['BÁO CÁO SỐ LIỆU', 'ỦY BAN NHÂN DÂN XÃ SƠN TỊNH', 'Từ ngày 01/11/2026 đến ngày 30/11/2026', counted.n.toLocaleString('vi-VN'), 'Khác với lần báo cáo trước', 'Nguyễn Văn An', '100 (Chưa đạt)']) assert.ok(text.includes(words), words);
    assert.ok((await seen.fonts()).every(({ embedded }) => embedded));
  });

  test('an office suite reads the same numbers in the sheet, as numbers', async () => {
    const bytes = await officialXlsx(table);
    const cells = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());
    const numbers = [...cells.matchAll(/<c r="D\d+" s="\d+"(?: t="n")?><v>([-\d.]+)<\/v>/g)].map(([, value]) => Number(value));
    const written = table.rows.map((row) => row[3] ?? '').filter((text) => /^\d/.test(text)).map((text) => Number(text.replaceAll('.', '').replace(',', '.')));
    assert.ok(written.length >= figureIds.length - 6);
    assert.deepEqual(numbers, written);
    const csv = spaced((await officeConverts(bytes, 'csv')).toString('utf8'));
    for (const row of table.rows) assert.ok(csv.includes(spaced(row[1] ?? '')), row[1]);
  });

  test('a period of nothing has its lines, and no share of nothing is a number', () => {
    const empty = reportTable({ head, report: reportOf(new Map(), { units: null, ...november, asOf }), before: null, targets: usualTargets, level: 'commune', changes: [] });
    assert.deepEqual(empty.rows.find((row) => row[1] === figureWords['signed-both'])?.slice(2), ['%', '–', '100', '']);
    assert.equal(empty.rows.find((row) => row[1] === figureWords.sent)?.[3], '0');
    assert.ok(empty.notes.every((note) => !note.includes('Khác với')));
  });
});
