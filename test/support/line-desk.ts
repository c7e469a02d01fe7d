import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openProfileStore } from '../../src-main/store/open.ts';
import { createSync } from '../../src-main/sync/sync.ts';
import type { Command, CommandBody, ContentRef } from '../../src-shared/domain/document.ts';
import { commandId, type DocumentId } from '../../src-shared/domain/ids.ts';
import { uuidv7 } from '../../src-main/backend/uuid.ts';
import { decide } from './rules.ts';
import { commandOf, contentOf, draftBody, incomingBook, newDocument, password, people, personOf, type Who } from '../server/office.ts';

/**
 * A desk in a process of its own at the far end of an emulated line: a real store, a real sync. `DIR WHO SERVER-URL`. Tells on stdout what happens, one JSON a line, with ms since its start;
 * does what it is told on stdin (CONTENTS=on-opening: files do not come by themselves): {"do":"draft","bytes"} · {"do":"revise","tail"} · {"do":"register"}, "present", "assign" of the newest arrival · {"do":"end"}.
 */
const [dir = '', who = 'communeClerk', serverUrl = '', seed = '1'] = process.argv.slice(2);
const me = who as Who;
mkdirSync(dir, { recursive: true });
const opened = openProfileStore({ dir, key: createHash('sha256').update('a key of the tests').digest() });
if (!opened.ok) throw new Error(opened.error.code);
const store = opened.value;
const began = performance.now();
const wire = { sent: 0, received: 0 };
let [snapshotBytes, firstFrameBytes] = [0, 0];
let [shown, settled] = [0, 0];
let lastContent: ContentRef | null = null;
let lastDocument: DocumentId | null = null;
const watched = new Map<string, number>();

const say = (what: string, more: Readonly<Record<string, unknown>> = {}): void => void process.stdout.write(`${JSON.stringify({ what, ms: Math.round(performance.now() - began), ...wire, ...more })}\n`);

/** Counts bodies as they are on the wire: of requests by their length, of files and snapshots as they come in, of the rest by what the head says. */
const counting: typeof fetch = async (input, init) => {
  const body = init?.body;
  const length = body instanceof Uint8Array ? body.byteLength : typeof body === 'string' ? Buffer.byteLength(body) : 0;
  const path = new URL(input instanceof Request ? input.url : input).pathname;
  wire.sent += length;
  if (length > 0) say('request', { method: init?.method, path, bytes: length });
  const answer = await fetch(input, init);
  const octets = answer.body !== null && /^\/v1\/(blobs|snapshot)\/./.test(path);
  if (!octets) {
    wire.received += Number(answer.headers.get('content-length') ?? 0);
    return answer;
  }
  const snapshot = path.startsWith('/v1/snapshot/');
  let told = 0;
  const through = new TransformStream<Uint8Array, Uint8Array>({
    transform: (part, controller) => {
      wire.received += part.length;
      if (snapshot) {
        if (snapshotBytes === 0 && part.length >= 4) firstFrameBytes = 4 + new DataView(part.buffer, part.byteOffset).getUint32(0);
        snapshotBytes += part.length;
      }
      else if ((told += part.length) > 20_000) {
        say('receiving', { bytes: told });
        told = -1e12;
      }
      controller.enqueue(part);
    },
  });
  return new Response(answer.body?.pipeThrough(through) ?? null, { status: answer.status, headers: answer.headers });
};

const book = incomingBook(people[me].unit);

const sync = createSync({ serverUrl, credentials: { user: people[me].user, password }, station: `station-${who}-${seed}`, store, fetch: counting });
const documents = (): number => store.desk.listDocuments({ folder: 'incoming', me: people[me].user, text: '', offset: 0, limit: 1 }).total;

sync.onChanged((ids) => {
  const now = documents();
  if (now !== shown && shown === 0) say('first', { documents: now, firstFrameBytes });
  if (now !== shown) say('documents', { documents: now });
  shown = now;
  for (const id of ids) {
    const at = watched.get(id);
    if (at !== undefined && !store.desk.outbox().some((item) => item.command.document === id)) {
      watched.delete(id);
      settled += 1;
      say('settled', { document: id, tookMs: Math.round(performance.now() - at), settled });
    }
  }
});
sync.onContent((sha256) => say('content', { sha256, bytes: store.blobs.findSize(sha256) }));
sync.onStatus((status) => say('status', { line: status.line, filling: status.filling, lastSyncAt: status.lastSyncAt, pending: status.pending, waiting: status.files.waiting, cursor: store.desk.cursor() !== null, book: store.desk.findBook(book) !== null, snapshotBytes }));
sync.wantBooks([book]);
if (process.env['CONTENTS'] === 'on-opening') sync.setPolicy({ ...sync.policy(), contents: 'on-opening' });
sync.start();
say('started');

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function record(document: DocumentId, command: Command): void {
  const found = store.desk.findDocument(document)?.state ?? null;
  const events = decide(found, command, { unit: people[me].unit });
  if (!events.ok) throw new Error(events.error.code);
  store.desk.recordAction(command, events.value, command.type === 'register' ? { id: book, used: command.args.entry.number } : undefined);
  watched.set(document, performance.now());
  void sync.kick();
}

function bodyOf(what: 'register' | 'present' | 'assign'): CommandBody {
  if (what === 'present') return { type: 'present', args: { note: '' } };
  if (what === 'assign') return { type: 'assign', args: { lead: personOf('communeLeader').id, support: [], inform: [], directive: 'Xử lý', deadline: null } };
  const lease = store.desk.findBook(book);
  if (lease === null) throw new Error('the book is not here yet');
  return { type: 'register', args: { entry: { book, epoch: lease.epoch, number: lease.next }, arrivalDate: '2026-11-22' } };
}

async function obey(order: Readonly<Record<string, unknown>>): Promise<void> {
  if (order['do'] === 'draft') {
    const bytes = randomBytes(Number(order['bytes'] ?? 1000));
    await store.blobs.put(one(bytes));
    lastContent = contentOf(bytes);
    lastDocument = newDocument();
    record(lastDocument, commandOf(me, lastDocument, { workflow: 0, assignment: 0 }, draftBody(lastContent)));
  } else if (order['do'] === 'revise') {
    if (lastContent === null || lastDocument === null) throw new Error('nothing to revise');
    const put = await store.blobs.putWithBase(lastContent.sha256, randomBytes(Number(order['tail'])));
    if (!put.ok) throw new Error(put.error.code);
    const content: ContentRef = { ...put.value, fileName: 'van-ban.pdf', parent: lastContent.sha256 };
    const state = store.desk.findDocument(lastDocument)?.state;
    if (state === undefined) throw new Error('the draft is gone');
    lastContent = content;
    record(lastDocument, commandOf(me, lastDocument, state.versions, { type: 'revise', args: { content } }));
  } else if (order['do'] === 'register' || order['do'] === 'present' || order['do'] === 'assign') {
    const state = store.desk.listDocuments({ folder: 'incoming', me: people[me].user, text: '', offset: 0, limit: 1 }).rows[0]?.state;
    if (state === undefined) throw new Error('nothing has come');
    record(state.id, commandOf(me, state.id, state.versions, bodyOf(order['do']), { id: commandId.parse(uuidv7()), at: new Date().toISOString() }));
  } else if (order['do'] === 'end') {
    await sync.stop();
    store.close();
    process.exit(0);
  }
}

for await (const line of createInterface({ input: process.stdin })) await obey(JSON.parse(line) as Readonly<Record<string, unknown>>);
process.exit(0);
