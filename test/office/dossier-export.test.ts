import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { vietnamDate } from '../../src-main/features/vietnam-time.ts';
import { addDays } from '../../src-shared/domain/holidays.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import type { DossierState } from '../../src-shared/domain/records/dossier.ts';
import { openOffice, pdfDir, resourcesDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const today = vietnamDate(new Date());
const year = Number(today.slice(0, 4));
const schema = join(resourcesDir, 'dossier/dossier.xsd');

let o: OfficeUnderTest;
let dir: string;
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'van-thu-dossier-'));
  o = await openOffice();
});
after(async () => {
  await o.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(code: string, title: string, startDate = today): Promise<DossierState> {
  return (await o.ask(clerk, 'dossiers.open', { code, title, retention: 10, keeper: clerk as PersonId, startDate, construction: false, rights: '', note: '', year, catalogueCode: null })).state;
}

async function idOf(query: string): Promise<DocumentId> {
  const { rows: [row] } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query, offset: 0, limit: 1 });
  assert.ok(row);
  return row.document.id;
}

async function paper(title: string): Promise<DocumentId> {
  const scan = await o.importPdf(clerk, await readFile(join(pdfDir, 'cong-van-xa.pdf')), 'Bản quét công văn.pdf');
  assert.ok(scan.ok);
  const { document: { id } } = await o.ask(clerk, 'documents.receive', {
    title, kind: 'cong-van', numberText: '02a', notation: 'HTX', issuedDate: addDays(today, -3), from: { code: null, name: 'Hợp tác xã Bình An' }, urgency: 'normal', content: scan.value.content, signer: '', channel: 'paper', inReplyTo: null,
  });
  await o.ask(clerk, 'documents.register', { id });
  return id;
}

test('a dossier is exported through the door by the true printer: other programs open it, its index is valid, each file is as it lay here, and what is said of its signatures is true', async () => {
  const signed = await idOf('Ban hành Quy chế tiếp nhận');
  const { id } = await open('07.UBND', 'Tiếp nhận văn bản điện tử');
  await o.ask(clerk, 'dossiers.file', { id, documents: [signed, await paper('Xin ý kiến về quy chế')] });

  const { exportId, fileName, sizeBytes } = await o.ask(clerk, 'dossiers.beginExport', { id });
  assert.equal(fileName, `ho-so-07-ubnd-${year}.zip`);
  const pieces: Uint8Array[] = [];
  // not a divisor of the size: the last piece is shorter
  for (let offset = 0; offset < sizeBytes; offset += 300_001) pieces.push((await o.ask(clerk, 'dossiers.readExport', { exportId, offset, length: 300_001 })).bytes);
  const zip = Buffer.concat(pieces);
  assert.equal(zip.length, sizeBytes);
  await o.ask(clerk, 'dossiers.endExport', { exportId });
  assert.equal((await o.refused(clerk, 'dossiers.readExport', { exportId, offset: 0, length: 10 })).code, 'not-found', 'let go of');

  await writeFile(join(dir, 'd.zip'), zip);
  execFileSync('unzip', ['-q', join(dir, 'd.zip'), '-d', dir]);
  execFileSync('xmllint', ['--nonet', '--noout', '--schema', schema, join(dir, 'index.xml')], { stdio: 'pipe' });
  execFileSync('sha256sum', ['--strict', '--quiet', '-c', 'sha256sum.txt'], { cwd: dir });
  const xml = readFileSync(join(dir, 'index.xml'), 'utf8');
  assert.equal([...xml.matchAll(/<Document>/g)].length, 2);
  const detail = await o.ask(clerk, 'documents.read', { id: signed });
  const path = new RegExp(`<Path>([^<]+)</Path>[^\\n]*<SHA256>${detail.document.content.sha256}<`).exec(xml)?.[1];
  assert.ok(path !== undefined);
  const bytes = readFileSync(join(dir, path));
  assert.equal(createHash('sha256').update(bytes).digest('hex'), detail.document.content.sha256);
  assert.match(execFileSync('pdfsig', [join(dir, path)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }), /Signature is Valid/, 'still signed, byte for byte');

  const { report } = await o.ask(clerk, 'verification.report', { id: signed });
  const levels = report?.signatures.map(({ level }) => level) ?? [];
  assert.ok(levels.length > 0);
  const told = new RegExp(`${detail.document.content.sha256}</SHA256><Signatures count="(\\d+)" level="([^"]+)"`).exec(xml);
  assert.deepEqual([told?.[1], told?.[2]], [String(levels.length), levels[0]]);
  assert.ok(levels.every((level) => level === levels[0] && level !== 'B-LTA'), 'of one level, and a short-lived one');
  assert.match(xml, /<Signatures count="0" verdict="unsigned"/);
  const index = execFileSync('pdftotext', ['-layout', join(dir, 'muc-luc-van-ban.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
  assert.ok(index.includes('1 tệp có chữ ký số chưa đạt mức B-LTA') && index.includes('1 tệp không có chữ ký số.'), index);
  // and it is said before the dossier is closed
  const { checks } = await o.ask(clerk, 'dossiers.read', { id });
  assert.deepEqual(checks.filter(({ check }) => check === 'short-lived').map(({ blocks, documents }) => [blocks, documents]), [[false, [signed]]]);
});

test('what was worked on last is at hand first, and what is to be handed over within thirty days stands in its own list, the nearest first', async () => {
  const begun = addDays(today, -800);
  const ids: DocumentId[] = [];
  for (const [code, endedDaysAgo] of [['20.UBND', 350], ['21.UBND', 400], ['22.UBND', 10]] as const) {
    const { id } = await open(code, `Hồ sơ ${code}`, begun);
    await o.ask(clerk, 'dossiers.file', { id, documents: [await paper(`Văn bản của ${code}`)] });
    await o.ask(clerk, 'dossiers.close', { id, endDate: addDays(today, -endedDaysAgo), pages: null });
    ids.push(id);
  }
  const fresh = await open('23.UBND', 'Mới nhất');
  const { due, recent } = await o.ask(clerk, 'dossiers.atHand', {});
  assert.deepEqual(due.map(({ state }) => state.code), ['21.UBND', '20.UBND']);
  assert.equal(recent[0]?.state.id, fresh.id);
  assert.ok(recent.every(({ state }) => state.stage === 'open'));
  await o.ask(clerk, 'dossiers.handOver', { id: ids[1] as DocumentId, receiver: 'Lưu trữ lịch sử tỉnh', date: today });
  assert.deepEqual((await o.ask(clerk, 'dossiers.atHand', {})).due.map(({ state }) => state.code), ['20.UBND']);
});

test('minutes of the hand-over name both sides and each dossier, and are refused for one that is still open', async () => {
  const { rows } = await o.ask(clerk, 'dossiers.list', { text: '', stage: null, year: null, offset: 0, limit: 50 });
  const closed = rows.filter(({ state }) => state.stage !== 'open').map(({ state }) => state.id);
  const made = await o.ask(clerk, 'dossiers.minutes', { ids: closed, receiver: 'Lưu trữ lịch sử tỉnh Quảng Ngãi', date: today });
  await writeFile(join(dir, 'minutes.pdf'), made.bytes);
  const text = execFileSync('pdftotext', ['-layout', join(dir, 'minutes.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
  for (const said of ['BIÊN BẢN', 'Lưu trữ lịch sử tỉnh Quảng Ngãi', '20.UBND', '21.UBND', '22.UBND']) assert.ok(text.includes(said), said);
  const openOne = rows.find(({ state }) => state.stage === 'open');
  assert.ok(openOne);
  assert.equal((await o.refused(clerk, 'dossiers.minutes', { ids: [openOne.state.id], receiver: 'Lưu trữ', date: today })).code, 'dossier.stage');
});
