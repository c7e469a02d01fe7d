import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { organizationCode } from '../../src-shared/domain/ids.ts';
import { plainEntry, type DirectoryEntry } from '../../src-shared/domain/organization.ts';
import { directoryResponse } from '../../src-shared/protocol/wire.ts';
import { commandOf, commune, department, issueDocument, openOffice, signIn, type Client } from './office.ts';

const code = (text: string) => organizationCode.parse(text);
const entryOf = (text: string, name: string, more: Partial<DirectoryEntry> = {}): DirectoryEntry => ({ ...plainEntry({ code: code(text), name }), ...more });

async function page(client: Client, since: number, after = '') {
  const answer = await client.get(`/v1/directory?since=${since}&after=${after}`);
  assert.equal(answer.status, 200);
  return directoryResponse.parse(await answer.json());
}

async function readDirectory(client: Client, since = 0) {
  const first = await page(client, since);
  const entries = [...first.entries];
  for (let { hasMore } = first; hasMore;) {
    const next = await page(client, since, entries.at(-1)?.code);
    assert.equal(next.people, undefined, 'people come with the first page');
    entries.push(...next.entries);
    hasMore = next.hasMore;
    assert.ok(entries.length < 5000);
  }
  return { version: first.version, entries, people: first.people };
}

test('the directory comes in pages by code, each office once, with both codes, and then only what changed', async (t) => {
  const { url, admin } = await openOffice(t, { limits: { directoryPage: 100 } });
  const clerk = await signIn(url, 'communeClerk');
  const many = Array.from({ length: 350 }, (_, at) => entryOf(`H48.70.${1000 + at}`, `Cơ quan ${at}`, { otherCode: code(`000.${100 + at}.10.H48`.replace(/^000\.(\d)(\d\d)/, '00$1.$2')) }));
  await admin.putDirectory(many);
  const { version, entries, people } = await readDirectory(clerk);
  assert.equal(entries.length, 353);
  assert.deepEqual(entries.map((each) => each.code), [...new Set(entries.map((each) => each.code))].sort());
  assert.deepEqual(entries.find((each) => each.code === 'H48.70.1000'), many[0]);
  assert.deepEqual(people?.map(({ id }) => id), ['xa.lanhdao', 'xa.vanthu']);

  assert.deepEqual((await readDirectory(clerk, version)).entries, []);
  await admin.putDirectory([entryOf('H48.70.1005', 'Tên mới'), ...many.slice(6, 9)]);
  const changed = await readDirectory(clerk, version);
  assert.deepEqual(changed.entries.map(({ name }) => name), ['Tên mới'], 'what is put there unchanged has not changed');
  assert.ok(changed.version > version);
  for (const bad of ['since=-1', 'since=x', 'since=0&after=zz!', 'since=1e3']) assert.equal((await clerk.get(`/v1/directory?${bad}`)).status, 400, bad);
});

test('a document is sent by either code and arrives under the present one; an office that has ceased is not sent to, and stays in the directory', async (t) => {
  const { url, admin } = await openOffice(t, { clock: () => new Date('2026-11-21T17:30:00Z') });
  const [clerk, leader, receiver] = await Promise.all([signIn(url, 'provinceClerk'), signIn(url, 'provinceLeader'), signIn(url, 'communeClerk')]);
  const old = code('012.60.12.H48');
  await admin.putDirectory([
    entryOf(commune.code, commune.name, { otherCode: old }),
    entryOf('H48.33', 'UBND huyện cũ', { ceasedOn: '2025-06-30', successors: [commune.code] }),
    entryOf(department.code, department.name, { ceasedOn: '2026-11-22' }),
  ]);
  const { document } = await issueDocument(clerk, leader, randomBytes(100), 1);
  const send = (to: string) => commandOf('provinceClerk', document, { workflow: 4, assignment: 0 }, { type: 'send', args: { recipients: [{ code: code(to), name: 'tên' }] } });
  const [ceased] = await clerk.push(send('H48.33'));
  assert.deepEqual(ceased?.status === 'rejected' ? ceased.error : ceased, { code: 'workflow.ceased-recipient', params: { org: 'H48.33', on: '2025-06-30' } });
  const [sent] = await clerk.push(send(old));
  assert.equal(sent?.status, 'applied');
  const [arrived] = (await receiver.changes()).changes;
  assert.equal(arrived?.events[0]?.type === 'arrived' ? arrived.events[0].unit.code : '', commune.code);
  const again = commandOf('provinceClerk', document, { workflow: 5, assignment: 0 }, { type: 'send', args: { recipients: [department] } });
  assert.equal((await clerk.push(again))[0]?.status, 'applied', 'its last day is today in Vietnam');
  const listed = (await readDirectory(clerk)).entries.find((each) => each.code === 'H48.33');
  assert.deepEqual([listed?.ceasedOn, listed?.successors], ['2025-06-30', [commune.code]]);
});

test('a directory of 120,000 offices is taken in and given out in pages', async (t) => {
  const { url, admin } = await openOffice(t);
  const clerk = await signIn(url, 'communeClerk');
  const many = Array.from({ length: 120_000 }, (_, at) => entryOf(`K${10 + (at % 80)}.${Math.floor(at / 80)}`, `Cơ quan số ${at}`));
  await admin.putDirectory(many);
  const started = performance.now();
  let count = 0;
  let last = '';
  for (let more = true, pages = 0; more && pages < 100; pages++) {
    const next = await page(clerk, 0, last);
    count += next.entries.length;
    last = next.entries.at(-1)?.code ?? '';
    more = next.hasMore;
  }
  assert.equal(count, 120_003);
  t.diagnostic(`read in ${Math.round(performance.now() - started)} ms`);
});
