import assert from 'node:assert/strict';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { forgetImport, importCounts } from '../../src-server/features/figures-import.ts';
import { runFigures } from '../../src-server/features/figures-run.ts';
import type { ServerOptions } from '../../src-server/server.ts';
import { openSqlite } from '../../src-server/storage/sqlite/storage.ts';
import { createCalendar } from '../../src-shared/domain/calendar.ts';
import { countFacts } from '../../src-shared/domain/figures/count.ts';
import { documentFact } from '../../src-shared/domain/figures/document-fact.ts';
import { reportOf, type FigureValue } from '../../src-shared/domain/figures/report.ts';
import { plainNumber } from '../../src-shared/domain/figures/value-words.ts';
import { plainEntry } from '../../src-shared/domain/organization.ts';
import { figuresResponse, publicFigures } from '../../src-shared/protocol/figures.ts';
import { madeProvince, madeUnits, putProvince, type MadeLog } from '../support/made-province.ts';
import { commune, department, openOffice, personOf, post, signIn, tempDir, type Client } from './office.ts';

const now = new Date('2026-11-18T03:00:00Z');
const today = '2026-11-18';
const others = madeUnits(6);
const units = [commune, department, ...others];
const logs: readonly MadeLog[] = [...madeProvince({ units, documents: 900, from: '2025-10-01', to: today, seed: 20_261_123 })];
const spans = [{ from: '2026-11', to: '2026-11' }, { from: '2026-10', to: '2026-10' }, { from: '2026-01', to: '2026-11' }, { from: '2025-10', to: '2025-12' }];

async function open(t: TestContext, options: Partial<ServerOptions> = {}, more: (storage: ReturnType<typeof openSqlite>) => Promise<void> = async () => undefined) {
  const dir = tempDir(t);
  const storage = openSqlite({ file: path.join(dir, 'server.db') });
  await putProvince(storage, others, logs);
  await more(storage);
  await runFigures({ storage, now: () => now.getTime(), node: 'a', log: () => undefined });
  await storage.close();
  return openOffice(t, { dir, clock: () => now, ...options });
}

/** The figures from the logs, without a server: each unit's, and of all together. */
function judge(span: { readonly from: string; readonly to: string }, of: readonly string[] | null): ReadonlyMap<string, FigureValue> {
  const calendar = createCalendar();
  const tally = countFacts(logs.filter(({ unit }) => of === null || of.includes(unit.code)).flatMap(({ id, events }) => documentFact(id, events, calendar) ?? []));
  const last = new Date(Date.UTC(Number(span.to.slice(0, 4)), Number(span.to.slice(5)), 0)).toISOString().slice(0, 10);
  return new Map(reportOf(tally, { units: null, from: `${span.from}-01`, to: last, asOf: today }).rows.filter(({ by }) => by === '').map(({ figure, value }) => [figure, value]));
}

async function ask(client: Client, query: string) {
  const response = await client.get(`/v1/figures?${query}`);
  assert.equal(response.status, 200, query);
  return figuresResponse.parse(await response.json());
}

test('the province sees every unit as its logs have it, in months that are over and in the one that runs', async (t) => {
  const { url } = await open(t);
  const leader = await signIn(url, 'provinceLeader');
  for (const span of spans) {
    const { all, units: counted } = await ask(leader, `from=${span.from}&to=${span.to}`);
    assert.equal(counted, units.length);
    assert.deepEqual(all?.map(({ code }) => code), units.map(({ code }) => code).sort((a, b) => (a < b ? -1 : 1)));
    const sum = (figure: string): number => (all ?? []).reduce((n, { figures }) => n + (figures.find((one) => one.figure === figure)?.number ?? 0), 0);
    assert.ok(sum('received') > 10 && sum('sent') > 10 && sum('overdue') > 10, 'there is something to compare');
    for (const { code, figures } of all ?? []) {
      const own = judge(span, [code]);
      assert.deepEqual(figures.map(({ figure, number }) => [figure, number]), [...own].map(([figure, value]) => [figure, plainNumber(value)]), `${code} ${span.from}`);
      for (const { figure, met, of } of figures) {
        const value = own.get(figure);
        assert.deepEqual([met, of], value?.kind === 'share' ? [value.met, value.of] : [null, null]);
      }
    }
  }
  const unitOf = await ask(leader, `from=2026-10&to=2026-10&unit=${commune.code}`);
  assert.deepEqual(unitOf.unit, commune);
});

test('a unit sees itself beside the average, and nobody else', async (t) => {
  const { url } = await open(t);
  const clerk = await signIn(url, 'communeClerk');
  for (const span of spans) {
    const { all, unit, figures } = await ask(clerk, `from=${span.from}&to=${span.to}`);
    assert.equal(all, null);
    assert.deepEqual(unit, commune);
    const [own, whole] = [judge(span, [commune.code]), judge(span, null)];
    for (const { figure, number, average } of figures) {
      const [mine, together] = [own.get(figure), whole.get(figure)];
      assert.ok(mine !== undefined && together !== undefined);
      assert.equal(number, plainNumber(mine), figure);
      assert.equal(average, together.kind === 'count' || together.kind === 'stock' ? Math.round((together.n / units.length) * 10) / 10 : plainNumber(together), figure);
    }
  }
  const { months } = await ask(clerk, 'to=2026-11');
  assert.deepEqual([months.length, months[0]?.month, months.at(-1)?.month], [12, '2025-12', '2026-11']);
  for (const { month, figures } of months) assert.equal(figures.find(({ figure }) => figure === 'received')?.number, (judge({ from: month, to: month }, [commune.code]).get('received') as { readonly n: number }).n);
  assert.equal((await clerk.get(`/v1/figures?unit=${department.code}`)).status, 403);
  assert.equal((await clerk.get(`/v1/figures?unit=${commune.code}`)).status, 200);
});

test('a unit that the province names as a reader sees them all', async (t) => {
  const { url } = await open(t, { figures: { readers: [department.code], publicFeed: false } });
  const { all } = await ask(await signIn(url, 'departmentClerk'), 'to=2026-10');
  assert.equal(all?.length, units.length);
  assert.equal((await ask(await signIn(url, 'communeLeader'), 'to=2026-10')).all, null);
});

test('an office that another came after is told with it, and no letter is lost or told twice', async (t) => {
  const [gone, heir] = others;
  assert.ok(gone !== undefined && heir !== undefined);
  const { url } = await open(t, {}, (storage) => storage.transaction((tx) => tx.directory.put([{ ...plainEntry(gone), ceasedOn: '2026-06-30', successors: [heir.code] }])));
  const { all } = await ask(await signIn(url, 'provinceLeader'), 'from=2026-01&to=2026-10');
  assert.equal(all?.some(({ code }) => code === gone.code), false);
  const expected = judge({ from: '2026-01', to: '2026-10' }, [gone.code, heir.code]);
  assert.deepEqual(all?.find(({ code }) => code === heir.code)?.figures.map(({ figure, number }) => [figure, number]), [...expected].map(([figure, value]) => [figure, plainNumber(value)]));
});

test('months that are none, are to come or are too many are refused, and so are units that are none', async (t) => {
  const { url } = await open(t);
  const leader = await signIn(url, 'provinceLeader');
  for (const query of ['to=2026-13', 'to=2026-1', 'to=2026-12', 'from=2026-11&to=2026-10', 'from=2023-11&to=2026-11', 'from=x', 'unit=%00']) {
    const response = await leader.get(`/v1/figures?${query}`);
    assert.equal(response.status, 400, query);
    assert.equal(((await response.json()) as { readonly error: { readonly code: string } }).error.code, 'input.invalid');
  }
  assert.equal((await leader.get('/v1/figures?unit=H48.99')).status, 404);
});

test('anybody is told counts of all together where the province wants it, and no name', async (t) => {
  const closed = await open(t);
  assert.equal((await fetch(`${closed.url}/v1/figures/public`)).status, 404);
  const { url } = await open(t, { figures: { readers: [], publicFeed: true } });
  const text = await (await fetch(`${url}/v1/figures/public`)).text();
  const { months, units: counted } = publicFigures.parse(JSON.parse(text));
  assert.equal(counted, units.length);
  assert.deepEqual([months.length, months.at(-1)?.month], [12, '2026-10'], 'the month that runs is not told');
  for (const { month, figures } of months) {
    const whole = judge({ from: month, to: month }, null);
    for (const { figure, number } of figures) assert.equal(number, plainNumber(whole.get(figure) as FigureValue), `${month} ${figure}`);
  }
  assert.doesNotMatch(text, /xã|H48|vanthu|Người/);
});

test('a running server brings the figures forward by itself', async (t) => {
  const dir = tempDir(t);
  const storage = openSqlite({ file: path.join(dir, 'server.db') });
  await putProvince(storage, others, logs);
  await storage.close();
  const { url } = await openOffice(t, { dir, clock: () => now, figuresEveryMs: 3_600_000 });
  const leader = await signIn(url, 'provinceLeader');
  for (let tries = 0; (await ask(leader, 'to=2026-10')).units < units.length; tries += 1) {
    assert.ok(tries < 200, 'they come');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

test('who keeps accounts sees no figures, on the wire or on the page', async (t) => {
  const { url, admin } = await open(t);
  const user = 'tinh.quantri';
  await admin.addPerson({ person: { ...personOf('provinceClerk'), roles: ['administrator'] }, user, password: 'mật khẩu dài', role: 'administrator' });
  const { token } = (await (await post(`${url}/v1/session`, { user, password: 'mật khẩu dài' })).json()) as { readonly token: string };
  assert.equal((await fetch(`${url}/v1/figures`, { headers: { authorization: `Bearer ${token}` } })).status, 403);
  const form = await fetch(`${url}/figures/sign-in`, { method: 'POST', body: new URLSearchParams({ user, password: 'mật khẩu dài' }), redirect: 'manual' });
  assert.equal(form.status, 403);
  assert.equal(form.headers.get('set-cookie'), null);
  assert.match(await form.text(), /không được xem số liệu/);
});

test('a page is opened by its own site’s form alone, and its cookie opens nothing else', async (t) => {
  const { url } = await open(t);
  const send = (headers: Readonly<Record<string, string>>) => fetch(`${url}/figures/sign-in`, { method: 'POST', headers, body: new URLSearchParams({ user: 'xa.vanthu', password: 'mật khẩu dài' }), redirect: 'manual' });
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://elsewhere.vn' }, { origin: 'null' }]) {
    const refused = await send(headers as Record<string, string>);
    assert.equal(refused.status, 403);
    assert.equal(refused.headers.get('set-cookie'), null);
  }
  const opened = await send({ origin: url });
  assert.deepEqual([opened.status, opened.headers.get('location')], [303, '/figures']);
  const cookie = opened.headers.get('set-cookie') ?? '';
  assert.match(cookie, /; Path=\/figures; HttpOnly; Secure; SameSite=Strict$/);
  const [pair = ''] = cookie.split(';');
  assert.match(await (await fetch(`${url}/figures`, { headers: { cookie: pair } })).text(), /UBND xã Phú Lâm/);
  assert.equal((await fetch(`${url}/v1/figures`, { headers: { cookie: pair } })).status, 401, 'the wire knows no cookies');
  assert.equal((await fetch(`${url}/figures?unit=${department.code}`, { headers: { cookie: pair } })).status, 403);
  const out = await fetch(`${url}/figures/sign-out`, { method: 'POST', headers: { cookie: pair, 'sec-fetch-site': 'same-origin' }, redirect: 'manual' });
  assert.match(out.headers.get('set-cookie') ?? '', /Max-Age=0/);
  assert.match(await (await fetch(`${url}/figures`, { headers: { cookie: pair } })).text(), /Đăng nhập/, 'the session is over at the server too');
  assert.equal((await fetch(`${url}/figures/sign-in`, { method: 'POST', body: 'x'.repeat(9_000), redirect: 'manual' })).status, 400);
});

test('counts of older books stand in the curves beside what was counted here, and go again as they came', async (t) => {
  const file = (rows: string): string => `\uFEFFunit,month,figure,count\r\n${rows}`;
  const clock = { now: () => now.getTime() };
  let told: readonly string[] = [];
  const { url } = await open(t, {}, async (storage) => {
    await storage.transaction((tx) => tx.directory.put([plainEntry(commune)]));
    const parts = { storage, ...clock };
    const good = await importCounts(parts, file(`${commune.code},2025-06,received,120\r\n${commune.code},2025-06,sent,"80"\r\n${commune.code},2025-07,received,90\r\n`), 'so-cu.csv');
    assert.deepEqual([good.faults, good.imported.rows], [[], 3]);
    assert.equal((await importCounts(parts, file(`${commune.code},2025-07,received,91`), 'so-cu-2.csv')).faults.length, 1, 'a second book of one month');
    const other = await importCounts(parts, file(`${commune.code},2025-05,received,7`), 'nham.csv');
    assert.equal(await forgetImport(parts, other.imported.id), 1);
    assert.equal(await forgetImport(parts, other.imported.id), 0);
    told = (await storage.read((tx) => tx.figures.imports())).map(({ source }) => source);
  });
  assert.deepEqual(told, ['so-cu.csv']);
  const { figures, months } = await ask(await signIn(url, 'communeClerk'), 'from=2025-05&to=2025-07');
  assert.deepEqual([figures.find(({ figure }) => figure === 'received')?.number, figures.find(({ figure }) => figure === 'sent')?.number], [210, 80]);
  assert.deepEqual(months.slice(-3).map(({ figures: of }) => of.find(({ figure }) => figure === 'received')?.number), [0, 120, 90]);
});

test('a file of older counts with one wrong line is refused whole, with every wrong line named', async (t) => {
  const storage = openSqlite({ file: path.join(tempDir(t), 'server.db') });
  t.after(() => storage.close());
  await putProvince(storage, [commune], madeProvince({ units: [commune], documents: 20, from: '2026-10-01', to: '2026-10-20', seed: 3 }));
  await runFigures({ storage, now: () => now.getTime(), node: 'a', log: () => undefined });
  const take = (rows: string) => importCounts({ storage, now: () => now.getTime() }, `unit,month,figure,count\n${rows}`, 'x.csv');
  const good = `${commune.code},2024-01,received,5`;
  for (const [row, says] of [
    ['H48.99,2024-01,received,5', /không có đơn vị/], ['xa,2024-01,received,5', /mã đơn vị/], [`${commune.code},2026-11,received,5`, /chưa hết/], [`${commune.code},2024-13,received,5`, /tháng/], [`${commune.code},2024-01,on-time-task,5`, /không nhập được/],
    [`${commune.code},2024-01,sent,-5`, /số đếm/], [`${commune.code},2024-01,sent,1.5`, /số đếm/], [`${commune.code},2024-01,sent,`, /số đếm/], [good, /trùng/], [`${commune.code},2026-10,received,5`, /tự đếm/],
  ] as const) {
    const { imported, faults } = await take(`${good}\n${row}\n`);
    assert.deepEqual([imported.rows, faults.length], [0, 1], row);
    assert.match(faults[0] ?? '', says);
    assert.match(faults[0] ?? '', /Dòng 3/);
  }
  assert.match((await importCounts({ storage, now: () => 0 }, 'unit,month\nH48,2024-01', 'x.csv')).faults[0] ?? '', /Thiếu cột: figure, count/);
  assert.match((await importCounts({ storage, now: () => 0 }, 'unit,month,figure,count\n', 'x.csv')).faults[0] ?? '', /không có dòng nào/);
  assert.deepEqual(await storage.read((tx) => tx.figures.imports()), []);
});
