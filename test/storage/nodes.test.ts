import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import type { DocumentId, OrganizationCode } from '../../src-shared/domain/ids.ts';
import type { Storage } from '../../src-server/storage/port.ts';
import { migrations } from '../../src-server/storage/postgres/migrations/index.ts';
import { migratePostgres, openPostgres } from '../../src-server/storage/postgres/storage.ts';
import { StorageUnavailable } from '../../src-server/storage/unavailable.ts';
import { ask, postgresSkip, startPostgres } from '../support/postgres.ts';
import { cluster, openNode } from './backends.ts';
import { book, commune, department, digestOf, newCommand, newDocument, page, reported, write } from './material.ts';

const skip = { skip: postgresSkip };
const newUrl = async () => (await cluster()).newDatabase();

/** Until it is so: bounded, and looked at again when something may have happened. */
async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let left = 400; left > 0; left--) {
    if (await holds()) return;
    await pause(25);
  }
  assert.fail(`never: ${what}`);
}

test('nodes that start at once make one database', skip, async () => {
  const url = await newUrl();
  const made = await Promise.all([1, 2, 3, 4].map(() => migratePostgres({ url })));
  assert.equal(new Set(made.map((each) => each.epoch)).size, 1);
  assert.deepEqual(made.map((each) => each.applied.length).sort((x, y) => x - y), [0, 0, 0, migrations.length]);
});

test('a database of a newer server, or with a stranger’s migration, is left alone', skip, async () => {
  const url = await newUrl();
  await migratePostgres({ url });
  await ask(url, 'INSERT INTO migration (version) VALUES (15)');
  await assert.rejects(migratePostgres({ url }), /15 out of order/);
  await ask(url, 'UPDATE migration SET version = 9990 WHERE version = 15');
  await assert.rejects(openPostgres({ url }), /newer server/);
});

test('of one key pushed at two nodes at once, one has the effect and the other finds its answer', skip, async (t) => {
  const url = await newUrl();
  const nodes = [await openNode(t, url), await openNode(t, url)];
  const push = (storage: Storage, id: DocumentId, key: ReturnType<typeof newCommand>) =>
    storage.transaction(async (tx) => {
      await tx.documents.lock(commune, id);
      const before = await tx.answers.find(commune, key);
      if (before !== null) return 'found';
      await tx.documents.append(commune, id, [reported('once')]);
      await tx.answers.put(commune, { id: key, status: 'applied' }, 'print', 1);
      await tx.documents.touch([{ unit: commune, id }]);
      return 'done';
    });
  for (let round = 0; round < 20; round++) {
    const [id, key] = [newDocument(), newCommand()];
    const said = await Promise.all([...nodes, ...nodes, ...nodes].map((node) => push(node, id, key)));
    assert.deepEqual(said.filter((word) => word === 'done'), ['done']);
    assert.equal((await nodes[0]?.read((tx) => tx.documents.readEvents(commune, id)))?.length, 1);
  }
  // the same key for different documents: no lock is shared, and still it stands once
  for (let round = 0; round < 10; round++) {
    const key = newCommand();
    const said = await Promise.all([...nodes, ...nodes].map((node) => push(node, newDocument(), key)));
    assert.deepEqual(said.filter((word) => word === 'done'), ['done']);
  }
  assert.equal((await nodes[0]?.read((tx) => tx.documents.head(commune)))?.counter, 30);
});

test('a number is given once, whoever of many takes it, and none stands under a lease that was taken away meanwhile', skip, async (t) => {
  const url = await newUrl();
  const nodes = [await openNode(t, url), await openNode(t, url)] as const;
  await nodes[0].transaction((tx) => tx.books.lease(book, commune, 'station', 40));
  const take = (storage: Storage, number: number) =>
    storage.transaction(async (tx) => {
      const id = newDocument();
      await tx.documents.lock(commune, id);
      const refusal = await tx.books.check({ book, epoch: 1, number }, commune);
      if (refusal !== null) return refusal;
      await tx.books.record({ book, epoch: 1, number }, id);
      await tx.documents.append(commune, id, [reported(String(number))]);
      await tx.documents.touch([{ unit: commune, id }]);
      return 'given';
    });
  const said = await Promise.all(Array.from({ length: 60 }, (_, n) => take(nodes[n % 2] ?? nodes[0], 1 + (n % 20))));
  assert.equal(said.filter((word) => word === 'given').length, 20);
  assert.equal(said.filter((word) => word === 'number.taken').length, 40);
  const [released, ...late] = await Promise.all([nodes[1].transaction((tx) => tx.books.release(book)), ...Array.from({ length: 20 }, (_, n) => take(nodes[n % 2] ?? nodes[0], 21 + n))]);
  assert.equal(released, undefined);
  const numbers = await nodes[0].read((tx) => tx.books.numbers(book));
  assert.deepEqual(numbers.map((each) => each.number), Array.from({ length: 40 }, (_, n) => n + 1));
  assert.equal(numbers.filter((each) => each.document !== null).length, 20 + late.filter((word) => word === 'given').length);
  assert.ok(late.every((word) => word === 'given' || word === 'number.old-epoch' || word === 'number.taken'), late.join(' '));
});

test('whoever reads the feed while many commit at once misses none, and ends with the digest of what it read', skip, async (t) => {
  const url = await newUrl();
  const nodes = [await openNode(t, url), await openNode(t, url)] as const;
  const units: readonly OrganizationCode[] = [commune, department];
  const ids = Array.from({ length: 30 }, newDocument);
  let writing = true;
  const writers = Array.from({ length: 12 }, async (_, w) => {
    for (let n = 0; n < 25; n++) {
      const mine = [...new Set([ids[(w * 7 + n * 11) % 30], ids[(w * 13 + n) % 30]])].filter((id) => id !== undefined).sort();
      await (nodes[w % 2] ?? nodes[0]).transaction(async (tx) => {
        for (const unit of units) for (const id of mine) {
          await tx.documents.lock(unit, id);
          await tx.documents.append(unit, id, [reported(`${w}.${n}`)]);
        }
        await tx.documents.touch(units.flatMap((unit) => mine.map((id) => ({ unit, id }))));
      });
    }
  });
  const reader = async (unit: OrganizationCode, storage: Storage) => {
    const held = new Map<DocumentId, unknown[]>();
    let had = 0;
    let at = 0;
    for (;;) {
      const last = !writing;
      const { got, head } = await storage.read(async (tx) => ({ got: await tx.documents.changesSince(unit, page(had, at, 7)), head: await tx.documents.head(unit) }));
      for (const change of got.changes) {
        if (!('events' in change)) assert.fail('nothing was withdrawn');
        const log = held.get(change.document) ?? [];
        assert.ok(change.from <= log.length, 'a client whose log is shorter has lost something');
        held.set(change.document, [...log.slice(0, change.from), ...change.events]);
      }
      assert.ok(got.next >= at);
      at = got.next;
      if (!got.hasMore) {
        assert.equal(at, head.counter);
        had = at;
      }
      if (last && !got.hasMore) return { held, head };
    }
  };
  const readers = [reader(commune, nodes[0]), reader(commune, nodes[1]), reader(department, nodes[1])];
  await Promise.all(writers).finally(() => (writing = false));
  for (const { held, head } of await Promise.all(readers)) {
    assert.equal(head.digest, digestOf(held as Parameters<typeof digestOf>[0]));
    assert.ok(head.counter >= 300 && held.size === 30, `${head.counter} places, ${held.size} documents`);
  }
});

test('transactions that take documents in opposite orders all come through', skip, async (t) => {
  const url = await newUrl();
  // a connection for each, so that none waits for anything but a document
  const nodes = [await openNode(t, url, 30), await openNode(t, url, 30)] as const;
  const [a, b] = [newDocument(), newDocument()];
  const both = (storage: Storage, order: readonly DocumentId[]) =>
    storage.transaction(async (tx) => {
      for (const id of order) {
        await tx.documents.lock(commune, id);
        await tx.documents.append(commune, id, [reported('x')]);
      }
      await tx.documents.touch(order.map((id) => ({ unit: commune, id })));
    });
  await Promise.all(Array.from({ length: 24 }, (_, n) => both(nodes[n % 2] ?? nodes[0], n % 3 === 0 ? [a, b] : [b, a])));
  assert.equal((await nodes[0].read((tx) => tx.documents.readEvents(commune, a))).length, 24);
  assert.ok(nodes[0].stats.retries + nodes[1].stats.retries > 0, 'nobody was in the way: the orders were not opposite');
});

test('what was changed and not told to the feed is a bug, and nothing of it stays', skip, async (t) => {
  const storage = await openNode(t, await newUrl());
  const id = newDocument();
  await assert.rejects(storage.transaction(async (tx) => {
    await tx.answers.put(commune, { id: newCommand(), status: 'applied' }, 'p', 1);
    await tx.documents.append(commune, id, [reported('x')]);
  }), /not touched/);
  assert.deepEqual(await storage.read((tx) => tx.documents.readEvents(commune, id)), []);
  assert.equal(storage.stats.retries, 0);
});

test('one node hears what another announced, also after the line for hints was cut', skip, async (t) => {
  const url = await newUrl();
  const [a, b] = [await openNode(t, url), await openNode(t, url)];
  const heard: string[] = [];
  b.onAnnounced((unit) => heard.push(unit));
  await a.announce([commune]);
  await until('heard', () => heard.includes(commune));
  await write(a, department, newDocument(), reported('moved while nobody listened'));
  heard.length = 0;
  await ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE '%hints'`);
  await until('told of what moved meanwhile', () => heard.includes(department));
  await until('both lines stand again', () => a.listening() && b.listening());
  heard.length = 0;
  await a.announce([commune]);
  await until('heard again', () => heard.includes(commune));
});

test('what a node announces while its own line is cut goes out when the line stands again', skip, async (t) => {
  const url = await newUrl();
  const [a, b] = [await openPostgres({ url, node: 'a' }), await openPostgres({ url, node: 'b' })];
  t.after(() => Promise.all([a.close(), b.close()]));
  const heard: string[] = [];
  b.onAnnounced((unit) => heard.push(unit));
  await ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'a hints'`);
  await until('the line is down', () => !a.listening());
  await a.announce([commune, department, commune]);
  await until('heard', () => heard.length >= 2);
  assert.deepEqual(heard.sort(), [department, commune].sort());
});

test('connections that are cut in the middle lose nothing: before the commit the work runs again', skip, async (t) => {
  const url = await newUrl();
  const storage = await openNode(t, url);
  const id = newDocument();
  let runs = 0;
  await storage.transaction(async (tx) => {
    await tx.documents.lock(commune, id);
    runs += 1;
    if (runs === 1) {
      await ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'van-thu' AND state LIKE 'idle in%'`);
      // the next statement meets the cut
      await tx.settings.get('x');
    }
    await tx.documents.append(commune, id, [reported('once')]);
    await tx.documents.touch([{ unit: commune, id }]);
  });
  assert.equal(runs, 2);
  assert.equal((await storage.read((tx) => tx.documents.readEvents(commune, id))).length, 1);
});

test('a line that breaks while the commit is under way is “unavailable”, not “again”: it may have been committed', skip, async (t) => {
  const url = await newUrl();
  const storage = await openNode(t, url);
  const id = newDocument();
  await write(storage, commune, id, reported('first'));
  // someone holds the unit's counter, so that the last statement and the COMMIT behind it wait
  const held = new (await import('pg')).default.Client({ connectionString: url });
  await held.connect();
  await held.query('BEGIN');
  await held.query('SELECT counter FROM unit_feed WHERE unit = $1 FOR UPDATE', [commune]);
  let runs = 0;
  const pushed = storage.transaction(async (tx) => {
    runs += 1;
    await tx.documents.append(commune, id, [reported('second')]);
    await tx.documents.touch([{ unit: commune, id }]);
  });
  const refused = assert.rejects(pushed, (error) => error instanceof StorageUnavailable && error.error.code === 'server.busy');
  await until('it waits for the counter', async () => (await ask(url, `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`)).length > 0);
  await ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`);
  await refused;
  await held.query('ROLLBACK');
  await held.end();
  assert.equal(runs, 1);
  assert.equal((await storage.read((tx) => tx.documents.readEvents(commune, id))).length, 1);
});

test('PostgreSQL killed and started again under load: what was answered stands, what was refused is “unavailable”, and work goes on by itself', skip, async (t) => {
  const own = await startPostgres();
  t.after(own.close);
  const url = await own.newDatabase();
  const storage = await openNode(t, url);
  const done = new Set<DocumentId>();
  const doubtful = new Set<DocumentId>();
  let stop = false;
  const writers = Array.from({ length: 6 }, async () => {
    while (!stop) {
      const id = newDocument();
      const refused = await write(storage, commune, id, reported('x')).then(() => null, (error: unknown) => error);
      if (refused === null) done.add(id);
      else {
        assert.ok(refused instanceof StorageUnavailable, refused instanceof Error ? refused.message : '');
        doubtful.add(id);
        await pause(5);
      }
    }
  });
  try {
    for (const end of [() => own.kill(), () => own.stop('fast'), () => own.stop('immediate')]) {
      const before = done.size;
      await until('work is done', () => done.size > before + 20);
      await end();
      const refusals = doubtful.size;
      await until('callers are told', () => doubtful.size > refusals + 3);
      await assert.rejects(storage.ping(), StorageUnavailable);
      await own.start();
      const after = done.size;
      await until('work goes on', () => done.size > after + 20);
      await storage.ping();
    }
  } finally {
    stop = true;
    await Promise.allSettled(writers);
  }
  await Promise.all(writers);
  const { got, head } = await storage.read(async (tx) => ({ got: await tx.documents.changesSince(commune, page(0, 0, 1e6, 1 << 28)), head: await tx.documents.head(commune) }));
  const stand = new Set(got.changes.map((change) => change.document));
  assert.equal(head.counter, stand.size);
  assert.deepEqual([...done].filter((id) => !stand.has(id)), []);
  assert.ok([...stand].every((id) => done.has(id) || doubtful.has(id)));
});
