import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import type { DocumentRow, Folder } from '../../src-shared/contract/documents.ts';
import type { Output } from '../../src-shared/contract/index.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

const run = promisify(execFile);
const clerk = 'commune-clerk';
const leader = 'commune-leader';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

async function rowsOf(desk: string, folder: Folder): Promise<readonly DocumentRow[]> {
  return (await o.ask(desk, 'documents.list', { folder, query: '', offset: 0, limit: 100 })).rows;
}

/** What the background does draws the pages of every file: as patient as the suite is, for a machine that has much else to do. */
async function patiently<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    await sleep(200);
  }
}

/** Nothing is opened: a list shows the verdict of a kept report, and makes none. */
async function untilAllKept(desk: string, folder: Folder): Promise<readonly DocumentRow[]> {
  return patiently(async () => {
    const rows = await rowsOf(desk, folder);
    return rows.length > 0 && rows.every(({ verdict, contentHere }) => contentHere && verdict !== 'unchecked') ? rows : null;
  });
}

async function attachedTo({ fileName, bytes }: Output<'verification.printable'>): Promise<{ readonly text: string; readonly files: ReadonlyMap<string, Buffer> }> {
  const dir = join(o.dir, `printed-${fileName}`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, fileName), bytes);
  await run('pdfdetach', ['-saveall', '-o', dir, join(dir, fileName)]);
  const { stdout } = await run('pdftotext', ['-layout', join(dir, fileName), '-']);
  const names = (await readdir(dir)).filter((name) => name !== fileName);
  return { text: stdout.replaceAll(/\s+/g, ' '), files: new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(dir, name))] as const))) };
}

const patience = { timeout: 600_000 };

test('every document that came has a kept report without anyone opening it', patience, async () => {
  const rows = await untilAllKept(clerk, 'incoming');
  assert.equal(rows.length, 6);
  for (const { document, verdict } of rows) {
    const { kept, report } = await o.ask(clerk, 'verification.report', { id: document.id });
    assert.ok(kept.length >= 1);
    assert.deepEqual([report?.file.sha256, report?.verdict], [document.content.sha256, verdict]);
  }
});

test('what is sent is kept with its report and its proofs as well, and prints with them', patience, async () => {
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, 'cong-van-xa.pdf')), 'cong-van-xa.pdf');
  assert.ok(imported.ok);
  const { document: { id } } = await o.ask(clerk, 'documents.draft', {
    title: 'Báo cáo kết quả phòng cháy rừng', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: imported.value.content, recipients: [practiceUnits.department], inReplyTo: null,
  });
  await o.ask(clerk, 'documents.submit', { id });
  const atStage = (desk: string, stage: string) => o.until(desk, async () => {
    const read = await o.tryAsk(desk, 'documents.read', { id });
    return read.ok && read.value.document.stage === stage && read.value.contentHere;
  });
  await atStage(leader, 'submitted');
  const { signature } = await o.ask(leader, 'signing.propose', { id });
  assert.ok(signature !== null);
  await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin: '135790', placement: signature });
  await atStage(clerk, 'approved');
  const { number } = await o.ask(clerk, 'issuing.propose', { id });
  const { seal } = await o.ask(clerk, 'signing.propose', { id });
  assert.ok(seal !== null && number !== null);
  await o.ask(clerk, 'issuing.issue', { id, thumbprint: await o.thumbprintOf(clerk), pin: '246810', number, notation: 'UBND-VP', date: '2026-11-21', placement: seal, recipients: [practiceUnits.department], send: true });
  await o.until(clerk, async () => (await o.ask(clerk, 'documents.read', { id })).document.recipients[0]?.status === '01');

  const sent = await patiently(async () => (await rowsOf(clerk, 'outgoing')).find(({ document, verdict }) => document.id === id && verdict !== 'unchecked'));
  assert.equal(sent.verdict, 'valid-extended');
  // in full, with the pages compared: nobody had to ask for it
  const full = await patiently(async () => {
    const { report, more } = await o.ask(clerk, 'verification.report', { id });
    return !more && report !== null && report.extent !== 'quick' ? report : null;
  });
  assert.deepEqual([full.file.sha256, full.signatures.length], [sent.document.content.sha256, 2]);

  const printed = await o.ask(clerk, 'verification.printable', { id });
  assert.equal(printed.fileName, `kiem-tra-chu-ky-${number}-ubnd-vp.pdf`);
  const { text, files } = await attachedTo(printed);
  for (const words of ['SƠN TỊNH', `Công văn số ${number}/UBND-VP ngày 21/11/2026`, 'Báo cáo kết quả phòng cháy rừng', 'Nguyễn Đức Thắng', 'Ủy ban nhân dân xã Sơn Tịnh', full.file.sha256 ?? '-']) assert.ok(text.includes(words), words);
  assert.deepEqual(JSON.parse(files.get('bao-cao.json')?.toString('utf8') ?? ''), (await o.ask(clerk, 'verification.report', { id })).report);
  const digests = [...files.values()].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
  for (const { signer, chain } of full.signatures) {
    assert.ok(digests.includes(signer?.thumbprint ?? '-'), 'the signer’s certificate goes along');
    assert.ok(chain.length > 0 && chain.every(({ thumbprint }) => digests.includes(thumbprint)), 'and those of its authorities');
  }
});

test('a kept report is printed by its time, to the same bytes whenever it is asked for', async () => {
  const { document: { id } } = (await rowsOf(clerk, 'incoming'))[0] ?? assert.fail();
  const before = await o.ask(clerk, 'verification.check', { id });
  const at = before.report.checkedAt;
  const first = await o.ask(clerk, 'verification.printable', { id, checkedAt: at });
  await o.ask(clerk, 'verification.check', { id });
  const { kept } = await o.ask(clerk, 'verification.report', { id });
  const still = kept.find(({ checkedAt }) => checkedAt === kept[0]?.checkedAt) ?? assert.fail();
  const [one, two] = [await o.ask(clerk, 'verification.printable', { id, checkedAt: still.checkedAt }), await o.ask(clerk, 'verification.printable', { id, checkedAt: still.checkedAt })];
  assert.ok(Buffer.from(one.bytes).equals(Buffer.from(two.bytes)));
  assert.match(first.fileName, /^kiem-tra-chu-ky-[a-z0-9-]+\.pdf$/);
});

test('who asks for a report that is not kept is told so', async () => {
  const { document: { id } } = (await rowsOf(clerk, 'incoming'))[0] ?? assert.fail();
  assert.equal((await o.refused(clerk, 'verification.printable', { id, checkedAt: '2001-01-01T00:00:00.000Z' })).code, 'not-found');
  assert.equal((await o.refused(clerk, 'verification.printable', { id, checkedAt: null })).code, 'not-found');
  assert.equal((await o.refused(clerk, 'verification.printable', { id: '0195f000-0000-7000-8000-000000000000' as DocumentId })).code, 'not-found');
});
