import assert from 'node:assert/strict';
import { createServer as createSocket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createServer } from '../../src-server/server.ts';
import { seed, signIn, tempDir } from '../server/office.ts';
import { sendArrivals } from './arrivals.ts';
import { checkAll } from './check.ts';
import { createClerk, createClock, createDeskSync, key } from './clerk.ts';
import { startChild, type Child } from './life.ts';

/** Lives of the server, each killed one boundary later than the one before. */
const lives = 205;

async function freePort(): Promise<number> {
  const socket = createSocket();
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve));
  const { port } = socket.address() as AddressInfo;
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

test('a server that is killed at every one of its writes, one after the other, loses nothing that it said yes to and does nothing twice', async (t) => {
  const dir = tempDir(t);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const first = await createServer({ dir, port, shedding: null });
  await seed(first);
  await sendArrivals(url, 40);
  const opened = openProfileStore({ dir: tempDir(t), key });
  assert.ok(opened.ok);
  const store = opened.value;
  t.after(store.close);
  const clock = createClock();
  let sync = createDeskSync(store, url, clock.time);
  await sync.kick();
  await first.close();

  const did = new Map<string, DocumentId>();
  const clerk = createClerk(store, (command) => did.set(command.id, command.document));
  const killed = new Set<number>();
  const boundaries = new Map<string, number>();
  let next: Child = startChild('server-child.ts');
  t.after(() => next.end());
  let written = 0;
  for (let at = 1; at <= lives; at++) {
    const child = next;
    next = startChild('server-child.ts');
    let alive = true;
    const up = Promise.withResolvers<undefined>();
    const living = child.live({ dir, port, at }, (line) => (line.startsWith('open ') ? up.resolve(undefined) : undefined)).finally(() => {
      alive = false;
      up.resolve(undefined);
    });
    await up.promise;
    for (let round = 0; alive && round < 400; round++) {
      if (store.desk.outbox().length < 6) {
        clerk.register();
        await clerk.write(`Công văn ${written++}`);
      }
      clock.pass(1000);
      await sync.kick();
    }
    if (alive) {
      child.end();
      await living.catch(() => undefined);
      assert.fail(`life ${at} did not come to that many writes: ${JSON.stringify([sync.status(), store.desk.outbox().map((item) => [item.command.type, item.sync, item.problem])])}`);
    }
    const life = await living;
    const what = life.killed?.split(' ').slice(2).join(' ');
    assert.ok(what !== undefined, `life ${at} has that many writes`);
    killed.add(at);
    boundaries.set(what, (boundaries.get(what) ?? 0) + 1);
  }
  await sync.stop();

  const last = await createServer({ dir, port, shedding: null, node: 'kill-1' });
  t.after(() => last.close());
  sync = createDeskSync(store, url, clock.time);
  for (let round = 0; round < 200 && store.desk.outbox().length > 0; round++) {
    clock.pass(60_000);
    await sync.kick();
  }
  await sync.kick();
  await sync.stop();
  const seen = await checkAll(await signIn(url, 'communeClerk'), store, did);
  t.diagnostic(`${killed.size} boundaries, ${did.size} actions, ${seen.documents} documents, ${seen.numbers} numbers`);
  t.diagnostic([...boundaries].toSorted(([, a], [, b]) => b - a).map(([what, n]) => `${what}: ${n}`).join('; '));
  assert.ok(killed.size >= 200 && did.size > 100);
});
