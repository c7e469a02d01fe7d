import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { AppFailure } from '../../src-shared/result.ts';
import type { DocumentId } from '../../src-shared/domain/ids.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createServer } from '../../src-server/server.ts';
import { openOffice, seed, signIn, tempDir } from '../server/office.ts';
import { sendArrivals } from './arrivals.ts';
import { checkAll } from './check.ts';
import { createClerk, createClock, createDeskSync, key } from './clerk.ts';
import { smallDisk } from './room.ts';

const megabyte = 1_000_000;
const failure = (error: unknown): string => (error instanceof AppFailure ? error.error.code : `not said: ${String(error)}`);

function open(dir: string): ProfileStore {
  const opened = openProfileStore({ dir, key });
  assert.ok(opened.ok, opened.ok ? '' : opened.error.code);
  return opened.value;
}

test('a desk whose disk is full at any point says so, keeps nothing half, and goes on when there is room', async (t) => {
  const disk = smallDisk(t, 24 * megabyte);
  if (disk === null) return;
  const server = await openOffice(t);
  await sendArrivals(server.url, 30);
  const store = open(disk.dir);
  t.after(store.close);
  const did = new Map<string, DocumentId>();
  const clerk = createClerk(store, (command) => did.set(command.id, command.document));
  const sync = createDeskSync(store, server.url);
  await sync.kick();
  const refused: string[] = [];
  // room for nothing, for a page, for a transaction and not the next
  for (const leave of [0, 4096, 20_000, 60_000, 120_000, 300_000, 0, 40_000]) {
    disk.fill(leave);
    for (let i = 0; i < 12; i++) {
      const seen = { outbox: store.desk.outbox().map((item) => item.command.id), counts: store.desk.countFolders('') };
      const before = did.size;
      try {
        if (i % 2 === 0) clerk.register();
        else await clerk.write(`Công văn ${leave}-${i} ${randomBytes(20_000).toString('hex')}`.slice(0, 480));
      } catch (error) {
        refused.push(failure(error));
        if (did.size === before) assert.deepEqual({ outbox: store.desk.outbox().map((item) => item.command.id), counts: store.desk.countFolders('') }, seen, 'nothing of it is there');
      }
    }
    // what cannot be written down is not taken from the line either
    await sync.kick().catch((error: unknown) => refused.push(failure(error)));
    disk.makeRoom();
    clerk.register();
    await sync.kick();
  }
  for (let round = 0; round < 50 && store.desk.outbox().length > 0; round++) await sync.kick();
  await sync.stop();
  assert.ok(refused.length > 5, `the disk was full ${refused.length} times`);
  assert.deepEqual([...new Set(refused)], ['store.full']);
  t.diagnostic(`${refused.length} refusals, ${did.size} actions`);
  await checkAll(await signIn(server.url, 'communeClerk'), store, did);
});

test('a server whose disk is full says that it cannot now, keeps nothing half, and goes on when there is room', async (t) => {
  const disk = smallDisk(t, 48 * megabyte);
  if (disk === null) return;
  const server = await createServer({ dir: disk.dir, shedding: null });
  t.after(() => server.close());
  await seed(server);
  await sendArrivals(server.url, 20);
  const store = open(tempDir(t));
  t.after(store.close);
  const did = new Map<string, DocumentId>();
  const clerk = createClerk(store, (command) => did.set(command.id, command.document));
  const clock = createClock();
  const sync = createDeskSync(store, server.url, clock.time);
  await sync.kick();
  let held = 0;
  for (const leave of [0, 4096, 30_000, 100_000]) {
    disk.fill(leave);
    for (let i = 0; i < 4; i++) {
      clerk.register();
      await clerk.write(`Công văn ${leave}-${i}`);
      await sync.kick();
    }
    held += store.desk.outbox().length;
    assert.equal(store.desk.outbox().filter((item) => item.sync === 'problem').length, 0, 'a full disk refuses nobody’s work');
    disk.makeRoom();
    for (let round = 0; round < 100 && store.desk.outbox().length > 0; round++) {
      // as long as it asked to be left alone, and more
      clock.pass(120_000);
      await sync.kick();
    }
    assert.deepEqual(store.desk.outbox(), []);
  }
  await sync.stop();
  assert.ok(held > 0, 'it was full');
  await checkAll(await signIn(server.url, 'communeClerk'), store, did);
});

test('a disk that lets nothing be written is said to be so, and the desk goes on when it does', async (t) => {
  const disk = smallDisk(t, 24 * megabyte);
  if (disk === null) return;
  let store = open(disk.dir);
  const did = new Map<string, DocumentId>();
  await createClerk(store, (command) => did.set(command.id, command.document)).write('Trước');
  store.close();
  disk.readOnly(true);
  const refused = openProfileStore({ dir: disk.dir, key });
  assert.ok(!refused.ok);
  assert.match(refused.error.code, /^store\.(?:cannot-open|unwritable)$/);
  disk.readOnly(false);
  store = open(disk.dir);
  assert.equal(store.desk.outbox().length, 2);
  await createClerk(store, (command) => did.set(command.id, command.document)).write('Sau');
  assert.equal(store.desk.outbox().length, 4);
  store.close();
});

test('a file that another program holds is said to be held, and nothing of the action stays', { timeout: 60_000 }, async (t) => {
  const dir = tempDir(t);
  const store = open(dir);
  t.after(store.close);
  const holder = spawn(process.execPath, ['--input-type=module', '-e', `
    import { connect } from ${JSON.stringify(new URL('../../src-main/store/driver.ts', import.meta.url).href)};
    const db = connect(${JSON.stringify(join(dir, 'desk.db'))}, { key: new Uint8Array(32).fill(5), readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 });
    db.script('BEGIN IMMEDIATE');
    console.log('held');
    process.stdin.on('end', () => { db.close(); process.exit(0); }).resume();`], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => void holder.kill());
  await once(createInterface({ input: holder.stdout }), 'line');
  const clerk = createClerk(store, () => undefined);
  await assert.rejects(clerk.write('Khi bị giữ'), (error) => failure(error) === 'store.unwritable');
  assert.deepEqual([store.desk.outbox(), store.desk.countFolders('')], [[], { incoming: 0, signing: 0, issuing: 0, outgoing: 0, tasks: 0 }]);
  holder.stdin.end();
  await once(holder, 'exit');
  await clerk.write('Khi được thả');
  assert.equal(store.desk.outbox().length, 2);
});
