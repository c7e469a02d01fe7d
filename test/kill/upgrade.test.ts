import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandId, documentId, type DocumentId } from '../../src-shared/domain/ids.ts';
import type { Command } from '../../src-shared/domain/document.ts';
import { connect } from '../../src-main/store/driver.ts';
import { applyMissing } from '../../src-main/store/migrate.ts';
import { migrationsOf } from '../../src-main/store/migrations/index.ts';
import { openProfileStore } from '../../src-main/store/open.ts';
import { contentOf, openOffice, personOf, signIn, tempDir } from '../server/office.ts';
import { sendArrivals } from './arrivals.ts';
import { checkAll } from './check.ts';
import { createDeskSync, incoming, key, office } from './clerk.ts';

/** The last step of the version before: its profile is what lies on a desk when the program is updated. */
const lastStep = 80;
const waiting = 60;

test('a profile of the version before, its outbox full, is taken over and sends everything once', async (t) => {
  const server = await openOffice(t);
  await sendArrivals(server.url, 12);
  const client = await signIn(server.url, 'communeClerk');
  const feed = await client.changes();
  const person = personOf('communeClerk');
  const actor = { person: person.id, fullName: person.fullName, role: 'clerk', unit: office.code } as const;
  const { epoch } = await (await client.post('/v1/books/lease', { book: incoming, station: 'station-kill-1' })).json() as { epoch: number };

  // written as that version wrote it: by its tables, not by today's store
  const dir = tempDir(t);
  const file = (name: 'desk' | 'blobs', pageSizeBytes: number) => {
    const db = connect(join(dir, `${name}.db`), { key, readonly: false, pageSizeBytes, cacheKiB: 4096 });
    applyMissing(db, migrationsOf(name).filter(({ number }) => number <= lastStep), 0);
    return db;
  };
  const [desk, blobs] = [file('desk', 4096), file('blobs', 65_536)];
  const addEvent = desk.write<[string, number, string | null, string]>("INSERT INTO event (document, origin, position, command_id, json) VALUES (?, 'server', ?, ?, ?)");
  const addCommand = desk.write<[string, string, string, string, string, string]>('INSERT INTO outbox (id, document, state, title, command, unit) VALUES (?, ?, ?, ?, ?, ?)');
  const did = new Map<string, DocumentId>();
  const put = (state: string, document: DocumentId, workflow: number, body: object): void => {
    const command = { id: commandId.parse(randomUUID()), document, unit: office.code, actor, at: '2026-11-20T08:00:00Z', base: { workflow, assignment: 0 }, dependsOn: null, ...body } as Command;
    addCommand.run(command.id, document, state, 'Việc đang chờ', JSON.stringify(command), JSON.stringify(office));
    did.set(command.id, document);
  };
  for (const { document, events } of feed.changes) for (const [position, event] of events.entries()) addEvent.run(document, position, event.command, JSON.stringify(event));
  desk.script(`INSERT INTO cursor (one, value) VALUES (1, '${feed.next}'); INSERT INTO book (id, epoch, next, reserve_end) VALUES ('${incoming}', ${epoch}, 13, 50)`);
  for (const [i, { document }] of feed.changes.entries()) {
    put(i % 3 === 0 ? 'sending' : 'waiting', document, 1, { type: 'register', args: { entry: { book: incoming, epoch, number: i + 1 }, arrivalDate: '2026-11-20' } });
    put('waiting', document, 2, { type: 'present', args: { note: `Kính trình ${i}` } });
  }
  const chunk = blobs.write<[number, Buffer, Buffer]>('INSERT INTO chunk (row, hash, bytes) VALUES (?, ?, ?)');
  const blob = blobs.write<[number, string, number]>('INSERT INTO blob (row, sha256, size_bytes) VALUES (?, ?, ?)');
  const link = blobs.write<[number, number]>('INSERT INTO blob_chunk (blob, seq, chunk) VALUES (?, 0, ?)');
  for (let row = 1; did.size < waiting; row++) {
    const bytes = Buffer.from(`Nội dung ${row} `.repeat(50));
    const content = contentOf(bytes);
    chunk.run(row, Buffer.from(content.sha256, 'hex'), bytes);
    blob.run(row, content.sha256, bytes.length);
    link.run(row, row);
    const document = documentId.parse(randomUUID());
    put('waiting', document, 0, { type: 'draft', args: { title: `Dự thảo ${row}`, kind: 'cong-van', notation: 'UBND', urgency: 'normal', content, recipients: [], inReplyTo: null } });
    put('waiting', document, 1, { type: 'submit', args: { content } });
  }
  // one of those that were being sent had arrived, and its answer had not
  const sent = [...did][0];
  assert.ok(sent !== undefined);
  const row = desk.read<[string], { command: string }>('SELECT command FROM outbox WHERE id = ?').get(sent[0]);
  assert.equal((await client.push(JSON.parse(row?.command ?? '') as Command))[0]?.status, 'applied');
  desk.close();
  blobs.close();

  const opened = openProfileStore({ dir, key });
  assert.ok(opened.ok);
  const store = opened.value;
  t.after(store.close);
  assert.equal(store.desk.outbox().length, waiting, 'everything waits as it did');
  assert.equal(store.desk.cursor(), feed.next);
  if (feed.digest !== undefined) assert.equal(store.desk.digest(), feed.digest, 'what the server had said is reckoned from its log');
  const sync = createDeskSync(store, server.url);
  for (let round = 0; round < 50 && store.desk.outbox().length > 0; round++) await sync.kick();
  await sync.kick();
  await sync.stop();
  const seen = await checkAll(client, store, did);
  assert.equal(seen.numbers, 12);
  assert.equal(seen.documents, 12 + (waiting - 24) / 2);
});
