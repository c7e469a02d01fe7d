import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import { replay } from '../support/rules.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { connect } from '../../src-main/store/driver.ts';
import { book, key, scene, sha256Of } from './helpers.ts';

const writer = fileURLToPath(new URL('crash-writer.ts', import.meta.url));

/** Ends the writer with SIGKILL after `lines` lines, or lets it die by itself at its `piece`th piece of content. */
async function crash(dir: string, round: number, at: { readonly lines?: number; readonly piece?: number }): Promise<readonly string[]> {
  const child = spawn(process.execPath, [writer, dir, String(round), String(at.piece ?? -1)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === at.lines) child.kill('SIGKILL');
  }
  const [, signal] = (await ended) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', 'the writer did not end by itself');
  return said;
}

test('killed in the midst of twenty writes, a desk has every action whole or not at all, and all content under its hash', async (t) => {
  const { dir, open } = scene(t);
  const registered = new Map<string, number>();
  const stored = new Set<string>();
  const begun = new Set<string>();
  let leftovers = 0;
  for (let round = 0; round < 20; round++) {
    // Every line is followed at once by the write that it announces, so the signal falls into that one or the next.
    const said = await crash(dir, round, round % 4 === 3 ? { piece: round * 5 } : { lines: 1 + round });
    for (const [word = '', subject = '', number] of said.map((line) => line.split(' '))) {
      if (word === 'registered') registered.set(subject, Number(number));
      if (word === 'stored') stored.add(subject);
      if (word === 'feed' || word === 'register') begun.add(subject);
    }
    leftovers += countStaging(dir);
    const store = open();
    checkDesk(store, registered, begun);
    for (const sha256 of stored) assert.ok(store.blobs.has(sha256 as Sha256), 'what was said to be stored is');
    store.close();
    checkFiles(dir, round % 5 === 4);
  }
  assert.ok(leftovers > 0, 'some kills fell into the midst of a transfer');
  assert.ok(registered.size > 10 && stored.size > 10, 'the writer got somewhere');
});

function checkDesk({ desk }: ProfileStore, registered: ReadonlyMap<string, number>, begun: ReadonlySet<string>): void {
  const waiting = new Map(desk.outbox().map((item) => [item.command.document as string, item]));
  const numbers: number[] = [];
  for (const id of begun as ReadonlySet<DocumentId>) {
    const document = desk.findDocument(id);
    const history = desk.readHistory(id);
    assert.deepEqual(document?.state ?? null, replay(id, history), 'the list says what the log says');
    if (document === null) continue;
    const done = document.state.stage === 'registered';
    assert.equal(history.length, done ? 2 : 1);
    assert.equal(waiting.has(id), done, 'the words are there exactly when the effect is');
    if (done) numbers.push(document.state.arrival?.number ?? 0);
    assert.equal(desk.listDocuments({ folder: 'incoming', me: '', text: document.state.title, offset: 0, limit: 200 }).rows.filter((row) => row.state.id === id).length, 1);
  }
  for (const [id, number] of registered) assert.equal(desk.findDocument(id as DocumentId)?.state.arrival?.number, number);
  const next = desk.findBook(book)?.next ?? 1;
  assert.deepEqual(numbers.sort((a, b) => a - b), Array.from({ length: next - 1 }, (_, i) => i + 1), 'no gap and no twin');
}

function countStaging(dir: string): number {
  const db = connect(join(dir, 'blobs.db'), { key, readonly: true, pageSizeBytes: 4096, cacheKiB: 4096 });
  try {
    return db.read<[], { n: number }>('SELECT count(*) AS n FROM staging').get()?.n ?? 0;
  } finally {
    db.close();
  }
}

function checkFiles(dir: string, content: boolean): void {
  for (const file of ['desk.db', 'blobs.db']) {
    const db = connect(join(dir, file), { key, readonly: false, pageSizeBytes: 4096, cacheKiB: 4096 });
    try {
      if (content) assert.equal(db.pragma('integrity_check'), 'ok');
      if (file === 'desk.db') continue;
      const orphans = db.read<[], { n: number }>('SELECT (SELECT count(*) FROM staging) + (SELECT count(*) FROM chunk WHERE row NOT IN (SELECT chunk FROM blob_chunk)) AS n').get();
      assert.equal(orphans?.n, 0, 'nothing half-written stays');
      if (!content) continue;
      const chunks = db.read<[number], { bytes: Uint8Array }>('SELECT c.bytes FROM blob_chunk b JOIN chunk c ON c.row = b.chunk WHERE b.blob = ? ORDER BY b.seq');
      for (const blob of db.read<[], { row: number; sha256: string }>('SELECT row, sha256 FROM blob').all()) {
        assert.equal(sha256Of(...chunks.all(blob.row).map((row) => row.bytes)), blob.sha256);
      }
    } finally {
      db.close();
    }
  }
}
