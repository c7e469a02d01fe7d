import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freezeMonth } from '../../src-server/features/figures-freeze.ts';
import { changesSinceReport } from '../../src-server/features/figures-freeze.ts';
import { stepFigures } from '../../src-server/features/figures-increment.ts';
import { runFigures } from '../../src-server/features/figures-run.ts';
import type { Storage } from '../../src-server/storage/port.ts';
import { createCalendar } from '../../src-shared/domain/calendar.ts';
import type { DocumentEvent, LogEvent } from '../../src-shared/domain/document.ts';
import { countFacts } from '../../src-shared/domain/figures/count.ts';
import { documentFact } from '../../src-shared/domain/figures/document-fact.ts';
import { tallyOf } from '../../src-shared/domain/figures/tally.ts';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import { recordId } from '../../src-shared/domain/records/record-id.ts';
import { actorOf, content, department as outside, persons, unit as office } from '../unit/domain/support/office-world.ts';
import { overBoth } from './backends.ts';
import { newDocument, reported, revised, write } from './material.ts';

const at = (text: string): string => new Date(`2026-${text.slice(0, 5)}T${text.slice(6)}:00+07:00`).toISOString();
const meta = (time: string, role: 'clerk' | 'leader' | 'officer' = 'clerk') => ({ at: at(time), by: actorOf(role), command: null });
const arrival = (time: string): DocumentEvent => ({
  ...meta(time), type: 'received', unit: office, title: 'Công văn', kind: 'cong-van', numberText: '12', notation: 'SNV', issuedDate: '2026-10-05', from: outside, urgency: 'normal', content: content('a'), signer: '', channel: 'paper', inReplyTo: null,
});
const registered = (time: string): DocumentEvent => ({ ...meta(time), type: 'registered', entry: { book: 'H48.60.12/2026/van-ban-den' as never, epoch: 1, number: 7 }, arrivalDate: at(time).slice(0, 10) });
const presented = (time: string): DocumentEvent => ({ ...meta(time), type: 'presented', note: '' });
const assigned = (time: string, deadline: string): DocumentEvent => ({ ...meta(time, 'leader'), type: 'assigned', lead: persons.officer, support: [], inform: [], directive: '', deadline });
const finished = (time: string): DocumentEvent => ({ ...meta(time, 'officer'), type: 'taskFinished', result: 'xong', answer: null });
const whole = [arrival('10-06 09:00'), registered('10-06 10:00'), presented('10-06 11:00'), assigned('10-07 08:00', '2026-10-09'), finished('10-12 08:00')];

const here = office.code;
const log = () => undefined;

async function kept(storage: Storage, unit: OrganizationCode = here) {
  return storage.read(async (tx) => tallyOf(await tx.figures.days({ units: [unit], from: '', to: '9999', figure: null })));
}
function sorted(tally: ReadonlyMap<string, number>) {
  return [...tally].sort(([a], [b]) => (a < b ? -1 : 1));
}
function counted(logs: ReadonlyMap<DocumentId, readonly DocumentEvent[]>, calendar = createCalendar()) {
  return sorted(countFacts([...logs].flatMap(([id, events]) => documentFact(id, events, calendar) ?? [])));
}
const byName = ([a]: readonly [string, number], [b]: readonly [string, number]): number => (a < b ? -1 : 1);

async function forward(storage: Storage, documents = 400) {
  let steps = 0;
  for (let after: string | null = ''; after !== null; steps += 1) {
    assert.ok(steps < 100, 'it comes to an end');
    after = (await stepFigures(storage, after, { units: 3, documents })).after;
  }
}

overBoth((backend) => {
  test('what changed is counted anew and nothing twice, in steps of any size', async (t) => {
    const storage = await backend.open(t);
    const logs = new Map([newDocument(), newDocument(), newDocument()].map((id, n) => [id, whole.slice(0, n + 2)]));
    for (const [id, events] of logs) await write(storage, here, id, ...events);
    await forward(storage, 2);
    assert.deepEqual(sorted(await kept(storage)), counted(logs));
    const [first] = logs.keys() as Iterable<DocumentId>;
    assert.ok(first !== undefined);
    await write(storage, here, first, ...whole.slice(2));
    logs.set(first, whole);
    await forward(storage);
    assert.deepEqual(sorted(await kept(storage)), counted(logs));
    assert.deepEqual(await stepFigures(storage), { documents: 0, changed: 0, unread: 0, after: null });
  });

  test('months are the sums of their days, without dimensions', async (t) => {
    const storage = await backend.open(t);
    await write(storage, here, newDocument(), ...whole);
    await forward(storage);
    const days = await storage.read((tx) => tx.figures.days({ units: [here], from: '', to: '9999', figure: null }));
    const months = [...new Set(days.map(({ day }) => day.slice(0, 7)))];
    assert.ok(months.length > 0);
    const sums = new Map<string, number>();
    for (const { day, figure, part, by, n } of days) if (by === '') sums.set(`${day.slice(0, 7)} ${figure} ${part}`, (sums.get(`${day.slice(0, 7)} ${figure} ${part}`) ?? 0) + n);
    assert.deepEqual((await storage.read((tx) => tx.figures.months([here], months))).map(({ month, figure, part, n }) => [`${month} ${figure} ${part}`, n] as const).toSorted(byName), [...sums].toSorted(byName));
  });

  test('a transaction that broke off has counted nothing, and the next one counts it once', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    await write(storage, here, id, ...whole);
    const torn: Storage = { ...storage, transaction: (work) => storage.transaction(async (tx) => {
      await work({ ...tx, figures: { ...tx.figures, putCursors: () => Promise.reject(new Error('power')) } });
      throw new Error('power');
    }) };
    await assert.rejects(stepFigures(torn), /power/);
    assert.equal((await kept(storage)).size, 0);
    await forward(storage);
    assert.deepEqual(sorted(await kept(storage)), counted(new Map([[id, whole]])));
  });

  test('two that run at once count everything once', async (t) => {
    const place = await backend.newPlace(t);
    const [a, b] = [await place.open(), await place.open()];
    const logs = new Map(Array.from({ length: 20 }, () => [newDocument(), whole] as const));
    for (const [id, events] of logs) await write(a, here, id, ...events);
    await Promise.all([forward(a, 3), forward(b, 3)]);
    assert.deepEqual(sorted(await kept(a)), counted(logs));
  });

  test('a document that went to another unit is counted there and no longer here', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    await write(storage, here, id, ...whole);
    await forward(storage);
    await storage.transaction(async (tx) => {
      await tx.documents.lock(here, id);
      await tx.documents.withdraw(here, id, 'scope');
      await tx.documents.touch([{ unit: here, id }]);
    });
    await write(storage, outside.code, id, ...whole);
    await forward(storage);
    assert.equal((await kept(storage)).size, 0);
    const there = await kept(storage, outside.code);
    assert.deepEqual(sorted(there).map(([key, n]) => [key.slice(key.indexOf('|')), n]), counted(new Map([[id, whole]])).map(([key, n]) => [key.slice(key.indexOf('|')), n]));
    assert.ok([...there.keys()].every((key) => key.startsWith(`${outside.code}|`)));
  });

  test('a day that the office declares closed afterwards changes the facts of what it touches', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    await write(storage, here, id, ...whole.slice(0, 3));
    await forward(storage);
    const before = sorted(await kept(storage));
    const record = recordId(here, 'office');
    const day = { date: '2026-10-07', kind: 'closed', name: 'Nghỉ bão' } as const;
    const events = [{ ...meta('10-20 08:00'), type: 'officeBegun', unit: office }, { ...meta('10-20 08:00'), type: 'daySet', ...day }] as unknown as LogEvent[];
    await write(storage, here, record, ...(events as DocumentEvent[]));
    await forward(storage, 1);
    const after = sorted(await kept(storage));
    assert.notDeepEqual(after, before);
    assert.deepEqual(after, counted(new Map([[id, whole.slice(0, 3)]]), createCalendar([day as never])));
  });

  test('a log that cannot be read stands in no figure, is told, and holds nobody up', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    await write(storage, here, newDocument(), revised('x'), reported('y'));
    await write(storage, here, id, ...whole);
    const run = await runFigures({ storage, now: () => Date.parse('2026-10-20T03:00:00Z'), node: 'a', log });
    assert.deepEqual(run, { documents: 2, changed: 1, unread: 1, frozen: 1 });
    assert.deepEqual(sorted(await kept(storage)), counted(new Map([[id, whole]])));
    assert.deepEqual((await storage.read((tx) => tx.figures.cursors())).map(({ unread }) => unread), [1]);
  });

  test('other rules begin anew, and nothing of the old ones stays', async (t) => {
    const storage = await backend.open(t);
    const id = newDocument();
    await write(storage, here, id, ...whole);
    await forward(storage);
    await storage.transaction(async (tx) => {
      const [cursor] = await tx.figures.own([here], 1);
      assert.ok(cursor !== undefined);
      await tx.figures.addCells([{ unit: here, day: '2026-01-01', figure: 'of-yore', part: 'n', by: '', n: 9 }]);
      await tx.figures.putCursors([{ ...cursor, rules: 0 }]);
    });
    await forward(storage);
    assert.deepEqual(sorted(await kept(storage)), counted(new Map([[id, whole]])));
  });

  test('a report that was given up stays as it was, and work that comes late is told as a change of it', async (t) => {
    const storage = await backend.open(t);
    await write(storage, here, newDocument(), ...whole);
    const run = (day: string) => runFigures({ storage, now: () => Date.parse(`${day}T03:00:00Z`), node: 'a', log });
    assert.equal((await run('2026-11-02'))?.frozen, 1);
    assert.equal((await run('2026-11-03'))?.frozen, 0);
    assert.equal(await freezeMonth(storage, '2026-10', '2026-11-04', 1), 0);
    const changes = () => storage.read((tx) => changesSinceReport(tx, here, '2026-10', '2026-11-05'));
    assert.deepEqual(await changes(), { asOf: '2026-11-02', changes: [] });
    await write(storage, here, newDocument(), arrival('10-28 15:00'), registered('10-28 16:00'));
    await run('2026-11-05');
    const since = await changes();
    assert.deepEqual(since?.changes.filter(({ figure }) => figure === 'received'), [{ figure: 'received', before: { kind: 'count', n: 1 }, after: { kind: 'count', n: 2 }, documents: 1 }]);
    assert.equal(await storage.read((tx) => changesSinceReport(tx, here, '2026-09', '2026-11-05')), null);
  });

  test('one node at a time does it, and another takes over from one that ended', async (t) => {
    const storage = await backend.open(t);
    const hold = (node: string, now: number) => storage.transaction((tx) => tx.figures.hold(node, now, now + 100));
    assert.deepEqual([await hold('a', 0), await hold('b', 50), await hold('a', 60), await hold('b', 160)], [true, false, true, true]);
    assert.equal(await runFigures({ storage, now: () => 200, node: 'a', log }), null);
    await storage.transaction((tx) => tx.figures.letGo('b'));
    assert.notEqual(await runFigures({ storage, now: () => 200, node: 'a', log }), null);
  });
});
