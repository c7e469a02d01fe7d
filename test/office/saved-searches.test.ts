import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mostSavedSearches } from '../../src-shared/domain/saved-search.ts';
import { vietnamDay } from '../../src-shared/domain/vietnam-day.ts';
import { openOffice, type OfficeUnderTest } from './support.ts';

const clerk = 'commune-clerk';
const leader = 'commune-leader';

let o: OfficeUnderTest;
before(async () => { o = await openOffice(); });
after(async () => { await o.close(); });

const save = (name: string, more: object = {}) => o.ask(clerk, 'searches.save', { name, folder: 'incoming', query: 'loại:quyết_định', quick: [], ...more });
const namesOf = async (desk: string): Promise<readonly string[]> => (await o.ask(desk, 'searches.list', {})).searches.map(({ name }) => name);
const clear = async (): Promise<void> => {
  for (const { id } of (await o.ask(clerk, 'searches.list', {})).searches) await o.ask(clerk, 'searches.remove', { id });
};

test('a kept search finds what the list finds, is one person’s own, and nothing of it lies open on the disk', async () => {
  const kept = await save('Quyết định của năm', { quick: ['unread'] });
  const { total } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'loại:quyết_định', quick: ['unread'], offset: 0, limit: 1 });
  assert.ok(total > 0);
  assert.deepEqual([await o.ask(clerk, 'searches.count', { id: kept.id }), await namesOf(clerk), await namesOf(leader)], [{ total }, ['Quyết định của năm'], []]);
  assert.equal((await o.refused(leader, 'searches.count', { id: kept.id })).code, 'not-found');
  const files = readdirSync(o.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 10);
  for (const { parentPath, name } of files) assert.ok(!readFileSync(join(parentPath, name)).includes('Quyết định của năm'), join(parentPath, name));
  await clear();
});

test('names are unique whatever their marks, and a bad one changes nothing', async () => {
  await save('Hỏa tốc');
  const refuse = async (input: object): Promise<string> => (await o.refused(clerk, 'searches.save', { name: 'Khác', folder: 'incoming', query: 'x', quick: [], ...input })).code;
  assert.deepEqual(
    [await refuse({ name: 'hoa TOC' }), await refuse({ name: '  ' }), await refuse({ name: 'x'.repeat(101) }), await refuse({ query: ' ' }), await refuse({ folder: 'nowhere' })],
    ['search.name-taken', 'search.no-name', 'search.name-too-long', 'search.nothing', 'input.invalid'],
  );
  const other = await save('Sở Nội vụ');
  assert.equal((await o.refused(clerk, 'searches.rename', { id: other.id, name: 'HỎA TỐC' })).code, 'search.name-taken');
  await o.ask(clerk, 'searches.rename', { id: other.id, name: 'SỞ NỘI VỤ' });
  assert.deepEqual(await namesOf(clerk), ['Hỏa tốc', 'SỞ NỘI VỤ']);
  await clear();
});

test('they stand as they were put, and one that was removed comes back to its place', async () => {
  const [one, two, three] = [await save('một'), await save('hai', { folder: 'outgoing' }), await save('ba', { quick: ['express'] })];
  await o.ask(clerk, 'searches.move', { id: three.id, by: -1 });
  await o.ask(clerk, 'searches.move', { id: one.id, by: -1 });
  assert.deepEqual(await namesOf(clerk), ['một', 'ba', 'hai']);
  const { place } = await o.ask(clerk, 'searches.remove', { id: three.id });
  assert.equal((await o.refused(clerk, 'searches.remove', { id: three.id })).code, 'not-found');
  const { id: _gone, ...what } = three;
  assert.deepEqual((await o.ask(clerk, 'searches.save', { ...what, place })).quick, ['express']);
  assert.deepEqual(await namesOf(clerk), ['một', 'ba', 'hai']);
  assert.equal((await o.ask(clerk, 'searches.list', {})).searches.find(({ id }) => id === two.id)?.folder, 'outgoing');
  await clear();
});

test('what says “today” is asked of the day on which it is counted', async () => {
  const { id } = await save('Hạn hôm nay', { query: 'hạn:hôm_nay' });
  assert.deepEqual(await o.ask(clerk, 'searches.count', { id }), { total: 0 });
  const { people } = await o.ask(clerk, 'directory.people', {});
  const { rows: [row] } = await o.ask(clerk, 'documents.list', { folder: 'incoming', query: 'Tập huấn ký số', offset: 0, limit: 1 });
  assert.ok(row && people[0]);
  const document = row.document.id;
  if (row.document.stage === 'arrived') await o.ask(clerk, 'documents.register', { id: document });
  await o.ask(clerk, 'documents.present', { id: document, note: '' });
  await o.until(leader, async () => (await o.tryAsk(leader, 'documents.read', { id: document })).ok && (await o.ask(leader, 'documents.read', { id: document })).actions.includes('assign'));
  await o.ask(leader, 'documents.assign', { id: document, lead: people[0].id, support: [], inform: [], directive: '', deadline: vietnamDay(new Date()) });
  await o.until(clerk, async () => (await o.ask(clerk, 'searches.count', { id })).total === 1);
  assert.equal((await o.ask(clerk, 'searches.list', {})).searches[0]?.query, 'hạn:hôm_nay', 'kept as it was typed');
  await clear();
});

test('fifty are kept and no more', async () => {
  for (let at = 0; at < mostSavedSearches; at += 1) await save(`cách ${at}`);
  assert.deepEqual(await o.refused(clerk, 'searches.save', { name: 'một nữa', folder: 'incoming', query: 'x', quick: [] }), { code: 'search.too-many', params: { limit: mostSavedSearches } });
  assert.equal((await namesOf(clerk)).length, mostSavedSearches);
  await clear();
});
