import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { practiceUnits } from '../../src-main/practice/cast.ts';
import { openPracticeOffice } from '../../src-main/practice/office.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { sendLetter } from '../../src-main/practice/seed.ts';
import type { DocumentRow } from '../../src-shared/contract/documents.ts';
import type { DocumentId, PersonId } from '../../src-shared/domain/ids.ts';
import { openOffice, pdfDir, resourcesDir, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';
// longer than this file runs: only what lets a hold go lets it go
const holdMs = 59_000;

let o: OfficeUnderTest;
before(async () => { o = await openOffice({ holdMs }); });
after(async () => { await o.close(); });

async function incoming(query: string): Promise<DocumentRow> {
  const { rows } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query, offset: 0, limit: 5 });
  assert.equal(rows.length, 1, query);
  return rows[0] as DocumentRow;
}

test('what the practice begins with was not held, and can no longer be taken back', async () => {
  const { rows } = await o.ask('province-clerk', 'documents.list', { folder: 'outgoing', query: '', offset: 0, limit: 50 });
  assert.ok(rows.length > 0);
  for (const { document, sync } of rows) {
    assert.equal(sync, 'synced');
    assert.deepEqual((await o.ask('province-clerk', 'documents.read', { id: document.id })).undo, []);
  }
});

test('registering and presenting are taken back together; the next register takes the same number', async () => {
  const { id } = (await incoming('Quy chế tiếp nhận')).document;
  const at = Date.now();
  assert.equal((await o.ask(clerk, 'documents.register', { id })).document.arrival?.number, 418);
  const presented = await o.ask(clerk, 'documents.present', { id, note: '' });
  assert.deepEqual(presented.undo.map((one) => one.type), ['register', 'present']);
  for (const one of presented.undo) assert.ok(Date.parse(one.until) >= at + holdMs && Date.parse(one.until) <= Date.now() + holdMs);
  await o.ask(clerk, 'sync.now', {});
  assert.equal((await o.ask(clerk, 'sync.status', {})).pending, 2);
  const { detail } = await o.ask(clerk, 'documents.undo', { id, commands: presented.undo.map((one) => one.command) });
  assert.equal(detail?.document.stage, 'arrived');
  assert.deepEqual([detail?.sync, detail?.undo, detail?.history.map((event) => event.type)], ['synced', [], ['arrived']]);
  const other = (await incoming('Tập huấn ký số')).document.id;
  assert.equal((await o.ask(clerk, 'documents.register', { id: other })).document.arrival?.number, 418);
});

test('getting up from the desk lets go: the leader sees it, and it is too late to take it back', async () => {
  const { id } = (await incoming('Quy chế tiếp nhận')).document;
  const door = o.office.connect(clerk);
  const registered = await o.ask(clerk, 'documents.register', { id });
  const presented = await o.ask(clerk, 'documents.present', { id, note: 'Kính trình' });
  const commands = presented.undo.map((one) => one.command);
  assert.equal(registered.undo.length, 1);
  assert.deepEqual(await door.call('practice.switchDesk', { desk: leader }), { ok: true, value: {} });
  await o.until(leader, async () => {
    const read = await o.tryAsk(leader, 'documents.read', { id });
    return read.ok && read.value.document.stage === 'presented';
  });
  door.close();
  await o.until(clerk, async () => (await o.ask(clerk, 'documents.read', { id })).sync === 'synced');
  assert.equal((await o.refused(clerk, 'documents.undo', { id, commands })).code, 'undo.too-late');
  assert.equal((await o.ask(clerk, 'documents.read', { id })).document.stage, 'presented');
});

test('a directive that was given is offered again, the most used first, and not when it was taken back', async () => {
  const { id } = (await incoming('Quy chế tiếp nhận')).document;
  const assign = (directive: string, deadline: string | null) => o.ask(leader, 'documents.assign', { id, lead: clerk as PersonId, support: [], inform: [], directive, deadline });
  await assign('Giao văn thư trình kế hoạch.', '2020-01-01');
  await assign('Báo cáo trước ngày 25.', null);
  const last = await assign('Giao văn thư trình kế hoạch.', '2020-01-01');
  assert.deepEqual((await o.ask(leader, 'directory.phrases', {})).phrases, ['Giao văn thư trình kế hoạch.', 'Báo cáo trước ngày 25.']);
  const load = async () => (await o.ask(leader, 'directory.people', {})).people.find((person) => person.id === clerk)?.load;
  assert.deepEqual(await load(), { open: 1, overdue: 1 });
  await o.ask(leader, 'documents.undo', { id, commands: last.undo.slice(-2).map((one) => one.command) });
  assert.deepEqual((await o.ask(leader, 'directory.phrases', {})).phrases, ['Giao văn thư trình kế hoạch.']);
  const first = (await o.ask(leader, 'documents.read', { id })).undo;
  await o.ask(leader, 'documents.undo', { id, commands: first.map((one) => one.command) });
  assert.deepEqual(await load(), { open: 0, overdue: 0 });
  assert.deepEqual((await o.ask(leader, 'directory.phrases', {})).phrases, []);
});

test('without a line it may be taken back long after; a draft may not, and a submitted file comes back as it was', async (t) => {
  o.office.desks.get(clerk)?.line.cut();
  // the tests after this one wait for what the line brings
  t.after(() => o.office.desks.get(clerk)?.line.mend());
  // a desk that has not noticed yet still sends, and what was sent and not answered is in doubt
  await o.until(clerk, async () => !(await o.ask(clerk, 'sync.status', {})).online);
  const imported = await o.importPdf(clerk, await readFile(join(pdfDir, 'cong-van-xa.pdf')), 'cong-van-xa.pdf');
  assert.ok(imported.ok);
  const { document } = await o.ask(clerk, 'documents.draft', {
    title: 'Soạn khi mất mạng', kind: 'cong-van', notation: 'UBND-VP', urgency: 'normal', content: imported.value.content, recipients: [practiceUnits.department], inReplyTo: null,
  });
  assert.deepEqual((await o.ask(clerk, 'documents.read', { id: document.id })).undo, []);
  const submitted = await o.ask(clerk, 'documents.submit', { id: document.id });
  assert.notEqual(submitted.document.content.sha256, imported.value.content.sha256, 'its fields were prepared');
  o.office.desks.get(clerk)?.desk.releaseHolds();
  await o.ask(clerk, 'sync.now', {});
  const waiting = await o.ask(clerk, 'documents.read', { id: document.id });
  assert.deepEqual([waiting.sync, waiting.undo.map((one) => one.type)], ['waiting', ['submit']]);
  assert.ok(Date.parse(waiting.undo[0]?.until ?? '') <= Date.now());
  const { detail } = await o.ask(clerk, 'documents.undo', { id: document.id, commands: waiting.undo.map((one) => one.command) });
  assert.deepEqual([detail?.document.stage, detail?.document.content.sha256], ['draft', imported.value.content.sha256]);
  o.office.desks.get(clerk)?.line.mend();
  await o.until(clerk, async () => (await o.ask(clerk, 'documents.read', { id: document.id })).sync === 'synced');
  assert.equal((await o.ask(clerk, 'documents.read', { id: document.id })).document.stage, 'draft');
});

test('marks, filters, places and ids go through the door, and what changed is told', async () => {
  const told: unknown[] = [];
  const door = o.office.connect(clerk);
  door.on((name, payload) => { if (name === 'documents.changed') told.push((payload as { readonly ids: readonly DocumentId[] }).ids); });
  const unread = async () => o.ask(clerk, 'documents.ids', { folder: 'incoming', query: '', quick: ['unread'] });
  const before = await unread();
  const id = before.ids[1] as DocumentId;
  assert.deepEqual((await o.ask(clerk, 'documents.position', { folder: 'incoming', query: '', quick: ['unread'], id })).index, 1);
  await o.ask(clerk, 'documents.markRead', { ids: [id], read: true });
  assert.deepEqual(told, [[id]]);
  assert.equal((await o.ask(clerk, 'documents.read', { id })).read, true);
  assert.deepEqual((await unread()).ids, before.ids.filter((one) => one !== id));
  assert.equal((await o.ask(clerk, 'documents.position', { folder: 'incoming', query: '', quick: ['unread'], id })).index, null);
  assert.equal((await o.ask(leader, 'documents.read', { id })).read, false, 'another person has not');
  await o.ask(clerk, 'documents.markRead', { ids: [id], read: false });
  assert.deepEqual((await unread()).ids, before.ids);
  const found = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'từ:"Sở Khoa học" loại:bc có:tệp', offset: 0, limit: 5 });
  assert.deepEqual(found.rows.map((row) => row.document.kind), ['bao-cao']);
  door.close();
});

test('what newly arrives is told by its ids', async () => {
  const arrived = new Promise<readonly DocumentId[]>((resolve) => {
    const door = o.office.connect(clerk);
    door.on((name, payload) => {
      if (name !== 'documents.arrived') return;
      door.close();
      resolve((payload as { readonly ids: readonly DocumentId[] }).ids);
    });
  });
  await sendLetter(o.office.desks, join(resourcesDir, 'practice'), { file: 'giay-moi.pdf', title: 'Họp đột xuất', kind: 'giay-moi', notation: 'GM-UBND', urgency: 'express', from: 'province' }, [practiceUnits.commune]);
  assert.deepEqual(await arrived, [(await incoming('dot xuat')).document.id]);
});

test('closing the program sends what was held; a form that is being filled in stays, one person’s own, until it is dropped', async () => {
  const lines: string[] = [];
  const log = (level: string, message: string, fields?: object): void => { lines.push(`${level} ${message} ${JSON.stringify(fields)}`); };
  const value = JSON.stringify({ title: 'Đang gõ dở dang' });
  await o.ask(clerk, 'forms.keep', { key: 'draft', value: '{}' });
  await o.ask(clerk, 'forms.keep', { key: 'draft', value });
  assert.equal((await o.ask(leader, 'forms.read', { key: 'draft' })).form, null);
  const { id } = (await incoming('Danh mục hồ sơ')).document;
  assert.equal((await o.ask(clerk, 'documents.register', { id })).undo.length, 1);
  await o.office.close();
  const profile = openProfileStore({ dir: join(o.dir, 'office', 'desks', clerk), key: await readFile(join(o.dir, 'office', 'practice.key')) });
  assert.ok(profile.ok);
  assert.deepEqual(profile.value.desk.outbox(), [], 'what was held left before the program did');
  assert.equal(profile.value.desk.findDocument(id)?.state.stage, 'registered');
  profile.value.close();
  const again = await openPracticeOffice({ dir: join(o.dir, 'office'), resourcesDir, log, holdMs });
  o = { ...o, office: again };
  const door = again.connect(clerk);
  const read = await door.call('forms.read', { key: 'draft' }) as { readonly ok: true; readonly value: { readonly form: { readonly value: string; readonly at: string } } };
  assert.equal(read.value.form.value, value);
  assert.ok(Date.parse(read.value.form.at) <= Date.now());
  assert.deepEqual(await door.call('forms.drop', { key: 'draft' }), { ok: true, value: {} });
  assert.deepEqual(await door.call('forms.read', { key: 'draft' }), { ok: true, value: { form: null } });
  door.close();
  await again.close();
  assert.ok(!lines.join('\n').includes('dở dang'));
  o = { ...o, close: () => rm(o.dir, { recursive: true, force: true }) };
});
