import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { openOffice, signIn, tempDir } from '../server/office.ts';
import { sendArrivals } from './arrivals.ts';
import { checkAll } from './check.ts';
import { createDeskSync, key } from './clerk.ts';
import { startChild, type Child } from './life.ts';

/** A first filling that is killed here and there, then a day's work that is killed at every write of it, one later each time. */
const filling = [1, 5, 9, 14, 20, 30, 60, 120, 200, 400, 700, 1000];
const lives = 205;

test('a desk that is killed at every one of its writes, one after the other, loses nothing and does nothing twice', async (t) => {
  const server = await openOffice(t, { shedding: null });
  await sendArrivals(server.url, 160);
  const dir = tempDir(t);
  const did = new Map<string, DocumentId>();
  const boundaries = new Map<string, number>();
  const killed = new Set<number>();
  let next: Child = startChild('client-child.ts');
  t.after(() => next.end());
  const live = async (at: number): Promise<boolean> => {
    const child = next;
    next = startChild('client-child.ts');
    const life = await child.live({ dir, url: server.url, at, round: boundaries.size });
    for (const line of life.said) if (line.startsWith('did ')) did.set(line.split(' ')[1] ?? '', (line.split(' ')[2] ?? '') as DocumentId);
    const what = life.killed?.split(' ').slice(2).join(' ');
    if (what !== undefined) boundaries.set(what, (boundaries.get(what) ?? 0) + 1);
    return what !== undefined;
  };
  for (const at of filling) await live(at);
  assert.equal(await live(0), false, 'left alone, it comes to its end');
  for (let at = 1; at <= lives; at++) if (await live(at)) killed.add(at);
  assert.ok(killed.size >= 200, `${killed.size} boundaries of one day's work`);
  const opened = openProfileStore({ dir, key });
  assert.ok(opened.ok);
  const store = opened.value;
  t.after(store.close);
  const sync = createDeskSync(store, server.url);
  for (let round = 0; round < 100 && store.desk.outbox().length > 0; round++) await sync.kick();
  await sync.kick();
  await sync.stop();
  const seen = await checkAll(await signIn(server.url, 'communeClerk'), store, did);
  t.diagnostic(`${killed.size} boundaries, ${did.size} actions, ${seen.documents} documents, ${seen.numbers} numbers`);
  t.diagnostic([...boundaries].toSorted(([, a], [, b]) => b - a).map(([what, n]) => `${what}: ${n}`).join('; '));
  assert.ok(did.size > 100 && seen.numbers > 10, 'the desk got somewhere');
});
