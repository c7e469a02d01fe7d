import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { AppFailure } from '../../src-shared/result.ts';
import { createBlobStore } from '../../src-main/store/blobs.ts';
import { createDeskStore } from '../../src-main/store/desk.ts';
import { connect } from '../../src-main/store/driver.ts';
import { act, book, command, content, draft, key, pieces, scene } from './helpers.ts';

const full = (error: unknown): boolean => error instanceof AppFailure && error.error.code === 'store.full';

test('when there is no room, an action is refused whole, and done whole when there is room again', (t) => {
  const { dir, open, hold } = scene(t);
  open().close();
  const db = hold(connect(join(dir, 'desk.db'), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 1024 }));
  const desk = createDeskStore(db, join(dir, 'blobs.db'));
  desk.putBook({ book, epoch: 1, next: 5, reserveEnd: 9 });
  const { id } = draft(desk, 'Công văn');
  act(desk, command(id, 'officer', { type: 'submit', args: { content: content('s') } }));
  act(desk, command(id, 'leader', { type: 'approve', args: { content: content('a'), signer: 'Lê' } }));
  const before = { document: desk.findDocument(id), history: desk.readHistory(id), outbox: desk.outbox() };
  // SQLite's own answer to a full disk, without filling one.
  db.pragma('max_page_count = 1');
  const issue = command(id, 'clerk', {
    type: 'issue', args: { content: content('i'), entry: { book, epoch: 1, number: 5 }, notation: 'x'.repeat(9000), issuedDate: '2026-03-02', signer: 'UBND' },
  });
  assert.throws(() => act(desk, issue, { id: book, used: 5 }), full);
  assert.deepEqual({ document: desk.findDocument(id), history: desk.readHistory(id), outbox: desk.outbox() }, before);
  assert.equal(desk.findBook(book)?.next, 5);
  db.pragma('max_page_count = 1000000');
  act(desk, issue, { id: book, used: 5 });
  assert.equal(desk.findBook(book)?.next, 6);
  assert.equal(desk.outbox().length, 4);
});

test('when there is no room for content, nothing of it stays', async (t) => {
  const { dir, open, hold } = scene(t);
  open().close();
  const db = hold(connect(join(dir, 'blobs.db'), { key, readonly: false, pageSizeBytes: 65_536, cacheKiB: 1024 }));
  const blobs = createBlobStore(db);
  db.pragma('max_page_count = 120');
  await assert.rejects(blobs.put(pieces(randomBytes(12_000_000))), full);
  assert.equal(blobs.storedBytes(), 0);
  assert.equal((await blobs.put(pieces(randomBytes(2_000_000)))).ok, true, 'the room it took is free again');
});
