import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Batch, PlacementTemplate } from '../../src-shared/contract/signing.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { openOffice, pdfDir, type OfficeUnderTest } from './support.ts';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

const clerk = 'commune-clerk';
const leader = 'commune-leader';
const pin = '135790';
const fixtures = join(pdfDir, '..');
const template: PlacementTemplate = { id: 'mau-1', name: 'Chỗ đặt cho báo cáo', of: 'signature', kind: 'bao-cao', from: 'last', page: 1, rect: { x: 120, y: 200, width: 42, height: 18 } };

/** A draft at the leader's desk, ready to be signed. */
async function submitted(title: string, file = 'cong-van-xa.pdf', kind: 'cong-van' | 'bao-cao' = 'cong-van'): Promise<DocumentId> {
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, file)), file);
  assert.ok(imported.ok);
  const { document } = await o.ask(clerk, 'documents.draft', { title, kind, notation: 'UBND-VP', urgency: 'normal', content: imported.value.content, recipients: [practiceUnits.department], inReplyTo: null });
  await o.ask(clerk, 'documents.submit', { id: document.id });
  await o.until(leader, async () => {
    const read = await o.tryAsk(leader, 'documents.read', { id: document.id });
    return read.ok && read.value.document.stage === 'submitted' && read.value.contentHere;
  });
  return document.id;
}

async function stageOf(id: DocumentId): Promise<string> {
  return (await o.ask(leader, 'documents.read', { id })).document.stage;
}

test('the preview of ký duyệt is a page of the same size, needs no PIN, and changes nothing', async () => {
  const id = await submitted('Xem trước chữ ký');
  const { signature } = await o.ask(leader, 'signing.propose', { id });
  assert.ok(signature !== null);
  const before = await o.ask(leader, 'documents.read', { id });
  const { layers } = await o.ask(leader, 'signing.preview', { id, placement: signature });
  assert.deepEqual(layers.map(({ page }) => page), [signature.page]);
  // 595.3 × 841.9 pt are A4
  assert.match(Buffer.from(layers[0]!.pdf).toString('latin1'), /\/MediaBox \[0 0 595[.\d]* 84[12][.\d]*\]/);
  assert.deepEqual(await o.ask(leader, 'documents.read', { id }), before);
  const outside = await o.refused(leader, 'signing.preview', { id, placement: { page: 1, rect: { x: 190, y: 200, width: 42, height: 18 } } });
  assert.equal(outside.code, 'placement.outside-page');
});

test('a page that does not say where is left unsigned in a run, until there is a template for its type', async () => {
  const id = await submitted('Phụ lục không có chỗ ký', 'phu-luc.pdf', 'bao-cao');
  assert.equal((await o.ask(leader, 'signing.propose', { id })).signature, null);
  const run = { mode: 'all' as const, items: [{ id, placement: null }], thumbprint: await o.thumbprintOf(leader), pin };
  const door = o.office.connect(leader);
  const over = async (): Promise<string | null> => {
    const { promise, resolve } = Promise.withResolvers<Batch>();
    const off = door.on((name, payload) => { if (name === 'batch.changed' && (payload as Batch).state === 'ended') resolve(payload as Batch); });
    await o.ask(leader, 'batch.start', run);
    const { items } = await promise;
    off();
    return items[0]?.error?.code ?? null;
  };
  assert.equal(await over(), 'placement.unknown');
  assert.equal(await stageOf(id), 'submitted');
  await o.ask(leader, 'templates.save', { template });
  assert.equal(await over(), null);
  assert.equal(await stageOf(id), 'approved');
  door.close();
});

test('templates are kept one for each thing and type, and can be taken away', async () => {
  const newer = { ...template, id: 'mau-2', rect: { ...template.rect, x: 100 } };
  const general: PlacementTemplate = { ...template, id: 'mau-chung', kind: null };
  await o.ask(leader, 'templates.save', { template });
  await o.ask(leader, 'templates.save', { template: newer });
  assert.deepEqual((await o.ask(leader, 'templates.save', { template: general })).templates, [general, newer]);
  assert.deepEqual((await o.ask(leader, 'templates.remove', { id: 'mau-2' })).templates, [general]);
  assert.deepEqual((await o.ask(leader, 'templates.list', {})).templates, [general]);
});

test('an image put on file goes before the office’s, is drawn, and can be taken off again', async () => {
  const offices = await o.ask(leader, 'signing.images', {});
  const seal = await readFile(join(fixtures, 'images/con-dau-do.png'));
  const set = await o.ask(leader, 'signing.setImage', { of: 'signature', bytes: seal, widthMm: 30 });
  assert.ok(set.signature !== null && Buffer.from(set.signature.bytes).equals(seal));
  assert.deepEqual([set.signature.widthMm, set.signature.heightMm], [30, 30]);
  assert.deepEqual((await o.ask(leader, 'signing.images', {})).signature?.widthMm, 30);
  assert.deepEqual(await o.ask(leader, 'signing.setImage', { of: 'signature', bytes: null, widthMm: 30 }), offices);
});

test('an image that is none, hides the text beneath or is too large is refused, and the one on file stays', async () => {
  const before = await o.ask(clerk, 'signing.images', {});
  // one white pixel, 8-bit RGB, no alpha
  const opaque = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC', 'base64');
  const cases = [['image.not-png', Buffer.from('ảnh')], ['image.no-alpha', opaque], ['image.too-large', Buffer.alloc(1024 * 1024 + 1)]] as const;
  for (const [code, bytes] of cases) assert.equal((await o.refused(clerk, 'signing.setImage', { of: 'seal', bytes, widthMm: 36 })).code, code);
  assert.deepEqual(await o.ask(clerk, 'signing.images', {}), before);
});

test('a token is tried with a signature that is checked, and a wrong PIN is told', async () => {
  const thumbprint = await o.thumbprintOf(leader);
  const { tookMs } = await o.ask(leader, 'tokens.try', { thumbprint, pin });
  assert.ok(tookMs > 0);
  assert.equal((await o.refused(leader, 'tokens.try', { thumbprint, pin: '000000' })).code, 'token.pin-wrong');
});

test('phát hành is previewed with number, date and seal', async () => {
  const id = await submitted('Xem trước phát hành');
  const { signature } = await o.ask(leader, 'signing.propose', { id });
  assert.ok(signature !== null);
  await o.ask(leader, 'signing.approve', { id, thumbprint: await o.thumbprintOf(leader), pin, placement: signature });
  await o.until(clerk, async () => {
    const { document, contentHere } = await o.ask(clerk, 'documents.read', { id });
    return document.stage === 'approved' && contentHere;
  });
  const { seal } = await o.ask(clerk, 'signing.propose', { id });
  assert.ok(seal !== null);
  const { layers } = await o.ask(clerk, 'issuing.preview', { id, number: 7, notation: 'UBND-VP', date: '2026-02-05', placement: seal });
  assert.deepEqual(layers.map(({ page }) => page), [1]);
  assert.ok(Buffer.from(layers[0]!.pdf).includes('/Tinos-Regular') || Buffer.from(layers[0]!.pdf).includes('+Tinos-Regular'));
});

test('dấu đến and bút phê travel with the document: the leader writes on what the clerk stamped, and the clerk has both', async () => {
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: '', offset: 0, limit: 10 });
  const arrived = rows.find(({ document }) => document.stage === 'arrived')?.document;
  assert.ok(arrived !== undefined);
  const { id } = arrived;
  await o.ask(clerk, 'documents.register', { id });
  const seated = o.office.desks.get(clerk);
  assert.ok(seated !== undefined);
  const stamped = await o.ask(clerk, 'signing.mark', { id, thumbprint: await o.thumbprintOf(clerk), pin: seated.cast.pin, mark: { kind: 'incoming', forwardTo: 'Chủ tịch', fileCode: '' }, placement: null });
  await o.ask(clerk, 'documents.present', { id, note: '' });
  const atLeader = await o.until(leader, async () => {
    const read = await o.tryAsk(leader, 'documents.read', { id });
    return read.ok && read.value.document.stage === 'presented' && read.value.contentHere ? read.value : null;
  });
  assert.equal(atLeader.document.content.sha256, stamped.document.content.sha256);
  const text = 'Giao Văn phòng chủ trì, báo cáo trước ngày 30/11.';
  const noted = await o.ask(leader, 'signing.mark', { id, thumbprint: await o.thumbprintOf(leader), pin, mark: { kind: 'comment', text }, placement: null });
  const back = await o.until(clerk, async () => {
    const read = await o.ask(clerk, 'documents.read', { id });
    return read.document.content.sha256 === noted.document.content.sha256 && read.contentHere ? read : null;
  });
  assert.deepEqual(back.history.flatMap((event) => (event.type === 'marked' ? [[event.mark, event.text, event.by?.fullName]] : [])), [['incoming', '', 'Trần Thị Mai'], ['comment', text, 'Nguyễn Đức Thắng']]);
  const { report } = await o.ask(clerk, 'verification.report', { id });
  assert.deepEqual(report?.signatures.map(({ verdict }) => verdict), ['valid-extended', 'valid-extended', 'valid-extended', 'valid']);
  assert.deepEqual((await o.ask(clerk, 'outbox.list', {})).rows, []);
});
