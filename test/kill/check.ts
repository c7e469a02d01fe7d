import assert from 'node:assert/strict';
import type { LogEvent } from '../../src-shared/domain/document.ts';
import type { DocumentId, Sha256 } from '../../src-shared/domain/ids.ts';
import type { ProfileStore } from '../../src-main/ports/store.ts';
import { hashOf, incoming, office } from './clerk.ts';
import type { Client } from '../server/office.ts';

/** All that the server tells this unit, page by page. */
async function readFeed(client: Client): Promise<{ readonly logs: ReadonlyMap<DocumentId, readonly LogEvent[]>; readonly digest: string | undefined }> {
  const logs = new Map<DocumentId, readonly LogEvent[]>();
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<Client['changes']>> = await client.changes(cursor);
    for (const { document, from, events } of page.changes) logs.set(document, [...(logs.get(document) ?? []).slice(0, from), ...events]);
    cursor = page.next;
    if (!page.hasMore) return { logs, digest: page.digest };
  }
}

/** What holds after any number of deaths, when all is quiet. `did`: id → document of every action that was confirmed to the person. */
export async function checkAll(client: Client, store: ProfileStore, did: ReadonlyMap<string, DocumentId>): Promise<{ readonly documents: number; readonly numbers: number }> {
  const { desk, blobs } = store;
  const { logs, digest } = await readFeed(client);
  const effects = new Map<string, number>();
  for (const events of logs.values()) for (const id of new Set(events.map((event) => event.command))) if (id !== null) effects.set(id, (effects.get(id) ?? 0) + 1);
  for (const events of logs.values()) for (const event of events) if (event.command !== null) assert.equal(events.filter((other) => other.command === event.command).length, 1, 'no effect twice (I2)');
  assert.deepEqual(desk.outbox(), [], 'the outbox drains (I6)');
  for (const [id, document] of did) assert.equal(effects.get(id), 1, `action ${id} on ${document} has exactly one effect (I1)`);

  const numbers = [...logs.values()].flatMap((events) => events.flatMap((event) => (event.type === 'registered' && event.entry.book === incoming ? [event.entry.number] : []))).toSorted((a, b) => a - b);
  const voids = new Set<number>();
  for (let number = 1; number <= (numbers.at(-1) ?? 0); number++) if (!numbers.includes(number)) voids.add(number);
  assert.deepEqual([...voids], [], 'no gap (I3)');
  assert.equal(new Set(numbers).size, numbers.length, 'no twin (I3)');

  for (const [id, events] of logs) assert.deepEqual(desk.readHistory(id), events, 'client and server say the same (I5)');
  assert.equal(desk.digest(), digest, 'and so do their digests');
  assert.equal(desk.scope(), office.code);

  for (const sha256 of new Set([...logs.values()].flatMap((events) => events.flatMap((event) => ('content' in event ? [event.content.sha256] : []))))) {
    const bytes = new Uint8Array(await (await client.get(`/v1/blobs/${sha256}`)).arrayBuffer());
    assert.equal(hashOf(bytes), sha256, 'bytes at the server hash to their name (I4)');
    const size = blobs.findSize(sha256 as Sha256);
    if (size !== null) assert.equal(hashOf(blobs.read(sha256 as Sha256, 0, size)), sha256, 'bytes at the desk hash to their name (I4)');
  }
  return { documents: logs.size, numbers: numbers.length };
}
